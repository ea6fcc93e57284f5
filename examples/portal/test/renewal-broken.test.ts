/** A renewal whose page goes away while the card is written, in Chromium. */
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import type { Running } from './support/portal.js';
import { screenSuite } from './support/screen-suite.js';
import { armed, insert, look, putIn, textOf } from './support/screens.js';

const screens = screenSuite('portal: a renewal that breaks off, in Chromium');

const press = (page: Page, words: string): Promise<void> => page.click(`main button:text-is("${words}")`);

const birth = { year: '85', month: '9', day: '23' };

/** 步驟一, 步驟二 and 申請展期. */
const comeToTerms = async (page: Page, { origin }: Running): Promise<void> => {
  await page.goto(`${origin}/renewal`);
  await armed(page);
  await insert(page, 'kao');
  await page.click('[data-submit]');
  await page.waitForSelector('[name=nationalId]');
  await page.fill('[name=nationalId]', 'T200987618');
  for (const name of ['year', 'month', 'day'] as const)
    await page.selectOption(`[name=${name}]`, birth[name]);
  await page.click('main form .button');
  await page.waitForSelector('.facts');
  await press(page, '申請展期');
  await page.waitForSelector('.terms');
};

screens(
  'MOICA-14: a page that goes away after a write was begun says so when it comes back, and reads the card',
  async ({ page, running }) => {
    await comeToTerms(page, running);

    // MOICA-11: 不同意 ends it with the card as it was.
    await press(page, '不同意');
    await page.waitForSelector('.notice.warn');
    assert.match(await textOf(page, 'main'), /IC卡內的憑證未變更/);
    await look(page, 'renewal-voided');

    await comeToTerms(page, running);
    await press(page, '同意');
    await armed(page);
    await putIn(page, 'kao', '850923');
    await page.click('[data-submit]');
    await page.waitForSelector('[data-renewal-form=write]');
    await armed(page);

    // What the card was read to hold never reaches the server.
    await page.route('**/renewal/confirm', (route) => route.abort());
    await putIn(page, 'kao', '850923');
    const announced = page.waitForResponse('**/renewal/announce');
    const lost = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/renewal/confirm'));
    await page.click('[data-submit]');
    await announced;
    await lost;
    await page.unroute('**/renewal/confirm');
    await page.goto(`${running.origin}/renewal/state`);
    await armed(page);
    assert.match(await textOf(page, '[role=alert]'), /可能是原憑證,也可能是新憑證/);
    await look(page, 'renewal-unconfirmed');

    // Begun again from the card, as after a restart: it is the same renewal.
    await page.context().clearCookies();
    await page.goto(`${running.origin}/renewal`);
    await armed(page);
    await insert(page, 'kao');
    await page.click('[data-submit]');
    await page.waitForSelector('[data-renewal-form=check]');
    await armed(page);
    await insert(page, 'kao');
    await page.click('[data-submit]');
    await page.waitForSelector('.receipt');
    assert.match(await textOf(page, 'main'), /完成展期/);
  },
);

screens('a form that another site sends changes nothing', async ({ page, running }) => {
  const answer = await running.portal.fetch(
    new Request(`${running.origin}/renewal/refer`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
      body: '',
    }),
  );
  assert.is(answer.status, 404);
  await page.goto(`${running.origin}/renewal/state`);
  assert.is(new URL(page.url()).pathname, '/renewal');
});

screens.run();
