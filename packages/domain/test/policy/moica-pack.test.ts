import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RenewalPack } from '../../src/certificate/renewal/index.js';
import { moicaRenewal } from '../../src/policy/packs/index.js';

const { texts, terms, helpdesk } = moicaRenewal;
const zh = (key: string): string => (Object.hasOwn(texts, key) ? (texts[key]?.zh ?? '') : '');

const test = suite('the pack of the citizen certificate renewal');

test('it is a pack, and each text is there in both languages', () => {
  assert.ok(E.isRight(RenewalPack.decode(moicaRenewal)));
  for (const [key, text] of Object.entries(texts)) {
    assert.match(key, /^renewal\./);
    assert.ok(text.zh !== '' && text.en !== '', key);
    assert.not.match(text.en, /^[\u4e00-\u9fff]/);
  }
});

test('MOICA-1, MOICA-2: where the CA’s own programme is found, and how it is installed', () => {
  assert.match(
    zh('renewal.own.path'),
    /公文系統服務平台.*MOICA.*「X」.*憑證展期.*線上展期.*自然人憑證線上展期軟體/,
  );
  assert.match(zh('renewal.own.install'), /下一步\(N\).*預設\(C\).*完成.*內政部自然人憑證展期程式/);
});

test('MOICA-3: step one asks for the card', () => {
  assert.is(zh('renewal.one.title'), '步驟一');
  assert.is(zh('renewal.one.read'), '讀取自然人憑證IC卡。請插入自然人憑證IC卡');
  assert.equal(
    ['ok', 'about', 'leave'].map((button) => zh(`renewal.button.${button}`)),
    ['確定', '關於', '離開'],
  );
});

test('MOICA-4: step two asks for ID number, in either case, and date of birth, also before the Republic', () => {
  assert.is(zh('renewal.two.title'), '步驟二');
  assert.is(zh('renewal.two.ask'), '請輸入身分證字號及出生年月日');
  assert.is(zh('renewal.two.id.hint'), '含英文(不分大小寫)');
  assert.equal(
    ['before', 'roc', 'year', 'month', 'day'].map((part) => zh(`renewal.two.${part}`)),
    ['民國前', '民國', '年', '月', '日'],
  );
});

test('MOICA-5: the confirmation says what the manual says, with its four buttons', () => {
  assert.equal(
    ['confirm.title', 'window', 'user', 'cardNumber', 'holder', 'original', 'extended'].map((key) =>
      zh(`renewal.${key}`),
    ),
    [
      '請您確認要做憑證展期的資料',
      '可線上展期期間',
      '用戶資料',
      'IC卡卡號',
      '持有人姓名',
      '原憑證有效期間',
      '憑證展期有效期間',
    ],
  );
  assert.equal(
    ['network', 'again', 'apply', 'cancel'].map((button) => zh(`renewal.button.${button}`)),
    ['網路設定', '重新讀取IC卡資料', '申請展期', '取消'],
  );
});

test('MOICA-9: three notes, the last of which names the counter of any household registration office', () => {
  assert.match(zh('renewal.note.stay'), /請勿將自然人憑證IC卡拔出/);
  assert.match(zh('renewal.note.fail'), /網路環境、讀卡機/);
  assert.match(
    zh('renewal.note.counter'),
    /國民身分證與自然人憑證,至各地戶政事務所.*不限戶籍地,可跨縣市辦理/,
  );
});

test('MOICA-10: what takes long is said in the words of the manual', () => {
  assert.is(zh('renewal.busy.sign'), '展期憑證資料執行中,請稍候...');
  assert.is(zh('renewal.busy.long'), '展期作業執行中,此作業約需3~5分鐘,請您耐心等待…');
});

test('MOICA-11: eight duties; whoever loses a key answers for its use before the change', () => {
  assert.equal(terms.text.match(/^\(\d\)/gm), ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)', '(8)']);
  assert.equal(terms.english.match(/^\(\d\)/gm)?.length, 8);
  assert.match(terms.text, /用戶仍應承擔異動前所有使用該憑證之法律責任/);
  assert.match(terms.text, /不得以本管理中心無法正常運作,作為抗辯他人之事由/);
  assert.is(zh('renewal.button.agree'), '同意');
  assert.is(zh('renewal.button.disagree'), '不同意');
});

test('MOICA-12: the first PIN signs; the hint tells what it is if it was never changed', () => {
  assert.is(zh('renewal.pin.sign'), '展期作業需用戶簽章');
  assert.is(zh('renewal.pin.default'), '若未改過,則為預設民國年月日6碼');
});

test('MOICA-13: three wrong PINs lock the card, and where it is unlocked', () => {
  assert.match(zh('renewal.pin.lock'), /三次都驗證失敗時,憑證將會自動鎖卡/);
  assert.match(zh('renewal.pin.lock'), /憑證作業\/忘記PIN碼\/鎖卡解碼.*用戶代碼.*0800-080-117/);
  assert.is(helpdesk.phone, '0800-080-117');
});

test('MOICA-14: the second PIN writes; a write that was not confirmed has its own words', () => {
  assert.is(zh('renewal.pin.write'), '展期新憑證寫入IC卡');
  assert.match(zh('renewal.writing.what'), /可能是原憑證,也可能是新憑證/);
});

test('MOICA-15: it ends with 完成 or 儲存收執聯', () => {
  assert.is(zh('renewal.button.finish'), '完成');
  assert.is(zh('renewal.button.save'), '儲存收執聯');
});

test('MOICA-16: another serial, so it is entered anew; the card number stays', () => {
  assert.match(zh('renewal.after.text'), /因為憑證序號不同,請承辦人再至/);
  assert.match(zh('renewal.after.text'), /卡號不變/);
});

test.run();
