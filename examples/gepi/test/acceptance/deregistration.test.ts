import { createTestPki } from '@mandate/certificates/test-pki';
import type { DirectoryEntry } from '@mandate/domain';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cityOffice, people } from '../../src/world/cast.js';
import { showCards } from '../../src/world/counter.js';
import { agencyCard } from '../../src/world/drawer.js';
import { confirmed, giveWithForm, issuePair, pairOf, registerAgency } from '../support/counter.js';
import { byStaff, type Office, openOffice, refusal, right, typesOf } from '../support/office.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'MOICA'] });
const pair = await issuePair(pki, cityOffice, people.lin);

const staffSay = async (office: Office, type: string): Promise<void> => {
  right(await byStaff(office, { type, agencyCode: cityOffice.code, reason: 'abolished' }));
};

const show = async ({ register }: Office, of = pair) =>
  showCards(register, 'first-registration', cityOffice.code, of.shown);

// -------------------------------------------------------------------------------------
const ending = suite('終止服務與重新註冊');

ending('GEPI-15: an agency whose service ended registers again with the card that it had', async () => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  await staffSay(office, 'DeregisterAgency');
  const again = await registerAgency(office.register, pair);
  assert.equal(typesOf(again), ['TermsAccepted', 'AgencyRegistered', 'ManagerAppointed']);
});

ending('GEPI-15: the directory keeps an abolished agency from registering again', async () => {
  const entry: DirectoryEntry = {
    code: cityOffice.code,
    name: cityOffice.name,
    organisation: cityOffice.recorded,
    region: cityOffice.region,
  };
  let known = true;
  const office = await openOffice(pki, { directory: { find: () => TE.right(known ? entry : undefined) } });
  await registerAgency(office.register, pair);
  const waiting = await confirmed(office.register, 'delegation', pair);
  await staffSay(office, 'DeregisterAgency');
  const visit = await confirmed(office.register, 'first-registration', pair);
  known = false;
  assert.is(refusal(await show(office)), 'AGENCY_UNKNOWN');
  // Cards that were confirmed before do not get it in either.
  const late = await giveWithForm(office.register, visit, 'RegisterAgency', people.lin);
  assert.is(refusal(late), 'AGENCY_UNKNOWN');
  assert.is(refusal(await office.register.clerkList(waiting.confirmation.id)()), 'AGENCY_UNKNOWN');
});

ending('NHI-19: a suspended agency does not register again; only staff open it', async () => {
  const office = await openOffice(pki);
  await registerAgency(office.register, pair);
  await staffSay(office, 'SuspendAgency');
  assert.is(refusal(await show(office)), 'AGENCY_SUSPENDED');
});

ending('X-4: a certificate that was replaced before the service ended does not register again', async () => {
  const office = await openOffice(pki);
  const { register } = office;
  await registerAgency(register, pair);
  const second = pairOf(cityOffice, await agencyCard(pki, cityOffice), people.lin, pair.managerCard);
  const visit = await confirmed(register, 'replace-agency', second);
  right(await giveWithForm(register, visit, 'ReplaceAgencyCertificate', people.lin));
  await staffSay(office, 'DeregisterAgency');
  assert.is(refusal(await show(office)), 'CERTIFICATE_ALREADY_REPLACED');
  await registerAgency(register, second);
});

ending('X-4: a certificate of an earlier registration does not come back in a later one', async () => {
  const office = await openOffice(pki);
  const { register } = office;
  await registerAgency(register, pair);
  await staffSay(office, 'DeregisterAgency');
  const second = pairOf(cityOffice, await agencyCard(pki, cityOffice), people.lin, pair.managerCard);
  await registerAgency(register, second);
  const answer = await showCards(register, 'replace-agency', cityOffice.code, pair.shown);
  assert.is(refusal(answer), 'CERTIFICATE_ALREADY_REPLACED');
});

ending.run();
