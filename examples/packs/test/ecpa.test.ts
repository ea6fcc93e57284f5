import { createTestPki } from '@mandate/certificates/test-pki';
import { ecpaCatalogue, ecpaPolicy, ecpaTexts, PortalPolicy, packProblems } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bureau, colleague, officer, other, type Person } from '../src/world/cast.js';
import { account, card, give, show } from '../src/world/counter.js';
import { type Office, openOffice } from '../src/world/office.js';
import { refusal, right, typesOf } from './support.js';

const pki = await createTestPki({ keyPool: 4, cas: ['GCA', 'MOICA'] });
const { code, name } = bureau;
const issue = () => pki.issueAgency({ ca: 'GCA', name, organisationOid: bureau.organisation.value });
const [agencyCard, nextCard] = [await issue(), await issue()];
const stranger: Person = { name: '周無號', nationalId: 'D123456782' };

const open = (): Promise<Office> =>
  openOffice(pki, ecpaPolicy, ecpaCatalogue, [bureau], [officer, colleague, other]);

const bind = async ({ register }: Office) => {
  const visit = right(await show(register, 'bind', code, card(agencyCard), account(officer)));
  return { visit, done: right(await give(register, visit, { type: 'RegisterAgency' })) };
};

const granting = async () => {
  const office = await open();
  await bind(office);
  const session = right(await show(office.register, 'grant', code, card(agencyCard)));
  const grant = (people: ReadonlyArray<Person>, ...permissions: ReadonlyArray<string>) =>
    give(office.register, session, {
      type: 'AuthorizePeople',
      people: people.map(({ nationalId }) => ({ nationalId })),
      permissions,
    });
  const may = async (person: Person, fn: string) => {
    const pseudonym = right(await office.settings.vault.pseudonym('person', person.nationalId)());
    const at = new Date(office.clock.now()).toISOString();
    const index = await office.index();
    const answer = index.may({ agency: code, function: fn, who: { person: pseudonym }, at });
    return answer.allowed ? 'yes' : answer.code;
  };
  return { ...office, session, grant, may };
};

const pack = suite('the pack of eCPA');

pack('X-1: it is data, sound, and comes back from JSON with nothing lost', () => {
  assert.equal(packProblems(ecpaPolicy), []);
  const back = PortalPolicy.decode(JSON.parse(JSON.stringify(ecpaPolicy)));
  assert.ok(E.isRight(back));
  assert.equal(JSON.parse(JSON.stringify(back.right)), JSON.parse(JSON.stringify(ecpaPolicy)));
  assert.match(ecpaTexts['bind.precondition'].zh, '已有 eCPA 之帳號與密碼');
});

pack.run();

const binding = suite('eCPA: the agency’s certificate is bound to an officer’s account');

binding('ECPA-2: certificate, then account, then it is done in one append', async () => {
  const office = await open();
  const { done } = await bind(office);
  assert.equal(typesOf(done), ['AgencyRegistered', 'OfficerBound']);
  const [, registered] = await office.events();
  assert.is(registered?.meta.actor.kind, 'officer');
  assert.is(registered?.meta.evidence.length, 2);
});

binding(
  'ECPA-1: without an account, with a wrong password, or with another’s role there is none',
  async () => {
    const { register } = await open();
    const first = card(agencyCard);
    assert.is(refusal(await show(register, 'bind', code, first, account(stranger))), 'MEANS_REFUSED');
    assert.is(refusal(await show(register, 'bind', code, first, account(officer, 'guess'))), 'MEANS_REFUSED');
    assert.is(refusal(await show(register, 'bind', code, first, account(colleague))), 'ACCOUNT_ROLE_MISSING');
  },
);

binding('ECPA-2: the order is fixed, and the certificate alone binds nothing', async () => {
  const { register } = await open();
  assert.is(refusal(await show(register, 'bind', code, account(officer))), 'MEANS_NOT_ALLOWED');
  const half = right(await show(register, 'bind', code, card(agencyCard)));
  assert.is(refusal(await give(register, half, { type: 'RegisterAgency' })), 'CONFIRMATION_INCOMPLETE');
});

binding('ECPA-3: what bound the certificate grants nothing: one signs in again', async () => {
  const office = await open();
  const { visit } = await bind(office);
  const people = [{ nationalId: colleague.nationalId }];
  const grant = { type: 'AuthorizePeople', people, permissions: ['payroll-report'] };
  assert.is(refusal(await give(office.register, visit, grant)), 'CONFIRMATION_OTHER_PURPOSE');
});

