/** 多憑證網路承保作業 in Chromium, from the log-in page to the review of a changed address. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { headOf, mainOf, portalsSuite, showCard, showHealthCard, staffOf } from './support/portals.js';
import { alertText, armed, insert, look, textOf } from './support/screens.js';

const nhi = portalsSuite('portal: the story of NHI');

nhi(
  'NHI-2, NHI-27: the log-in page, with the choice of means, the box for units and the unit code',
  async ({ page, origin }) => {
    await page.goto(`${origin}/nhi/`);
    await look(page, 'nhi-home');
    assert.match(await mainOf(page), /指派作業是指授權給承辦人員可使用多憑證之權利/);
    await page.goto(`${origin}/nhi/login`);
    await armed(page);
    const text = await mainOf(page);
    for (const word of [
      '請選擇憑證類別',
      '憑證登入',
      '健保卡',
      '單位憑證(負責人健保卡)',
      '投保單位代號',
      '登入',
    ])
      assert.ok(text.includes(word), word);
    await look(page, 'nhi-login-certificate');
    await page.click('.means a:text-is("健保卡")');
    assert.match(await mainOf(page), /註冊密碼/);
    await look(page, 'nhi-login-health-card');
  },
);

nhi(
  'NHI-14, NHI-15: code 3003 is explained as what it is, with the check values of the component',
  async ({ page, origin }) => {
    await page.goto(`${origin}/nhi/environment`);
    const text = await mainOf(page);
    assert.match(text, /並非新憑證有問題/);
    assert.match(text, /592782E6054F7B85AADA432431275E1C/);
    await look(page, 'nhi-environment');
  },
);

nhi(
  'NHI-4, NHI-10: a unit registers with the health card of the person responsible',
  async ({ page, origin }) => {
    await page.goto(`${origin}/nhi/register/agency?means=registeredCard`);
    await showHealthCard(page, 'shopkeeper', 'wrong', '310000038');
    assert.match(await alertText(page), /密碼有誤/);
    assert.is(await page.inputValue('[name=password]'), '');
    assert.is(await page.inputValue('[name=agencyCode]'), '310000038');
    await look(page, 'nhi-register-refused');
    await page.fill('[name=password]', 'shop-1357');
    await page.click('#means-form .buttons .button:not(.quiet)');
    await page.waitForURL('**/register/confirm');
    assert.match(await mainOf(page), /葉老闆/);
    await look(page, 'nhi-register-confirm');
    await page.click('main form[action$="/register/confirm"] .button:not(.quiet)');
    await page.waitForURL('**/receipt/**');
    assert.match(await mainOf(page), /註冊成功/);
    assert.match(await mainOf(page), /負責人欲使用加退保等異動作業/);
    await look(page, 'nhi-registered');
  },
);

nhi('NHI-4: another person’s health card does not stand for the unit', async ({ page, origin }) => {
  await page.goto(`${origin}/nhi/register/agency?means=registeredCard`);
  await showHealthCard(page, 'nurse', 'nurse-9753', '310000038');
  assert.match(await alertText(page), /並非本單位登記之負責人/);
});

nhi(
  'NHI-2, NHI-5…9, NHI-12, NHI-13: the unit adds clerks by health card and by citizen certificate, and deletes one',
  async ({ page, origin }) => {
    await page.goto(`${origin}/nhi/login/clerk?means=registeredCard`);
    await page.check('[name=unit]');
    await showHealthCard(page, 'owner', 'owner-2468', '310000012');
    await page.waitForURL('**/nhi/clerks');
    assert.is(await headOf(page), '單位管理者登錄作業');
    assert.match(await mainOf(page), /※承辦人員離職或變更,請點選『刪除』,解除其權限。/);
    assert.equal(await page.locator('thead th').allInnerTexts(), [
      '身分證號',
      '姓名',
      '電子郵件信箱',
      '操作',
    ]);
    assert.is(await page.locator('main a:has-text("修改")').count(), 0);
    await look(page, 'nhi-clerks');

    await page.click('a.button:text-is("新增")');
    await page.waitForURL('**/clerks/add');
    await page.click('.means a:text-is("健保卡")');
    assert.match(await mainOf(page), /負責人欲使用加退保等異動作業,請於下方新增/);
    assert.is(await page.locator('[name=serial]').count(), 0);
    await page.fill('[name=nationalId]', 'H220000882');
    await page.fill('[name=name]', '李新手');
    await page.fill('[name=email]', 'li@clinic.example');
    await page.check('[name=permissions]');
    await look(page, 'nhi-clerk-health-card');
    await page.click('main form.work-form .button:not(.quiet)');
    // NHI-7: a card that its holder has not registered.
    assert.match(await alertText(page), /首次登入請先申請/);
    assert.is(await page.inputValue('[name=email]'), 'li@clinic.example');
    await page.goto(`${origin}/nhi/clerks/add`);
    await armed(page);
    await insert(page, 'ho');
    await page.click('[data-read-card]');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[name=serial]')?.value !== '');
    assert.is(await page.inputValue('[name=name]'), '何承辦');
    await page.fill('[name=nationalId]', 'F220000666');
    await page.fill('[name=email]', 'ho@clinic.example');
    await page.check('[name=permissions]');
    await look(page, 'nhi-clerk-certificate');
    await page.click('main form.work-form .button:not(.quiet)');
    await page.waitForURL('**/clerks?done=added**');
    assert.match(await mainOf(page), /新增成功/);
    assert.match(await mainOf(page), /ho@clinic\.example/);

    await page.click('tr:has-text("陳護理") a:has-text("刪除")');
    assert.match(await mainOf(page), /請再次確認是否確定刪除/);
    await look(page, 'nhi-clerk-delete');
    await page.click('button[name=confirmed]');
    await page.waitForURL('**/clerks?done=deleted**');
    assert.is(await page.locator('tr:has-text("陳護理")').count(), 0);
  },
);

