import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { keepScreen, openWindow } from './support/browser.js';
import { screenSuite } from './support/screen-suite.js';
import {
  alertText,
  armed,
  cards,
  delegate,
  insert,
  look,
  showCards,
  staffIn,
  tabTo,
  textOf,
  throughQuestion,
} from './support/screens.js';

const screens = screenSuite('portal: the work with the drawer, in Chromium');

const states = (page: Page, group: string): Promise<readonly [boolean, boolean]> =>
  page
    .locator('[data-tree-group]', { hasText: group })
    .locator('legend input')
    .evaluate((box) => [(box as HTMLInputElement).checked, (box as HTMLInputElement).indeterminate] as const);

screens(
  'GEPI-32…41: a card is read and its holder added, changed with a renewed card, and deleted after a second question',
  async ({ page, running }) => {
    await delegate(page, running);
    await look(page, 'clerks');
    await page.click('.list-head a:text("新增")');
    await armed(page);
    await look(page, 'clerk-add');

    // GEPI-33, GEPI-34: no PIN, and both fields are filled in.
    await insert(page, 'wang');
    await page.click('[data-read-card]');
    await page.waitForFunction(
      () => (document.querySelector<HTMLInputElement>('[name=name]')?.value ?? '') !== '',
    );
    assert.is(await page.inputValue('[name=name]'), '王小明');
    assert.match(await page.inputValue('[name=serial]'), /^[0-9A-F]{32}$/);
    assert.is(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'nationalId');

    // Refused: what was read and typed stays, and the summary has the focus.
    await page.click('.work-form .buttons button');
    await page.waitForSelector('[role=alert]');
    assert.is(await page.inputValue('[name=name]'), '王小明');
    assert.not.equal(await page.inputValue('[name=der]'), '');
    await look(page, 'clerk-add-refused');
    await armed(page);

    // GEPI-36: boxes of three states.
    await page.fill('[name=nationalId]', 'A123456789');
    await page.check('[value="premium-query"]');
    assert.equal(await states(page, '保費申報作業'), [false, true]);
    await page.locator('[data-tree-group]', { hasText: '年資作業' }).locator('legend input').check();
    assert.equal(await states(page, '年資作業'), [true, false]);
    assert.ok(await page.isChecked('[value="seniority-print"]'));
    assert.match(await textOf(page, '[data-tree-count]'), /已勾選 3 項/);
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      const [whole, seen] = await page.$eval('[name=serial]', (at) => [at.scrollWidth, at.clientWidth]);
      assert.ok((whole ?? 0) <= (seen ?? 0), `GEPI-33: 32 digits are seen whole at ${width} px`);
    }
    await look(page, 'clerk-add-filled');
    await page.click('.work-form .buttons button');
    await page.waitForURL('**/clerks?done=added*');
    assert.match(await textOf(page, '.notice.good'), /新增成功!/);
    await look(page, 'clerk-added');
    await page.click('.notice.good a');
    await page.waitForSelector('.receipt');
    assert.match(await textOf(page, '.receipt'), /新增授權經辦人:王小明/);
    await look(page, 'clerk-receipt');
    await page.goBack();

    // GEPI-39, GEPI-42: the old card's serial stands there until the new one is read.
    await page.click('tr:has-text("郭展期") a:has-text("修改")');
    await armed(page);
    const old = await page.inputValue('[name=serial]');
    await look(page, 'clerk-change');
    await insert(page, 'kuo-renewed');
    await page.click('[data-read-card]');
    await page.waitForFunction(
      (before) => document.querySelector<HTMLInputElement>('[name=serial]')?.value !== before,
      old,
    );
    await page.click('.work-form .buttons button');
    await page.waitForURL('**/clerks?done=changed*');
    assert.match(await textOf(page, '.notice.good'), /修改成功!/);

    // GEPI-40.
    await page.click('tr:has-text("王小明") a:has-text("刪除")');
    assert.match(await textOf(page, 'main'), /請再次確認是否確定刪除\?/);
    await look(page, 'clerk-delete');
    await page.click('button:text("確定刪除")');
    await page.waitForURL('**/clerks?done=deleted*');
    assert.match(await textOf(page, '.notice.good'), /刪除成功!/);
    assert.is(await page.locator('tbody tr:has-text("王小明")').count(), 0);
  },
);

screens(
  'GEPI-35: a serial that is typed over a card that was read is a typed one',
  async ({ page, running }) => {
    await delegate(page, running);
    await page.goto(`${running.origin}/clerks/add`);
    await armed(page);
    await insert(page, 'chen');
    await page.click('[data-read-card]');
    await page.waitForFunction(
      () => (document.querySelector<HTMLInputElement>('[name=der]')?.value ?? '') !== '',
    );
    await page.fill('[name=serial]', 'B123456789ABCDEF0123456789ABCDEF');
    assert.is(await page.inputValue('[name=der]'), '');
  },
);

