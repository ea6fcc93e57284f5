import { memoryChallengeStore, memoryKeyVault, nodeSha256 } from '@mandate/adapters-eventstore';
import { createTestPki } from '@mandate/certificates/test-pki';
import { confirmationHash, gepiPolicy, gepiPolicyFor } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, hospital, people } from '../../src/world/cast.js';
import type { PinnedCard } from '../../src/world/drawer.js';
import { citizenCard } from '../../src/world/drawer.js';
import { backings, on } from '../support/backing.js';
import { confirmed, issuePair } from '../support/counter.js';
import { type Office, openOffice, refusal, right, testSecret } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'HCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);

const request = { purpose: 'first-registration', agencyCode: cityOffice.code };

const sign = async (card: PinnedCard, text: string): Promise<string> =>
  Buffer.from(await card.card.sign(new TextEncoder().encode(text), { withCardNumber: true })).toString(
    'base64',
  );

/** A challenge for the agency's card, and the card's answer to it. */
const answered = async ({ register }: Office) => {
  const challenge = right(await register.issueChallenge(request)());
  return { challenge, answer: { nonce: challenge.nonce, cms: await sign(pair.agencyCard, challenge.text) } };
};

// -------------------------------------------------------------------------------------
const text = suite('what a card signs');

text(
  'architecture 4: canonical JSON that names portal, origin, purpose, agency, person, step, nonce and expiry',
  async () => {
    const { register } = await openOffice(pki);
    const challenge = right(await register.issueChallenge(request)());
    const content = JSON.parse(challenge.text);
    assert.equal(content, {
      agencyCode: cityOffice.code,
      confirmation: confirmationHash(nodeSha256, challenge.confirmation),
      expiresAt: '2026-03-02T02:10:01.000Z',
      nonce: challenge.nonce,
      origin: 'https://gepi.example',
      person: null,
      portal: 'gepi',
      purpose: 'first-registration',
      step: 0,
      type: 'mandate-challenge/1',
    });
    assert.is(challenge.text, JSON.stringify(content));
    assert.equal(Object.keys(content), Object.keys(content).sort());
    assert.match(challenge.nonce, /^[A-Za-z0-9_-]{43}$/);
  },
);

text('the typed ID stands in it as a pseudonym, the same for the same person', async () => {
  const { register } = await openOffice(pki);
  const visit = await confirmed(register, 'first-registration', pair, pair.shown.slice(0, 1));
  const personOf = async (nationalId: string): Promise<unknown> => {
    const next = { purpose: 'first-registration', confirmation: visit.confirmation.id, nationalId };
    return JSON.parse(right(await register.issueChallenge(next)()).text).person;
  };
  const person = await personOf(people.lin.nationalId);
  assert.match(String(person), /^[0-9a-f]{64}$/);
  assert.is(await personOf(people.lin.nationalId.toLowerCase()), person);
  assert.is.not(await personOf(people.chang.nationalId), person);
});

text('no two challenges are alike', async () => {
  const { register } = await openOffice(pki);
  const texts = new Set<string>();
  for (let index = 0; index < 50; index++) texts.add(right(await register.issueChallenge(request)()).text);
  assert.is(texts.size, 50);
});

text('a purpose that the portal does not have has no challenge', async () => {
  const { register } = await openOffice(pki);
  for (const purpose of ['delegat', 'constructor', 'no-such']) {
    assert.is(refusal(await register.issueChallenge({ ...request, purpose })()), 'PURPOSE_UNKNOWN');
  }
});

text.run();

// -------------------------------------------------------------------------------------
for (const [name, open] of backings) {
  const once = suite(`a challenge is answered once, on ${name}`);

  once('the second time it is used, whoever sends it', () =>
    on(open, async ({ ports }) => {
      const office = await openOffice(pki, ports);
      const { answer } = await answered(office);
      right(await office.register.confirmCard(answer)());
      assert.is(refusal(await office.register.confirmCard(answer)()), 'CHALLENGE_USED');
      assert.is(refusal(await office.reopened().register.confirmCard(answer)()), 'CHALLENGE_USED');
    }),
  );

  once('of two answers at the same moment exactly one counts, in two programs too', () =>
    on(open, async ({ ports }) => {
      const office = await openOffice(pki, ports);
      const elsewhere = office.reopened();
      for (const programs of [
        [office, office],
        [office, elsewhere],
      ]) {
        const { answer } = await answered(office);
        const answers = await Promise.all(programs.map(({ register }) => register.confirmCard(answer)()));
        assert.equal(answers.map((one) => (one._tag === 'Left' ? one.left.code : 'confirmed')).sort(), [
          'CHALLENGE_USED',
          'confirmed',
        ]);
      }
    }),
  );

  once('a wrong answer spends it as well', () =>
    on(open, async ({ ports }) => {
      const office = await openOffice(pki, ports);
      const { challenge, answer } = await answered(office);
      const wrong = { nonce: challenge.nonce, cms: await sign(pair.agencyCard, `${challenge.text} `) };
      assert.is(refusal(await office.register.confirmCard(wrong)()), 'CONTENT_MISMATCH');
      assert.is(refusal(await office.register.confirmCard(answer)()), 'CHALLENGE_USED');
    }),
  );

  once.run();
}

// -------------------------------------------------------------------------------------
const time = suite('a challenge has its time');

time('it holds to the last millisecond, and not in the very one in which it expires', async () => {
  const office = await openOffice(pki);
  const first = await answered(office);
  office.clock.set('2026-03-02T02:10:00.999Z');
  right(await office.register.confirmCard(first.answer)());
  office.clock.set('2026-03-02T02:00:01.000Z');
  const second = await answered(office);
  assert.is(second.challenge.expiresAt, '2026-03-02T02:10:01.000Z');
  office.clock.set(second.challenge.expiresAt);
  assert.is(refusal(await office.register.confirmCard(second.answer)()), 'CHALLENGE_EXPIRED');
});

