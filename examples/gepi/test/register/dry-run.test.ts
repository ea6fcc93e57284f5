import { randomUUID } from 'node:crypto';
import { createTestPki } from '@mandate/certificates/test-pki';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { agreeToTerms } from '../../src/world/counter.js';
import { citizenCard } from '../../src/world/drawer.js';
import { clerkByCard, confirmed, contactOf, issuePair, registerAgency } from '../support/counter.js';
import { openSettings } from '../support/inspect.js';
import { type Office, openOffice, refusal, right, typesOf } from '../support/office.js';

const pki = await createTestPki({ keyPool: 2, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);
const wang = clerkByCard(people.wang, await citizenCard(pki, people.wang));

const dry = { dryRun: true, staff: 'ops-1' };

/** An office whose stores tell everything that they hold. */
const inspected = async () => {
  const { overrides, everything } = openSettings();
  const office = await openOffice(pki, overrides);
  return { office, everything };
};

const asked = (office: Office, command: object) =>
  office.register.execute({ commandId: randomUUID(), ...command }, { dryRun: true })();

const dryRun = suite('a dry run');

dryRun('answers what would happen and leaves every store as it was, to the byte', async () => {
  const { office, everything } = await inspected();
  const visit = await confirmed(office.register, 'first-registration', pair);
  const command = {
    type: 'RegisterAgency',
    agencyCode: cityOffice.code,
    confirmation: visit.confirmation.id,
    terms: right(await agreeToTerms(office.register)),
    contact: contactOf(people.lin),
  };
  const before = await everything();
  const would = right(await asked(office, command));
  assert.equal(typesOf(would), ['TermsAccepted', 'AgencyRegistered', 'ManagerAppointed']);
  assert.ok(would.dryRun);
  assert.is(would.position, undefined);
  assert.is(await everything(), before);
  // What was shown is still good for the real thing.
  right(await office.register.execute({ commandId: randomUUID(), ...command })());
});

dryRun('keeps no evidence of a card that was read', async () => {
  const { office, everything } = await inspected();
  await registerAgency(office.register, pair);
  const visit = await confirmed(office.register, 'delegation', pair);
  const before = await everything();
  const would = right(
    await asked(office, {
      type: 'AuthorizeClerk',
      agencyCode: cityOffice.code,
      confirmation: visit.confirmation.id,
      clerk: wang,
      permissions: ['premium-edit'],
    }),
  );
  assert.equal(typesOf(would), ['ClerkAuthorized']);
  assert.is(await everything(), before);
});

dryRun('refuses for the reasons of the real thing, and changes nothing then either', async () => {
  const { office, everything } = await inspected();
  const before = await everything();
  const refused = async (command: object) =>
    refusal(await office.register.execute({ commandId: randomUUID(), ...command }, dry)());
  const agencyCode = cityOffice.code;
  assert.is(await refused({ type: 'SuspendAgency', agencyCode, reason: 'audit' }), 'AGENCY_NOT_REGISTERED');
  assert.is(await refused({ type: 'PublishCatalogue', version: 9, entries: [] }), 'VERSION_NOT_NEXT');
  assert.is(
    await refused({ type: 'ForgetSubject', nationalId: people.wang.nationalId, legalBasis: 'x' }),
    'PERSON_UNKNOWN',
  );
  assert.is(await everything(), before);
});

dryRun('of forgetting forgets nobody', async () => {
  const { office, everything } = await inspected();
  await registerAgency(office.register, pair);
  const before = await everything();
  const command = { type: 'ForgetSubject', nationalId: people.lin.nationalId, legalBasis: '個資法 11' };
  const would = right(await office.register.execute({ commandId: randomUUID(), ...command }, dry)());
  assert.equal(typesOf(would), ['SubjectForgotten']);
  assert.is(await everything(), before);
});

dryRun('of a command that was carried out says so', async () => {
  const { office, everything } = await inspected();
  await registerAgency(office.register, pair);
  const command = {
    type: 'SuspendAgency',
    commandId: randomUUID(),
    agencyCode: cityOffice.code,
    reason: 'audit',
  };
  const done = right(await office.register.execute(command, { staff: 'ops-1' })());
  const before = await everything();
  const again = right(await office.register.execute(command, dry)());
  assert.ok(again.idempotent);
  assert.ok(again.dryRun);
  assert.equal(again.events, done.events);
  assert.is(await everything(), before);
});

dryRun.run();
