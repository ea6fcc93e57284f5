/** What the tests in Chromium do on a page, as people do it. */
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { keepScreen, violations } from './browser.js';

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

interface Card {
  readonly id: string;
  readonly pin: string;
  /** Fields of the step, by name. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Shows cards in the order of a purpose, whose first step is open. */
export const showCards = async (page: Page, cards: ReadonlyArray<Card>): Promise<void> => {
  for (const { id, pin, fields } of cards) {
    await armed(page);
    await putIn(page, id, pin);
    for (const [name, value] of Object.entries(fields)) await page.fill(`[name="${name}"]`, value);
    const before = page.url();
    await page.click('[data-submit]');
    await page.waitForURL((url) => url.href !== before);
  }
};

export const cards = {
  water: { id: 'water', pin: '918273', fields: { agencyCode: 'DM003' } },
  waterNew: { id: 'water-new', pin: '918273', fields: { agencyCode: 'DM003' } },
  hsu: { id: 'hsu', pin: '660315', fields: { nationalId: 'E129876510' } },
  hsuRenewed: { id: 'hsu-renewed', pin: '660315', fields: { nationalId: 'E129876510' } },
  chang: { id: 'chang', pin: '701130', fields: { nationalId: 'B123456780' } },
  tsao: { id: 'tsao', pin: '810626', fields: { agencyCode: 'DM003' } },
  chen: { id: 'chen', pin: '750520', fields: { nationalId: 'F131104093' } },
} as const;
