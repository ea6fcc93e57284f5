/** A renewal whose page goes away while the card is written, in Chromium. */
import * as assert from 'uvu/assert';
import { comeToTerms, comeToWriting, kao, press, showRenewing } from './support/renewal.js';
import { screenSuite } from './support/screen-suite.js';
import { armed, insert, look, putIn, textOf } from './support/screens.js';

const screens = screenSuite('portal: a renewal that breaks off, in Chromium');

screens(
  'MOICA-14: a page that goes away after a write was begun says so when it comes back, and reads the card',
  async ({ page, running }) => {
    await comeToTerms(page, running.origin, kao);

    // MOICA-11: 不同意 ends it with the card as it was.
    await press(page, '不同意');
    await page.waitForSelector('.notice.warn');
    assert.match(await textOf(page, 'main'), /IC卡內的憑證未變更/);
    await look(page, 'renewal-voided');

    await comeToTerms(page, running.origin, kao);
    await comeToWriting(page, kao);
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
    await showRenewing(page, running.origin, 'kao');
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
