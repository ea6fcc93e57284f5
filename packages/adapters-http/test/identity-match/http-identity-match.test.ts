import { X509Certificate } from 'node:crypto';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clientCredential, identityService } from '../../src/index.js';
import {
  endless,
  type IdentityBehaviour,
  identityErrors,
  octets,
  redirect,
  reset,
  silence,
  slowBody,
  status,
} from '../../src/testing/index.js';
import { handClock, right, thisMachine, until } from '../support.js';
import { chen, credentialOf, type Keys, lin, makeKeys, question, wang, withOffice } from './people.js';

let keys: Keys;

const identity = suite('the identity service');

identity.before(async () => {
  keys = await makeKeys();
});

// -------------------------------------------------------------------------------------
// answers
// -------------------------------------------------------------------------------------

identity('GEPI-21: 0 is a match, 1 is none, and another’s number is none', () =>
  withOffice(keys, async ({ ask }) => {
    assert.equal(await ask(lin), E.right('match'));
    assert.equal(await ask(chen), E.right('match'));
    assert.equal(await ask({ ...lin, nationalId: chen.nationalId }), E.right('mismatch'));
    assert.equal(await ask({ ...lin, subjectSerialNumber: '9999999999999999' }), E.right('mismatch'));
  }),
);

identity('GEPI-10: 2 is a card that was not opened', () =>
  withOffice(keys, async ({ ask }) => {
    assert.equal(await ask(wang), E.right('notActivated'));
  }),
);

identity('999 and every number that nobody has explained are faults, never a match', () =>
  withOffice(keys, async ({ fault, server }) => {
    for (const result of [999, 3, -1, 1000, 4_000_000]) {
      server.tell({ kind: 'result', result });
      assert.is(await fault(), `the service answered result ${result}`);
    }
  }),
);

identity('errors of the service (1001…1023) and of reading (2001…2017) are faults with their number', () =>
  withOffice(keys, async ({ fault, server }) => {
    for (const error of [1001, 1023, 2001, 2017]) {
      server.tell({ kind: 'error', error });
      assert.is(await fault(), `the service answered error ${error}`);
    }
  }),
);

identity('a certificate without a serial number in its subject cannot be asked about', () =>
  withOffice(keys, async ({ match, server }) => {
    const answer = await match.match({ ...question(lin), subjectSerialNumber: undefined })();
    assert.equal(answer, E.right('unsupported'));
    assert.is(server.asked().length, 0);
  }),
);

identity('up to 1,000 pairs are asked at once, and answered in their order', () =>
  withOffice(keys, async ({ server, clock }) => {
    const service = identityService({
      uri: server.uri,
      credential: credentialOf(keys.portal),
      answers: { by: 'signature', certificate: keys.service.cert },
      clock,
      allowAddresses: thisMachine,
      allowPlainHttp: true,
    });
    const many = Array.from(
      { length: 1000 },
      (_, index) => [lin, wang, { ...lin, nationalId: 'none' }][index % 3] ?? lin,
    );
    const results = right(await service.ask(many)());
    assert.equal(results.slice(0, 4), [0, 2, 1, 0]);
    assert.is(results.length, 1000);
    for (const wrong of [[], [...many, lin]]) assert.ok(E.isLeft(await service.ask(wrong)()));
    assert.is(server.asked().length, 1);
    await service.close();
  }),
);

// -------------------------------------------------------------------------------------
// the question
// -------------------------------------------------------------------------------------

identity('a question is signed, with ClientID, time and a nonce of its own', () =>
  withOffice(keys, async ({ ask, server, clock }) => {
    await ask(lin);
    await ask(lin);
    const [first, second] = server.asked();
    const thumbprint = new X509Certificate(keys.portal.cert).fingerprint256.replaceAll(':', '').toLowerCase();
    assert.is(first?.clientId, thumbprint);
    assert.is(first?.at, clock.now());
    assert.match(first?.nonce ?? '', /^[A-Za-z0-9_-]{43}$/);
    assert.is.not(first?.nonce, second?.nonce);
  }),
);

