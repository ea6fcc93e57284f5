import * as assert from 'uvu/assert';
import { keepScreen, narrow, openWindow } from './support/browser.js';
import { screenSuite } from './support/screen-suite.js';
import { agreeTo, alertText, armed, cards, look, putIn, showCards, textOf } from './support/screens.js';

const screens = screenSuite('portal: first registration with the drawer, in Chromium');

screens(
  'GEPI-12…22, GEPI-28, GEPI-29: an agency registers with two cards, and prints its receipt',
  async ({ page, running }) => {
    const sent: Array<string> = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    await page.goto(`${running.origin}/`);
    await look(page, 'home');
    await page.click('.card-links a[href="/first-registration"]');
    await look(page, 'terms');
    await page.click('button:text("同意條款內容")');
    await armed(page);
    await look(page, 'agency-card');
    await putIn(page, 'city', '731052');
    await page.fill('[name=agencyCode]', 'dm001');
    await page.click('[data-submit]');
    await page.waitForURL('**/first-registration/manager');
    await armed(page);
    await look(page, 'manager-card');
    await showCards(page, [cards.lin]);
    await page.waitForURL('**/first-registration/confirm');
    await look(page, 'confirm');
    await page.fill('[name="contact.name"]', '林示範');
    await page.fill('[name="contact.email"]', 'lin@');
    await page.click('main .panel button:text("確認")');
    await page.waitForSelector('[role=alert]');
    assert.match(await alertText(page), /電子信箱: /);
    assert.match(await alertText(page), /連絡電話: /);
    assert.is(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'alert');
    assert.is(await page.inputValue('[name="contact.name"]'), '林示範');
    await look(page, 'confirm-refused');
    await page.fill('[name="contact.email"]', 'lin@city.example');
    await page.fill('[name="contact.phone"]', '04-22220123');
    await page.click('main .panel button:text("確認")');
    await page.waitForSelector('.receipt');
    assert.match(await textOf(page, 'main'), /要保機關首次註冊成功!/);
    await look(page, 'registered');
    await page.emulateMedia({ media: 'print' });
    assert.not(await page.isVisible('.menu'));
    assert.ok(await page.isVisible('.receipt'));
    await keepScreen(page, 'receipt-on-paper');
    for (const one of sent) assert.not.match(one, /731052|680412/, 'a PIN was sent');
  },
);

screens(
  'GEPI-17: three wrong PINs lock a card; 鎖卡解碼 unlocks it; other cards are not touched',
  async ({ page, running }) => {
    await agreeTo(page, running, 'first-registration');
    await page.fill('[name=agencyCode]', 'DM003');
    for (const [pin, words] of [
      ['000000', /尚可再試2次/],
      ['000001', /尚可再試1次/],
      ['000002', /即造成IC卡鎖卡,請至所屬憑證管理中心進行鎖卡解碼/],
      ['918273', /即造成IC卡鎖卡,請至所屬憑證管理中心進行鎖卡解碼/],
    ] as const) {
      if ((await page.getAttribute('[data-card="water"]', 'aria-pressed')) !== 'true')
        await page.click('[data-card="water"]');
      await page.fill('[data-pin]', pin);
      await page.click('[data-submit]');
      await page.waitForFunction(
        (source) => new RegExp(source).test(document.querySelector('[data-pin-error]')?.textContent ?? ''),
        words.source,
      );
    }
    await look(page, 'card-locked');
    assert.is(await page.inputValue('[name=agencyCode]'), 'DM003');
    assert.is(await textOf(page, '[data-card="water"] [data-tries]'), '已鎖卡');
    assert.is(await textOf(page, '[data-card="hospital"] [data-tries]'), '');
    // A card remembers, whatever page it is shown on.
    await page.reload();
    await armed(page);
    assert.is(await textOf(page, '[data-card="water"] [data-tries]'), '已鎖卡');
    await page.click('[data-card="water"]');
    await page.click('[data-unlock]');
    assert.is(await textOf(page, '[data-card="water"] [data-tries]'), '');
  },
);