nhi(
  'NHI-16, NHI-17: a clerk replaces the unit’s certificate, saved only after its subject was shown',
  async ({ page, origin }) => {
    await page.goto(`${origin}/nhi/replace-unit`);
    await showCard(page, 'wang', '112233', '310000025');
    await page.waitForURL('**/replace-unit/agency');
    await look(page, 'nhi-replace-card');
    await showCard(page, 'company-new', '864209');
    await page.waitForURL('**/replace-unit/confirm');
    const current = await textOf(page, '[data-current]');
    for (const word of [
      '投保單位代號',
      '310000025',
      '投保單位名稱',
      '單位憑證主體',
      '示範科技有限公司',
      '90037041',
    ])
      assert.ok(current.includes(word), word);
    const next = await textOf(page, '[data-new]');
    for (const word of [
      '新憑證發行者',
      '經濟部工商憑證管理中心',
      '新憑證主體',
      '示範科技有限公司',
      '新憑證序號',
    ])
      assert.ok(next.includes(word), word);
    const serials = (text: string): ReadonlyArray<string> => text.match(/[0-9A-F]{32}/g) ?? [];
    assert.is(new Set([...serials(current), ...serials(next)]).size, 2);
    await look(page, 'nhi-replace-confirm');
    // A form that did not show that subject saves nothing.
    await page.evaluate(() => document.querySelector('[name=shown]')?.setAttribute('value', ''));
    await page.click('button:text-is("儲存")');
    assert.match(await alertText(page), /新憑證主體尚未顯示/);
    assert.ok((await textOf(page, '[data-new]')).includes('示範科技有限公司'));
    await page.click('button:text-is("儲存")');
    await page.waitForURL('**/receipt/**');
    assert.match(await mainOf(page), /憑證更新成功/);
  },
);

nhi(
  'NHI-18: a unit that registered by health card is not given a certificate instead',
  async ({ page, origin }) => {
    await page.goto(`${origin}/nhi/login`);
    await armed(page);
    await page.check('[name=unit]');
    await showCard(page, 'clinic', '135791', '310000012');
    await page.waitForSelector('[role=alert]');
    assert.not.match(page.url(), /clerks$/);
  },
);

