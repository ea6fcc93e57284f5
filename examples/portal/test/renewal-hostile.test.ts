/** A renewal whose pages are not used as they were meant, in Chromium. */
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { chou, comeToTerms, confirmWith, kao, press, type Renewing } from './support/renewal.js';
import { screenSuite } from './support/screen-suite.js';
import { armed, insert, look, putIn, textOf } from './support/screens.js';

const screens = screenSuite('portal: a renewal in two windows, with two cards, backwards, and twice');

/** Up to the first PIN. */
const agree = async (page: Page, origin: string, holder: Renewing): Promise<void> => {
  await comeToTerms(page, origin, holder);
  await press(page, '同意');
  await page.waitForSelector('[data-renewal-form=sign]');
};

screens(
  'MOICA-14: a card that is put in between reading and writing is not written, and loses no try',
  async ({ page, running: { origin } }) => {
    await agree(page, origin, kao);
    await confirmWith(page, kao);
    await page.waitForSelector('[data-renewal-form=write]');
    await armed(page);
    await putIn(page, 'kao', kao.pin);
    await page.route('**/renewal/announce', async (route) => {
      await page.evaluate(() => document.querySelector<HTMLElement>('[data-card=chou]')?.click());
      await route.continue();
    });
    await page.click('[data-submit]');
    await page.waitForFunction(() => document.querySelector('[data-card-state]')?.classList.contains('bad'));
    await page.unroute('**/renewal/announce');
    const kept = await page.evaluate(() => JSON.stringify(localStorage));
    assert.not.match(kept, /chou/);
    assert.not.match(kept, /drawer-written/);
    await look(page, 'renewal-other-card');

    // What was begun is said, and goes on with the right card.
    await page.goto(`${origin}/renewal/state`);
    await page.waitForSelector('[data-renewal-form=check]');
    await armed(page);
    await insert(page, 'kao');
    await page.click('[data-submit]');
    await page.waitForSelector('[data-renewal-form=write]');
    await confirmWith(page, kao);
    await page.waitForSelector('.receipt');
  },
);

screens(
  'MOICA-10: two windows and the way back: one certificate, and every window comes to the same receipt',
  async ({ page, running }) => {
    const { origin } = running;
    await agree(page, origin, chou);
    const second = await page.context().newPage();
    await second.goto(`${origin}/renewal/state`);
    await second.waitForSelector('[data-renewal-form=sign]');
    await confirmWith(page, chou);
    await page.waitForSelector('[data-renewal-form=write]');
    // Signed once more, where the first signature has gone to the CA already.
    await confirmWith(second, chou);
    await second.waitForSelector('[data-renewal-form=write]');
    await confirmWith(page, chou);
    await page.waitForSelector('.receipt');
    const number = (shown: Page): Promise<string> => textOf(shown, '.receipt');
    await confirmWith(second, chou);
    await second.waitForSelector('.receipt');
    assert.is(await number(second), await number(page));

    // Back to the page that writes, and once more.
    await page.goBack();
    await page.goto(`${origin}/renewal/state`);
    assert.is(await number(page), await number(second));
    const replayed = await page.evaluate(async () => {
      const statuses: string[] = [];
      for (const step of ['terms', 'sign', 'submit', 'confirm', 'cancel', 'disagree', 'refer']) {
        const answer = await fetch(`/renewal/${step}`, { method: 'POST', body: new URLSearchParams() });
        statuses.push(`${step} ${new URL(answer.url).pathname}`);
      }
      return statuses;
    });
    for (const one of replayed) assert.match(one, /renewal/);
    await page.goto(`${origin}/renewal/state`);
    assert.is(await number(page), await number(second));
    await second.close();
  },
);

screens(
  'a browser that has lost its renewal is told that there is none, whatever it asks for',
  async ({ page, running: { origin, portal } }) => {
    const ask = (step: string, cookie: string): Promise<Response> =>
      portal.fetch(
        new Request(`${origin}/renewal/${step}`, {
          method: 'POST',
          headers: { 'sec-fetch-site': 'same-origin', cookie },
          body: new URLSearchParams(),
        }),
      );
    for (const cookie of ['', '__Host-renewal=x', '__Host-renewal=.', `__Host-renewal=${'a'.repeat(64)}.`]) {
      for (const step of ['submit', 'cancel', 'confirm', 'refer']) {
        const answer = await ask(step, cookie);
        assert.is(answer.status, 404, `${step} ${cookie}`);
      }
      assert.is((await (await ask('announce', cookie)).json()).code, 'RENEWAL_NOT_FOUND');
    }
    await page.goto(`${origin}/renewal/receipt.txt`);
    assert.match(await textOf(page, 'body'), /查無|找不到/);
    await page.goto(`${origin}/renewal/state`);
    assert.is(page.url(), `${origin}/renewal`);
  },
);

screens.run();