identity(
  'SHA1withRSA and a SHA-1 thumbprint, as the service of record has them, are used where configured',
  () =>
    withOffice(
      keys,
      async ({ ask, server }) => {
        assert.equal(await ask(lin), E.right('match'));
        assert.match(server.asked()[0]?.clientId ?? '', /^[0-9a-f]{40}$/);
      },
      {
        credential: right(
          clientCredential({
            certificate: keys.portal.der,
            key: keys.portal.key,
            algorithm: 'SHA1withRSA',
            thumbprint: 'sha1',
          }),
        ),
        answers: { by: 'signature', certificate: keys.service.cert, algorithm: 'SHA1withRSA' },
      },
      { algorithm: 'SHA1withRSA' },
    ),
);

identity(
  'the test service refuses who is not known, who cannot sign, who comes late, and who comes again',
  async () => {
    const refused = async (number: number, options: Parameters<typeof withOffice>[2]): Promise<void> =>
      withOffice(
        keys,
        async ({ fault }) => assert.is(await fault(), `the service answered error ${number}`),
        options,
      );
    const known = credentialOf(keys.portal);
    const stranger = credentialOf(keys.stranger);
    await refused(identityErrors.clientUnknown, { credential: stranger });
    await refused(identityErrors.signatureInvalid, { credential: { ...stranger, clientId: known.clientId } });
    await refused(identityErrors.algorithmNotAccepted, {
      credential: { ...known, algorithm: 'SHA1withRSA' },
    });
    await refused(identityErrors.timeOutside, { clock: handClock('2026-03-02T01:54:59Z') });
    await refused(identityErrors.timeOutside, { clock: handClock('2026-03-02T02:05:01Z') });
    await withOffice(
      keys,
      async ({ ask, fault }) => {
        assert.equal(await ask(lin), E.right('match'));
        assert.is(await fault(), `the service answered error ${identityErrors.nonceUsed}`);
      },
      { ids: { nonce: () => 'always-the-same' } },
    );
  },
);

identity('a key that cannot sign now is a fault', () =>
  withOffice(keys, async ({ fault }) => assert.is(await fault(), 'the question could not be signed'), {
    credential: { clientId: 'x', algorithm: 'SHA256withRSA', sign: () => Promise.reject(new Error('HSM')) },
  }),
);

identity('certificate and key must be readable, RSA, and belong together', () => {
  const { portal, stranger } = keys;
  const codeOf = (input: Parameters<typeof clientCredential>[0]): string => {
    const made = clientCredential(input);
    return E.isLeft(made) ? made.left.detail : 'made';
  };
  assert.is(codeOf({ certificate: portal.cert, key: portal.key }), 'made');
  assert.is(codeOf({ certificate: portal.der, key: portal.key }), 'made');
  assert.is(codeOf({ certificate: 'none', key: portal.key }), 'no certificate of an RSA key');
  assert.is(codeOf({ certificate: portal.cert, key: 'none' }), 'the private key cannot be read');
  const other = codeOf({ certificate: portal.cert, key: stranger.key });
  assert.is(other, 'the private key is not that of the certificate');
});

// -------------------------------------------------------------------------------------
// an answer belongs to its question and is the service's own
// -------------------------------------------------------------------------------------

identity('an answer with another nonce is a fault, although it is signed', () =>
  withOffice(keys, async ({ fault, server }) => {
    for (const nonce of ['', 'another', 'x'.repeat(43)]) {
      server.tell({ kind: 'reply', change: (reply) => ({ ...reply, nonce }) });
      assert.is(await fault(), 'the answer belongs to another question');
    }
  }),
);

identity('an old answer is a fault: its nonce is that of another question', () =>
  withOffice(keys, async ({ ask, fault, server }) => {
    let kept: Parameters<Extract<IdentityBehaviour, { kind: 'sealed' }>['change']>[0] | undefined;
    server.tell({
      kind: 'sealed',
      change: (sealed) => {
        kept ??= sealed;
        return kept;
      },
    });
    assert.equal(await ask(lin), E.right('match'));
    assert.is(await fault({ ...lin, nationalId: chen.nationalId }), 'the answer belongs to another question');
  }),
);