screens('GEPI-33: a card that is no clerk’s is refused when it is read', async ({ page, running }) => {
  await delegate(page, running);
  await page.goto(`${running.origin}/clerks/add`);
  await armed(page);
  await insert(page, 'hospital');
  await page.click('[data-read-card]');
  await page.waitForFunction(
    () => !/讀取卡片中|^$/.test(document.querySelector('[data-read-state]')?.textContent ?? ''),
  );
  assert.is(await page.inputValue('[name=serial]'), '');
  await look(page, 'clerk-card-refused');
});

screens('history, as of a day, two days, who granted this: each a screen', async ({ page, running }) => {
  await page.goto(`${running.origin}/history`);
  await look(page, 'history-without-cards');
  await delegate(page, running);
  await page.click('.menu a[href="/history"]');
  await look(page, 'history');
  await page.selectOption('[name=clerk]', {
    label: await textOf(page, '[name=clerk] option:has-text("劉離職")'),
  });
  await page.click('.filter button');
  await page.waitForURL('**/history?clerk=*');
  await look(page, 'history-of-a-clerk');
  await page.click('.tab[href="/history/as-of"]');
  await look(page, 'history-as-of');
  await page.click('td a[href*="/history/blame"]');
  await page.waitForURL('**/history/blame*');
  await look(page, 'history-blame');
  await page.goto(`${running.origin}/history/diff`);
  await page.click('.filter button');
  await page.waitForURL('**/history/diff?*');
  await look(page, 'history-diff');
  await page.goto(`${running.origin}/forecast`);
  await look(page, 'forecast');
  await page.goto(`${running.origin}/unassigned-functions`);
  await look(page, 'unassigned-functions');
  const download = page.waitForEvent('download');
  await page.goto(`${running.origin}/history`);
  await page.click('a[href="/api/history.csv"]');
  assert.match((await download).suggestedFilename(), /^history-DM003\.csv$/);
});

screens('GEPI-43…45: the planner leads from boxes to steps', async ({ page, running }) => {
  await page.goto(`${running.origin}/planner`);
  await look(page, 'planner');
  await page.click('main form button');
  await look(page, 'planner-nothing-ticked');
  await page.check('[value=manager]');
  await page.check('[name=managerIsClerk]');
  await page.click('main form button');
  await page.click('details summary');
  await look(page, 'planner-answer');
  await page.click('.plan a');
  await page.waitForURL('**/replace-manager');
});

screens('GEPI-51: the records, without a card', async ({ page, running }) => {
  await page.goto(`${running.origin}/query-records`);
  await look(page, 'records-ask');
  await page.fill('[name=agencyCode]', 'DM005');
  await page.click('main form button');
  assert.match(await textOf(page, 'main'), /審核中/);
  await look(page, 'records');
});

screens('GEPI-53, GEPI-35: the serial is copied with a button', async ({ page, running }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: running.origin });
  await page.goto(`${running.origin}/query-serial`);
  await showCards(page, [cards.chen]);
  await page.waitForURL('**/query-serial/result');
  await look(page, 'serial');
  await page.click('[data-copy]');
  await page.waitForFunction(() => document.querySelector('[data-copied]')?.textContent === '已複製');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^[0-9A-F]{32}$/);
  // The same page again, and its button by keyboard.
  await page.reload();
  assert.match(await textOf(page, 'main'), new RegExp(copied));
  await tabTo(page, '[data-copy]');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('[data-copied]')?.textContent === '已複製');
  await look(page, 'serial-again');
});

screens(
  'GEPI-2, GEPI-3: a clerk signs in, and each function asks the register',
  async ({ page, running }) => {
    await page.goto(`${running.origin}/login`);
    await armed(page);
    await look(page, 'login');
    await showCards(page, [cards.tsao]);
    await page.waitForURL('**/business');
    await look(page, 'business');
    await page.click('main .card a >> nth=0');
    await page.waitForURL('**/business/*');
    assert.match(await textOf(page, 'main'), /可使用/);
    await look(page, 'business-function');
  },
);

screens('GEPI-23…25: a reviewer decides what waits', async ({ page, running }) => {
  await page.goto(`${running.origin}/staff/sign-in`);
  await look(page, 'staff-sign-in');
  await staffIn(page, running, 'reviewer');
  await look(page, 'staff-home');
  await page.click('.menu a[href="/staff/reviews"]');
  await look(page, 'staff-reviews');
  await page.click('td .button');
  await look(page, 'staff-review');
  await page.fill('[name=note]', '電話確認');
  await page.click('button:text("審核通過")');
  await page.waitForURL('**?done=decided');
  await look(page, 'staff-review-decided');
});

screens(
  'an auditor goes from the time line to evidence that is verified again',
  async ({ page, running }) => {
    await staffIn(page, running, 'auditor');
    await page.goto(`${running.origin}/staff/agencies`);
    await look(page, 'staff-agencies');
    await page.fill('[name=code]', 'dm003');
    await page.click('main form.panel .button');
    await page.waitForURL('**/staff/agencies/DM003');
    await look(page, 'staff-agency');
    await page.click('main a.button:has-text("授權歷程")');
    await look(page, 'staff-history');
    await page.click('.change a[href^="/staff/evidence/"] >> nth=0');
    await page.waitForURL('**/staff/evidence/*');
    assert.match(await textOf(page, 'main'), /此憑據證明/);
    await look(page, 'staff-evidence');
    await page.goto(`${running.origin}/staff/forecast`);
    await look(page, 'staff-forecast');
  },
);

