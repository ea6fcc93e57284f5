/**
 * 公文線上簽核系統 使用者憑證登記: an officer's cards, one after the other, and the registry desk (DOC-1…12).
 *
 * @packageDocumentation
 */
import type { TestCard, TestPki } from '@mandate/certificates/test-pki';
import { docPolicy, docTexts, type ListedCredential } from '@mandate/domain';
import { author, bureau, desk, other, type Person } from '../world/cast.js';
import { account, give, show } from '../world/counter.js';
import { openOffice } from '../world/office.js';
import { byLists, tellHistory, tellProof } from './audit.js';
import { openBooks, yes } from './books.js';
import { createTeller, type Line } from './tell.js';

const { code } = bureau;
const days = { from: '115/03/02', to: '120/03/02' };

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const byCard = ({ certificate, encryptionCertificate }: TestCard) => ({
  serials: { kind: 'read', signing: base64(certificate), encryption: base64(encryptionCertificate) },
});
const typed = (serial1: string, serial2: string) => ({
  kind: 'citizen',
  serials: { kind: 'typed', serial1, serial2 },
});

/** A row of 使用者憑證登記(瀏覽). */
const rowOf = (row: ListedCredential, index: number): string => {
  const { kinds = [], cardKinds = [] } = docPolicy.credentials ?? {};
  const label = (all: typeof kinds | typeof cardKinds, id: string) =>
    all.find((one) => one.id === id)?.label.zh ?? id;
  const state = row.active === null ? docTexts['state.inactive'].zh : docTexts['state.active'].zh;
  const words = [
    row.account,
    row.name,
    label(kinds, row.kind),
    row.serial1,
    row.serial2,
    state,
    label(cardKinds, row.cardKind),
  ];
  return `${index + 1} ${words.join(' ')}`;
};

