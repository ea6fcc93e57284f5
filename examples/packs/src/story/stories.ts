/**
 * One story a portal: what people come for, and what is refused.
 *
 * @packageDocumentation
 */
import type { TestPki } from '@mandate/certificates/test-pki';
import { docPolicy, ecpaCatalogue, ecpaPolicy, nhiCatalogue, nhiPolicy } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { author, bureau, clinic, colleague, desk, nurse, officer, other, owner } from '../world/cast.js';
import { account, card, give, healthCard, show } from '../world/counter.js';
import { type Office, openOffice } from '../world/office.js';
import { createTeller, must, type Told } from './tell.js';

export interface Story {
  readonly portal: string;
  readonly zh: string;
  readonly en: string;
  readonly told: ReadonlyArray<Told>;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Whether somebody may do something now, as an answer of a story. */
const may = async (office: Office, agency: string, nationalId: string, fn: string) => {
  const person = await office.settings.vault.pseudonym('person', nationalId)();
  if (E.isLeft(person)) return E.right('the vault is gone');
  const at = new Date(office.clock.now()).toISOString();
  const answer = (await office.index()).may({ agency, function: fn, who: { person: person.right }, at });
  return E.right(answer.allowed ? 'allowed' : answer.code);
};

/** 健保: the owner's health card, a nurse as clerk, and the way to a certificate as root (NHI-4…19). */
export const nhiStory = async (pki: TestPki): Promise<Story> => {
  const { tell, told } = createTeller(nhiPolicy);
  const office = await openOffice(pki, nhiPolicy, nhiCatalogue, [clinic], [owner, nurse]);
  const { register, clock, byStaff } = office;
  const { code } = clinic;
  const unitCard = await pki.issueAgency({ ca: 'MOEACA', name: clinic.name, businessNumber: '04595257' });
  const own = healthCard(owner);
  await tell(
    '護理人員拿自己的健保卡來註冊',
    "A nurse tries with the nurse's own card",
    show(register, 'register', code, healthCard(nurse)),
  );
  const registering = must(
    await tell(
      '負責人以健保卡與密碼驗證',
      'The owner shows card and password',
      show(register, 'register', code, own),
    ),
  );
  await tell('單位註冊', 'The unit registers', give(register, registering, { type: 'RegisterAgency' }));
  await tell('負責人想辦理加退保', 'The owner wants to act', show(register, 'login', code, own));
  const managers = must(await show(register, 'managers', code, own));
  const { name, nationalId } = nurse;
  const clerk = { name, nationalId, email: 'nurse@clinic.example', certificate: { kind: 'registeredCard' } };
  const add = { type: 'AuthorizeClerk', clerk, permissions: ['enrolment'] };
  await tell('新增單位管理者', 'A nurse is added', give(register, managers, add));
  await tell('護理人員可以辦理嗎', 'May the nurse act?', may(office, code, nationalId, 'enrolment'));
  await tell(
    '想改用工商憑證',
    'The unit wants a certificate instead',
    show(register, 'replace-unit', code, healthCard(nurse), card(unitCard)),
  );
  await tell(
    '承辦人註銷原帳號',
    'Staff end the account',
    byStaff({ type: 'DeregisterAgency', agencyCode: code, reason: 'root-change' }),
  );
  const anew = must(await show(register, 'register', code, card(unitCard)));
  await tell(
    '以工商憑證重新註冊',
    'It registers with its certificate',
    give(register, anew, { type: 'RegisterAgency' }),
  );
  await tell(
    '指派沒有跟著過來',
    'The assignment did not come along',
    may(office, code, nationalId, 'enrolment'),
  );
  const again = must(await show(register, 'managers', code, card(unitCard)));
  await tell('重新指派', 'It assigns again', give(register, again, add));
  await tell(
    '單位暫時關閉',
    'The unit is closed',
    byStaff({ type: 'SuspendAgency', agencyCode: code, reason: 'audit' }),
  );
  await tell('護理人員登入', 'The nurse signs in', show(register, 'login', code, healthCard(nurse)));
  await tell(
    '承辦人重新開啟',
    'Staff open it again',
    byStaff({ type: 'ReopenAgency', agencyCode: code, reason: 'audit-over' }),
  );
  await tell('當天仍不能用', 'Not yet on the same day', show(register, 'login', code, healthCard(nurse)));
  clock.advance(24 * 60 * 60_000);
  await tell('隔天即可使用', 'The next day it can be used', show(register, 'login', code, healthCard(nurse)));
  return { portal: 'nhi', zh: '健保署 多憑證網路承保作業', en: 'NHI', told };
};

/** 人事服務網: the certificate is bound, then people without cards are granted (ECPA-1…8). */
export const ecpaStory = async (pki: TestPki): Promise<Story> => {
  const { tell, told } = createTeller(ecpaPolicy);
  const people = [officer, colleague, other];
  const office = await openOffice(pki, ecpaPolicy, ecpaCatalogue, [bureau], people);
  const { register } = office;
  const { code } = bureau;
  const organisationOid = bureau.organisation.value;
  const agencyCard = await pki.issueAgency({ ca: 'GCA', name: bureau.name, organisationOid });
  const first = card(agencyCard);
  await tell(
    '同仁以自己的帳號認證',
    "A colleague tries with an account that is no officer's",
    show(register, 'bind', code, first, account(colleague)),
  );
  const binding = must(
    await tell(
      '插入機關憑證,輸入人事人員帳號密碼',
      "The agency's card, then the officer's account",
      show(register, 'bind', code, first, account(officer)),
    ),
  );
  await tell(
    '完成機關憑證認證作業',
    'The certificate is bound',
    give(register, binding, { type: 'RegisterAgency' }),
  );
  const ids = (...some: typeof people) => some.map(({ nationalId }) => ({ nationalId }));
  const grant = { type: 'AuthorizePeople', people: ids(colleague, other), permissions: ['payroll-report'] };
  await tell('未重新登入就授權', 'Granting without signing in again', give(register, binding, grant));
  const session = must(
    await tell('重新以憑證登入', 'Signing in again', show(register, 'grant', code, first)),
  );
  await tell('一次授權兩位同仁', 'Two colleagues at once', give(register, session, grant));
  await tell(
    '同仁可以報送嗎',
    'May the colleague report?',
    may(office, code, colleague.nationalId, 'payroll-report'),
  );
  await tell('也可以查詢嗎', 'And read?', may(office, code, colleague.nationalId, 'payroll-read'));
  return { portal: 'ecpa', zh: '公務人員人事服務網', en: 'eCPA', told };
};

/** 公文線上簽核: a card, its successor, and the desk (DOC-3…10). */
export const docStory = async (pki: TestPki): Promise<Story> => {
  const { tell, told } = createTeller(docPolicy);
  const office = await openOffice(pki, docPolicy, [], [bureau], [author, desk]);
  const { register } = office;
  const { code } = bureau;
  const issue = ({ name, nationalId }: typeof author) =>
    pki.issueCitizen({ name, last4: nationalId.slice(-4) });
  const [old, next, desks] = [await issue(author), await issue(author), await issue(desk)];
  const own = must(
    await tell(
      '承辦人以帳號登入',
      'An officer signs in',
      show(register, 'credentials', code, account(author)),
    ),
  );
  const registration = (shown: typeof old) => ({
    ...{
      type: 'RegisterCredential',
      nationalId: author.nationalId,
      kind: 'electronic-id',
      cardKind: 'regular',
    },
    serials: {
      kind: 'read',
      signing: base64(shown.certificate),
      encryption: base64(shown.encryptionCertificate),
    },
    ...{ active: true, from: '115/03/02', to: '120/03/02' },
  });
  await tell(
    '登記電子識別證並啟用',
    'The card is registered and active',
    give(register, own, registration(old)),
  );
  await tell('換新卡後再登記', 'A new card', give(register, own, registration(next)));
  await tell(
    '想替別人登記',
    "Somebody else's card",
    give(register, own, { ...registration(desks), nationalId: desk.nationalId }),
  );
  const registry = must(
    await tell('登記桌登入', 'The registry desk signs in', show(register, 'registry', code, account(desk))),
  );
  const rows = must(await register.credentialList(registry.confirmation.id)());
  const credential = rows[1]?.id;
  await tell(
    '登記桌停用新卡',
    'The desk deactivates the new card',
    give(register, registry, { type: 'DeactivateCredential', credential }),
  );
  await tell('還可以簽核嗎', 'May the officer sign?', may(office, code, author.nationalId, 'sign-off'));
  const days = { from: '115/03/02', to: '120/03/02' };
  await tell(
    '再啟用',
    'Active again',
    give(register, registry, { type: 'ActivateCredential', credential, ...days }),
  );
  await tell('可以簽核嗎', 'May the officer sign?', may(office, code, author.nationalId, 'sign-off'));
  return { portal: 'doc', zh: '公文線上簽核系統', en: 'Document sign-off', told };
};
