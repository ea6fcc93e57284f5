import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type HttpOcspOptions, type HttpOcspTransport, httpOcspTransport } from '../../src/index.js';
import {
  endless,
  octets,
  redirect,
  reset,
  silence,
  startWebServer,
  status,
  type WebServer,
} from '../../src/testing/index.js';
import { codeOf, right, thisMachine, until } from '../support.js';

const question = Uint8Array.of(0x30, 0x01, 0x02);
const answer = Uint8Array.of(0x30, 0x03, 0x0a, 0x01, 0x00);

let web: WebServer;

const withTransport = async (
  run: (one: HttpOcspTransport) => Promise<void>,
  options: HttpOcspOptions = {},
): Promise<void> => {
  const one = httpOcspTransport({ allowAddresses: thisMachine, ...options });
  try {
    await run(one);
  } finally {
    await one.close();
  }
};

const ocsp = suite('OCSP over HTTP');

ocsp.before(async () => {
  web = await startWebServer();
});

ocsp.after(async () => {
  await web.close();
});

ocsp('RFC 6960 A.1: the question is posted under its type, and the octets of the answer are brought', () =>
  withTransport(async ({ ask }) => {
    web.serve('/ocsp', octets(answer, { 'content-type': 'application/ocsp-response' }));
    assert.equal([...right(await ask(web.uri('/ocsp'), question)())], [...answer]);
    const [seen] = web.seen('/ocsp');
    assert.is(seen?.method, 'POST');
    assert.is(seen?.headers['content-type'], 'application/ocsp-request');
    assert.equal([...(seen?.body ?? [])], [...question]);
  }),
);

ocsp('nothing is kept: an answer belongs to its nonce', () =>
  withTransport(async ({ ask }) => {
    web.serve('/twice', octets(answer));
    right(await ask(web.uri('/twice'), question)());
    right(await ask(web.uri('/twice'), question)());
    assert.is(web.seen('/twice').length, 2);
  }),
);

ocsp('every fault has its code, and nothing is tried twice', () =>
  withTransport(
    async ({ ask }) => {
      const cases: ReadonlyArray<readonly [string, Parameters<WebServer['serve']>[1]]> = [
        ['ANSWER_REFUSED', status(404)],
        ['ANSWER_REFUSED', status(503)],
        ['REDIRECTED', redirect('http://127.0.0.1/')],
        ['UNREACHABLE', reset()],
        ['TOO_LARGE', endless],
        ['TOO_LARGE', octets(new Uint8Array(64 * 1024 + 1))],
        ['TIMEOUT', silence],
      ];
      for (const [index, [code, reply]] of cases.entries()) {
        web.serve(`/fault-${index}`, reply);
        assert.is(codeOf(await ask(web.uri(`/fault-${index}`), question)()), code);
        assert.is(web.seen(`/fault-${index}`).length, 1);
      }
      assert.is(codeOf(await ask('ldap://127.0.0.1/', question)()), 'ADDRESS_REFUSED');
    },
    { deadlineMilliseconds: 2000 },
  ),
);

ocsp('64 KiB are an answer', () =>
  withTransport(async ({ ask }) => {
    web.serve('/large', octets(new Uint8Array(64 * 1024)));
    assert.is(right(await ask(web.uri('/large'), question)()).length, 64 * 1024);
  }),
);

ocsp('a private responder is refused unless it is configured', () =>
  withTransport(
    async ({ ask }) => {
      assert.is(codeOf(await ask(web.uri('/none'), question)()), 'ADDRESS_REFUSED');
      assert.is(web.seen('/none').length, 0);
    },
    { allowAddresses: [] },
  ),
);

ocsp('close ends what is under way', async () => {
  web.serve('/closing', silence);
  const transport = httpOcspTransport({ allowAddresses: thisMachine });
  const waiting = transport.ask(web.uri('/closing'), question)();
  await until(() => web.seen('/closing').length === 1);
  await transport.close();
  assert.is(codeOf(await waiting), 'UNREACHABLE');
  await until(async () => (await web.connections()) === 0);
});

ocsp.run();
