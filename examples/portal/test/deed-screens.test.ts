import * as assert from 'uvu/assert';
import { screenSuite } from './support/screen-suite.js';
import { alertText, look, staffIn, textOf, throughQuestion } from './support/screens.js';

const screens = screenSuite('portal: what staff does that others have to live with, in Chromium');

screens('the menu, with a line that cannot be read', async ({ page, running }) => {
  await staffIn(page, running, 'operator');
  await look(page, 'staff-home-operator');
  await page.click('.menu a[href="/staff/catalogue"]');
  const entries = await page.inputValue('[name=entries]');
  await page.fill('[name=entries]', `${entries}\nseniority-export`);
  await page.click('main form .button:not(.quiet)');
  assert.match(await alertText(page), /無法判讀/);
  assert.is(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'alert');
  await look(page, 'deed-catalogue-refused');
  await page.fill(
    '[name=entries]',
    `${entries.replace('申報資料列印', '申報資料套表列印')}\nseniority-export | 年資資料匯出 | Export of seniority`,
  );
  await throughQuestion(page, 'deed-catalogue');
});

screens('the terms, and back from the second question with what was typed', async ({ page, running }) => {
  await staffIn(page, running, 'operator');
  await page.goto(`${running.origin}/staff/terms`);
  await look(page, 'deed-terms');
  await page.fill('[name=title]', '用戶約定條款(修正)');
  await page.click('main form .button:not(.quiet)');
  await page.click('[name=again]');
  await page.waitForSelector('[name=text]');
  assert.is(await page.inputValue('[name=title]'), '用戶約定條款(修正)');
  await throughQuestion(page, 'deed-terms');
});

screens('a person who is still active, and one who is not', async ({ page, running }) => {
  await staffIn(page, running, 'operator');
  await page.goto(`${running.origin}/staff/forgotten-subjects`);
  await page.fill('[name=nationalId]', 'J123987652');
  await page.fill('[name=legalBasis]', '個人資料保護法第11條第3項');
  await page.click('main form .button:not(.quiet)');
  await page.click('[name=confirmed]');
  await page.waitForSelector('[role=alert]');
  await look(page, 'deed-forget-refused');
  await page.fill('[name=nationalId]', 'S123456702');
  await throughQuestion(page, 'deed-forget');
  assert.not.match(await textOf(page, 'main'), /S123456702/);
});

screens('an agency', async ({ page, running }) => {
  await staffIn(page, running, 'operator');
  await page.goto(`${running.origin}/staff/agencies/DM004`);
  await page.click('a[href="/staff/agencies/DM004/deregistration"]');
  await page.fill('[name=reason]', 'abolished');
  await throughQuestion(page, 'deed-deregister');
  await page.goto(`${running.origin}/staff/agencies/DM004`);
  await look(page, 'staff-agency-deregistered');
});

screens.run();
