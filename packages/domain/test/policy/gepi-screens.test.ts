import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { registerErrors } from '../../src/errors.js';
import { type GepiTextKey, gepiPolicy, gepiTexts } from '../../src/policy/packs/index.js';

const textKeys = Object.keys(gepiTexts) as ReadonlyArray<GepiTextKey>;

const screens = suite('GEPI: menu and texts of the screens');

screens('GEPI-6: the left function column has four groups with the lines of the manual', () => {
  assert.equal(
    gepiPolicy.menu.map((group) => [group.label.zh, group.items.map((item) => item.label.zh)]),
    [
      ['首次註冊', ['首次註冊']],
      ['授權指派', ['授權指派']],
      ['更換憑證', ['更換機關憑證', '更換授權管理者自然人憑證', '更換機關憑證和更換授權管理者自然人憑證']],
      ['查詢作業', ['查詢憑證註冊收件紀錄', '查詢機關憑證OID', '查詢自然人憑證序號']],
    ],
  );
  assert.is(gepiTexts['crumb.home'].zh, '首頁');
});

screens('GEPI-7: six cards on the home page, each with its line', () => {
  const cards = textKeys.filter((key) => /^home\.\w+\.text$/.test(key));
  assert.is(cards.length, 6);
  for (const key of cards) assert.ok(Object.hasOwn(gepiTexts, key.replace(/text$/, 'title')), key);
  assert.match(gepiTexts['home.delegation.text'].zh, '必須使用「機關憑證」及授權管理人「自然人憑證」');
});

screens('GEPI-1, GEPI-2, GEPI-5: two areas, the ways back, the login gate and the system notes', () => {
  assert.equal(
    (['area.business', 'area.delegation', 'link.home', 'link.business', 'link.insurance'] as const).map(
      (key) => gepiTexts[key].zh,
    ),
    ['要保機關網路作業', '憑證註冊與指派作業', '回首頁', '回要保機關作業', '回公保服務'],
  );
  assert.match(gepiTexts['login.gate'].zh, '尚未註冊或授權者請先辦理憑證註冊與指派作業');
  assert.is(gepiTexts['system.component'].zh, '1.下載元件安裝檔');
  assert.is(gepiTexts['system.manual'].zh, '2.操作手冊');
});

screens(
  'GEPI-10, GEPI-16, GEPI-18: the card steps name what must be ready and what must be filled in',
  () => {
    assert.match(gepiTexts['hint.activated'].zh, '請先確認IC卡已完成開卡程序');
    for (const key of [
      'field.agencyCode',
      'field.agencyPin',
      'field.managerId',
      'field.citizenPin',
    ] as const) {
      assert.match(gepiTexts[key].zh, /^\* /, key);
      assert.match(gepiTexts[key].en, /^\* /, key);
    }
    assert.is(gepiTexts['mark.required'].zh, '(必填)');
  },
);

screens('GEPI-10: a card that was not opened is refused in the words of the hint', () => {
  assert.is(`※${registerErrors.CERTIFICATE_NOT_ACTIVATED.zh}`, gepiTexts['hint.activated'].zh);
});

screens('GEPI-28: the extension is the one optional field', () => {
  const optional = textKeys.filter((key) => key.startsWith('field.') && !gepiTexts[key].zh.startsWith('* '));
  assert.equal(optional, ['field.extension']);
});

screens('GEPI-11: the words that mean the same are kept beside each other', () => {
  const pairs = (['manager', 'clerk', 'agencyCertificate'] as const).map(
    (name) => `${gepiTexts[`term.${name}`].zh}=${gepiTexts[`term.${name}.synonym`].zh}`,
  );
  assert.equal(pairs, ['授權管理者=授權管理人', '經辦人=承辦人', '機關憑證=單位憑證']);
});

screens('GEPI-38, GEPI-40: what is said after a change, before and after a deletion', () => {
  assert.is(gepiTexts['message.clerkChanged'].zh, '修改成功!');
  assert.match(gepiTexts['message.clerkDeleteAsk'].zh, '請再次確認是否確定刪除');
  assert.match(gepiTexts['message.clerkDeleted'].zh, '刪除成功');
});

screens(
  'GEPI-46, GEPI-47: contact data are confirmed for a new agency card, entered again for a new manager card',
  () => {
    assert.match(gepiTexts['hint.confirmContact'].zh, '請再次確認');
    assert.match(gepiTexts['hint.enterContactAgain'].zh, '重新輸入');
  },
);

screens(
  'every text is written in both languages, the English one without Chinese but for names of menus',
  () => {
    for (const key of textKeys) {
      assert.ok(gepiTexts[key].zh.trim() !== '', key);
      assert.ok(gepiTexts[key].en.trim() !== '', key);
      assert.not.match(gepiTexts[key].en.replace(/『[^』]*』/g, ''), /\p{Script=Han}/u, key);
    }
    assert.is(Object.keys(gepiPolicy.texts).length, textKeys.length);
  },
);

screens('no damage of the scan is left in a text', () => {
  for (const key of textKeys) {
    assert.not.match(gepiTexts[key].zh, /作獎|作樂|作藥|鉴更|暨任|置在|國體|倘形|登郊|[\u3400-\u3fff]/, key);
  }
});

screens.run();
