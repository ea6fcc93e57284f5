/**
 * 公務人員人事服務網 at an agency: an officer binds its certificate, then lets colleagues without cards report (ECPA-1…8).
 *
 * @packageDocumentation
 */
import type { TestPki } from '@mandate/certificates/test-pki';
import { ecpaCatalogue, ecpaPolicy } from '@mandate/domain';
import { bureau, colleague, officer, other, type Person } from '../world/cast.js';
import { account, card, give, show } from '../world/counter.js';
import { openOffice } from '../world/office.js';
import { byLists, tellHistory, tellProof } from './audit.js';
import { openBooks, yes } from './books.js';
import { createTeller, type Line } from './tell.js';

const { code } = bureau;

/** Who has no account of the portal. */
const stranger: Person = { name: '周無號', nationalId: 'D123456782' };

export const ecpaStory = async (pki: TestPki, line: Line): Promise<boolean> => {
  const people = [officer, colleague, other];
  const office = await openOffice(pki, ecpaPolicy, ecpaCatalogue, [bureau], people, byLists(pki));
  const { clock, register } = office;
  const books = await openBooks(office, ecpaPolicy, code, people, [
    'payroll-report',
    'payroll-read',
    'personnel-read',
  ]);
  const teller = createTeller(ecpaPolicy, clock.now, line);
  const { asked, chapter, done, fact, refused, says } = teller;
  const agency = { ca: 'GCA', name: bureau.name, organisationOid: bureau.organisation.value } as const;
  const [first, next] = [card(await pki.issueAgency(agency)), card(await pki.issueAgency(agency))];
  const bind = (...shown: Parameters<typeof show>[3][]) => show(register, 'bind', code, ...shown);

  chapter('先有帳號與密碼', 'An account comes first', 'ECPA-1');
  says('bind.precondition');
  await refused('周無號沒有帳號', 'Without an account', bind(first, account(stranger)), 'MEANS_REFUSED');
  await refused(
    '趙人事打錯密碼',
    'A wrong password',
    bind(first, account(officer, 'guess')),
    'MEANS_REFUSED',
  );
  await refused(
    '錢同仁不是人事人員',
    'The account of somebody else',
    bind(first, account(colleague)),
    'ACCOUNT_ROLE_MISSING',
  );

  chapter('機關憑證認證作業', 'The agency’s certificate is bound', 'ECPA-2');
  says('bind.step.certificate', 'bind.step.account');
  await refused(
    '先輸入帳號:步驟不可顛倒',
    'The account before the card',
    bind(account(officer)),
    'MEANS_NOT_ALLOWED',
  );
  const registering = { type: 'RegisterAgency' };
  const half = await done('插入機關憑證', 'The agency’s card alone', bind(first));
  await refused(
    '未登入帳號就按確定',
    'Confirmed before the account',
    give(register, half, registering),
    'CONFIRMATION_INCOMPLETE',
  );
  const both = await done(
    '機關憑證,再輸入趙人事的帳號與密碼',
    'The card, then the officer’s account',
    bind(first, account(officer)),
  );
  await done('確定', 'Confirmed', give(register, both, registering), 'AgencyRegistered + OfficerBound');
  says('bind.done');

  chapter('重新登入', 'Signing in again', 'ECPA-3');
  const grant = (who: ReadonlyArray<Person>, ...permissions: ReadonlyArray<string>) => ({
    type: 'AuthorizePeople',
    people: who.map(({ nationalId }) => ({ nationalId })),
    permissions,
  });
  const report = 'payroll-report';
  await refused(
    '未重新登入就授權',
    'Granting without it',
    give(register, both, grant([colleague], report)),
    'CONFIRMATION_OTHER_PURPOSE',
  );
  const session = await done(
    '以機關憑證重新登入',
    'The agency’s card alone opens the session',
    show(register, 'grant', code, first),
  );

  chapter('應用系統授權設定', 'Application systems are granted', 'ECPA-4…8');
  const { entries } = await done(
    '應用系統及權限類別',
    'Systems and their categories',
    register.catalogue()(),
  );
  for (const [id, { kind, zh, en }] of entries) {
    fact(`${kind === 'group' ? '' : '    '}${zh}  ${en}  (${id})`);
  }
  says('grant.search');
  const find = ({ nationalId }: Person) => register.findPerson(session.confirmation.id, { nationalId })();
  says('account.search');
  await refused('查詢周無號', 'Looked up: no account', find(stranger), 'ACCOUNT_UNKNOWN');
  const found = await done('查詢錢同仁', 'Looked up by national ID', find(colleague));
  fact(`${colleague.nationalId} ${found.name} ${found.account}`);
  const granting = (who: ReadonlyArray<Person>, ...permissions: ReadonlyArray<string>) =>
    give(register, session, grant(who, ...permissions));
  says('grant.category');
  await refused(
    '只選系統,未選權限類別',
    'A system is no category',
    granting([colleague], 'payroll'),
    'PERMISSION_IS_GROUP',
  );
  await refused('未選任何權限', 'Nothing is ticked', granting([colleague]), 'PERMISSION_REQUIRED');
  await refused(
    '三人之中一人沒有帳號:全部不授權',
    'One of three has no account: none is granted',
    granting([colleague, other, stranger], report),
    'ACCOUNT_UNKNOWN',
  );
  await asked('錢同仁可以報送嗎', 'May he report?', books.may(colleague, report), 'NOT_AUTHORIZED');
  const beforeGrant = books.now();
  clock.advance(60_000);
  await done(
    '一次授權錢同仁、孫同仁,不需要他們的卡',
    'Two at once, without any card of theirs',
    granting([colleague, other], report),
    'ClerkAuthorized + ClerkAuthorized',
  );
  await asked('錢同仁可以報送嗎', 'May he report?', books.may(colleague, report), yes);
  await asked('也可以查詢嗎', 'And read?', books.may(colleague, 'payroll-read'), 'PERMISSION_NOT_GRANTED');
  await done(
    '再授權錢同仁查詢',
    'Another category',
    granting([colleague], 'payroll-read'),
    'ClerkPermissionsChanged',
  );
  await refused(
    '同一權限再授權一次',
    'The same once more',
    granting([colleague], 'payroll-read'),
    'NOTHING_CHANGED',
  );
  const list = await done('已授權人員', 'Who was granted', register.clerkList(session.confirmation.id)());
  for (const { name, nationalId, permissions } of list.clerks)
    fact(`${nationalId} ${name} ${permissions.join(' ')}`);
  const login = (person: Person) => show(register, 'login', code, account(person));
  await done('孫同仁以自己的帳號登入', 'A colleague signs in with an account', login(other));
  await asked(
    '趙人事自己可以報送嗎',
    'May the officer report?',
    books.may(officer, report),
    'NOT_AUTHORIZED',
  );

  clock.advance(60 * 60_000);
  const beforeRemoval = books.now();
  clock.advance(60_000);
  chapter('孫同仁調職', 'A colleague leaves', 'ECPA-6, ECPA-8');
  const later = await done('以機關憑證登入', 'The agency’s card', show(register, 'grant', code, first));
  const clerkId = list.clerks.find(({ name }) => name === other.name)?.id;
  await done(
    '取消孫同仁的授權',
    'The grant ends',
    give(register, later, { type: 'RevokeClerk', clerkId, confirmed: true }),
    'ClerkRevoked',
  );
  await refused('孫同仁登入', 'The colleague signs in', login(other), 'NOT_AUTHORIZED');

  chapter('更換機關憑證', 'Another certificate of the agency', 'ECPA-2, ECPA-8');
  const replacing = await done(
    '新的機關憑證與趙人事的帳號',
    'The next card and the officer’s account',
    show(register, 'replace-agency', code, next, account(officer)),
  );
  await done(
    '更換',
    'Replaced',
    give(register, replacing, { type: 'ReplaceAgencyCertificate' }),
    'CertificateReplaced',
  );
  await refused(
    '以舊的機關憑證登入',
    'The old card',
    show(register, 'grant', code, first),
    'AGENCY_CERTIFICATE_NOT_REGISTERED',
  );
  await asked('錢同仁的授權不受影響', 'What was granted stays', books.may(colleague, report), yes);

  chapter('稽核', 'What an auditor sees', 'ECPA-6, ECPA-8');
  await tellHistory(teller, office, ecpaPolicy, books);
  const may = (person: Person, at: string, knownAt = at) => books.may(person, report, { at, knownAt });
  await asked(
    '孫同仁現在可以報送嗎',
    'The colleague who left, now',
    books.may(other, report),
    'NOT_AUTHORIZED',
  );
  await asked('調職之前可以嗎', 'Before leaving', may(other, beforeRemoval), yes);
  await asked('授權之前可以嗎', 'Before the grant', may(other, beforeGrant), 'NOT_AUTHORIZED');
  await asked(
    '現在,以調職之前所知',
    'Now, by what was known before',
    may(other, books.now(), beforeRemoval),
    yes,
  );
  await tellProof(teller, office, pki, books, { signed: 4, stated: 2 });
  return teller.holds();
};
