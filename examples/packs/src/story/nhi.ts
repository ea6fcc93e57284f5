/**
 * 健保署 多憑證網路承保作業 in a clinic: its owner, a nurse, and a clerk whose card is renewed (NHI-1…24).
 *
 * @packageDocumentation
 */
import type { TestPki } from '@mandate/certificates/test-pki';
import { nhiPolicy } from '@mandate/domain';
import { clerk, novice, nurse, owner, type Person } from '../world/cast.js';
import { card, give, healthCard, type Shown } from '../world/counter.js';
import { tellHistory, tellProof } from './audit.js';
import { yes } from './books.js';
import { byCitizenCard, byHealthCard, enrolment, openClinic } from './nhi-clinic.js';
import { tellUnitData } from './nhi-data.js';
import { tellUnit } from './nhi-unit.js';
import type { Line } from './tell.js';

export const nhiStory = async (pki: TestPki, line: Line): Promise<boolean> => {
  const clinic = await openClinic(pki, line);
  const { at, books, office, teller } = clinic;
  const { clock, register } = office;
  const { asked, chapter, done, fact, refused, says } = teller;
  const oldCard = await pki.issueCitizen({ name: clerk.name, last4: clerk.nationalId.slice(-4) });

  chapter('單位註冊', 'The unit registers with its owner’s health card', 'NHI-1…4');
  says('assign.about', 'login.means', 'login.unit');
  const entering = (who: Person, password?: string) => at('register', healthCard(who, password));
  await refused(
    '陳護理拿自己的健保卡來註冊',
    'The nurse tries with her own card',
    entering(nurse),
    'NOT_THE_RESPONSIBLE',
  );
  await refused(
    '負責人打錯註冊密碼',
    'The owner mistypes the password',
    entering(owner, 'guess'),
    'MEANS_REFUSED',
  );
  const first = await done(
    '負責人以健保卡、密碼及單位代號驗證',
    'The owner’s card, password and unit code',
    entering(owner),
  );
  await done('註冊', 'Registered', give(register, first, { type: 'RegisterAgency' }), 'AgencyRegistered');

  chapter('單位管理者登錄作業', 'Clerks are added', 'NHI-5…12');
  const login = (shown: Shown) => at('login', shown);
  await refused(
    '負責人未登錄就想辦理加退保',
    'The owner is no operator yet',
    login(healthCard(owner)),
    'NOT_AUTHORIZED',
  );
  says('managers.notice.owner');
  let managers = await done('負責人以健保卡登入', 'The owner signs in', at('managers', healthCard(owner)));
  await done(
    '登錄負責人自己',
    'The owner is added',
    give(register, managers, byHealthCard(owner)),
    'ClerkAuthorized',
  );
  await done('負責人登入', 'The owner gets in', login(healthCard(owner)));
  says('managers.swap', 'managers.notice.kinds');
  await refused(
    '李新手的健保卡尚未註冊',
    'A health card that is not registered',
    give(register, managers, byHealthCard(novice)),
    'REGISTERED_CARD_UNKNOWN',
  );
  says('managers.notice.register');
  const add = byHealthCard(nurse);
  const { email: _email, ...noMail } = add.clerk;
  await refused(
    '未填電子郵件信箱',
    'Without an e-mail address',
    give(register, managers, { ...add, clerk: noMail }),
    'clerk.email REQUIRED',
  );
  await done(
    '新增陳護理,健保卡(已註冊)',
    'The nurse, by a registered health card',
    give(register, managers, add),
    'ClerkAuthorized',
  );
  const wang = byCitizenCard(clerk, oldCard);
  const misnamed = { ...wang, clerk: { ...wang.clerk, name: '王小民' } };
  await refused(
    '姓名打錯一字',
    'A name that is not that of the card',
    give(register, managers, misnamed),
    'NAME_MISMATCH',
  );
  await done(
    '換上王小明的自然人憑證,讀取,儲存',
    'The clerk’s citizen certificate is read',
    give(register, managers, wang),
    'ClerkAuthorized',
  );
  says('managers.notice.serial');
  const typed = { ...byHealthCard(novice).clerk, certificate: { kind: 'typed', serial: '5f'.repeat(16) } };
  await done(
    '李新手:自行輸入序號,未勾選業務功能',
    'A typed serial, and the one box not ticked',
    give(register, managers, { ...add, clerk: typed, permissions: [] }),
    'ClerkAuthorized',
  );
  says('field.permission');
  for (const [person, answer] of [
    [nurse, yes],
    [clerk, yes],
    [novice, 'PERMISSION_NOT_GRANTED'],
  ] as const) {
    await asked(`${person.name}可以辦理加退保嗎`, 'May they enrol?', books.may(person, enrolment), answer);
  }

  const beforeRenewal = books.now();
  clock.advance(60 * 60_000);
  chapter('承辦人員換新的自然人憑證', 'A clerk’s certificate is renewed', 'NHI-13, NHI-14');
  const newCard = await pki.renew(oldCard);
  await refused(
    '王小明以展期後的憑證登入',
    'He signs in with the renewed certificate',
    login(card(newCard)),
    'CREDENTIAL_REPLACED',
  );
  managers = await done('負責人登入', 'The owner signs in', at('managers', healthCard(owner)));
  const list = await done('單位管理者清單', 'The list', register.clerkList(managers.confirmation.id)());
  for (const { email, name, nationalId } of list.clerks) fact(`${nationalId} ${name} ${email ?? ''}`);
  const clerkId = list.clerks.find(({ name }) => name === clerk.name)?.id;
  const renewed = byCitizenCard(clerk, newCard);
  const { email: _mail, ...entry } = renewed.clerk;
  const edited = { type: 'ChangeClerk', clerkId, clerk: entry, permissions: [enrolment] };
  await refused(
    '想直接修改',
    'An entry is not edited',
    give(register, managers, edited),
    'CONFIRMATION_OTHER_PURPOSE',
  );
  says('managers.delete');
  await done(
    '刪除',
    'Deleted',
    give(register, managers, { type: 'RevokeClerk', clerkId, confirmed: true }),
    'ClerkRevoked',
  );
  await asked('王小明可以辦理嗎', 'May he enrol?', books.may(clerk, enrolment), 'NOT_AUTHORIZED');
  await done('以新憑證再新增', 'Added again', give(register, managers, renewed), 'ClerkAuthorized');
  fact(
    '王小明的電腦顯示錯誤代碼 3003,登記簿未收到任何資料  His computer says 3003; nothing reaches the register',
  );
  says('fault.3003', 'component.md5.windows');
  await done(
    '更新元件、重新啟動後,同一張卡登入',
    'The component is updated; the same card signs in',
    login(card(newCard)),
  );

  const whileClosed = await tellUnit(clinic, newCard);
  clock.set('2026-03-03T01:00:00.000Z');
  await tellUnitData(teller, office);

  chapter('稽核', 'What an auditor sees', 'NHI-13, NHI-18, NHI-19');
  await tellHistory(teller, office, nhiPolicy, books);
  const may = (person: Person, when: string, knownAt = when) =>
    books.may(person, enrolment, { at: when, knownAt });
  await asked('李新手現在可以嗎', 'The novice now', books.may(novice, enrolment), 'NOT_AUTHORIZED');
  await asked('王小明在展期之前可以嗎', 'The clerk, before the renewal', may(clerk, beforeRenewal), yes);
  await asked(
    '陳護理在關閉期間可以嗎',
    'The nurse, while the unit was closed',
    may(nurse, whileClosed),
    'AGENCY_SUSPENDED',
  );
  await asked('今天呢', 'Today', books.may(nurse, enrolment), yes);
  await asked(
    '今天,以昨日關閉時所知',
    'Today, by what was known while it was closed',
    may(nurse, books.now(), whileClosed),
    'AGENCY_SUSPENDED',
  );
  await tellProof(teller, office, pki, books, { signed: 6, stated: 4 });
  return teller.holds();
};
