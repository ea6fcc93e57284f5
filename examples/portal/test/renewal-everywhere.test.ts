/** A renewal beside several portals, in Chromium: who is locked out where, and who mends it. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { mainOf, portalsSuite, showCard, staffOf } from './support/portals.js';
import { comeToTerms, comeToWriting, confirmWith, kao } from './support/renewal.js';
import { alertText, armed, insert, look, putIn, textOf } from './support/screens.js';

const renewal = portalsSuite('portals: after a renewal, wherever the card is on record');

/** All of it, from the card that is read to the receipt. */
const renewKao = async (page: Page, origin: string): Promise<void> => {
  await comeToTerms(page, origin, kao);
  await comeToWriting(page, kao);
  await confirmWith(page, kao);
  await page.waitForSelector('.receipt');
};

const there = (page: Page, portal: string): Promise<string> => textOf(page, `[data-after=${portal}]`);

const rowsOf = (page: Page): Promise<ReadonlyArray<string>> =>
  page
    .locator('main tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('.cell')].map((cell) => cell.textContent ?? '').join(' ')),
    );

/** MOICA-16, DOC-7, DOC-9, DOC-10: from the renewal's link over the account to the one button. */
const registerInDoc = async (page: Page, origin: string, serial: string): Promise<void> => {
  await page.goto(`${origin}/renewal/state`);
  assert.match(await there(page, 'doc'), /393000001C.*使用者憑證登記/s);
  await page.click('[data-after=doc] a.button');
  await page.waitForURL('**/doc/credentials/clerk');
  await page.fill('[name=account]', 'P0310');
  await page.fill('[name=secret]', 'kao-8509');
  await page.fill('[name=agencyCode]', '393000001C');
  await page.click('#means-form .buttons .button:not(.quiet)');
  await page.waitForURL('**/doc/user-credentials/renewed');
  await armed(page);
  const before = (await page.locator('#before ~ dl .serial').first().textContent()) ?? '';
  assert.is(await page.isDisabled('[data-once-read]'), true);
  await look(page, 'renewal-doc-before');

  // No card, and another's.
  await page.click('[data-read-card]');
  await page.waitForSelector('[data-read-state].bad');
  await insert(page, 'sun');
  await page.waitForSelector('[data-read-state].bad:text("不符")');
  assert.is(await page.isDisabled('[data-once-read]'), true);
  await look(page, 'renewal-doc-other');

  // Read when it is put in; all is shown before the one button.
  await insert(page, 'kao');
  await page.waitForSelector('[data-read-state]:text("已讀取")');
  assert.is((await page.inputValue('[name=serial1]')).replace(/^0+/, ''), serial.replace(/^0+/, ''));
  assert.match(await page.inputValue('[name=from]'), /^\d{3}\/\d\d\/\d\d$/);
  assert.match(await page.inputValue('[name=to]'), /^\d{3}\/\d\d\/\d\d$/);
  assert.match(
    await mainOf(page),
    /P0310: 高護理.*自然人憑證.*正式卡.*選定啟用後, 其他憑證將自動變更為不啟用/s,
  );
  await look(page, 'renewal-doc-read');
  await page.click('[data-once-read]');
  await page.waitForURL('**/doc/user-credentials?done=added');
  const rows = await rowsOf(page);
  assert.is(rows.length, 2);
  assert.match(rows[0] ?? '', /自然人憑證.* 不啟用 正式卡$/);
  assert.ok(rows[0]?.includes(before));
  assert.match(rows[1] ?? '', /自然人憑證.* 啟用.* 正式卡$/);
  assert.ok(rows[1]?.includes(serial));
  await look(page, 'renewal-doc-done');

  // Again: the card is on record, and was not renewed since.
  await page.goto(`${origin}/doc/user-credentials/renewed`);
  await armed(page);
  await insert(page, 'kao');
  await page.waitForSelector('[data-read-state].bad:text("此憑證序號已登記")');
  assert.match(await textOf(page, '[data-read-state]'), /尚未展期/);
  assert.is(await page.isDisabled('[data-once-read]'), true);

  await page.goto(`${origin}/renewal/state`);
  assert.match(await there(page, 'doc'), /不需辦理.*過去登記的原憑證.*393000001C/s);
};

