import { certificatesOnly, decodeCertificate } from '@mandate/certificates';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bodyOctets, requestBody } from '../../src/est/messages.js';
import { retrySeconds } from '../../src/est/retry-after.js';
import { endless, noise, octets, redirect, reset, silence, status } from '../../src/testing/index.js';
import { right } from '../support.js';
import { serverIdentity } from '../tls.js';
import { cardToExtend, sharedPki, withCa } from './support.js';

const decoded = async (der: Uint8Array) => right(await decodeCertificate(der)());
const type = 'application/pkcs7-mime; smime-type=certs-only';
const base64 = (body: Uint8Array): Uint8Array => Buffer.from(Buffer.from(body).toString('base64'));

// -------------------------------------------------------------------------------------
const asking = suite('EST: asking');

asking('RFC 7030 4.2.2: the certificate that follows comes for the same key and subject', () =>
  withCa(async ({ card, renew }) => {
    const answer = await renew();
    assert.ok(answer._tag === 'Issued');
    const [old, issued] = [await decoded(card.certificate), await decoded(answer.certificate)];
    assert.equal(issued.publicKeyInfo.der, old.publicKeyInfo.der);
    assert.is(issued.subject.text, old.subject.text);
    assert.is.not(issued.serialNumber, old.serialNumber);
    assert.is(new Date(issued.notAfter).toISOString(), '2029-04-09T15:59:59.000Z');
  }),
);

asking('the same request has the same answer, however often it comes', () =>
  withCa(async ({ renew, server }) => {
    assert.equal(await renew(), await renew());
    assert.is(server.issued(), 1);
    assert.is(server.asked(), 2);
  }),
);

asking('RFC 7030 4.2.3: 202 asks for patience, in seconds or until a time, within bounds', () =>
  withCa(async ({ renew, server }) => {
    const waits: ReadonlyArray<readonly [string | null, number]> = [
      ['30', 30],
      ['Mon, 02 Mar 2026 02:02:00 GMT', 120],
      ['Mon, 02 Mar 2026 01:00:00 GMT', 5],
      ['0', 5],
      ['999999999', 86_400],
      [null, 60],
      ['soon', 60],
      ['-1', 60],
    ];
    for (const [retryAfter, seconds] of waits) {
      server.tell({ kind: 'pending', times: 1, retryAfter });
      assert.equal(await renew(), { _tag: 'Pending', retryAfterSeconds: seconds }, String(retryAfter));
      assert.is((await renew())._tag, 'Issued');
    }
  }),
);

asking('400, 403, 409 and 422 are the CA saying no; what its page says is not repeated', () =>
  withCa(async ({ renew, server }) => {
    for (const code of [400, 403, 409, 422]) {
      server.tell({ kind: 'refused', status: code });
      assert.equal(await renew(), { _tag: 'Refused', detail: `status ${code}` });
    }
  }),
);

asking('any other status is no decision: the same request may do another day', () =>
  withCa(async ({ fault, server }) => {
    for (const code of [201, 204, 401, 404, 405, 415, 429, 500, 503]) {
      server.tell({ kind: 'refused', status: code });
      assert.is(await fault(), `status ${code}`);
    }
  }),
);

asking(
  'MOICA-6: a card that cannot be extended, and one that the CA never issued, are refused by the CA',
  async () => {
    const stranger = await cardToExtend('陳別人');
    await withCa(async ({ renew }) => assert.is((await renew())._tag, 'Refused'), {
      server: { cards: () => [stranger] },
    });
    await withCa(async ({ renew }) => assert.is((await renew())._tag, 'Refused'), {
      server: { clock: { now: () => Date.parse('2026-01-01T00:00:00Z') } },
    });
  },
);

asking('RFC 7030 4.1: the certificates of the CA can be looked at', () =>
  withCa(async ({ authority }) => {
    const certificates = right(await authority.certificates()());
    const subjects = await Promise.all(certificates.map(async (der) => (await decoded(der)).subject.text));
    assert.ok(subjects.some((subject) => subject.includes('內政部憑證管理中心')));
  }),
);

