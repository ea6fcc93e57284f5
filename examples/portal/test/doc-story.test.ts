/** 公文線上簽核系統 使用者憑證登記 in Chromium: an officer after a renewal, a colleague who types, and the registry desk. */
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { keepScreen, openWindow } from './support/browser.js';
import { mainOf, type PortalsWorld, portalsSuite, staffOf } from './support/portals.js';
import { alertText, armed, insert, look, textOf } from './support/screens.js';

const doc = portalsSuite('portal: the story of document sign-off');

const code = '393000000C';
const [one, two] = ['F6EB44677B7CBFBE84B8F7B7633A1D95', '67FE1CE7C795A2DC17B5073BCCFC8666'];

const submit = 'main form .buttons .button:not(.quiet)';

/** Signs in for 使用者憑證登記, or as the desk; the list is what one comes to. */
const signIn = async (
  page: Page,
  { origin }: PortalsWorld,
  purpose: 'credentials' | 'registry',
  account: string,
  secret: string,
): Promise<void> => {
  await page.goto(`${origin}/doc/${purpose}`);
  await page.fill('[name=account]', account);
  await page.fill('[name=secret]', secret);
  await page.fill('[name=agencyCode]', code);
  await page.click('#means-form .buttons .button:not(.quiet)');
};

/** The rows of the list, each as its cells. */
const rowsOf = (page: Page): Promise<ReadonlyArray<ReadonlyArray<string>>> =>
  page
    .locator('main tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('.cell')].map((cell) => cell.textContent ?? '')),
    );

/** 啟用狀態 of each row. */
const statesOf = async (page: Page): Promise<ReadonlyArray<string>> =>
  (await rowsOf(page)).map((cells) => (cells[6]?.startsWith('啟用') === true ? '啟用' : (cells[6] ?? '')));

doc('DOC-1…4, DOC-10: the menu, the list with the manual’s columns, and what may be done', async (world) => {
  const { page, origin } = world;
  await page.goto(`${origin}/doc/`);
  assert.match(await mainOf(page), /使用者憑證登記/);
  assert.match(await textOf(page, 'nav.menu'), /基本資料[\s\S]*使用者憑證登記/);
  await look(page, 'doc-home');
  await page.goto(`${origin}/doc/user-credentials`);
  await page.waitForURL('**/doc/credentials/clerk');
  await look(page, 'doc-sign-in');
  await signIn(page, world, 'credentials', 'P0230', 'guess');
  assert.match(await alertText(page), /帳號或密碼有誤/);
  await signIn(page, world, 'credentials', 'P0230', 'hsu-6201');
  await page.waitForURL('**/doc/user-credentials');
  assert.is(await page.textContent('h1'), '使用者憑證登記(瀏覽)');
  const columns = await page.locator('main thead th').allTextContents();
  assert.equal(columns, [
    '序',
    '使用者代碼',
    '使用者姓名',
    '憑證類型',
    '憑證序號1',
    '憑證序號2',
    '啟用狀態',
    '卡別',
  ]);
  const [row = [], ...more] = await rowsOf(page);
  assert.equal(more, []);
  assert.match(row.join(' '), /^1 P0230 1 許承辦 電子識別證 [\dA-F]{32} [\dA-F]{32} 啟用.* 正式卡$/);
  assert.match(await mainOf(page), /本作業開放給承辦人新增、登記桌新增及修改/);
  assert.match(await mainOf(page), /請點選代碼進行維護。/);
  await look(page, 'doc-list');
  // DOC-3: an officer looks and does not modify.
  await page.click('main tbody a');
  assert.match(await mainOf(page), /修改請洽登記桌/);
  assert.is(await page.locator('main form.panel').count(), 0);
  await look(page, 'doc-row-officer');
});

