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
import { codeOf, type HandClock, handClock, right, thisMachine, until } from '../support.js';

const question = Uint8Array.of(0x30, 0x01, 0x02);
const answer = Uint8Array.of(0x30, 0x03, 0x0a, 0x01, 0x00);

let web: WebServer;

const withTransport = async (
  run: (one: HttpOcspTransport & { readonly clock: HandClock }) => Promise<void>,
  options: Partial<HttpOcspOptions> = {},
): Promise<void> => {
  const clock = handClock();
  const one = httpOcspTransport({ clock, allowAddresses: thisMachine, ...options });
  try {
    await run({ ...one, clock });
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

ocsp('a responder that is out is not asked again for 30 seconds, and then it is', () =>
  withTransport(
    async ({ ask, clock }) => {
      for (const [path, reply, code] of [
        ['/dead', silence, 'TIMEOUT'],
        ['/broken', reset(), 'UNREACHABLE'],
      ] as const) {
        web.serve(path, reply);
        assert.is(codeOf(await ask(web.uri(path), question)()), code);
        web.serve(path, octets(answer));
        clock.advance(29_999);
        assert.is(codeOf(await ask(web.uri(path), question)()), code);
        assert.is(web.seen(path).length, 1);
        clock.advance(1);
        right(await ask(web.uri(path), question)());
        right(await ask(web.uri(path), question)());
        assert.is(web.seen(path).length, 3);
      }
    },
    { deadlineMilliseconds: 300 },
  ),
);

ocsp('one responder that is out keeps nobody from another one of the same host', () =>
  withTransport(
    async ({ ask }) => {
      web.serve('/out', silence);
      web.serve('/in', octets(answer));
      assert.is(codeOf(await ask(web.uri('/out'), question)()), 'TIMEOUT');
      right(await ask(web.uri('/in'), question)());
    },
    { deadlineMilliseconds: 300 },
  ),
);

ocsp('what a responder refuses is told of that question alone', () =>
  withTransport(async ({ ask }) => {
    web.serve('/picky', status(404));
    assert.is(codeOf(await ask(web.uri('/picky'), question)()), 'ANSWER_REFUSED');
    web.serve('/picky', octets(answer));
    right(await ask(web.uri('/picky'), question)());
  }),
);

ocsp('after the 30 seconds one question finds out, and nobody else waits for it', () =>
  withTransport(
    async ({ ask, clock }) => {
      web.serve('/probed', silence);
      assert.is(codeOf(await ask(web.uri('/probed'), question)()), 'TIMEOUT');
      clock.advance(30_000);
      const answers = await Promise.all(Array.from({ length: 20 }, ask(web.uri('/probed'), question)));
      assert.ok(answers.every((one) => codeOf(one) === 'TIMEOUT'));
      assert.is(web.seen('/probed').length, 2);
    },
    { deadlineMilliseconds: 300 },
  ),
);

ocsp('a clock that is put back does not make an outage longer', () =>
  withTransport(
    async ({ ask, clock }) => {
      web.serve('/back', silence);
      assert.is(codeOf(await ask(web.uri('/back'), question)()), 'TIMEOUT');
      web.serve('/back', octets(answer));
      clock.advance(-86_400_000);
      right(await ask(web.uri('/back'), question)());
    },
    { deadlineMilliseconds: 300 },
  ),
);

ocsp('what is no number is no limit that lets everything in', () =>
  withTransport(
    async ({ ask }) => {
      web.serve('/unlimited', endless);
      assert.is(codeOf(await ask(web.uri('/unlimited'), question)()), 'TOO_LARGE');
    },
    { maxBytes: Number.NaN },
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
  const transport = httpOcspTransport({ clock: handClock(), allowAddresses: thisMachine });
  const waiting = transport.ask(web.uri('/closing'), question)();
  await until(() => web.seen('/closing').length === 1);
  await transport.close();
  assert.is(codeOf(await waiting), 'UNREACHABLE');
  await until(async () => (await web.connections()) === 0);
});

ocsp.run();
