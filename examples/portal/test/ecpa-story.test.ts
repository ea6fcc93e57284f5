/** 公務人員人事服務網 in Chromium: an agency's certificate is bound, and colleagues are let in. */
import * as assert from 'uvu/assert';
import { mainOf, portalsSuite, showCard } from './support/portals.js';
import { alertText, armed, look, textOf } from './support/screens.js';

const ecpa = portalsSuite('portal: the story of eCPA');

const county = { card: 'county', pin: '314159', code: '391000000A' };

ecpa(
  'ECPA-1, ECPA-2, ECPA-3, ECPA-8: the agency’s card, the officer’s account, and the certificate is bound; then sign in again',
  async ({ page, origin }) => {
    await page.goto(`${origin}/ecpa/`);
    assert.match(await mainOf(page), /欲上傳機關憑證之人員已有 eCPA 之帳號與密碼/);
    await look(page, 'ecpa-home');
    await page.goto(`${origin}/ecpa/bind`);
    await armed(page);
    await look(page, 'ecpa-bind-card');
    await showCard(page, county.card, county.pin, county.code);
    await page.waitForURL('**/bind/officer');
    // An account of the agency that is no HR officer's, then a wrong password.
    await page.fill('[name=account]', 'chien01');
    await page.fill('[name=secret]', 'chien-6048');
    await page.click('#means-form .buttons .button:not(.quiet)');
    assert.match(await alertText(page), /此帳號無權辦理本項作業/);
    assert.is(await page.inputValue('[name=account]'), 'chien01');
    assert.is(await page.inputValue('[name=secret]'), '');
    await look(page, 'ecpa-bind-refused');
    await page.fill('[name=account]', 'hr-county');
    await page.fill('[name=secret]', 'nothing');
    await page.click('#means-form .buttons .button:not(.quiet)');
    assert.match(await alertText(page), /帳號或密碼有誤/);
    await page.fill('[name=secret]', 'county-4826');
    await page.click('#means-form .buttons .button:not(.quiet)');
    await page.waitForURL('**/bind/confirm');
    assert.match(await mainOf(page), /趙人事/);
    await look(page, 'ecpa-bind-confirm');
    await page.click('main form[action$="/bind/confirm"] .button:not(.quiet)');
    await page.waitForURL('**/receipt/**');
    assert.match(await mainOf(page), /完成機關憑證認證作業,請重新登入 eCPA/);
    await look(page, 'ecpa-bound');
    await page.goto(`${origin}/ecpa/people`);
    assert.match(page.url(), /grant\/agency$/);
  },
);

ecpa('ECPA-2: the account of another agency does not bind this one', async ({ page, origin }) => {
  await page.goto(`${origin}/ecpa/bind`);
  await showCard(page, county.card, county.pin, county.code);
  await page.waitForSelector('[role=alert], [name=account]');
  if ((await page.locator('[name=account]').count()) > 0) {
    await page.fill('[name=account]', 'hr-town');
    await page.fill('[name=secret]', 'town-5937');
    await page.click('#means-form .buttons .button:not(.quiet)');
  }
  assert.ok((await alertText(page)).length > 0);
});

ecpa(
  'ECPA-4…7: system, category, several people by national ID, without any card of theirs; and their accounts',
  async ({ page, origin }) => {
    await page.goto(`${origin}/ecpa/grant`);
    await showCard(page, county.card, county.pin, county.code);
    await page.waitForURL('**/ecpa/people');
    await look(page, 'ecpa-grant');
    await page.fill('[name=nationalId]', 'M120001120');
    await page.click('form[action$="/people/account"] .button');
    await page.waitForURL('**/people/account');
    assert.match(await mainOf(page), /chien01/);
    await look(page, 'ecpa-account');
    await page.fill('[name=nationalId]', 'A123456789');
    await page.click('form[action$="/people/account"] .button');
    assert.match(await alertText(page), /查無此人員帳號/);

    await page.goto(`${origin}/ecpa/people`);
    await page.selectOption('[name=system]', { label: '待遇管理系統' });
    await page.click('form[role=search] .button');
    await page.waitForURL('**/people?system=payroll');
    await look(page, 'ecpa-grant-system');
    await page.click('section:has(h2:text-is("報送資料權限")) a.button');
    await page.waitForURL('**category=payroll-report**');
    await page.click('form[action$="/people/search"] .button');
    assert.match(await alertText(page), /必填/);
    await page.fill('[name=ids]', 'M120001120\nN220001230\nA123456789');
    await page.click('form[action$="/people/search"] .button');
    await page.waitForSelector('[name=people]');
    assert.is(await page.locator('[name=people]').count(), 2);
    assert.match(await mainOf(page), /錢同仁[\s\S]*孫同仁/);
    assert.match(await mainOf(page), /查無此人員帳號/);
    await look(page, 'ecpa-grant-found');
    await page.click('form[action$="/ecpa/people"]:has([name=commandId]) .button');
    assert.match(await alertText(page), /請至少勾選一人/);
    for (const box of await page.locator('[name=people]').all()) await box.check();
    await page.click('form[action$="/ecpa/people"]:has([name=commandId]) .button');
    await page.waitForURL('**/people?system=payroll&done=added**');
    assert.match(
      await textOf(page, 'section:has(h2:text-is("報送資料權限"))'),
      /錢同仁[\s\S]*孫同仁|孫同仁[\s\S]*錢同仁/,
    );
    await look(page, 'ecpa-granted');

    await page.click('section:has(h2:text-is("報送資料權限")) tr:has-text("孫同仁") a');
    await page.click('button[name=confirmed]');
    await page.waitForURL('**/people?done=deleted**');
  },
);

ecpa(
  'ECPA-6: whoever was let in signs in with an account, and may use that system alone',
  async ({ page, origin }) => {
    await page.goto(`${origin}/ecpa/login`);
    await look(page, 'ecpa-login');
    await page.fill('[name=account]', 'lee03');
    await page.fill('[name=secret]', 'lee-8260');
    await page.fill('[name=agencyCode]', '392000000B');
    await page.click('#means-form .buttons .button:not(.quiet)');
    await page.waitForURL('**/ecpa/business');
    assert.match(await mainOf(page), /報送資料權限/);
    await look(page, 'ecpa-business');
  },
);

ecpa('the index leads to each portal', async ({ page, origin }) => {
  await page.goto(`${origin}/`);
  await look(page, 'portals-index');
  await page.click('a:text-is("公務人員人事服務網")');
  await page.waitForURL('**/ecpa/');
});

ecpa.run();