nhi(
  'NHI-22…24: a telephone is saved at once, a number after half an hour, an address when staff agree',
  async (world) => {
    const { page, origin } = world;
    await page.goto(`${origin}/nhi/unit-data`);
    await showCard(page, 'wang', '112233', '310000025');
    await page.waitForURL('**/nhi/agency-data');
    await page.fill('[name="phone"]', '(02)55501234');
    await page.fill('[name="labour-number"]', '12345678A');
    await look(page, 'nhi-data');
    await page.click('form[action$="/agency-data"] .button');
    await page.waitForURL('**/agency-data?done=saved');
    assert.match(await mainOf(page), /\(02\)55501234/);
    assert.match(await mainOf(page), /請先登出,等30分鐘後再登入/);

    // A value of the wrong form is told beside its field, and nothing typed is lost.
    await page.fill('[name="labour-number"]', '1234');
    await page.click('form[action$="/agency-data"] .button');
    assert.match(await textOf(page, '#f-labour-number-error'), /格式有誤/);
    assert.match(await alertText(page), /勞保證號/);
    assert.is(await page.inputValue('[name="labour-number"]'), '1234');
    await look(page, 'nhi-data-wrong-form');

    const proof = await textOf(page, 'form[action$="/proof"]');
    for (const word of [
      ...[
        '附件編號',
        '單位代號',
        '統一編號',
        '90037041',
        '生效日期',
        '單位名稱',
        '變更單位名稱',
        '原登記地址',
      ],
      ...['變更登記地址', '縣市', '鄉鎮市區', '村里', '鄰', '街路門號', '聯絡人姓名', '聯絡電話', '檢附文件'],
      ...['證明文件一', '證明文件二', '相關證明文件說明', '等候本組承辦人員審核完成,即變更成功'],
    ])
      assert.ok(proof.includes(word), word);
    const address = ['示範市', '示範區', '示範里', '1鄰', '示範路一號'];
    for (const [at, part] of address.entries())
      await page.fill(`[name="registered-address.${at + 1}"]`, part);
    await page.fill('[name=contactName]', '王小明');
    await page.fill('[name=contactPhone]', '02-55501234');
    await page.fill('[name=explanation]', '公司變更登記表影本');
    await page.click('form[action$="/proof"] .button');
    assert.match(await textOf(page, '#f-registered-address-error'), /請先勾選/);
    await page.check('[name="tick.registered-address"]');
    await page.click('form[action$="/proof"] .button');
    assert.match(await alertText(page), /檢附證明文件/);
    assert.is(await page.inputValue('[name="registered-address.5"]'), '示範路一號');
    await look(page, 'nhi-data-refused');
    await page.setInputFiles('[name=document1]', {
      name: 'proof.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4 test'),
    });
    await page.click('form[action$="/proof"] .button');
    await page.waitForURL('**/agency-data?done=asked');
    assert.match(await mainOf(page), /等候本組承辦人員審核完成,即變更成功/);
    assert.match(await mainOf(page), /審核中/);

    await staffOf(page, world, 'nhi', 'reviewer');
    await page.goto(`${origin}/nhi/staff/agencies/310000025/data-requests`);
    assert.match(await mainOf(page), /示範市示範區示範里1鄰示範路一號/);
    const link = await page.getAttribute('main a[href*="/documents/"]', 'href');
    const kept = await page.request.get(`${origin}${link}`);
    assert.is(await kept.text(), '%PDF-1.4 test');
    await look(page, 'nhi-data-review');
    assert.match(await mainOf(page), /公司變更登記表影本/);
    await page.fill('[name=note]', '已依登記表更正');
    await page.click('button[value=approved]');
    await page.waitForSelector('.tag:text-is("審核通過")');
    await page.goto(`${origin}/nhi/agency-data`);
    assert.match(await textOf(page, 'tbody'), /審核通過[\s\S]*已依登記表更正/);
    await look(page, 'nhi-data-decided');
    assert.match(await textOf(page, '.facts'), /示範市示範區示範里1鄰示範路一號/);
  },
);

nhi(
  'NHI-19: a closed unit is told whom to call; staff open it again, and it can be used the next day',
  async (world) => {
    const { page, origin } = world;
    const signIn = async (): Promise<void> => {
      await page.goto(`${origin}/nhi/login`);
      await showCard(page, 'chien', '334455', '310000041');
      await page.waitForSelector('h1:text-is("洽詢承辦人")');
    };
    await signIn();
    assert.match(await mainOf(page), /\(02\)25232388/);
    await look(page, 'nhi-closed');
    await staffOf(page, world, 'nhi', 'operator');
    await page.goto(`${origin}/nhi/staff/agencies/310000041/reopening`);
    assert.match(await mainOf(page), /單位隔天再登入,即可正常使用/);
    await look(page, 'nhi-reopening');
    const reason = page.locator('main [name=reason]').first();
    if ((await reason.evaluate((one) => one.tagName)) === 'SELECT') await reason.selectOption({ index: 1 });
    else await reason.fill('confirmed');
    await page.click('main form.panel .button');
    await page.click('button[name=confirmed]');
    await page.waitForURL('**/staff/receipt/**');
    await signIn();
  },
);

nhi(
  'X-1: no password is in a page, an address or a file of the data folder',
  async ({ page, origin, folder }) => {
    await page.goto(`${origin}/nhi/register/agency?means=registeredCard`);
    const typed = 'typed-secret-4711';
    await showHealthCard(page, 'owner', typed, '310000038');
    assert.not.ok((await page.content()).includes(typed));
    const filesIn = (at: string): ReadonlyArray<string> =>
      readdirSync(at, { withFileTypes: true }).flatMap((one) =>
        one.isDirectory() ? filesIn(join(at, one.name)) : [join(at, one.name)],
      );
    for (const file of filesIn(join(folder, 'nhi')))
      for (const secret of [typed, 'owner-2468', 'nurse-9753'])
        assert.not.ok(readFileSync(file).includes(secret), file);
  },
);

nhi.run();