doc(
  'DOC-5…9: after a renewal the card is read and not typed, 確定, 啟用, its days, 存檔; and the one before is not active any more',
  async (world) => {
    const { page } = world;
    await signIn(page, world, 'credentials', 'P0230', 'hsu-6201');
    await page.click('a.button:text-is("新增")');
    await page.waitForURL('**/user-credentials/add');
    await armed(page);
    assert.match(await mainOf(page), /使用電子識別證不須自行登打憑證序號/);
    assert.match(await mainOf(page), /P0230: 許承辦/);
    assert.match(await mainOf(page), /請先輸入承辦人資料, 再按"確定"。/);
    assert.is(await page.locator('[name=state], [name=from]').count(), 0);
    await look(page, 'doc-add');
    await page.click(submit);
    assert.match(await alertText(page), /憑證序號1: 使用電子識別證不須自行登打憑證序號/);
    await look(page, 'doc-add-refused');

    await armed(page);
    await page.click('[data-read-card]');
    await page.waitForSelector('[data-read-state].bad');
    await insert(page, 'sun');
    await page.click('[data-read-card]');
    await page.waitForFunction(() =>
      /不符/.test(document.querySelector('[data-read-state]')?.textContent ?? ''),
    );
    await insert(page, 'hsu');
    await page.click('[data-read-card]');
    await page.waitForSelector('[data-read-state]:text("已讀取")');
    await page.click(submit);
    assert.match(await alertText(page), /此憑證序號已登記/);

    await armed(page);
    await insert(page, 'hsu-renewed');
    await page.click('[data-read-card]');
    await page.waitForSelector('[data-read-state]:text("已讀取")');
    assert.match(await page.inputValue('[name=serial1]'), /^[\dA-F]{32}$/);
    assert.match(await page.inputValue('[name=serial2]'), /^[\dA-F]{32}$/);
    await look(page, 'doc-add-read');
    await page.click(submit);

    await page.waitForSelector('[name=state]');
    assert.match(await mainOf(page), /在執行存檔之前, 請先確定必要的欄位都已經輸入。/);
    assert.match(await mainOf(page), /選定啟用後, 其他憑證將自動變更為不啟用/);
    assert.is(await page.isVisible('[name=from]'), false);
    await page.click(submit);
    assert.match(await alertText(page), /啟用狀態: 必填|啟用狀態/);
    assert.is(await page.isVisible('[name=from]'), false);
    await look(page, 'doc-state');
    await page.check('[name=state][value=active]');
    assert.is(await page.isVisible('[name=from]'), true);
    assert.match(await page.inputValue('[name=from]'), /^\d{3}\/\d\d\/\d\d$/);
    assert.match(await page.inputValue('[name=to]'), /^\d{3}\/\d\d\/\d\d$/);
    const to = await page.inputValue('[name=to]');
    await page.fill('[name=to]', '100/01/01');
    await page.click(submit);
    assert.match(await alertText(page), /終止日期: 終止日期不得早於啟用日期/);
    await look(page, 'doc-state-refused');
    await page.fill('[name=to]', to);
    await page.click(submit);
    await page.waitForURL('**/user-credentials?done=added');
    assert.match(await mainOf(page), /完成登記。/);
    assert.equal(await statesOf(page), ['不啟用', '啟用']);
    await look(page, 'doc-added');
  },
);

doc(
  'DOC-11, DOC-12: serials of a citizen certificate are typed, 32 or 34 digits; 35 are refused beside their field; all without script',
  async (world) => {
    const { browser } = world;
    const { context, page } = await openWindow(browser, { script: false });
    await signIn(page, world, 'credentials', 'P0231', 'sun-7302');
    assert.match(await mainOf(page), /尚無登記資料/);
    await keepScreen(page, 'doc-list-empty');
    await page.click('a.button:text-is("新增")');
    await page.click('a.means-kind:text-is("自然人憑證")');
    await page.fill('[name=serial1]', '00C6BC8F2937F7F4990804F5FEA8202162C');
    await page.fill('[name=serial2]', 'xyz');
    await page.check('[name=cardKind][value=temporary]');
    await page.click(submit);
    assert.match(await alertText(page), /憑證序號1[\s\S]*憑證序號2/);
    assert.is(await page.locator('.field.bad').count(), 2);
    assert.is(await page.inputValue('[name=serial1]'), '00C6BC8F2937F7F4990804F5FEA8202162C');
    assert.is(await page.isChecked('[name=cardKind][value=temporary]'), true);
    await keepScreen(page, 'doc-typed-refused');
    await page.fill('[name=serial1]', `00${one}`);
    await page.fill('[name=serial2]', two.toLowerCase());
    await page.click(submit);
    // 上一頁 keeps what was typed.
    await page.click('button:text-is("上一頁")');
    assert.is(await page.inputValue('[name=serial2]'), two.toLowerCase());
    await page.click(submit);
    assert.is(await page.isVisible('[name=from]'), false);
    await page.check('[name=state][value=active]');
    assert.is(await page.isVisible('[name=from]'), true);
    await page.click(submit);
    assert.match(await alertText(page), /終止日期/);
    assert.is(await page.isChecked('[name=state][value=active]'), true);
    await page.fill('[name=to]', '125/12/31');
    await page.click(submit);
    await page.waitForURL('**/user-credentials?done=added');
    const [row = []] = await rowsOf(page);
    assert.match(
      row.join(' '),
      new RegExp(`^1 P0231 1 孫同仁 自然人憑證 ${one}自行登打 ${two} 啟用.* 臨時卡$`),
    );
    await keepScreen(page, 'doc-typed');
    await context.close();
  },
);