screens(
  'what is missing or wrong stands beside its field; what was typed stays; the card is asked again',
  async ({ page, running }) => {
    await agreeTo(page, running, 'first-registration');
    await putIn(page, 'city', '731052');
    await page.fill('[name=agencyCode]', 'ZZ999');
    await page.click('[data-submit]');
    await page.waitForSelector('[role=alert]');
    assert.is(await page.inputValue('[name=agencyCode]'), 'ZZ999');
    assert.is(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'alert');
    await armed(page);
    await page.fill('[name=agencyCode]', '');
    await page.click('[data-submit]');
    await page.waitForSelector('#f-agencyCode-error');
    await look(page, 'agency-card-refused');
    await page.click('[role=alert] a');
    assert.is(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'agencyCode');
  },
);

screens(
  'a forged card and an expired one are refused in words, with whom to call',
  async ({ page, running }) => {
    await agreeTo(page, running, 'first-registration');
    await showCards(page, [cards.school]);
    await page.waitForURL('**/review');
    await page.click('main button:text("取消")');
    await page.waitForURL('**/signed-out');
    await look(page, 'signed-out');
    await page.goto(`${running.origin}/query-serial`);
    await armed(page);
    for (const [card, id, pin] of [
      ['chou', 'P109988777', '630404'],
      ['fake', 'V209871239', '900101'],
    ] as const) {
      await putIn(page, card, pin);
      await page.fill('[name=nationalId]', id);
      await page.click('[data-submit]');
      await page.waitForSelector('[role=alert]');
      assert.match(await alertText(page), /憑證/);
      await look(page, `refused-${card}`);
      await page.goto(`${running.origin}/query-serial`);
      await armed(page);
    }
  },
);

screens(
  'GEPI-23…27: a certificate that does not match: the applicant, then that it waits',
  async ({ page, running }) => {
    await agreeTo(page, running, 'first-registration');
    await showCards(page, [cards.school]);
    await page.waitForURL('**/review');
    await look(page, 'review');
    await page.click('main button:text("確認")');
    await page.waitForSelector('[role=alert]');
    await look(page, 'review-refused');
    await page.fill('[name="applicant.name"]', '方小姐');
    await page.fill('[name="applicant.phone"]', '03-9320123');
    await page.click('main button:text("確認")');
    await page.waitForSelector('.notice.info');
    assert.match(await textOf(page, 'main'), /申請資料審核中/);
    await look(page, 'review-pending');
  },
);

screens('a card can be dragged into the reader', async ({ page, running }) => {
  await page.goto(`${running.origin}/query-oid`);
  await armed(page);
  await page.dragAndDrop('[data-card="city"]', '[data-slot]');
  await page.waitForFunction(
    () => document.querySelector('[data-slot-card]')?.textContent === '示範市政府人事處',
  );
});

screens('on a narrow screen the left column opens and closes', async ({ browser, running }) => {
  const { context, page } = await openWindow(browser, { viewport: narrow });
  await page.goto(`${running.origin}/`);
  assert.not(await page.isVisible('#menu'));
  await page.click('.menu-button');
  assert.ok(await page.isVisible('#menu'));
  await keepScreen(page, 'menu-open');
  await page.keyboard.press('Enter');
  assert.not(await page.isVisible('#menu'));
  await context.close();
});

screens(
  'without script all but the card works, and the card step says what is missing',
  async ({ browser, running }) => {
    const { context, page } = await openWindow(browser, { viewport: narrow, script: false });
    await page.goto(`${running.origin}/`);
    assert.ok(await page.isVisible('#menu'));
    await page.click('a.language');
    assert.match(await textOf(page, 'h1'), /Certificate registration/);
    await page.click('.card-links a[href="/first-registration"]');
    await page.click('button:text("I agree")');
    assert.match(await textOf(page, 'main'), /This step needs JavaScript/);
    await context.close();
  },
);

screens('every page beside the way is without fault in both languages', async ({ page, running }) => {
  for (const language of ['zh', 'en']) {
    await page.goto(`${running.origin}/language?to=${language}&back=/`);
    for (const [path, name] of [
      ['/help', 'help'],
      ['/test-mode', 'test-mode'],
      ['/nothing', 'not-found'],
      ['/first-registration/confirm', 'session-over'],
      ['/first-registration', 'terms'],
      ['/login/clerk', 'login'],
    ]) {
      await page.goto(`${running.origin}${path}`);
      await look(page, `${name}-${language}`);
    }
  }
});

screens.run();
