/** 線上展期 in a browser, as its holder walks through it. */
import type { Page } from 'playwright-core';
import { armed, insert, putIn } from './screens.js';

/** A card of the drawer, and what its holder knows. All of them were born on the 23rd of September. */
export interface Renewing {
  readonly id: string;
  readonly nationalId: string;
  readonly pin: string;
  /** Of birth, 民國. */
  readonly year: string;
}

export const kao: Renewing = { id: 'kao', nationalId: 'T200987618', pin: '850923', year: '85' };
export const chou: Renewing = { id: 'chou', nationalId: 'P109988777', pin: '630404', year: '63' };

export const press = (page: Page, words: string): Promise<void> =>
  page.click(`main button:text-is("${words}")`);

/** 步驟一: the card is read. */
export const showRenewing = async (page: Page, origin: string, card: string): Promise<void> => {
  await page.goto(`${origin}/renewal`);
  await armed(page);
  await insert(page, card);
  await page.click('[data-submit]');
};

/** 步驟二: who holds it, and when they were born. */
export const typeHolder = async (
  page: Page,
  { nationalId, year }: Pick<Renewing, 'nationalId' | 'year'>,
): Promise<void> => {
  await page.waitForSelector('[name=nationalId]');
  await page.fill('[name=nationalId]', nationalId);
  await page.selectOption('[name=year]', year);
  await page.selectOption('[name=month]', '9');
  await page.selectOption('[name=day]', '23');
  await page.click('main form .button');
};

/** 步驟一, 步驟二 and 申請展期. */
export const comeToTerms = async (page: Page, origin: string, holder: Renewing): Promise<void> => {
  await showRenewing(page, origin, holder.id);
  await typeHolder(page, holder);
  await page.waitForSelector('.facts');
  await press(page, '申請展期');
  await page.waitForSelector('.terms');
};

/** Puts the card in with its PIN, to sign or to write. */
export const confirmWith = async (page: Page, { id, pin }: Pick<Renewing, 'id' | 'pin'>): Promise<void> => {
  await armed(page);
  await putIn(page, id, pin);
  await page.click('[data-submit]');
};

/** 同意, and the first PIN: from the terms to the second. */
export const comeToWriting = async (page: Page, holder: Pick<Renewing, 'id' | 'pin'>): Promise<void> => {
  await press(page, '同意');
  await confirmWith(page, holder);
  await page.waitForSelector('[data-renewal-form=write]');
};
