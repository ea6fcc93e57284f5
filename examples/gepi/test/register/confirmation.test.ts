import { randomUUID } from 'node:crypto';
import { memoryChallengeStore } from '@mandate/adapters-eventstore';
import { createTestPki } from '@mandate/certificates/test-pki';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, hospital, people } from '../../src/world/cast.js';
import { agreeToTerms, ask } from '../../src/world/counter.js';
import { confirmed, contactOf, give, giveWithForm, issuePair, registerAgency } from '../support/counter.js';
import { byStaff, openOffice, refusal, right } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'HCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);

const revoke = { type: 'RevokeClerk', clerkId: randomUUID(), confirmed: true };

const confirmation = suite('a confirmation');

confirmation('that nobody has is not known', async () => {
  const { register } = await openOffice(pki);
  const answer = await register.execute({
    ...revoke,
    commandId: randomUUID(),
    agencyCode: cityOffice.code,
    confirmation: randomUUID(),
  })();
  assert.is(refusal(answer), 'CONFIRMATION_UNKNOWN');
  for (const nothing of [randomUUID(), '', 'x', null, undefined, 7, {}]) {
    assert.is(refusal(await register.clerkList(nothing)()), 'CONFIRMATION_UNKNOWN');
    assert.is(refusal(await register.serialOf(nothing)()), 'CONFIRMATION_UNKNOWN');
    assert.is(refusal(await register.organisationOf(nothing)()), 'CONFIRMATION_UNKNOWN');
  }
});

confirmation('holds for its minutes, and not in the very millisecond in which they end', async () => {
  const { register, clock } = await openOffice(pki);
  await registerAgency(register, pair);
  const visit = await confirmed(register, 'delegation', pair);
  assert.is(visit.confirmation.expiresAt, '2026-03-02T02:20:01.000Z');
  clock.set('2026-03-02T02:20:00.999Z');
  right(await register.clerkList(visit.confirmation.id)());
  clock.set('2026-03-02T02:20:01.000Z');
  assert.is(refusal(await register.clerkList(visit.confirmation.id)()), 'CONFIRMATION_EXPIRED');
  assert.is(refusal(await give(register, visit, revoke)), 'CONFIRMATION_EXPIRED');
});

confirmation('each card gives it its minutes anew', async () => {
  const { register, clock } = await openOffice(pki);
  const first = await confirmed(register, 'first-registration', pair, pair.shown.slice(0, 1));
  assert.is(first.confirmation.expiresAt, '2026-03-02T02:20:01.000Z');
  clock.set('2026-03-02T02:19:00.000Z');
  const next = { purpose: 'first-registration', confirmation: first.confirmation.id };
  const challenge = right(await register.issueChallenge({ ...next, nationalId: people.lin.nationalId })());
  const signed = await pair.managerCard.card.sign(new TextEncoder().encode(challenge.text));
  const done = right(
    await register.confirmCard({
      nonce: challenge.nonce,
      cms: Buffer.from(signed).toString('base64'),
    })(),
  );
  assert.is(done.confirmation.expiresAt, '2026-03-02T02:39:00.000Z');
  assert.is(done.confirmation.startedAt, '2026-03-02T02:00:01.000Z');
});

confirmation('serves its own purpose and its own agency', async () => {
  const { register } = await openOffice(pki);
  await registerAgency(register, pair);
  const session = await confirmed(register, 'delegation', pair);
  assert.is(
    refusal(await giveWithForm(register, session, 'ReplaceManagerCertificate', people.lin)),
    'CONFIRMATION_OTHER_PURPOSE',
  );
  assert.is(
    refusal(await ask(register, session, { ...revoke, commandId: randomUUID(), agencyCode: hospital.code })),
    'CONFIRMATION_OTHER_AGENCY',
  );
});

confirmation('its next challenge is of the same purpose and agency', async () => {
  const { register } = await openOffice(pki);
  const visit = await confirmed(register, 'first-registration', pair, pair.shown.slice(0, 1));
  const next = {
    purpose: 'first-registration',
    confirmation: visit.confirmation.id,
    nationalId: people.lin.nationalId,
  };
  assert.is(
    refusal(await register.issueChallenge({ ...next, purpose: 'delegation' })()),
    'CONFIRMATION_OTHER_PURPOSE',
  );
  assert.is(
    refusal(await register.issueChallenge({ ...next, agencyCode: hospital.code })()),
    'CONFIRMATION_OTHER_AGENCY',
  );
  right(await register.issueChallenge({ ...next, agencyCode: cityOffice.code })());
});