binding(
  'ECPA-2: the officer’s password and ID stand in no event, and a replacement needs that officer',
  async () => {
    const office = await open();
    await bind(office);
    const page = right(await office.settings.store.readAll('start', 1000)());
    const all = page.events.map((event) => event.body).join('\n');
    for (const secret of ['hr-secret', 'hr-0001', officer.nationalId, officer.name])
      assert.not.match(all, secret);
    const visit = right(
      await show(office.register, 'replace-agency', code, card(nextCard), account(officer)),
    );
    const replace = { type: 'ReplaceAgencyCertificate' };
    assert.equal(typesOf(right(await give(office.register, visit, replace))), ['CertificateReplaced']);
  },
);

binding.run();

const grants = suite('eCPA: application system × category for people without cards');

grants('ECPA-8: the agency’s card alone has authority', async () => {
  const { session, grant, may } = await granting();
  assert.is(session.confirmation.cards.length, 1);
  right(await grant([colleague], 'payroll-report'));
  assert.is(await may(colleague, 'payroll-report'), 'yes');
  assert.is(await may(colleague, 'payroll-read'), 'PERMISSION_NOT_GRANTED');
  assert.is(await may(other, 'payroll-report'), 'NOT_AUTHORIZED');
});

grants('ECPA-6: several at once are one append; a list of the session shows them', async () => {
  const { register, session, grant, events } = await granting();
  const done = right(await grant([colleague, other], 'payroll-report', 'personnel-read'));
  assert.equal(typesOf(done), ['ClerkAuthorized', 'ClerkAuthorized']);
  const told = (await events()).slice(-2);
  assert.is(new Set(told.map(({ meta }) => meta.commandId)).size, 1);
  const list = right(await register.clerkList(session.confirmation.id)());
  assert.equal(
    list.clerks.map((clerk) => [clerk.name, clerk.credential.proof, clerk.permissions]),
    [
      [colleague.name, 'account', ['payroll-report', 'personnel-read']],
      [other.name, 'account', ['payroll-report', 'personnel-read']],
    ],
  );
});

grants('ECPA-6: one of several without an account stops all of them', async () => {
  const { grant, may, events } = await granting();
  const before = (await events()).length;
  assert.is(refusal(await grant([colleague, stranger], 'payroll-report')), 'ACCOUNT_UNKNOWN');
  assert.is((await events()).length, before);
  assert.is(await may(colleague, 'payroll-report'), 'NOT_AUTHORIZED');
});

grants('ECPA-5: another category is added to what a person holds; nothing new is no event', async () => {
  const { grant, may } = await granting();
  right(await grant([colleague], 'payroll-report'));
  const more = right(await grant([colleague, other], 'payroll-report', 'payroll-read'));
  assert.equal(typesOf(more), ['ClerkPermissionsChanged', 'ClerkAuthorized']);
  assert.is(await may(colleague, 'payroll-report'), 'yes');
  assert.is(await may(colleague, 'payroll-read'), 'yes');
  assert.is(refusal(await grant([colleague], 'payroll-read')), 'NOTHING_CHANGED');
  assert.is(refusal(await grant([other, other], 'personnel-read')), 'CLERK_ALREADY_AUTHORIZED');
});

grants('ECPA-4, ECPA-5: a system is a group and is not granted; a category of it is', async () => {
  const { register, grant } = await granting();
  const { entries } = right(await register.catalogue()());
  assert.is(entries.get('payroll')?.kind, 'group');
  assert.is(refusal(await grant([colleague], 'payroll')), 'PERMISSION_IS_GROUP');
  assert.is(refusal(await grant([colleague], 'no-such')), 'PERMISSION_UNKNOWN');
  assert.is(refusal(await grant([colleague])), 'PERMISSION_REQUIRED');
});

grants('ECPA-6: who was granted signs in with the account, and who was deleted does not', async () => {
  const { register, session, grant, may } = await granting();
  right(await grant([colleague], 'payroll-report'));
  right(await show(register, 'login', code, account(colleague)));
  assert.is(refusal(await show(register, 'login', code, account(other))), 'NOT_AUTHORIZED');
  const [entry] = right(await register.clerkList(session.confirmation.id)()).clerks;
  right(await give(register, session, { type: 'RevokeClerk', clerkId: entry?.id, confirmed: true }));
  assert.is(await may(colleague, 'payroll-report'), 'NOT_AUTHORIZED');
});

grants('ECPA-7: an account is looked up by national ID, by who may hand out authority', async () => {
  const { register, session } = await granting();
  const { id } = session.confirmation;
  const found = right(await register.findPerson(id, { nationalId: colleague.nationalId })());
  assert.equal(found, { name: colleague.name, account: 'staff-0002' });
  const none = await register.findPerson(id, { nationalId: stranger.nationalId })();
  assert.is(refusal(none), 'ACCOUNT_UNKNOWN');
  const out = await register.findPerson('00000000-0000-4000-8000-000000000000', {
    nationalId: colleague.nationalId,
  })();
  assert.is(refusal(out), 'CONFIRMATION_UNKNOWN');
});

grants.run();