asking('RFC 7030 3.2.2: of several CAs at one address the label says which', () =>
  withCa(async ({ renew }) => assert.is((await renew())._tag, 'Issued'), {
    server: { label: 'moica' },
    client: { label: 'moica' },
  }),
);

asking('a label that would be another path is not asked', () =>
  withCa(
    async ({ fault, server }) => {
      assert.is(await fault(), 'a label of other characters');
      assert.is(server.asked(), 0);
    },
    { client: { label: '../..' } },
  ),
);

asking.run();

// -------------------------------------------------------------------------------------
const identity = suite('EST: who asks, and who answers');

identity('RFC 7030 3.2.3: by HTTP; another password is a fault and no decision', async () => {
  const account = { name: 'ra', password: 'of-the-portal' };
  await withCa(async ({ renew }) => assert.is((await renew())._tag, 'Issued'), {
    server: { account },
    client: { account },
  });
  await withCa(async ({ fault }) => assert.is(await fault(), 'status 401'), {
    server: { account },
    client: { account: { ...account, password: 'other' } },
  });
});

identity('RFC 7030 3.3: nothing is said in the clear unless that is allowed', () =>
  withCa(
    async ({ fault, authority, server }) => {
      assert.is(await fault(), 'EST is spoken over TLS alone');
      assert.ok(E.isLeft(await authority.certificates()()));
      assert.is(server.asked(), 0);
    },
    { client: { allowPlainHttp: false } },
  ),
);

identity(
  'RFC 7030 3.3.2: by TLS both know each other; a server or a client of another name gets nothing',
  async () => {
    const [server, client, other] = [await serverIdentity(), await serverIdentity(), await serverIdentity()];
    const own = { key: client.key, cert: client.cert };
    const tls = { key: server.key, cert: server.cert, clients: client.cert };
    const strict = { allowPlainHttp: false };
    await withCa(async ({ renew }) => assert.is((await renew())._tag, 'Issued'), {
      server: { tls },
      client: { ...strict, tls: { ca: server.cert, ...own } },
    });
    const refused = [
      { ca: other.cert, ...own },
      { ca: server.cert },
      { ca: server.cert, key: other.key, cert: other.cert },
      own,
    ];
    for (const wrong of refused) {
      await withCa(
        async ({ fault, server: ca }) => {
          assert.match(await fault(), /^UNREACHABLE/);
          assert.is(ca.issued(), 0);
        },
        { server: { tls }, client: { ...strict, tls: wrong } },
      );
    }
  },
);

identity.run();

// -------------------------------------------------------------------------------------
const strangers = suite('EST: what a server may send');

strangers('of several certificates the one for the key that asked is the answer', () =>
  withCa(async ({ card, renew, server }) => {
    const pki = await sharedPki();
    const next = await pki.renew(card);
    server.tell({
      kind: 'certificates',
      make: async () => [pki.authority('MOICA G3').certificate, next.certificate],
    });
    assert.equal(await renew(), { _tag: 'Issued', certificate: next.certificate });
  }),
);

strangers('several for that key, and several of which none is, are no answer', () =>
  withCa(async ({ card, fault, server }) => {
    const pki = await sharedPki();
    const [one, two] = [await pki.renew(card), await pki.renew(card)];
    server.tell({ kind: 'certificates', make: async () => [one.certificate, two.certificate] });
    assert.is(await fault(), '2 of 2 certificates are for the key that asked');
    const cas = [pki.authority('MOICA G3').certificate, pki.authority('MOICA G2').certificate];
    server.tell({ kind: 'certificates', make: async () => cas });
    assert.is(await fault(), '0 of 2 certificates are for the key that asked');
  }),
);

strangers('one certificate is handed on whatever it says: the renewal calls its fault by name', () =>
  withCa(async ({ renew, server }) => {
    const other = await cardToExtend('陳別人');
    server.tell({ kind: 'certificates', make: async () => [other.certificate] });
    assert.equal(await renew(), { _tag: 'Issued', certificate: other.certificate });
  }),
);