identity('the answer to another client’s question with the same nonce is a fault, signed as it is', () =>
  withOffice(
    keys,
    async ({ clock, fault, server }) => {
      let kept: Parameters<Extract<IdentityBehaviour, { kind: 'sealed' }>['change']>[0] | undefined;
      server.tell({
        kind: 'sealed',
        change: (sealed) => {
          kept ??= sealed;
          return kept;
        },
      });
      const other = identityService({
        uri: server.uri,
        credential: credentialOf(keys.stranger),
        answers: { by: 'signature', certificate: keys.service.cert },
        clock,
        ids: { nonce: () => 'seen on the line' },
        allowAddresses: thisMachine,
        allowPlainHttp: true,
      });
      assert.equal(right(await other.ask([lin])()), [0]);
      await other.close();
      const mismatch = { ...lin, nationalId: chen.nationalId };
      assert.is(await fault(mismatch), 'the answer belongs to another question');
    },
    { ids: { nonce: () => 'seen on the line' } },
    { clients: [keys.portal.cert, keys.stranger.cert] },
  ),
);

identity('what the portal’s own clock or nonces throw is a fault', async () => {
  const broken = (): never => {
    throw new Error('not ours');
  };
  for (const portal of [
    { ids: { nonce: broken } },
    { clock: { ...handClock(), now: broken } },
    { clock: { ...handClock(), now: () => Number.NaN } },
  ]) {
    await withOffice(
      keys,
      async ({ fault }) => assert.is(await fault(), 'the question could not be signed'),
      portal,
    );
  }
});

identity('an answer with more or fewer results than pairs is a fault', () =>
  withOffice(keys, async ({ fault, server }) => {
    for (const results of [[], [0, 0]]) {
      server.tell({ kind: 'reply', change: (reply) => ({ ...reply, results }) });
      assert.is(await fault(), 'the answer has another number of results');
    }
  }),
);

identity('an answer that was changed, is not signed, or is signed by a stranger is a fault', async () => {
  const turned = (octet: number): number => octet ^ 1;
  await withOffice(keys, async ({ fault, server }) => {
    server.tell({
      kind: 'sealed',
      change: (sealed) => ({ ...sealed, signature: sealed.signature?.map(turned) }),
    });
    assert.is(await fault(), 'the signature of the answer does not hold');
    server.tell({ kind: 'sealed', change: (sealed) => ({ ...sealed, signature: new Uint8Array(0) }) });
    assert.is(await fault(), 'the signature of the answer does not hold');
    // "1": no such pair, made "0" on the way.
    server.tell({
      kind: 'sealed',
      change: (sealed) => ({
        ...sealed,
        payload: new TextEncoder().encode(new TextDecoder().decode(sealed.payload).replace('[1]', '[0]')),
      }),
    });
    const mismatch = { ...lin, nationalId: chen.nationalId };
    assert.is(await fault(mismatch), 'the signature of the answer does not hold');
    server.tell({ kind: 'sealed', change: (sealed) => ({ ...sealed, signature: undefined }) });
    assert.is(await fault(), 'the answer is not signed');
    for (const algorithm of [undefined, 'SHA1withRSA', 'none']) {
      server.tell({ kind: 'sealed', change: (sealed) => ({ ...sealed, algorithm }) });
      assert.is(await fault(), 'the answer is signed by another algorithm');
    }
  });
  const strange = { key: keys.stranger.key };
  await withOffice(
    keys,
    async ({ fault }) => assert.is(await fault(), 'the signature of the answer does not hold'),
    {},
    strange,
  );
});

identity('over TLS an answer need not be signed; over plain HTTP it must', async () => {
  const { service } = keys;
  const unsigned = { key: undefined };
  const { key: _none, ...noKey } = unsigned;
  await withOffice(
    keys,
    async ({ fault }) => assert.is(await fault(), 'an answer over plain HTTP must be signed'),
    { answers: { by: 'tls' } },
  );
  const tls = { key: service.key, cert: service.cert };
  await withOffice(
    keys,
    async ({ ask }) => assert.equal(await ask(lin), E.right('match')),
    { answers: { by: 'tls' }, tls: { ca: service.cert }, allowPlainHttp: false },
    { tls, ...noKey },
  );
  // Nobody vouches for this server.
  await withOffice(
    keys,
    async ({ fault }) => assert.match(await fault(), /^UNREACHABLE/),
    { answers: { by: 'tls' }, allowPlainHttp: false },
    { tls },
  );
});

