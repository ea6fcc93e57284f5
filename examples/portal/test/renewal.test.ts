/** 自然人憑證線上展期 in Chromium, with the drawer. */
import * as assert from 'uvu/assert';
import {
  chou,
  comeToTerms,
  comeToWriting,
  confirmWith,
  kao,
  press,
  showRenewing,
  typeHolder,
} from './support/renewal.js';
import { screenSuite } from './support/screen-suite.js';
import { alertText, armed, insert, look, putIn, textOf } from './support/screens.js';

const screens = screenSuite('portal: the renewal of a citizen certificate, in Chromium');

screens(
  'MOICA-3…16: from the card that is read to the receipt, and where the old certificate is on record',
  async ({ page, running }) => {
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    await page.goto(`${running.origin}/renewal`);
    await armed(page);
    assert.match(await textOf(page, 'main'), /讀取自然人憑證IC卡。請插入自然人憑證IC卡/);
    await look(page, 'renewal-one');
    await insert(page, 'kao');
    await page.click('[data-submit]');
    await page.waitForSelector('[name=nationalId]');
    assert.match(await textOf(page, 'main'), /請輸入身分證字號及出生年月日/);
    await look(page, 'renewal-two');

    // MOICA-4: another ID is refused, and stays on the page; small letters do.
    await typeHolder(page, { nationalId: 'A223456781', year: '85' });
    assert.match(await alertText(page), /不符/);
    await look(page, 'renewal-two-refused');
    await typeHolder(page, { nationalId: 't200987618', year: '85' });

    // MOICA-5
    await page.waitForSelector('.facts');
    const facts = await textOf(page, '.facts');
    assert.match(facts, /可線上展期期間.*IC卡卡號.*持有人姓名高護理.*原憑證有效期間.*憑證展期有效期間/s);
    await look(page, 'renewal-confirm');
    await press(page, '申請展期');

    // MOICA-11
    await page.waitForSelector('.terms');
    assert.match(await textOf(page, '.terms'), /用戶仍應承擔異動前所有使用該憑證之法律責任/);
    await look(page, 'renewal-terms');
    await press(page, '同意');

    // MOICA-12, MOICA-13
    await armed(page);
    assert.match(await textOf(page, 'main'), /展期作業需用戶簽章/);
    assert.match(await textOf(page, 'main'), /預設民國年月日6碼/);
    await putIn(page, 'kao', '000000');
    await page.click('[data-submit]');
    await page.waitForFunction(
      () => document.querySelector<HTMLElement>('[data-pin-error]')?.hidden === false,
    );
    assert.match(await textOf(page, '[data-pin-error]'), /2/);
    await look(page, 'renewal-sign-wrong-pin');
    await page.fill('[data-pin]', '850923');
    await page.click('[data-submit]');

    // MOICA-10: the page sends the request by itself. MOICA-14
    await page.waitForSelector('[data-renewal-form=write]');
    await armed(page);
    assert.match(await textOf(page, 'main'), /展期新憑證寫入IC卡/);
    await look(page, 'renewal-write');
    await putIn(page, 'kao', '850923');
    await page.click('[data-submit]');

    // MOICA-15, MOICA-16
    await page.waitForSelector('.receipt');
    assert.match(await textOf(page, '.receipt'), /原憑證序號.*新憑證序號/s);
    assert.match(await textOf(page, 'main'), /因為憑證序號不同/);
    assert.match(await textOf(page, 'main table'), /DM004.*授權指派/s);
    await look(page, 'renewal-receipt');
    const saved = await page.evaluate(async () => {
      const answer = await fetch('/renewal/receipt.txt');
      return `${answer.headers.get('content-disposition')} ${await answer.text()}`;
    });
    assert.match(saved, /attachment; filename="renewal-.*收執聯.*新憑證序號: [0-9A-F]{20,}/s);

    // Both PINs went to the card alone.
    assert.ok(sent.some((one) => one.includes('/renewal/confirm')));
    assert.equal(
      sent.filter((one) => one.includes('850923') || one.includes('000000')),
      [],
    );

    // The drawer's card holds the new certificate: it cannot be extended again, and the old one does not let in any more.
    await showRenewing(page, running.origin, 'kao');
    await typeHolder(page, kao);
    assert.match(await alertText(page), /以一次為限/);
    await page.goto(`${running.origin}/login`);
    await armed(page);
    await putIn(page, 'kao', '850923');
    await page.fill('[name=agencyCode]', 'DM004');
    await page.click('[data-submit]');
    await page.waitForSelector('[role=alert]');
    assert.match(await alertText(page), /序號|憑證/);
  },
);

screens('MOICA-8: an expired certificate is extended', async ({ page, running }) => {
  await comeToTerms(page, running.origin, chou);
  await comeToWriting(page, chou);
  await confirmWith(page, chou);
  await page.waitForSelector('.receipt');
});

screens(
  'MOICA-6, MOICA-9: too early is refused with the reason, and a revoked card with its CA',
  async ({ page, running }) => {
    await showRenewing(page, running.origin, 'wang');
    await typeHolder(page, { nationalId: 'A123456789', year: '79' });
    assert.match(await alertText(page), /尚未到可線上展期期間/);
    await showRenewing(page, running.origin, 'cheng');
    await page.waitForSelector('[role=alert]');
    assert.match(await alertText(page), /廢止/);
    assert.match(await alertText(page), /0800-080-117/);
    await look(page, 'renewal-refused');
  },
);

screens(
  'a card in a reader is refused before anything is begun: nothing here writes it',
  async ({ page, running }) => {
    await page.goto(`${running.origin}/renewal`);
    await armed(page);
    await page.check('[data-source][value=reader]');
    await page.click('[data-submit]');
    await page.waitForFunction(() => document.querySelector('[data-card-state]')?.textContent !== '');
    assert.match(await textOf(page, '[data-card-state]'), /寫入指令未公開.*戶政事務所/);
    await look(page, 'renewal-reader');
    await page.click('.language');
    await armed(page);
    assert.match(await textOf(page, 'main'), /Please put the citizen card in/);
    assert.not.match(await textOf(page, 'main'), /renewal\./);
    await look(page, 'renewal-english');
  },
);

screens.run();