renewal(
  'MOICA-16, GEPI-42, NHI-13, DOC-9, DOC-10: every portal is told of: who is locked out there, and who mends it by what',
  async ({ page, origin }) => {
    await page.goto(origin);
    await page.click('a[href="/renewal"]');
    await page.waitForURL('**/renewal');
    await renewKao(page, origin);
    const serial = await textOf(page, '#after ~ p .serial');
    assert.match(await mainOf(page), /同一張IC卡/);
    assert.match(
      await there(page, 'gepi'),
      /DM004.*經辦人自然人憑證.*機關憑證、授權管理者自然人憑證.*授權指派/s,
    );
    assert.match(await there(page, 'nhi'), /310000025.*承辦人憑證.*單位憑證.*單位管理者/s);
    assert.match(await there(page, 'ecpa'), /不需辦理/);
    await look(page, 'renewal-everywhere');

    // The same card lies in NHI's drawer, and does not let in there either.
    await page.goto(`${origin}/nhi/login`);
    await showCard(page, 'kao', '850923', '310000025');
    await page.waitForSelector('[role=alert]');
    assert.match(await alertText(page), /憑證/);

    // GEPI-42, remedy one: the link leads whoever has the cards to this very clerk.
    await page.goto(`${origin}/renewal/state`);
    await page.click('[data-after=gepi] a.button');
    await page.waitForURL('**/gepi/delegation/agency');
    await showCard(page, 'hospital', '555012', 'DM004');
    await page.waitForURL('**/gepi/delegation/manager');
    await armed(page);
    await putIn(page, 'tsai', '720218');
    await page.fill('[name=nationalId]', 'U223456715');
    await page.click('[data-submit]');
    await page.waitForURL(/\/gepi\/clerks\/[0-9a-f-]{36}$/);
    await armed(page);
    await look(page, 'renewal-clerk-chosen');
    await insert(page, 'kao');
    await page.click('[data-read-card]');
    await page.waitForFunction(
      (wanted) =>
        document.querySelector<HTMLInputElement>('[name=serial]')?.value.replace(/\W/g, '') ===
        wanted.replace(/\W/g, ''),
      serial,
    );
    await page.click('main form .button:not(.quiet)[type=submit], main form .buttons .button:not(.quiet)');
    await page.waitForURL('**/gepi/clerks?done=changed**');

    // What is done there is seen here; the old serial stands in the past, with its time.
    await page.goto(`${origin}/renewal/state`);
    assert.match(await there(page, 'gepi'), /不需辦理.*過去登記的原憑證.*DM004/s);
    assert.match(await there(page, 'nhi'), /310000025/);
    await registerInDoc(page, origin, serial.replace(/\W/g, ''));
    await page.click('[data-after=gepi] summary');
    await look(page, 'renewal-everywhere-done');
    await page.click('.language');
    await page.waitForSelector('html[lang=en]');
    assert.not.match(await mainOf(page), /renewal\.|planner\./);
  },
);

renewal(
  'X-2, MOICA-16: an auditor asks who holds a serial, anywhere: on record, replaced, ended, and imported',
  async (world) => {
    const { page, origin, open } = world;
    const gepi = open.portals.get('gepi')?.world;
    const card = gepi?.box.deck.find(({ id }) => id === 'kao')?.card;
    const liu = gepi?.box.deck.find(({ id }) => id === 'liu')?.card;
    if (gepi === undefined || card === undefined || liu === undefined) throw new Error('no such card');
    const { serial } = card.record;
    const imported = await gepi.office.register.execute(
      {
        ...{ type: 'ImportClerks', commandId: randomUUID(), agencyCode: 'DM003' },
        ...{ source: 'clerks.csv', file: 'a'.repeat(64) },
        clerks: [
          { row: 1, name: '高護理', nationalId: 'T200987618', serial, permissions: ['premium-query'] },
        ],
      },
      { staff: 'T0001' },
    )();
    assert.is(imported._tag, 'Right');

    await staffOf(page, world, 'gepi', 'auditor');
    await page.goto(`${origin}/gepi/staff/certificates`);
    await page.fill('[name=serial]', 'xyz');
    await page.click('[role=search] .button');
    assert.match(await alertText(page), /憑證序號格式不正確/);
    await page.fill('[name=serial]', serial.toLowerCase());
    await page.click('[role=search] .button');
    const at = (portal: string): Promise<string> => textOf(page, `[data-at=${portal}]`);
    await page.waitForSelector('[data-at=gepi]');
    assert.match(await at('gepi'), /DM003.*現行.*匯入/s);
    assert.match(await at('gepi'), /DM004.*已更換/s);
    assert.match(await at('nhi'), /310000025.*現行/s);
    assert.match(await at('ecpa'), /沒有登記過/);
    assert.not.match(await mainOf(page), /高護理|T200987618/);
    await look(page, 'renewal-who-holds');

    // GEPI-40: who was deleted stands there too.
    await page.fill('[name=serial]', liu.record.serial);
    await page.click('[role=search] .button');
    await page.waitForFunction(() => document.querySelector('[data-at=nhi] .empty') !== null);
    assert.match(await at('gepi'), /DM003.*已結束/s);

    // Whoever is no auditor does not see what other portals have.
    await page.context().clearCookies();
    await staffOf(page, world, 'gepi', 'operator');
    const refused = await page.goto(`${origin}/gepi/staff/certificates?ca=MOICA&serial=${serial}`);
    assert.is(refused?.status(), 403);
    assert.not.match(await mainOf(page), /DM003/);
  },
);

renewal(
  'addresses from when it stood within a portal lead to where it is now',
  async ({ page, origin, open }) => {
    await page.goto(`${origin}/gepi/renewal?x=1`);
    assert.is(page.url(), `${origin}/renewal?x=1`);
    const posted = await open.fetch(new Request(`${origin}/gepi/renewal/card`, { method: 'POST' }));
    assert.is(posted.status, 308);
    assert.is(posted.headers.get('location'), '/renewal/card');
  },
);

renewal.run();