strangers('another media type, no base64, another CMS, and no certificate are faults', () =>
  withCa(async ({ card, fault, server }) => {
    const cms = certificatesOnly([card.certificate]);
    const bodies: ReadonlyArray<readonly [Uint8Array, string, string]> = [
      [base64(cms), 'text/html', 'another media type'],
      [base64(cms), 'application/pkcs7-mime-but-not', 'another media type'],
      [cms, type, 'not base64'],
      [new Uint8Array(0), type, 'not base64'],
      [base64(Uint8Array.of(1, 2, 3)), type, 'SIGNED_DATA_MALFORMED'],
      [base64(certificatesOnly([])), type, 'SIGNED_DATA_MALFORMED: no certificate'],
      [base64(await card.sign(Uint8Array.of(1))), type, 'SIGNER_COUNT'],
    ];
    for (const [body, contentType, words] of bodies) {
      server.tell({ kind: 'http', reply: octets(body, { 'content-type': contentType }) });
      assert.match(await fault(), words);
    }
  }),
);

strangers('RFC 8951 2.1: ends of lines say nothing, and no header says what the body is encoded in', () =>
  withCa(async ({ card, renew, server }) => {
    const next = await (await sharedPki()).renew(card);
    const body = Buffer.from(certificatesOnly([next.certificate])).toString('base64');
    for (const text of [body, `${body}\n`, body.replace(/.{64}/g, '$&\r\n'), ` ${body} `]) {
      const headers = { 'content-type': 'application/pkcs7-mime', 'content-transfer-encoding': 'binary' };
      server.tell({ kind: 'http', reply: octets(Buffer.from(text), headers) });
      assert.equal(await renew(), { _tag: 'Issued', certificate: next.certificate });
    }
  }),
);

strangers('redirections, endless answers, noise and a broken line are faults', () =>
  withCa(async ({ fault, server }) => {
    const replies = [
      [redirect('https://elsewhere.invalid/'), /^REDIRECTED/],
      [endless, /^TOO_LARGE/],
      [noise(), /^(ANSWER_REFUSED|UNREACHABLE)/],
      [reset(), /^UNREACHABLE/],
      [status(304), /^ANSWER_REFUSED/],
    ] as const;
    for (const [reply, words] of replies) {
      server.tell({ kind: 'http', reply });
      assert.match(await fault(), words);
    }
  }),
);

strangers('a server that says nothing is waited for as long as was said, and no longer', () =>
  withCa(
    async ({ fault, server }) => {
      server.tell({ kind: 'http', reply: silence });
      assert.match(await fault(), /^TIMEOUT/);
    },
    { client: { deadlineMilliseconds: 300 } },
  ),
);

strangers('an answer that is lost is asked for again, and the CA issues once', () =>
  withCa(async ({ fault, renew, server }) => {
    server.tell({ kind: 'lost', times: 2 });
    assert.match(await fault(), /^UNREACHABLE/);
    assert.match(await fault(), /^UNREACHABLE/);
    assert.is((await renew())._tag, 'Issued');
    assert.is(server.issued(), 1);
  }),
);

strangers('garbage for a request is not sent on as one', () =>
  withCa(async ({ authority, card }) => {
    const answer = await authority.renew({ request: Uint8Array.of(1, 2), current: card.certificate })();
    assert.equal(E.isRight(answer) ? answer.right._tag : 'fault', 'Refused');
  }),
);

strangers.run();

// -------------------------------------------------------------------------------------
const line = suite('EST: bodies and times');

line('what goes out is read back, in lines of at most 64', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 3000 }), (der) => {
      const body = requestBody(der);
      assert.equal(bodyOctets(body), der);
      for (const one of Buffer.from(body).toString().split('\r\n')) assert.ok(one.length <= 64);
    }),
  );
});

line('whatever a server says of when, the wait lies within the bounds', () => {
  const bounds = { least: 5, most: 600, usual: 60 };
  fc.assert(
    fc.property(fc.option(fc.string()), fc.date({ noInvalidDate: true }), (header, now) => {
      const seconds = retrySeconds(header ?? undefined, now.getTime(), bounds);
      assert.ok(seconds >= 5 && seconds <= 600);
    }),
  );
});

line.run();
