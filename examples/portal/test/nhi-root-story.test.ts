/** What a unit's root credential decides in 多憑證網路承保作業, in Chromium: registration, clerks, a root of the other kind, a closed unit. */
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import {
  mainOf,
  type PortalsWorld,
  portalsSuite,
  showCard,
  showHealthCard,
  staffOf,
} from './support/portals.js';
import { alertText, armed, insert, look, textOf, throughQuestion } from './support/screens.js';

const nhi = portalsSuite('portal: the root credential of NHI', { oldestComponent: '1.3.4.103321' });

const day = 86_400_000;

/** From the form of an operator's deed to its receipt. */
const deed = async (page: Page, address: string, reason: string, name: string): Promise<void> => {
  await page.goto(address);
  await page.fill('main [name=reason]', reason);
  await throughQuestion(page, name);
};

const asUnitByCard = async ({ page, origin }: PortalsWorld, id: string, pin: string, code: string) => {
  await page.goto(`${origin}/nhi/login`);
  await armed(page);
  await page.check('[name=unit]');
  await showCard(page, id, pin, code);
};

/** Adds a clerk by registered health card, the card put into the reader in the place of the unit's. */
const addByHealthCard = async (page: Page, origin: string, id: string, email: string): Promise<void> => {
  await page.goto(`${origin}/nhi/clerks/add?means=registeredCard`);
  await page.click(`[name=healthCard][value=${id}]`);
  await page.waitForSelector('[name=nationalId]:not([value=""])');
  await page.fill('[name=email]', email);
  await page.check('[name=permissions]');
  await page.click('main form.work-form .button:not(.quiet)');
};

nhi('NHI-3: a unit registers with its own certificate and the PIN of its card', async (world) => {
  const { page, origin } = world;
  await page.goto(`${origin}/nhi/register`);
  await showCard(page, 'shop', '246801', '310000038');
  await page.waitForURL('**/register/confirm');
  const text = await mainOf(page);
  for (const word of ['示範商行有限公司', '經濟部工商憑證管理中心', '憑證序號'])
    assert.ok(text.includes(word), word);
  await look(page, 'nhi-register-certificate');
  await page.click('main form[action$="/register/confirm"] .button:not(.quiet)');
  await page.waitForURL('**/receipt/**');
  assert.match(await mainOf(page), /註冊成功/);
  await look(page, 'nhi-registered-certificate');
});

nhi(
  'NHI-5…9: the unit signs in, the card in the reader is changed, and the registered health card is a clerk’s',
  async (world) => {
    const { page, origin } = world;
    await asUnitByCard(world, 'shop', '246801', '310000038');
    await page.waitForURL('**/nhi/clerks');
    await page.click('a.button:text-is("新增")');
    await page.click('.means a:text-is("健保卡")');
    assert.match(await mainOf(page), /讀卡機請換承辦人之自然人憑證或健保卡/);
    await page.click('[name=healthCard][value=nurse]');
    await page.waitForSelector('[name=nationalId]:not([value=""])');
    assert.is(await page.inputValue('[name=name]'), '陳護理');
    assert.is(await page.locator('[name=password]').count(), 0);
    assert.is(await page.locator('[name=serial]').count(), 0);
    await look(page, 'nhi-clerk-swapped');
    await page.fill('[name=email]', 'nurse@shop.example');
    await page.check('[name=permissions]');
    await page.click('main form.work-form .button:not(.quiet)');
    await page.waitForURL('**/clerks?done=added**');
    assert.match(await textOf(page, 'tr:has-text("陳護理")'), /nurse@shop\.example/);
    await look(page, 'nhi-clerks-health-card');

    // The clerk signs in with that card, and may do what there is.
    await page.goto(`${origin}/nhi/login/clerk?means=registeredCard`);
    await showHealthCard(page, 'nurse', 'nurse-9753', '310000038');
    await page.waitForURL('**/business');
    assert.match(await mainOf(page), /所有加退保業務功能/);
    await look(page, 'nhi-clerk-signed-in');
  },
);

nhi(
  'NHI-26: forms are printed by a clerk who was let use the enrolment functions, and by no other',
  async (world) => {
    const { page, origin } = world;
    // The clerk of before may.
    await page.goto(`${origin}/nhi/login/clerk?means=registeredCard`);
    await showHealthCard(page, 'nurse', 'nurse-9753', '310000038');
    await page.waitForURL('**/business');
    await page.click('main a:text-is("所有加退保業務功能")');
    await page.click('main a:has-text("申報資料套印表格")');
    await page.waitForURL('**/business/enrolment/print-forms');
    assert.match(await mainOf(page), /可使用/);
    assert.not.match(await mainOf(page), /不可使用/);
    await look(page, 'nhi-print-forms');

    // One who was added without the box ticked signs in, and may not.
    await page.context().clearCookies();
    await asUnitByCard(world, 'shop', '246801', '310000038');
    await page.waitForURL('**/nhi/clerks');
    await page.goto(`${origin}/nhi/clerks/add`);
    await armed(page);
    await insert(page, 'ho');
    await page.click('[data-read-card]');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[name=serial]')?.value !== '');
    await page.fill('[name=nationalId]', 'F220000666');
    await page.fill('[name=email]', 'ho@shop.example');
    await page.click('main form.work-form .button:not(.quiet)');
    await page.waitForURL('**/clerks?done=added**');
    await page.goto(`${origin}/nhi/login`);
    await showCard(page, 'ho', '223344', '310000038');
    await page.waitForURL('**/business');
    const refused = await page.goto(`${origin}/nhi/business/enrolment/print-forms`);
    assert.is(refused?.status(), 403);
    assert.match(await mainOf(page), /不可使用/);
    await look(page, 'nhi-print-forms-refused');

    // What is no piece of business is not there, and who is not in is shown nothing.
    assert.is((await page.goto(`${origin}/nhi/business/enrolment/nothing`))?.status(), 404);
    await page.context().clearCookies();
    await page.goto(`${origin}/nhi/business/enrolment/print-forms`);
    assert.match(page.url(), /\/nhi\/login/);
  },
);