identity('national IDs are not sent over plain HTTP unless that is configured', () =>
  withOffice(
    keys,
    async ({ fault, server }) => {
      assert.is(await fault(), 'national IDs are not sent over plain HTTP');
      assert.is(server.asked().length, 0);
    },
    { allowPlainHttp: false },
  ),
);

identity('a service whose certificate cannot be read answers nobody', () =>
  withOffice(
    keys,
    async ({ fault }) => assert.is(await fault(), 'the certificate of the service cannot be read'),
    { answers: { by: 'signature', certificate: 'none' } },
  ),
);

// -------------------------------------------------------------------------------------
// faults
// -------------------------------------------------------------------------------------

const envelopeOf = (payload: string): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ Payload: Buffer.from(payload).toString('base64') }));

identity('garbage, size and status are faults, each by its name', () =>
  withOffice(
    keys,
    async ({ fault, server }) => {
      const cases: ReadonlyArray<readonly [RegExp, Extract<IdentityBehaviour, { kind: 'http' }>['reply']]> = [
        [/malformed/, octets(new Uint8Array(0))],
        [/malformed/, octets(new TextEncoder().encode('<html>維護中</html>'))],
        [/malformed/, octets(new TextEncoder().encode('{"Payload":'))],
        [/not signed/, octets(envelopeOf('{"Nonce":"","Error":0,"Results":[0]}'))],
        [/^ANSWER_REFUSED/, status(500)],
        [/^ANSWER_REFUSED/, status(401)],
        [/^REDIRECTED/, redirect('/elsewhere', 307)],
        [/^TOO_LARGE/, endless],
        [/^UNREACHABLE/, reset()],
        [/^UNREACHABLE/, reset(Uint8Array.of(0x7b))],
      ];
      for (const [pattern, reply] of cases) {
        server.tell({ kind: 'http', reply });
        assert.match(await fault(), pattern);
      }
    },
    { deadlineMilliseconds: 10_000 },
  ),
);

identity('silence, and an answer that drips, are faults at the deadline', () =>
  withOffice(
    keys,
    async ({ fault, server }) => {
      for (const reply of [silence, slowBody(new Uint8Array(10_000))]) {
        server.tell({ kind: 'http', reply });
        assert.match(await fault(), /^TIMEOUT/);
      }
    },
    { deadlineMilliseconds: 300 },
  ),
);

identity('a private address is refused unless it is configured', () =>
  withOffice(
    keys,
    async ({ fault, server }) => {
      assert.match(await fault(), /^ADDRESS_REFUSED/);
      assert.is(server.asked().length, 0);
    },
    { allowAddresses: [] },
  ),
);

identity('no fault holds a national ID or a serial number, also when the service says them', () =>
  withOffice(
    keys,
    async ({ ask, server }) => {
      const said = `${lin.nationalId} ${lin.subjectSerialNumber}`;
      const behaviours: ReadonlyArray<IdentityBehaviour> = [
        { kind: 'http', reply: octets(new TextEncoder().encode(said)) },
        { kind: 'http', reply: status(500, said) },
        { kind: 'http', reply: octets(envelopeOf(said)) },
        { kind: 'http', reply: redirect(`/${lin.nationalId}`) },
        { kind: 'http', reply: silence },
        { kind: 'error', error: 1001 },
        { kind: 'result', result: 999 },
        { kind: 'reply', change: (reply) => ({ ...reply, nonce: said }) },
      ];
      for (const behaviour of behaviours) {
        server.tell(behaviour);
        const told = JSON.stringify(await ask(lin));
        assert.ok(told.includes('DependencyFault'), told);
        assert.not.match(told, lin.nationalId);
        assert.not.match(told, lin.subjectSerialNumber);
      }
    },
    { deadlineMilliseconds: 300 },
  ),
);

identity('close ends what is under way', () =>
  withOffice(keys, async ({ ask, match, server }) => {
    server.tell({ kind: 'http', reply: silence });
    const waiting = ask(lin);
    await until(() => server.asked().length === 1);
    await match.close();
    assert.ok(E.isLeft(await waiting));
    await until(async () => (await server.connections()) === 0);
    assert.ok(E.isLeft(await ask(lin)));
  }),
);

identity.run();