screens(
  'an operator closes an agency, whose session is over from then on',
  async ({ page, running, browser }) => {
    await delegate(page, running);
    const other = await openWindow(browser);
    try {
      await staffIn(other.page, running, 'operator');
      await other.page.goto(`${running.origin}/staff/agencies/DM003`);
      await look(other.page, 'staff-agency-operator');
      await other.page.click('main a.button.danger');
      await look(other.page, 'deed-suspend');
      await other.page.fill('[name=reason]', 'audit-2026');
      await throughQuestion(other.page, 'deed-suspend');
      // What was committed is followed: the session ends in a moment, whoever looks.
      do await page.goto(`${running.origin}/clerks`);
      while (new URL(page.url()).pathname === '/clerks');
      assert.is(new URL(page.url()).pathname, '/delegation/agency');
      // By keyboard alone.
      await other.page.goto(`${running.origin}/staff/agencies/DM003`);
      await look(other.page, 'staff-agency-suspended');
      await tabTo(other.page, 'a[href$="/reopening"]');
      await other.page.keyboard.press('Enter');
      await other.page.waitForSelector('[name=reason]');
      await tabTo(other.page, '[name=reason]');
      await other.page.keyboard.type('audit-done');
      await other.page.keyboard.press('Enter');
      await other.page.waitForSelector('[name=confirmed]');
      await tabTo(other.page, '[name=confirmed]');
      await other.page.keyboard.press('Enter');
      await other.page.waitForSelector('.receipt');
      assert.equal(other.troubles, []);
    } finally {
      await other.context.close();
    }
  },
);

screens(
  'GEPI-33…41: without script the clerk’s form is filled in by hand and sent',
  async ({ browser, page: withScript, running }) => {
    await delegate(withScript, running);
    const { context, page } = await openWindow(browser, { script: false, cookiesOf: withScript });
    try {
      await page.goto(`${running.origin}/clerks`);
      await page.click('.list-head a:text("新增")');
      for (const dead of ['[data-read-card]', '.drawer', '.reader']) assert.not(await page.isVisible(dead));
      await keepScreen(page, 'clerk-add-without-script');
      await page.fill('[name=name]', '陳手打');
      await page.click('.work-form .buttons button');
      assert.match(await alertText(page), /憑證序號[\s\S]*身分證統一編號[\s\S]*功能選單/);
      assert.is(await page.inputValue('[name=name]'), '陳手打');
      await keepScreen(page, 'clerk-add-refused-without-script');
      await page.fill('[name=serial]', 'D123456789ABCDEF0123456789ABCDEF');
      await page.fill('[name=nationalId]', 'F131104093');
      await page.check('[value="premium-query"]');
      await page.click('.work-form .buttons button');
      await page.waitForURL('**/clerks?done=added*');
      const row = page.locator('tbody tr', { hasText: '陳手打' });
      assert.match((await row.textContent()) ?? '', /自行輸入,尚未經卡片驗證/);
      await row.locator('a:has-text("修改")').click();
      assert.is(await page.inputValue('[name=serial]'), 'D123456789ABCDEF0123456789ABCDEF');
      await page.uncheck('[value="premium-query"]');
      await page.check('[value="seniority-print"]');
      await page.click('.work-form .buttons button');
      await page.waitForURL('**/clerks?done=changed*');
      await row.locator('a:has-text("刪除")').click();
      await page.click('button:text("確定刪除")');
      await page.waitForURL('**/clerks?done=deleted*');
      assert.is(await row.count(), 0);
    } finally {
      await context.close();
    }
  },
);

screens('without script the planner and the records work', async ({ browser, running }) => {
  const { context, page } = await openWindow(browser, { script: false });
  await page.goto(`${running.origin}/planner?asked=1&changed=clerk`);
  assert.match(await textOf(page, '.plan'), /授權指派/);
  await page.goto(`${running.origin}/query-records?agencyCode=DM003`);
  assert.match(await textOf(page, 'main'), /首次註冊/);
  await context.close();
});

screens('in English the work is English', async ({ page, running }) => {
  await delegate(page, running);
  await page.click('.language');
  for (const path of [
    '/clerks',
    '/clerks/add',
    '/history',
    '/forecast',
    '/planner',
    '/unassigned-functions',
  ]) {
    await page.goto(`${running.origin}${path}`);
    assert.is(await page.getAttribute('html', 'lang'), 'en');
    const text = (
      await page.locator('main h1, main h2, main label, main button, main th').allInnerTexts()
    ).join(' ');
    // Names of people and agencies stay as they are.
    const named = text.replace(/[曹承辦郭展期劉離職王小明陳手打許公營示範自來水股份有限公司]/g, '');
    assert.not.match(named.replace(/[\s\S]*?Drawer of test cards/, ''), /\p{Script=Han}{4,}/u, path);
  }
});

screens.run();
