import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { screenSuite } from './support/screen-suite.js';
import { armed, cards, look, type ShownCard, tabTo, textOf } from './support/screens.js';

const screens = screenSuite('portal: everything by keyboard alone, in Chromium');

/** What has the focus, and how it is seen to have it. */
const focus = (page: Page): Promise<{ readonly name: string; readonly outline: string }> =>
  page.evaluate(() => {
    const at = document.activeElement ?? document.body;
    const { outlineStyle, outlineWidth } = getComputedStyle(at);
    return { name: at.getAttribute('role') ?? at.id, outline: `${outlineStyle} ${outlineWidth}` };
  });

/** To a field, link or button; whoever gets there must see it (WCAG 2.4.7). */
const goTo = async (page: Page, selector: string): Promise<void> => {
  await tabTo(page, selector);
  assert.is((await focus(page)).outline, 'solid 3px', selector);
};

const press = async (page: Page, selector: string, key: 'Enter' | 'Space' = 'Enter'): Promise<void> => {
  await goTo(page, selector);
  await page.keyboard.press(key);
};

const type = async (page: Page, selector: string, text: string): Promise<void> => {
  await goTo(page, selector);
  // Over whatever stands there.
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
};

/** A card into the reader, the step's fields, the PIN, and Enter in its field. */
const showCard = async (page: Page, { id, pin, fields }: ShownCard): Promise<void> => {
  await armed(page);
  await press(page, `[data-card="${id}"]`, 'Space');
  for (const [name, value] of Object.entries(fields)) await type(page, `[name="${name}"]`, value);
  await type(page, '[data-pin]', pin);
  await page.keyboard.press('Enter');
};

/** The list of what is wrong has the focus; Tab and Enter lead from it to the field. */
const isTold = async (page: Page, field: string): Promise<void> => {
  await page.waitForSelector('[role=alert]');
  assert.equal(await focus(page), { name: 'alert', outline: 'solid 3px' });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.is((await focus(page)).name, field);
};

screens(
  'WCAG 2.1.1, 2.4.7: a whole first registration, with what is refused on the way',
  async ({ page, running }) => {
    await page.goto(running.origin);
    await page.keyboard.press('Tab');
    assert.is(await page.evaluate(() => document.activeElement?.className), 'skip');
    await page.keyboard.press('Enter');
    assert.is((await focus(page)).name, 'main');
    await press(page, '.card-links a[href="/first-registration"]');
    await page.waitForURL('**/first-registration');
    // The terms are read with the arrow keys, in a box of their own.
    await goTo(page, '.terms');
    await page.keyboard.press('End');
    await page.waitForFunction(() => (document.querySelector('.terms')?.scrollTop ?? 0) > 0);
    await press(page, 'main form .button');
    await page.waitForURL('**/agency');
    // Drawer or reader: radio buttons, one stop, changed with the arrows.
    await armed(page);
    await goTo(page, '[data-source]:checked');
    await page.keyboard.press('ArrowDown');
    assert.ok(await page.isVisible('[data-reader]'));
    await page.keyboard.press('ArrowUp');
    assert.not(await page.isVisible('[data-reader]'));
    await showCard(page, { ...cards.city, fields: {} });
    await isTold(page, 'f-agencyCode');
    await showCard(page, cards.city);
    await page.waitForURL('**/manager');
    await showCard(page, cards.lin);
    await page.waitForURL('**/confirm');
    await type(page, '[name="contact.name"]', '林示範');
    await type(page, '[name="contact.email"]', 'lin@');
    await type(page, '[name="contact.phone"]', '04-22220123');
    await page.keyboard.press('Enter');
    await isTold(page, 'f-contact-email');
    await type(page, '[name="contact.email"]', 'lin@city.example');
    await press(page, 'main .panel .button:not(.quiet)');
    await page.waitForSelector('.receipt');
    assert.match(await textOf(page, 'main'), /要保機關首次註冊成功!/);
    await press(page, 'main a[href="/delegation"]');
    await page.waitForURL('**/delegation/agency');
  },
);

screens('WCAG 2.1.1, 2.4.7: a clerk is added from a card, changed and deleted', async ({ page, running }) => {
  await page.goto(`${running.origin}/delegation`);
  await showCard(page, cards.water);
  await page.waitForURL('**/manager');
  await showCard(page, cards.hsu);
  await page.waitForURL('**/clerks');
  await press(page, '.list-head a');
  await page.waitForURL('**/clerks/add');
  await armed(page);
  await press(page, '[data-card="wang"]', 'Space');
  await press(page, '[data-read-card]');
  // What is missing has the focus when the card was read.
  await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'nationalId');
  await page.keyboard.press('Enter');
  await isTold(page, 'f-nationalId');
  await page.keyboard.type('A123456789');
  // A group and one function of another.
  await press(page, 'legend input', 'Space');
  assert.ok(await page.isChecked('[value="premium-edit"]'));
  await press(page, '[value="seniority-query"]', 'Space');
  await press(page, '.work-form .buttons button');
  await page.waitForURL('**/clerks?done=added*');
  const row = 'tr:has-text("王小明")';
  const href = (await page.getAttribute(`${row} a:has-text("修改")`, 'href')) ?? '';
  await press(page, `a[href="${href}"]`);
  await page.waitForURL(`**${href}`);
  await armed(page);
  await press(page, '[value="premium-edit"]', 'Space');
  await press(page, '.work-form .buttons button');
  await page.waitForURL('**/clerks?done=changed*');
  assert.match(await textOf(page, '.notice.good'), /修改成功!/);
  await press(page, `a[href="${href}/delete"]`);
  await page.waitForURL('**/delete');
  await look(page, 'clerk-delete-by-keyboard');
  await press(page, 'main form .button.danger');
  await page.waitForURL('**/clerks?done=deleted*');
  await press(page, '.session button');
  await page.waitForURL('**/signed-out');
});

screens.run();