export const docStory = async (pki: TestPki, line: Line): Promise<boolean> => {
  const people = [author, desk, other];
  const office = await openOffice(pki, docPolicy, [], [bureau], people, byLists(pki));
  const { clock, register } = office;
  const books = await openBooks(office, docPolicy, code, people, ['sign-off']);
  const teller = createTeller(docPolicy, clock.now, line);
  const { asked, chapter, done, fact, refused, says } = teller;
  const issue = ({ name, nationalId }: Person) => pki.issueCitizen({ name, last4: nationalId.slice(-4) });
  const [oldCard, othersCard] = [await issue(author), await issue(other)];
  const sign = (person: Person) => books.may(person, 'sign-off');
  const credentials = (who: Person, secret?: string) =>
    show(register, 'credentials', code, account(who, secret));
  const registry = (who: Person) => show(register, 'registry', code, account(who));

  chapter('使用者憑證登記', 'Who may do what here', 'DOC-1…4');
  says('menu.basic', 'screen.credentials.title', 'list.role', 'list.pick');
  await refused('許承辦打錯密碼', 'A wrong password', credentials(author, 'guess'), 'MEANS_REFUSED');
  await refused(
    '許承辦不是登記桌',
    'An officer is not of the desk',
    registry(author),
    'ACCOUNT_ROLE_MISSING',
  );
  let own = await done('許承辦以帳號登入', 'The officer signs in', credentials(author));
  await asked('可以簽核公文嗎', 'May the officer sign?', sign(author), 'NOT_AUTHORIZED');

  chapter('新增', 'A card is registered', 'DOC-5…8, DOC-11');
  const registration = {
    ...{
      type: 'RegisterCredential',
      nationalId: author.nationalId,
      kind: 'electronic-id',
      cardKind: 'regular',
    },
    ...{ ...byCard(oldCard), active: true, ...days },
  };
  const add = (more: object = {}, by = own) => give(register, by, { ...registration, ...more });
  const [one, two] = ['F6EB44677B7CBFBE84B8F7B7633A1D95', '67FE1CE7C795A2DC17B5073BCCFC8666'];
  says('form.first', 'form.read');
  await refused(
    '自行登打電子識別證的序號',
    'Serials of an electronic ID are not typed',
    add({ ...typed(one, two), kind: 'electronic-id' }),
    'CREDENTIAL_MUST_BE_READ',
  );
  says('form.second');
  await refused(
    '選了啟用,未填日期',
    'Active, without days',
    add({ from: undefined, to: undefined }),
    'from REQUIRED, to REQUIRED',
  );
  await refused(
    '終止日期早於啟用日期',
    'It ends before it begins',
    add({ to: '115/03/01' }),
    'CREDENTIAL_DATES_INVALID',
  );
  await refused('未填卡別', 'Without its kind of card', add({ cardKind: undefined }), 'cardKind REQUIRED');
  await refused(
    '沒有這種卡別',
    'A kind of card that there is not',
    add({ cardKind: 'gold' }),
    'CREDENTIAL_KIND_UNKNOWN',
  );
  await refused(
    '讀卡機中是別人的卡',
    'Somebody else’s card is in the reader',
    add(byCard(othersCard)),
    'IDENTITY_MISMATCH',
  );
  await done(
    '自動讀取,啟用,存檔',
    'Read, active, saved',
    add(),
    'CredentialRegistered + CredentialActivated',
  );
  await asked('可以簽核公文嗎', 'May the officer sign?', sign(author), yes);
  const list = async (by: typeof own): Promise<ReadonlyArray<ListedCredential>> => {
    const rows = await done('瀏覽', 'The list', register.credentialList(by.confirmation.id)());
    for (const [index, row] of rows.entries()) fact(rowOf(row, index));
    return rows;
  };
  await list(own);

  chapter('序號的位數', 'How many digits a serial has', 'DOC-12');
  const inactive = { active: false, from: undefined, to: undefined };
  const odd = add({ ...typed('00C6BC8F2937F7F4990804F5FEA8202162C', two), ...inactive });
  await refused(
    '自然人憑證,登打 35 位',
    'Thirty-five digits',
    odd,
    'serials.serial1 CERTIFICATE_SERIAL_LENGTH',
  );
  const spelt = add({ ...typed(`00${one}`, two.toLowerCase()), ...inactive });
  await done(
    '34 位,前面是 00;32 位,小寫',
    'Thirty-four with 00, and thirty-two in lower case',
    spelt,
    'CredentialRegistered',
  );
  const twice = add({ ...typed(one, '3'.repeat(32)), ...inactive });
  await refused('同一序號,不含 00', 'The same without 00', twice, 'CREDENTIAL_ALREADY_REGISTERED');

  clock.advance(60 * 60_000);
  const beforeRenewal = books.now();
  clock.advance(60_000);
  chapter('憑證展期之後', 'After the renewal of the certificate', 'DOC-9, DOC-10, MOICA-16');
  const newCard = await pki.renew(oldCard);
  own = await done('許承辦再登入', 'The officer signs in', credentials(author));
  says('form.exclusive');
  const renewed = add(byCard(newCard));
  await done(
    '同一張卡,新的序號,啟用',
    'The same card with its new serials',
    renewed,
    'CredentialRegistered + CredentialDeactivated + CredentialActivated',
  );
  await list(own);

  chapter('登記桌', 'The registry desk', 'DOC-3, DOC-9');
  const others = { nationalId: other.nationalId, ...byCard(othersCard), cardKind: 'temporary' };
  await refused('許承辦想替孫同仁登記', 'For somebody else', add(others), 'CREDENTIAL_OF_OTHER_PERSON');
  const atDesk = await done('吳登記以登記桌登入', 'The desk signs in', registry(desk));
  await done(
    '替孫同仁登記臨時卡',
    'The desk may',
    add(others, atDesk),
    'CredentialRegistered + CredentialActivated',
  );
  const rows = await list(atDesk);
  const credential = rows.find(({ name, active }) => name === author.name && active !== null)?.id;
  const off = { type: 'DeactivateCredential', credential };
  await refused(
    '許承辦想修改',
    'Officers do not modify',
    give(register, own, off),
    'CONFIRMATION_OTHER_PURPOSE',
  );
  await done(
    '登記桌改為不啟用',
    'The desk deactivates',
    give(register, atDesk, off),
    'CredentialDeactivated',
  );
  await asked('許承辦可以簽核嗎', 'May the officer sign?', sign(author), 'NOT_AUTHORIZED');
  await asked('孫同仁可以簽核嗎', 'And the colleague?', sign(other), yes);
  clock.advance(60_000);
  const whileOff = books.now();
  clock.advance(60_000);
  const on = { type: 'ActivateCredential', credential, ...days };
  await done('登記桌改回啟用', 'Active again', give(register, atDesk, on), 'CredentialActivated');
  await refused('再按一次存檔', 'Saved once more', give(register, atDesk, on), 'NOTHING_CHANGED');
  await asked('許承辦可以簽核嗎', 'May the officer sign?', sign(author), yes);

  chapter('稽核', 'What an auditor sees', 'DOC-9, DOC-10');
  await tellHistory(teller, office, docPolicy, books);
  const index = await office.index();
  const withCard = ({ serial }: TestCard, at: string): string => {
    const certificate = { ca: 'MOICA', serial } as const;
    const answer = index.may({ agency: code, function: 'sign-off', who: { certificate }, at, knownAt: at });
    return answer.allowed ? yes : answer.code;
  };
  await asked(
    '展期前的憑證,當時可以簽核嗎',
    'The first certificate, before the renewal',
    withCard(oldCard, beforeRenewal),
    yes,
  );
  await asked('現在呢', 'And now', withCard(oldCard, books.now()), 'CREDENTIAL_REPLACED');
  await asked('展期後的憑證', 'The renewed one', withCard(newCard, books.now()), yes);
  await asked(
    '不啟用期間,許承辦可以簽核嗎',
    'The officer, while it was not active',
    books.may(author, 'sign-off', { at: whileOff }),
    'NOT_AUTHORIZED',
  );
  const late = { at: '2031-03-02T16:00:00.000Z' };
  await asked(
    '終止日期之後',
    'After its last day',
    books.may(author, 'sign-off', late),
    'CREDENTIAL_EXPIRED',
  );
  await tellProof(teller, office, pki, books, { signed: 3, stated: 3 });
  return teller.holds();
};