doc('DOC-3, DOC-4, DOC-9: the desk chooses a code, and activates another', async (world) => {
  const { page, origin } = world;
  await signIn(page, world, 'registry', 'P0230', 'hsu-6201');
  assert.match(await alertText(page), /此帳號無權辦理本項作業/);
  await signIn(page, world, 'registry', 'P0001', 'desk-8403');
  await page.waitForURL('**/doc/user-credentials');
  assert.equal(await statesOf(page), ['不啟用', '啟用', '啟用']);
  await look(page, 'doc-desk');
  await page.click('main tbody tr:nth-child(2) a');
  await page.waitForSelector('[name=state]');
  assert.is(await page.isChecked('[name=state][value=active]'), true);
  await look(page, 'doc-maintain');
  await page.click(submit);
  assert.match(await alertText(page), /未.*變更|沒有/);
  await page.check('[name=state][value=inactive]');
  assert.is(await page.isVisible('[name=from]'), false);
  await page.click(submit);
  await page.waitForURL('**/user-credentials?done=changed');
  assert.equal(await statesOf(page), ['不啟用', '不啟用', '啟用']);

  await page.click('main tbody tr:nth-child(2) a');
  await page.check('[name=state][value=active]');
  await page.fill('[name=to]', '120/03/02');
  await page.click(submit);
  await page.waitForURL('**/user-credentials?done=changed');
  await page.click('main tbody tr:nth-child(1) a');
  await page.check('[name=state][value=active]');
  assert.match(await mainOf(page), /這些登記將變更為不啟用/);
  await look(page, 'doc-maintain-others');
  await page.fill('[name=to]', '120/03/02');
  await page.click(submit);
  await page.waitForURL('**/user-credentials?done=changed');
  assert.equal(await statesOf(page), ['啟用', '不啟用', '啟用']);

  // The desk adds for others, whose ID it types.
  await page.click('a.button:text-is("新增")');
  await page.click('a.means-kind:text-is("自然人憑證")');
  await page.click(submit);
  assert.is(await page.locator('.field.bad').count(), 3);
  await look(page, 'doc-desk-typed-refused');
  await page.click('a.means-kind:text-is("電子識別證")');
  await armed(page);
  await insert(page, 'sun');
  await page.click('[data-read-card]');
  await page.waitForSelector('[data-read-state].bad:text("請先輸入承辦人資料")');
  await page.fill('[name=nationalId]', 'A123456789');
  await page.click(submit);
  assert.match(await alertText(page), /查無此人員帳號/);
  await look(page, 'doc-desk-add-refused');
  await armed(page);
  await page.fill('[name=nationalId]', 'N220001230');
  await insert(page, 'sun');
  await page.click('[data-read-card]');
  await page.waitForSelector('[data-read-state]:text("已讀取")');
  await page.click(submit);
  await page.check('[name=state][value=inactive]');
  await page.click(submit);
  await page.waitForURL('**/user-credentials?done=added');
  assert.equal(await statesOf(page), ['啟用', '不啟用', '啟用', '不啟用']);
  assert.is((await page.goto(`${origin}/doc/user-credentials/x`))?.status(), 404);
});

doc(
  'DOC-9, DOC-10: an auditor sees who registered what, which card was active when, and what differs between two days',
  async (world) => {
    const { page, origin } = world;
    await staffOf(page, world, 'doc', 'auditor');
    const at = `${origin}/doc/staff/agencies/${code}/history`;
    await page.goto(at);
    assert.match(await mainOf(page), /登記憑證:許承辦/);
    assert.match(await mainOf(page), /憑證啟用:許承辦/);
    assert.match(await mainOf(page), /憑證不啟用:許承辦[\s\S]*啟用其他憑證/);
    assert.not.match(await mainOf(page), /event\.|cause\.|actor\./);
    await look(page, 'doc-history');
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const before = new Date(Date.now() + 8 * 3_600_000 - 2 * 86_400_000).toISOString().slice(0, 10);
    await page.goto(`${at}/as-of?at=${today}`);
    assert.match(
      await mainOf(page),
      /啟用中的憑證[\s\S]*許承辦[\s\S]*孫同仁|啟用中的憑證[\s\S]*孫同仁[\s\S]*許承辦/,
    );
    await look(page, 'doc-history-as-of');
    await page.goto(`${at}/diff?from=${before}&to=${today}`);
    assert.match(await mainOf(page), /已啟用的憑證[\s\S]*孫同仁/);
    await look(page, 'doc-history-diff');
  },
);

doc.run();