nhi(
  'NHI-18: another kind of root needs the account ended by staff, a new registration and new assignments; the history goes on',
  async (world) => {
    const { page, origin } = world;
    const unit = `${origin}/nhi/staff/agencies/310000012`;
    // The clinic registered by the health card of the person responsible: its certificate opens nothing.
    await asUnitByCard(world, 'clinic', '135791', '310000012');
    assert.match(await alertText(page), /需註銷原多憑證帳號再重新註冊/);
    await look(page, 'nhi-root-fixed');

    await staffOf(page, world, 'nhi', 'operator');
    await page.goto(`${unit}/deregistration`);
    await look(page, 'nhi-deregistration');
    await deed(page, `${unit}/deregistration`, 'root-change', 'nhi-deregistration');

    await page.goto(`${origin}/nhi/register`);
    await showCard(page, 'clinic', '135791', '310000012');
    await page.waitForURL('**/register/confirm');
    await page.click('main form[action$="/register/confirm"] .button:not(.quiet)');
    await page.waitForURL('**/receipt/**');
    assert.match(await mainOf(page), /註冊成功/);

    // Nobody came along: every clerk is assigned anew.
    await asUnitByCard(world, 'clinic', '135791', '310000012');
    await page.waitForURL('**/nhi/clerks');
    assert.is(await page.locator('tbody tr:has-text("陳護理")').count(), 0);
    await addByHealthCard(page, origin, 'nurse', 'nurse@clinic.example');
    await page.waitForURL('**/clerks?done=added**');
    assert.is(await page.locator('tbody tr:has-text("陳護理")').count(), 1);

    // And what opened the unit before opens it no more.
    await page.goto(`${origin}/nhi/login/clerk?means=registeredCard`);
    await page.check('[name=unit]');
    await showHealthCard(page, 'owner', 'owner-2468', '310000012');
    assert.match(await alertText(page), /\S/);
    assert.not.match(page.url(), /clerks$/);

    await page.goto(`${origin}/nhi/staff`);
    await page.click('form[action$="/staff/sign-out"] button');
    await staffOf(page, world, 'nhi', 'auditor');
    await page.goto(`${unit}/history`);
    const told = await mainOf(page);
    // The latest first.
    const order = ['新增承辦人員', '單位註冊', '註銷帳號', '新增承辦人員', '單位註冊'];
    let from = 0;
    for (const word of order) {
      const at = told.indexOf(word, from);
      assert.ok(at >= 0, `${word} after ${from} in ${told}`);
      from = at + word.length;
    }
    // Every key of the pack that the page needs has words.
    assert.not.match(told, /[a-z]+\.[A-Z]?[a-z]+[A-Z]|\b(?:event|actor|proof|state)\./);
    await look(page, 'nhi-history-across');
  },
);

nhi(
  'NHI-19: staff suspend a unit and open it again; it is told whom to call until the next day, and then works',
  async (world) => {
    const { page, origin, ahead } = world;
    const unit = `${origin}/nhi/staff/agencies/310000025`;
    const signIn = async (): Promise<void> => {
      await page.goto(`${origin}/nhi/login`);
      await showCard(page, 'wang', '112233', '310000025');
    };
    await signIn();
    await page.waitForURL('**/business');
    await staffOf(page, world, 'nhi', 'operator');
    await deed(page, `${unit}/suspension`, 'closed-for-now', 'nhi-suspension');
    await signIn();
    await page.waitForSelector('h1:text-is("洽詢承辦人")');
    assert.match(await mainOf(page), /\(02\)25232388/);

    await deed(page, `${unit}/reopening`, 'confirmed', 'nhi-reopening');
    await page.goto(unit);
    await look(page, 'nhi-reopened-staff');
    await signIn();
    await page.waitForSelector('h1:text-is("洽詢承辦人")');
    await look(page, 'nhi-opens-soon');

    ahead(day);
    await signIn();
    await page.waitForURL('**/business');
    assert.match(await mainOf(page), /所有加退保業務功能/);
    await look(page, 'nhi-reopened');
  },
);

/** A component like the vendor's, of an old version, with an empty reader. */
const oldComponent = `<!doctype html><script>
addEventListener('message', ({ origin }) => {
  const answer = { func: 'CheckEnvir', ret_code: 0, serverVersion: '1.3.3.9', slots: [{ slotDescription: 'Reader A' }] };
  opener.postMessage(JSON.stringify(answer), origin);
});
opener.postMessage('{"func":"getTbs"}', '*');
</script>`;

nhi(
  'NHI-14: a component that is too old is told as code 3003, with the way to what mends it, and not as a bad card',
  async ({ page, origin, window }) => {
    await window.context.route('**/popupForm', (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: oldComponent }),
    );
    await page.goto(`${origin}/nhi/login`);
    await armed(page);
    await page.check('[data-source][value=reader]');
    assert.not(await page.isVisible('[data-environment]'));
    await page.click('[data-look]');
    await page.waitForSelector('[data-environment]:not([hidden])');
    assert.match(await textOf(page, '[data-reader-state]'), /3003.*並非新憑證有問題/);
    await look(page, 'nhi-3003');
    await page.click('[data-environment] a');
    await page.waitForURL('**/nhi/environment');
    assert.match(await mainOf(page), /592782E6054F7B85AADA432431275E1C/);
  },
);

nhi.run();
