import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import type { Running } from './support/portal.js';
import { screenSuite } from './support/screen-suite.js';
import {
  agreeTo,
  alertText,
  armed,
  cards,
  look,
  putIn,
  type ShownCard,
  showCards,
  textOf,
} from './support/screens.js';

const screens = screenSuite('portal: the three replacements and the OID with the drawer, in Chromium');

const contact = { name: '許公營', email: 'hsu@water.example', phone: '07-5550123' };

screens(
  'GEPI-46: the manager in office must agree; the contact is confirmed again, and what is wrong stands beside it',
  async ({ page, running }) => {
    await agreeTo(page, running, 'replace-agency');
    assert.match(await textOf(page, '[data-card-form]'), /更換後/);
    await look(page, 'replace-agency-card');
    await showCards(page, [cards.waterNew]);
    await armed(page);
    await putIn(page, cards.chang.id, cards.chang.pin);
    await page.fill('[name=nationalId]', cards.chang.fields.nationalId);
    await page.click('[data-submit]');
    await page.waitForSelector('[role=alert]');
    await look(page, 'replace-agency-other-manager');
    await showCards(page, [cards.hsu]);
    assert.match(await textOf(page, 'main'), /請再次確認/);
    await look(page, 'replace-agency-confirm');
    await page.fill('[name="contact.email"]', 'hsu');
    await page.click('main .panel button:text("確認")');
    await page.waitForSelector('[role=alert]');
    assert.match(await alertText(page), /姓名: [\s\S]*電子信箱: /);
    assert.is(await page.inputValue('[name="contact.email"]'), 'hsu');
    await look(page, 'replace-agency-confirm-refused');
  },
);

screens(
  'GEPI-50: another organisation’s card goes to review out of a replacement too',
  async ({ page, running }) => {
    await agreeTo(page, running, 'replace-agency');
    await showCards(page, [{ ...cards.city, fields: cards.water.fields }]);
    await page.waitForURL('**/replace-agency/review');
    assert.match(await textOf(page, 'main'), /因申請資料比對不符,需進行審核/);
    await look(page, 'replacement-review');
    await page.click('main .panel button:text("確認")');
    await page.waitForSelector('[role=alert]');
    assert.match(await alertText(page), /姓名: [\s\S]*電話: /);
    await look(page, 'replacement-review-refused');
    await page.fill('[name="applicant.name"]', '許公營');
    await page.fill('[name="applicant.phone"]', '07-5550123');
    await page.click('main .panel button:text("確認")');
    await page.waitForSelector('.notice.info');
    await look(page, 'replacement-review-pending');
    // GEPI-25: the same card is told the same, and no second application is made.
    await agreeTo(page, running, 'replace-agency');
    await putIn(page, 'city', cards.city.pin);
    await page.fill('[name=agencyCode]', 'DM003');
    await page.click('[data-submit]');
    await page.waitForSelector('.notice.info');
    assert.match(await textOf(page, 'main'), /申請資料審核中/);
  },
);

/** Terms, both cards, the contact. */
const replace = async (
  { page, running }: { readonly page: Page; readonly running: Running },
  purpose: string,
  shown: ReadonlyArray<ShownCard>,
  who: typeof contact,
): Promise<void> => {
  await agreeTo(page, running, purpose);
  await showCards(page, shown);
  await page.waitForURL('**/confirm');
  for (const [field, value] of Object.entries(who)) await page.fill(`[name="contact.${field}"]`, value);
  await look(page, `${purpose}-filled`);
  await page.click('main .panel button:text("確認")');
  await page.waitForSelector('.receipt');
  await look(page, `${purpose}-done`);
};

screens('GEPI-48: both at once; the receipt says that the manager is the same', async (world) => {
  await replace(world, 'replace-both', [cards.waterNew, cards.hsuRenewed], contact);
  const said = await textOf(world.page, 'main');
  assert.match(said, /更換機關憑證和更換授權管理者自然人憑證成功!/);
  assert.match(said, /同一人換發或展期憑證/);
});

screens('a card that was replaced is refused, and with it goes nothing else', async ({ page, running }) => {
  await agreeTo(page, running, 'replace-manager');
  await putIn(page, 'water', cards.water.pin);
  await page.fill('[name=agencyCode]', 'DM003');
  await page.click('[data-submit]');
  await page.waitForSelector('[role=alert]');
  assert.is(await page.inputValue('[name=agencyCode]'), 'DM003');
  await look(page, 'replaced-agency-card');
});

screens('GEPI-47, GEPI-49: another manager; whoever was it before is refused', async (world) => {
  const { page, running } = world;
  const next = { ...contact, name: '張接任', email: 'chang@water.example' };
  await replace(world, 'replace-manager', [cards.waterNew, cards.chang], next);
  const said = await textOf(page, 'main');
  assert.match(said, /更換授權管理者自然人憑證成功!/);
  assert.not.match(said, /同一人換發或展期憑證/);
  await page.goto(`${running.origin}/delegation`);
  await showCards(page, [cards.waterNew]);
  await armed(page);
  await putIn(page, 'hsu-renewed', cards.hsuRenewed.pin);
  await page.fill('[name=nationalId]', cards.hsuRenewed.fields.nationalId);
  await page.click('[data-submit]');
  await page.waitForSelector('[role=alert]');
  await look(page, 'former-manager');
});

screens('GEPI-46: a new agency card', async (world) => {
  const tsai = { name: '蔡醫管', email: 'tsai@hospital.example', phone: '03-8550456' };
  await replace(world, 'replace-agency', [cards.hospitalNew, cards.tsai], tsai);
  assert.match(await textOf(world.page, 'main'), /更換機關憑證成功!/);
});

screens(
  'GEPI-52: the OID of a card, without a registration; a person’s card has none',
  async ({ page, running }) => {
    await page.goto(`${running.origin}/query-oid`);
    await armed(page);
    await look(page, 'oid-card');
    for (const [card, pin, code, name] of [
      ['lin', cards.lin.pin, 'DM001', 'oid-refused-person'],
      ['hospital-new', cards.hospitalNew.pin, 'ZZ999', 'oid-refused-code'],
    ] as const) {
      await putIn(page, card, pin);
      await page.fill('[name=agencyCode]', code);
      await page.click('[data-submit]');
      await page.waitForSelector('[role=alert]');
      await look(page, name);
      await page.reload();
      await armed(page);
    }
    await showCards(page, [cards.city]);
    await page.waitForURL('**/query-oid/result');
    assert.match(await textOf(page, 'main'), /示範市政府人事處[\s\S]*2\.16\.886\.101\.90003\.20001\.20005/);
    await look(page, 'oid-of-a-new-agency');
  },
);

screens.run();
