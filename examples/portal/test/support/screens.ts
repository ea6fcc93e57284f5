/** What the tests in Chromium do on a page, as people do it. */
import type { StaffRole } from '@mandate/adapters-http/server';
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { keepScreen, violations } from './browser.js';
import type { Running } from './portal.js';

/** The screen as it stands: kept as a picture, and looked at by axe. */
export const look = async (page: Page, name: string): Promise<void> => {
  await keepScreen(page, name);
  assert.equal(await violations(page), [], name);
};

/** The page's script knows the drawer. */
export const armed = async (page: Page): Promise<void> => {
  await page.waitForSelector('[data-armed]');
};

/** Puts a card of the drawer into the reader. */
export const insert = async (page: Page, card: string): Promise<void> => {
  const button = page.locator(`[data-card="${card}"]`);
  if (!(await button.isVisible())) await page.click('.drawer details > summary');
  await button.click();
};

/** The same with its PIN. */
export const putIn = async (page: Page, card: string, pin: string): Promise<void> => {
  await insert(page, card);
  await page.fill('[data-pin]', pin);
};

export const textOf = async (page: Page, selector: string): Promise<string> =>
  (await page.textContent(selector)) ?? '';

/** What the page says was wrong. */
export const alertText = (page: Page): Promise<string> => textOf(page, '[role=alert]');

/** Agrees to the terms of a purpose; its first card is asked for (GEPI-12). */
export const agreeTo = async (page: Page, { origin }: Running, purpose: string): Promise<void> => {
  await page.goto(`${origin}/${purpose}`);
  await page.click('button:text("同意條款內容")');
  await armed(page);
};

/** Tab after tab, as somebody without a mouse; what is never reached is a fault of the page. */
export const tabTo = async (page: Page, selector: string): Promise<void> => {
  for (let presses = 0; presses < 150; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.unreachable(`no way by keyboard to ${selector}`);
};

export interface ShownCard {
  readonly id: string;
  readonly pin: string;
  /** Fields of the step, by name. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Shows cards in the order of a purpose, whose first step is open. */
export const showCards = async (page: Page, cards: ReadonlyArray<ShownCard>): Promise<void> => {
  for (const { id, pin, fields } of cards) {
    await armed(page);
    await putIn(page, id, pin);
    for (const [name, value] of Object.entries(fields)) await page.fill(`[name="${name}"]`, value);
    const before = page.url();
    await page.click('[data-submit]');
    await page.waitForURL((url) => url.href !== before);
  }
};

/** The cards of the delegation: the water company's manager is at work. */
export const delegate = async (page: Page, { origin }: Running): Promise<void> => {
  await page.goto(`${origin}/delegation`);
  await showCards(page, [cards.water, cards.hsu]);
  await page.waitForURL('**/clerks');
};

/** Signs in one of the demonstration's staff. */
export const staffIn = async (page: Page, { origin, portal }: Running, role: StaffRole): Promise<void> => {
  const found = portal.staff.accounts.find(({ roles }) => roles.includes(role));
  await page.goto(`${origin}/staff`);
  await page.fill('[name=account]', found?.account ?? '');
  await page.fill('[name=password]', found?.password ?? '');
  await page.click('main form .button');
  await page.waitForURL('**/staff');
};

export const cards = {
  city: { id: 'city', pin: '731052', fields: { agencyCode: 'DM001' } },
  lin: { id: 'lin', pin: '680412', fields: { nationalId: 'A223456781' } },
  school: { id: 'school', pin: '204816', fields: { agencyCode: 'DM002' } },
  hospital: { id: 'hospital', pin: '555012', fields: { agencyCode: 'DM004' } },
  hospitalNew: { id: 'hospital-new', pin: '555012', fields: { agencyCode: 'DM004' } },
  tsai: { id: 'tsai', pin: '720218', fields: { nationalId: 'U223456715' } },
  water: { id: 'water', pin: '918273', fields: { agencyCode: 'DM003' } },
  waterNew: { id: 'water-new', pin: '918273', fields: { agencyCode: 'DM003' } },
  hsu: { id: 'hsu', pin: '660315', fields: { nationalId: 'E129876510' } },
  hsuRenewed: { id: 'hsu-renewed', pin: '660315', fields: { nationalId: 'E129876510' } },
  chang: { id: 'chang', pin: '701130', fields: { nationalId: 'B123456780' } },
  tsao: { id: 'tsao', pin: '810626', fields: { agencyCode: 'DM003' } },
  chen: { id: 'chen', pin: '750520', fields: { nationalId: 'F131104093' } },
} as const satisfies Readonly<Record<string, ShownCard>>;

/** From the form of a deed of staff over the second question to the receipt, each looked at. */
export const throughQuestion = async (page: Page, name: string): Promise<void> => {
  await page.click('main form .button:not(.quiet)');
  await page.waitForSelector('[name=confirmed]');
  assert.match(await textOf(page, '.notice.warn'), /請再次確認是否確定辦理/);
  await look(page, `${name}-asked`);
  await page.click('[name=confirmed]');
  await page.waitForSelector('.receipt');
  await look(page, `${name}-receipt`);
  await page.reload();
  await page.waitForSelector('.receipt');
};
