import { createTestPki } from '@mandate/certificates/test-pki';
import { weekCalendar } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { agreeToTerms, showCards } from '../../src/world/counter.js';
import { confirmed, contactOf, give, issuePair, ofPerson, registerAgency } from '../support/counter.js';
import { byStaff, openOffice, refusal, right } from '../support/office.js';

const pki = await createTestPki({ keyPool: 2, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);

const hours = suite('開放時間');

const request = { purpose: 'first-registration', agencyCode: cityOffice.code };

hours('GEPI-4: from 7:00 on and until 24:00, in Taipei', async () => {
  const { register, clock } = await openOffice(pki);
  for (const [instant, open] of [
    ['2026-03-02T22:59:59.999Z', false],
    ['2026-03-02T23:00:00.000Z', true],
    ['2026-03-03T15:59:59.999Z', true],
    ['2026-03-03T16:00:00.000Z', false],
  ] as const) {
    clock.set(instant);
    const answer = await register.issueChallenge(request)();
    if (open) right(answer);
    else assert.is(refusal(answer), 'OUTSIDE_OPENING_HOURS');
  }
});

hours('GEPI-4: an excluded day is closed all day', async () => {
  const { register } = await openOffice(pki, { calendar: weekCalendar({ closed: ['2026-03-02'] }) });
  assert.is(refusal(await register.issueChallenge(request)()), 'OUTSIDE_OPENING_HOURS');
});

hours('GEPI-4: what began before midnight does not end after it', async () => {
  const { register, clock } = await openOffice(pki);
  clock.set('2026-03-02T15:59:00.000Z');
  const challenge = right(await register.issueChallenge(request)());
  const cms = Buffer.from(await pair.agencyCard.card.sign(new TextEncoder().encode(challenge.text))).toString(
    'base64',
  );
  const visit = await confirmed(register, 'first-registration', pair);
  const terms = right(await agreeToTerms(register));
  clock.set('2026-03-02T16:00:00.000Z');
  const answer = await register.confirmCard({ nonce: challenge.nonce, cms })();
  assert.is(refusal(answer), 'OUTSIDE_OPENING_HOURS');
  const command = { type: 'RegisterAgency', terms, contact: contactOf(people.lin) };
  assert.is(refusal(await give(register, visit, command)), 'OUTSIDE_OPENING_HOURS');
});

hours('GEPI-4: what cards have opened closes with the portal; public texts and evidence stay', async () => {
  const { register, clock } = await openOffice(pki);
  await registerAgency(register, pair);
  clock.set('2026-03-02T15:59:00.000Z');
  const delegation = await confirmed(register, 'delegation', pair);
  const oid = await confirmed(register, 'query-oid', pair, pair.shown.slice(0, 1));
  const lin = ofPerson(pair.managerCard, people.lin);
  const serial = right(await showCards(register, 'query-serial', undefined, [lin]));
  const asked = async () => [
    await register.clerkList(delegation.confirmation.id)(),
    await register.organisationOf(oid.confirmation.id)(),
    await register.serialOf(serial.confirmation.id)(),
  ];
  for (const answer of await asked()) right<unknown>(answer);
  clock.set('2026-03-02T16:00:00.000Z');
  for (const answer of await asked()) assert.is(refusal(answer), 'OUTSIDE_OPENING_HOURS');
  right(await register.presentTerms()());
  right(await register.catalogue()());
  right(await register.evidence(delegation.confirmation.cards[0]?.evidence ?? '')());
});

hours('GEPI-4: a retry of what was done is answered at night too; staff work at any hour', async () => {
  const office = await openOffice(pki);
  const { register, clock } = office;
  clock.set('2026-03-02T15:59:00.000Z');
  const visit = await confirmed(register, 'first-registration', pair);
  const terms = right(await agreeToTerms(register));
  const commandId = crypto.randomUUID();
  const command = { type: 'RegisterAgency', commandId, terms, contact: contactOf(people.lin) };
  const done = right(await give(register, visit, command));
  clock.set('2026-03-02T18:00:00.000Z');
  const again = right(await give(register, visit, command));
  assert.ok(again.idempotent);
  assert.equal(again.events, done.events);
  right(await byStaff(office, { type: 'SuspendAgency', agencyCode: cityOffice.code, reason: 'audit' }));
});

hours.run();