confirmation('GEPI-22: that registers serves once', async () => {
  const office = await openOffice(pki);
  const { register } = office;
  const visit = await confirmed(register, 'first-registration', pair);
  right(await giveWithForm(register, visit, 'RegisterAgency', people.lin));
  right(
    await byStaff(office, { type: 'DeregisterAgency', agencyCode: cityOffice.code, reason: 'abolished' }),
  );
  assert.is(refusal(await giveWithForm(register, visit, 'RegisterAgency', people.lin)), 'CONFIRMATION_USED');
});

confirmation('a refused command does not spend it', async () => {
  const { register } = await openOffice(pki);
  const visit = await confirmed(register, 'first-registration', pair);
  const contact = { ...contactOf(people.lin), email: 'no mail' };
  assert.is(
    refusal(await giveWithForm(register, visit, 'RegisterAgency', people.lin, { contact })),
    'INVALID_INPUT',
  );
  right(await giveWithForm(register, visit, 'RegisterAgency', people.lin));
});

confirmation('is worth nothing once the register has changed under it', async () => {
  const office = await openOffice(pki);
  const { register } = office;
  await registerAgency(register, pair);
  const session = await confirmed(register, 'delegation', pair);
  const agencyCode = cityOffice.code;
  right(await byStaff(office, { type: 'SuspendAgency', agencyCode, reason: 'audit' }));
  assert.is(refusal(await give(register, session, revoke)), 'AGENCY_SUSPENDED');
  assert.is(refusal(await register.clerkList(session.confirmation.id)()), 'AGENCY_SUSPENDED');
  right(await byStaff(office, { type: 'DeregisterAgency', agencyCode, reason: 'abolished' }));
  assert.is(refusal(await give(register, session, revoke)), 'AGENCY_DEREGISTERED');
});

confirmation('two registrations that began at the same time: one registers', async () => {
  const { register } = await openOffice(pki);
  const one = await confirmed(register, 'first-registration', pair);
  const two = await confirmed(register, 'first-registration', pair);
  const terms = right(await agreeToTerms(register));
  const command = { type: 'RegisterAgency', terms, contact: contactOf(people.lin) };
  const answers = await Promise.all([give(register, one, command), give(register, two, command)]);
  assert.equal(answers.map((answer) => (answer._tag === 'Left' ? answer.left.code : 'done')).sort(), [
    'AGENCY_ALREADY_REGISTERED',
    'done',
  ]);
});

confirmation('that a store gives back spoiled stops the work', async () => {
  const office = await openOffice(pki);
  const challenges = memoryChallengeStore();
  for (const spoiled of ['', '{', '{}', 'null']) {
    const broken = office.reopened({
      challenges: {
        ...challenges,
        findConfirmation: (key) => async () => ({
          _tag: 'Right',
          right: { key, text: spoiled, expiresAt: '2030-01-01T00:00:00.000Z' },
        }),
      },
    });
    assert.is(refusal(await broken.register.clerkList(randomUUID())()), 'STORE_CORRUPT');
  }
});

confirmation('whose sealed part was tampered with stops the work', async () => {
  const office = await openOffice(pki);
  const visit = await confirmed(office.register, 'query-oid', pair, pair.shown.slice(0, 1));
  const { challenges } = office.settings;
  const broken = office.reopened({
    challenges: {
      ...challenges,
      findConfirmation: (key) => async () => {
        const found = right(await challenges.findConfirmation(key)());
        if (found === undefined) return { _tag: 'Right', right: undefined };
        const text = found.text.replace(/("shown":")([^"]*)(.)(")/, (_, head, body, last, tail) =>
          [head, body, last === 'A' ? 'B' : 'A', tail].join(''),
        );
        assert.is.not(text, found.text);
        return { _tag: 'Right', right: { ...found, text } };
      },
    },
  });
  assert.is(refusal(await broken.register.organisationOf(visit.confirmation.id)()), 'STORE_CORRUPT');
});

confirmation.run();