time('one that nobody handed out, or that is long gone, is not known', async () => {
  const office = await openOffice(pki);
  const { answer } = await answered(office);
  assert.is(refusal(await office.register.confirmCard({ ...answer, nonce: 'x' })()), 'CHALLENGE_UNKNOWN');
  office.clock.advance(3_600_000);
  await answered(office);
  assert.is(refusal(await office.register.confirmCard(answer)()), 'CHALLENGE_UNKNOWN');
});

time.run();

// -------------------------------------------------------------------------------------
const bound = suite('a challenge is bound');

bound('to its portal: another portal on the same stores does not take the answer', async () => {
  const office = await openOffice(pki);
  const other = office.reopened({ policy: { ...gepiPolicy, portal: 'other' as typeof gepiPolicy.portal } });
  const { answer } = await answered(office);
  assert.is(refusal(await other.register.confirmCard(answer)()), 'CHALLENGE_UNKNOWN');
});

bound('to its portal: a confirmation goes on in the portal where it began', async () => {
  const office = await openOffice(pki);
  const policy = { ...gepiPolicyFor('https://other.example'), portal: 'other' as typeof gepiPolicy.portal };
  const other = office.reopened({ policy });
  const visit = await confirmed(office.register, 'first-registration', pair, pair.shown.slice(0, 1));
  const next = {
    purpose: 'first-registration',
    confirmation: visit.confirmation.id,
    nationalId: people.lin.nationalId,
  };
  assert.is(refusal(await other.register.issueChallenge(next)()), 'CONFIRMATION_UNKNOWN');
  const whole = await confirmed(office.register, 'query-oid', pair, pair.shown.slice(0, 1));
  assert.is(refusal(await other.register.organisationOf(whole.confirmation.id)()), 'CONFIRMATION_UNKNOWN');
});

bound('to its text: an answer to one challenge does not answer another', async () => {
  const office = await openOffice(pki);
  const purposes = [
    request,
    { ...request, purpose: 'query-oid' },
    { ...request, agencyCode: hospital.code },
    request,
  ];
  const one = right(await office.register.issueChallenge(request)());
  const cms = await sign(pair.agencyCard, one.text);
  for (const asked of purposes) {
    const other = right(await office.register.issueChallenge(asked)());
    const answer = await office.register.confirmCard({ nonce: other.nonce, cms })();
    assert.is(refusal(answer), 'CONTENT_MISMATCH');
  }
});

bound('to the typed person: another person’s card does not answer it', async () => {
  const office = await openOffice(pki);
  const visit = await confirmed(office.register, 'first-registration', pair, pair.shown.slice(0, 1));
  const next = {
    purpose: 'first-registration',
    confirmation: visit.confirmation.id,
    nationalId: people.lin.nationalId,
  };
  const challenge = right(await office.register.issueChallenge(next)());
  const cms = await sign(await citizenCard(pki, people.chang), challenge.text);
  const answer = await office.register.confirmCard({ nonce: challenge.nonce, cms })();
  assert.is(refusal(answer), 'IDENTITY_MISMATCH');
});

bound('to its step: the next card answers its own challenge, once', async () => {
  const office = await openOffice(pki);
  const visit = await confirmed(office.register, 'first-registration', pair, pair.shown.slice(0, 1));
  const next = {
    purpose: 'first-registration',
    confirmation: visit.confirmation.id,
    nationalId: people.lin.nationalId,
  };
  const two = [];
  for (let index = 0; index < 2; index++) {
    const challenge = right(await office.register.issueChallenge(next)());
    two.push({ nonce: challenge.nonce, cms: await sign(pair.managerCard, challenge.text) });
  }
  const [first, second] = two;
  right(await office.register.confirmCard(first)());
  assert.is(refusal(await office.register.confirmCard(second)()), 'STEP_OUT_OF_ORDER');
  assert.is(refusal(await office.register.issueChallenge(next)()), 'STEP_OUT_OF_ORDER');
});

bound('to the vault: where the portal’s keys were lost, it is not known any more', async () => {
  const office = await openOffice(pki);
  const visit = await confirmed(office.register, 'first-registration', pair, pair.shown.slice(0, 1));
  const lost = office.reopened({ vault: memoryKeyVault({ secret: testSecret }) });
  const next = {
    purpose: 'first-registration',
    confirmation: visit.confirmation.id,
    nationalId: people.lin.nationalId,
  };
  assert.is(refusal(await lost.register.issueChallenge(next)()), 'CONFIRMATION_UNKNOWN');
  const challenge = right(await office.register.issueChallenge(next)());
  const cms = await sign(pair.managerCard, challenge.text);
  assert.is(
    refusal(await lost.register.confirmCard({ nonce: challenge.nonce, cms })()),
    'CONFIRMATION_UNKNOWN',
  );
});

bound('what a store gives back that is no challenge is not known', async () => {
  const office = await openOffice(pki);
  const challenges = memoryChallengeStore();
  for (const spoiled of ['', '{', '{}', 'null', '{"nonce":"x"}']) {
    const broken = office.reopened({
      challenges: {
        ...challenges,
        consumeChallenge: () => async () => ({
          _tag: 'Right',
          right: { _tag: 'Fresh', text: spoiled, expiresAt: '2030-01-01T00:00:00.000Z' },
        }),
      },
    });
    const answer = await broken.register.confirmCard({ nonce: 'x', cms: 'AAAA' })();
    assert.is(refusal(answer), 'CHALLENGE_UNKNOWN');
  }
});

bound.run();
