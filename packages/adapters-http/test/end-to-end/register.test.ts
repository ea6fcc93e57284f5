import { randomBytes } from 'node:crypto';
import {
  memoryChallengeStore,
  memoryEventStore,
  memoryEvidenceStore,
  memoryKeyVault,
  nodeSha256,
  randomIds,
} from '@mandate/adapters-eventstore';
import { revocationSource } from '@mandate/certificates';
import { createTestPki, type TestCard, type TestPki } from '@mandate/certificates/test-pki';
import {
  type CardConfirmed,
  createRegister,
  gepiPolicy,
  type Register,
  type RegisterError,
  weekCalendar,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { IdentityReply } from '../../src/index.js';
import { type IdentityServer, silence, status } from '../../src/testing/index.js';
import { chen, type Keys, lin, makeKeys, wang, withOffice } from '../identity-match/people.js';
import { type GpkiOnTheWeb, putOnTheWeb } from './gpki-on-the-web.js';

let pki: TestPki;
let keys: Keys;

interface Counter {
  readonly server: IdentityServer;
  readonly gpki: GpkiOnTheWeb;
  /** Shows a citizen's card and types an ID, in order to read its serial. */
  readonly show: (card: TestCard, nationalId: string) => Promise<E.Either<RegisterError, CardConfirmed>>;
}

const citizen = (person: typeof lin): Promise<TestCard> =>
  pki.issueCitizen({
    name: '測試人',
    last4: person.nationalId.slice(-4),
    subjectSerialNumber: person.subjectSerialNumber,
  });

const showing = async (
  register: Register,
  card: TestCard,
  nationalId: string,
): Promise<E.Either<RegisterError, CardConfirmed>> => {
  const challenge = await register.issueChallenge({ purpose: 'query-serial', nationalId })();
  if (E.isLeft(challenge)) return challenge;
  const cms = await card.sign(new TextEncoder().encode(challenge.right.text));
  return register.confirmCard({
    nonce: challenge.right.nonce,
    cms: Buffer.from(cms).toString('base64'),
  })();
};

/** A register whose revocation and identity come over HTTP. */
const withCounter = (
  run: (counter: Counter) => Promise<void>,
  deadlineMilliseconds = 10_000,
): Promise<void> =>
  withOffice(
    keys,
    async ({ clock, match, server }) => {
      const gpki = await putOnTheWeb(pki, clock);
      const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
      const register = createRegister({
        policy: gepiPolicy,
        store: memoryEventStore(),
        vault: memoryKeyVault({ secret: new Uint8Array(32).fill(7) }),
        evidence: memoryEvidenceStore(),
        challenges: memoryChallengeStore(),
        directory: { find: () => TE.right(undefined) },
        trust: pki.trust,
        revocation: revocationSource({ trust: pki.trust, crls: gpki.crls, ocsp: gpki.ocsp, random }),
        clock,
        ids: randomIds,
        calendar: weekCalendar({ holidays: [] }),
        sha256: nodeSha256,
        identity: match,
      });
      try {
        await run({ server, gpki, show: (card, nationalId) => showing(register, card, nationalId) });
      } finally {
        await gpki.close();
      }
    },
    { deadlineMilliseconds },
  );

const refusal = (answer: E.Either<RegisterError, unknown>): string =>
  E.isLeft(answer) ? answer.left.code : 'not refused';

const counter = suite('a register whose revocation and identity come over HTTP');

counter.before(async () => {
  pki = await createTestPki({ cas: ['MOICA'] });
  keys = await makeKeys();
});

counter('GEPI-21: a card that the service knows is accepted, and the proof is full', () =>
  withCounter(async ({ show }) => {
    const answer = await show(await citizen(lin), lin.nationalId);
    assert.is(refusal(answer), 'not refused');
    if (E.isRight(answer)) assert.is(answer.right.confirmation.cards[0]?.identityProof, 'full');
  }),
);

counter('GEPI-21: the last four fit and the whole ID does not: IDENTITY_MISMATCH', () =>
  withCounter(async ({ show }) => {
    const card = await citizen({ ...lin, subjectSerialNumber: chen.subjectSerialNumber });
    assert.is(refusal(await show(card, lin.nationalId)), 'IDENTITY_MISMATCH');
  }),
);

counter('GEPI-10: a card that was not opened is CERTIFICATE_NOT_ACTIVATED, with MOICA to help', () =>
  withCounter(async ({ show }) => {
    const answer = await show(await citizen(wang), wang.nationalId);
    assert.is(refusal(answer), 'CERTIFICATE_NOT_ACTIVATED');
    if (E.isLeft(answer)) assert.is(answer.left.ca, 'MOICA');
  }),
);

counter('a service that fails in any way is IDENTITY_UNAVAILABLE, and nothing personal is told', () =>
  withCounter(async ({ show, server }) => {
    const card = await citizen(lin);
    for (const behaviour of [
      { kind: 'result', result: 999 },
      { kind: 'error', error: 1007 },
      { kind: 'http', reply: status(500, lin.nationalId) },
      {
        kind: 'reply',
        change: (reply: IdentityReply) => ({ ...reply, nonce: 'x' }),
      },
    ] as const) {
      server.tell(behaviour);
      const answer = await show(card, lin.nationalId);
      assert.is(refusal(answer), 'IDENTITY_UNAVAILABLE');
      assert.not.match(JSON.stringify(answer), new RegExp(`${lin.nationalId}|${lin.subjectSerialNumber}`));
    }
  }),
);

counter('a service that says nothing is IDENTITY_UNAVAILABLE at the deadline', () =>
  withCounter(async ({ show, server }) => {
    server.tell({ kind: 'http', reply: silence });
    assert.is(refusal(await show(await citizen(lin), lin.nationalId)), 'IDENTITY_UNAVAILABLE');
  }, 300),
);

counter('a revoked card is refused, and nobody is asked whose it is', () =>
  withCounter(async ({ show, server }) => {
    const card = await citizen(lin);
    pki.revoke(card, new Date('2026-03-02T01:00:00Z'));
    assert.is(refusal(await show(card, lin.nationalId)), 'CERTIFICATE_REVOKED');
    assert.is(server.asked().length, 0);
  }),
);

counter('without lists and responders nobody is let in', () =>
  withCounter(async ({ show, gpki }) => {
    gpki.disturb({ lists: status(503), responders: status(503) });
    assert.is(refusal(await show(await citizen(lin), lin.nationalId)), 'REVOCATION_UNKNOWN');
  }),
);

counter.run();
