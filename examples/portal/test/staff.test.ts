import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { demonstrationAccounts, staffDesk } from '../src/staff/desk.js';
import { type Running, runPortal } from './support/portal.js';
import { fieldsOf, mainOf, staffIn } from './support/steps.js';
import { type Visitor, visitor } from './support/visitor.js';

// -------------------------------------------------------------------------------------
// desk
// -------------------------------------------------------------------------------------

const desk = suite('portal: how staff sign in');

const opened = (cookie: string | undefined): Request =>
  new Request('http://localhost/staff', { headers: { cookie: (cookie ?? '').split(';')[0] ?? '' } });

desk('right account and password open a session, and its cookie is for this host and no script', () => {
  const [account] = demonstrationAccounts();
  if (account === undefined) throw new Error('no account');
  const { signIn, find } = staffDesk([account], () => 0);
  const cookie = signIn(account.account, account.password);
  assert.match(cookie ?? '', /^__Host-portal-staff=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
  assert.equal(find(opened(cookie))?.member, { account: account.account, roles: account.roles });
  assert.is(signIn(account.account, 'wrong'), undefined);
  assert.is(signIn('nobody', account.password), undefined);
  assert.is(signIn('__proto__', ''), undefined);
});

desk('a session ends by its holder, by rest and by age', () => {
  let now = 0;
  const [account] = demonstrationAccounts();
  if (account === undefined) throw new Error('no account');
  const { signIn, signOut, find } = staffDesk([account], () => now);
  const open = (): Request => opened(signIn(account.account, account.password));
  const ended = open();
  signOut(ended);
  assert.is(find(ended), undefined);
  const rested = open();
  now += 31 * 60_000;
  assert.is(find(rested), undefined);
  const used = open();
  for (let minutes = 0; minutes < 8 * 60; minutes += 20) {
    assert.ok(find(used) !== undefined);
    now += 20 * 60_000;
  }
  assert.is(find(used), undefined);
});

desk('an open stream asks whether somebody is in still, and keeps nobody in by asking', async () => {
  let now = 0;
  const [account] = demonstrationAccounts();
  if (account === undefined) throw new Error('no account');
  const { signIn, signOut, port } = staffDesk([account], () => now);
  const isIn = async (request: Request): Promise<boolean> => {
    const found = await port.stillIn?.(request)();
    return found?._tag === 'Right' && found.right !== undefined;
  };
  const resting = opened(signIn(account.account, account.password));
  for (let minutes = 0; minutes < 30; minutes += 10) {
    assert.ok(await isIn(resting));
    now += 10 * 60_000;
  }
  assert.not(await isIn(resting));
  const leaving = opened(signIn(account.account, account.password));
  assert.ok(await isIn(leaving));
  signOut(leaving);
  assert.not(await isIn(leaving));
});

desk('five wrong passwords hold an account up for a minute, the right one too', () => {
  let now = 0;
  const [account] = demonstrationAccounts();
  if (account === undefined) throw new Error('no account');
  const { signIn } = staffDesk([account], () => now);
  for (let tries = 0; tries < 5; tries++) signIn(account.account, 'wrong');
  assert.is(signIn(account.account, account.password), undefined);
  now += 61_000;
  assert.ok(signIn(account.account, account.password) !== undefined);
});

// -------------------------------------------------------------------------------------
// pages
// -------------------------------------------------------------------------------------

interface World {
  running: Running;
  visitor: Visitor;
}

const staff = suite<World>('portal: staff, page by page');

staff.before(async (world) => {
  world.running = await runPortal();
});
staff.after(({ running }) => running.stop());
staff.before.each((world) => {
  world.visitor = visitor(world.running);
});

const linkIn = (text: string, pattern: RegExp): string =>
  pattern.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';

staff('without a session no page of staff is shown, and nothing is done', async ({ visitor }) => {
  const paths = ['', '/reviews', '/agencies/DM003', '/agencies/DM003/history', '/forecast', '/evidence'];
  for (const path of paths) assert.is((await visitor.get(`/staff${path}`)).location, '/staff/sign-in', path);
  const sent = await visitor.post('/staff/agencies/DM003/suspension', { reason: 'audit' });
  assert.is(sent.location, '/staff/sign-in');
});

staff('a wrong password, and a form of another site, open nothing', async ({ visitor, running }) => {
  const page = await visitor.get('/staff/sign-in');
  const wrong = await visitor.post('/staff/sign-in', { account: 'R0001', password: 'x' });
  assert.is(wrong.status, 403);
  assert.ok(wrong.text.includes('帳號或密碼不正確。') && wrong.text.includes('value="R0001"'));
  assert.ok(page.text.includes('測試帳號'));
  const password = running.portal.staff.accounts[0]?.password ?? '';
  const foreign = await visitor.post(
    '/staff/sign-in',
    { account: 'R0001', password },
    { origin: 'https://evil.example' },
  );
  assert.is(foreign.status, 403);
});

staff(
  'GEPI-23, GEPI-25: a reviewer finds what waits, sees what differs, approves with a note; nothing is decided twice',
  async ({ visitor, running }) => {
    await staffIn(visitor, running, 'reviewer');
    const queue = await visitor.get('/staff/reviews');
    assert.ok(queue.text.includes('示範縣示範鄉公所'));
    const at = linkIn(queue.text, /href="(\/staff\/reviews\/[0-9a-f-]{36})"/);
    const page = await visitor.get(at);
    for (const word of [
      '不符之處',
      '2.16.886.101.90004.20001.20002',
      '2.16.886.101.90004.20001.20007',
      '方申請',
      '7550789',
    ])
      assert.ok(page.text.includes(word), word);
    const decided = await visitor.post(at, { ...fieldsOf(page.text), outcome: 'approved', note: '電話確認' });
    assert.is(decided.location, `${at}?done=decided`, mainOf(decided.text));
    const after = await visitor.get(decided.location ?? '');
    for (const word of ['審核通過', '電話確認', 'R0001', '可辦理起日'])
      assert.ok(after.text.includes(word), word);
    assert.not.ok(after.text.includes('name="outcome"'));
    const again = await visitor.post(at, { csrf: fieldsOf(page.text)['csrf'] ?? '', outcome: 'rejected' });
    assert.ok(again.status >= 400);
    const records = await visitor.get('/query-records?agencyCode=DM005');
    assert.ok(records.text.includes('審核通過'));
    assert.ok((await visitor.get('/staff/reviews')).text.includes('沒有案件。'));
  },
);

staff('names are for auditors: others read the same history without', async ({ visitor, running }) => {
  await staffIn(visitor, running, 'operator');
  const without = mainOf((await visitor.get('/staff/agencies/DM003/history')).text);
  assert.ok(without.includes('(姓名未揭露)'));
  for (const name of ['許公營', '曹承辦', '劉離職']) assert.not.ok(without.includes(name), name);
  visitor.forgetCookies();
  await staffIn(visitor, running, 'auditor');
  const withNames = mainOf((await visitor.get('/staff/agencies/DM003/history')).text);
  for (const name of ['許公營', '曹承辦', '劉離職']) assert.ok(withNames.includes(name), name);
});

staff(
  'an auditor goes from who granted this to the evidence, which is verified again on the page',
  async ({ visitor, running }) => {
    await staffIn(visitor, running, 'auditor');
    const asOf = await visitor.get('/staff/agencies/DM003/history/as-of');
    const blame = await visitor.get(
      linkIn(asOf.text, /href="([^"]*\/history\/blame\?[^"]*premium-send[^"]*)"/),
    );
    assert.ok(blame.text.includes('檢驗憑據'), mainOf(blame.text));
    const links = [...blame.text.matchAll(/href="(\/staff\/evidence\/[0-9a-f]{64})"/g)].map(
      ([, link = '']) => link,
    );
    assert.ok(links.length >= 2);
    for (const link of links) {
      const { text } = await visitor.get(link);
      assert.ok(text.includes('此憑據證明'), mainOf(text));
      assert.not.ok(text.includes('>不成立<'));
    }
    const texts = await Promise.all(links.map(async (link) => (await visitor.get(link)).text));
    assert.ok(
      texts.some((text) => text.includes('許公營')) &&
        texts.some((text) => text.includes('示範自來水股份有限公司')),
    );
    assert.is((await visitor.get(`/staff/evidence/${'0'.repeat(64)}`)).status, 404);
    assert.is((await visitor.get('/staff/evidence?hash=nonsense')).status, 404);
  },
);

staff('what a role may not do is said, and not done', async ({ visitor, running }) => {
  await staffIn(visitor, running, 'operator');
  for (const path of ['/staff/reviews', `/staff/evidence/${'0'.repeat(64)}`]) {
    const { status, text } = await visitor.get(path);
    assert.is(status, 403, path);
    assert.ok(text.includes('您的角色不能使用此頁。'), path);
  }
  visitor.forgetCookies();
  await staffIn(visitor, running, 'reviewer');
  const page = await visitor.get('/staff/agencies/DM003');
  assert.not.ok(page.text.includes('/suspension'));
  const sent = await visitor.post('/staff/agencies/DM003/suspension', {
    ...fieldsOf(page.text),
    reason: 'x',
  });
  assert.is(sent.status, 403);
});

staff('a form of staff with another token does nothing', async ({ visitor, running }) => {
  await staffIn(visitor, running, 'operator');
  const page = await visitor.get('/staff/agencies/DM003');
  const sent = await visitor.post('/staff/agencies/DM003/suspension', {
    ...{ ...fieldsOf(page.text), csrf: 'x' },
    ...{ commandId: randomUUID(), confirmed: 'yes', reason: 'audit' },
  });
  assert.is(sent.status, 403);
  assert.not.ok((await visitor.get('/staff/agencies/DM003/history')).text.includes('機關暫停使用'));
  await visitor.post('/staff/sign-out', { csrf: 'x' });
  assert.is((await visitor.get('/staff')).status, 200);
  await visitor.post('/staff/sign-out', fieldsOf(page.text));
  assert.is((await visitor.get('/staff')).location, '/staff/sign-in');
});

staff('the forecast of all agencies names each by its code', async ({ visitor, running }) => {
  await staffIn(visitor, running, 'auditor');
  const { text } = await visitor.get('/staff/forecast');
  assert.ok(text.includes('href="/staff/agencies/DM004"') && text.includes('高護理'));
  assert.is((await visitor.get('/staff/forecast?which=already')).status, 200);
  assert.is((await visitor.get('/staff/forecast?which=undated')).status, 200);
  assert.ok((await visitor.get('/staff/agencies/DM004/forecast')).text.includes('高護理'));
});

staff('an agency that nobody knows, and an address that is no code', async ({ visitor, running }) => {
  await staffIn(visitor, running, 'auditor');
  assert.ok((await visitor.get('/staff/agencies/DM999')).text.includes('查無此機關的紀錄。'));
  assert.is((await visitor.get('/staff/agencies/%3Cscript%3E')).status, 404);
  assert.is((await visitor.get('/staff/agencies?code=dm003')).location, '/staff/agencies/DM003');
  for (const path of [
    '/staff',
    '/staff/agencies/DM003',
    '/staff/forecast',
    '/staff/evidence',
    '/staff/agencies',
  ])
    assert.not.match((await visitor.get(path)).text, />[a-z]+(?:\.[a-zA-Z]+)+</, path);
  assert.equal(running.faults, []);
});

// -------------------------------------------------------------------------------------
// what cannot be undone
// -------------------------------------------------------------------------------------

const deedPaths = [
  '/staff/agencies/DM003/suspension',
  '/staff/agencies/DM003/reopening',
  '/staff/agencies/DM003/deregistration',
  '/staff/catalogue',
  '/staff/terms',
  '/staff/forgotten-subjects',
  '/staff/forgotten-applicants',
];

/** The hidden fields of the second question. */
const carried = (text: string): Readonly<Record<string, string>> => {
  const main = mainOf(text);
  const found = [...main.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value]));
};

/** Fills in a form, answers the second question with yes, and follows to the receipt. */
const carryOut = async (visitor: Visitor, path: string, fields: Readonly<Record<string, string>>) => {
  await visitor.get(path);
  const asked = await visitor.post(path, fields);
  if (asked.status !== 200) return { asked, done: asked, receipt: asked };
  const done = await visitor.post(path, { ...carried(asked.text), ...fields, confirmed: 'yes' });
  return { asked, done, receipt: done.location === null ? done : await visitor.get(done.location) };
};

staff('what others have to live with is for operators alone', async ({ visitor, running }) => {
  for (const path of deedPaths) assert.is((await visitor.get(path)).location, '/staff/sign-in', path);
  for (const role of ['reviewer', 'auditor'] as const) {
    visitor.forgetCookies();
    await staffIn(visitor, running, role);
    const home = await visitor.get('/staff');
    for (const path of deedPaths) {
      assert.not.ok(home.text.includes(`href="${path}"`), path);
      assert.is((await visitor.get(path)).status, 403, path);
      assert.is((await visitor.post(path, { confirmed: 'yes' })).status, 403, path);
    }
  }
});

staff(
  'before the second question is answered, nothing is done; without a token neither',
  async ({ visitor, running }) => {
    await staffIn(visitor, running, 'operator');
    const path = '/staff/agencies/DM004/deregistration';
    assert.is((await visitor.get('/staff/agencies/DM004')).text.includes(`href="${path}"`), true);
    const empty = await visitor.post(path, { reason: ' ' });
    assert.is(empty.status, 422);
    assert.ok(empty.text.includes('id="f-reason-error"'));
    const asked = await visitor.post(path, { reason: 'abolished' });
    assert.is(asked.status, 200);
    for (const word of ['請再次確認是否確定辦理', '示範市立醫院', 'abolished', '共 1 人'])
      assert.ok(mainOf(asked.text).includes(word), word);
    const forged = { ...carried(asked.text), csrf: 'x', confirmed: 'yes' };
    assert.is((await visitor.post(path, forged)).status, 403);
    const back = await visitor.post(path, { reason: 'abolished', again: 'yes' });
    assert.ok(back.text.includes('value="abolished"'));
    assert.ok((await visitor.get('/staff/agencies/DM004')).text.includes('>已註冊<'));
  },
);

staff(
  'GEPI-15: an agency is closed with a reason and opened again, each after a second question; a story is no reason',
  async ({ visitor, running }) => {
    await staffIn(visitor, running, 'operator');
    const page = '/staff/agencies/DM004';
    assert.not.ok((await visitor.get(page)).text.includes('/reopening"'), 'it is open');
    const story = await carryOut(visitor, `${page}/suspension`, { reason: '蔡醫管不見了' });
    assert.is(story.done.status, 400);
    assert.ok(
      story.done.text.includes('id="f-reason-error"') && story.done.text.includes('value="蔡醫管不見了"'),
    );
    const asked = await visitor.post(`${page}/suspension`, { reason: 'audit-2026' });
    const question = mainOf(asked.text);
    for (const word of ['請再次確認是否確定辦理?', '示範市立醫院', 'audit-2026', '共 1 人', '至恢復使用為止'])
      assert.ok(question.includes(word), word);
    assert.not.ok(question.includes('無法復原'));
    assert.ok((await visitor.get(page)).text.includes('>已註冊<'), 'nothing is done yet');
    const closed = await carryOut(visitor, `${page}/suspension`, { reason: 'audit-2026' });
    for (const word of ['辦理完成。', '暫停使用', 'DM004', 'audit-2026', 'O0001'])
      assert.ok(closed.receipt.text.includes(word), word);
    const again = await carryOut(visitor, `${page}/suspension`, { reason: 'audit-2026' });
    assert.is(again.done.status, 423, mainOf(again.done.text));
    const opened = await carryOut(visitor, `${page}/reopening`, { reason: 'audit-done' });
    assert.ok(opened.receipt.text.includes('恢復使用'), mainOf(opened.done.text));
    assert.is((await carryOut(visitor, `${page}/reopening`, { reason: 'audit-done' })).done.status, 409);
    const history = await visitor.get(`${page}/history`);
    for (const word of ['機關暫停使用', 'audit-2026', '機關恢復使用', '承保機關人員 O0001'])
      assert.ok(history.text.includes(word), word);
  },
);

staff(
  'GEPI-15: a deregistered agency is out, once, with a receipt for the account that did it',
  async ({ visitor, running }) => {
    await staffIn(visitor, running, 'operator');
    const path = '/staff/agencies/DM004/deregistration';
    const { asked, done, receipt } = await carryOut(visitor, path, { reason: 'abolished' });
    assert.is(done.status, 303, mainOf(done.text));
    for (const word of ['辦理完成。', '作業收執聯', 'DM004', '示範市立醫院', 'abolished', 'O0001'])
      assert.ok(receipt.text.includes(word), word);
    // The form once more is the same command.
    const twice = await visitor.post(path, { ...carried(asked.text), reason: 'abolished', confirmed: 'yes' });
    assert.is(twice.status, 303, mainOf(twice.text));
    assert.is((await carryOut(visitor, path, { reason: 'abolished' })).done.status, 423);
    const history = await visitor.get('/staff/agencies/DM004/history');
    assert.ok(history.text.includes('abolished'));
    const at = done.location ?? '';
    assert.is((await visitor.get(at)).status, 200);
    await staffIn(visitor, running, 'auditor');
    assert.is((await visitor.get(at)).status, 404, 'another account');
    await staffIn(visitor, running, 'operator');
    await visitor.post('/staff/sign-out');
    await staffIn(visitor, running, 'operator');
    assert.is((await visitor.get(at)).status, 404, 'signed out');
  },
);

/** What a field of many lines holds. */
const areaOf = (text: string, name: string): string =>
  (new RegExp(`name="${name}"[^>]*>\\n([\\s\\S]*?)</textarea>`).exec(text)?.[1] ?? '')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

staff('X-6: the menu is published as a whole, after what differs was shown', async ({ visitor, running }) => {
  await staffIn(visitor, running, 'operator');
  const path = '/staff/catalogue';
  const entries = areaOf((await visitor.get(path)).text, 'entries');
  assert.match(entries, /^# \S+ \| 保費申報作業 \| /m);
  const same = await visitor.post(path, { entries });
  assert.is(same.status, 422);
  assert.ok(same.text.includes('與目前版次相同,無須公布。'));
  const wrong = await visitor.post(path, { entries: `${entries}\npremium-new` });
  assert.ok(wrong.text.includes(`第 ${entries.split('\n').length + 1} 列無法判讀`), mainOf(wrong.text));
  assert.ok(areaOf(wrong.text, 'entries').endsWith('premium-new'), 'what was typed stays');
  const twice = await carryOut(visitor, path, {
    entries: `${entries}\nseniority-new | 新 | New\nseniority-new | 新 | New`,
  });
  assert.is(twice.done.status, 422, mainOf(twice.done.text));
  const next = `${entries}\nseniority-export | 年資資料匯出 | Export of seniority`;
  const { asked, receipt } = await carryOut(visitor, path, { entries: next });
  assert.match(mainOf(asked.text), /公布第 3 版[\s\S]*新增[\s\S]*seniority-export[\s\S]*年資資料匯出/);
  assert.not.ok(mainOf(asked.text).includes('<h3>移除'));
  assert.match(receipt.text, /辦理完成。[\s\S]*版次<\/dt><dd>3</);
  assert.is(areaOf((await visitor.get(path)).text, 'entries'), next);
});

staff(
  'GEPI-12: new terms are agreed to anew by whoever has agreed to those before',
  async ({ visitor, running }) => {
    const before = await visitor.get('/first-registration');
    await staffIn(visitor, running, 'operator');
    const path = '/staff/terms';
    const shown = await visitor.get(path);
    const text = areaOf(shown.text, 'text');
    assert.match(text, /9\.本要保單位裁撤後/);
    const none = await visitor.post(path, { title: '條款', text: '' });
    assert.is(none.status, 422);
    assert.ok(none.text.includes('id="f-text-error"'));
    const title = '公教人員保險網路作業e系統用戶約定條款';
    const fields = { title, text: `${text}\n11.本條款自公布日起適用。` };
    const { asked, receipt } = await carryOut(visitor, path, fields);
    assert.match(mainOf(asked.text), /公布第 2 版[\s\S]*11\.本條款自公布日起適用。[\s\S]*未附英文譯文/);
    assert.match(receipt.text, /版次<\/dt><dd>2</);
    const after = await visitor.get('/first-registration');
    assert.ok(after.text.includes('11.本條款自公布日起適用。'));
    assert.not.ok(before.text.includes('11.本條款'));
  },
);

staff(
  'a person is forgotten who is active nowhere, and no page or receipt says who it was',
  async ({ visitor, running }) => {
    await staffIn(visitor, running, 'operator');
    const path = '/staff/forgotten-subjects';
    const legalBasis = '個人資料保護法第11條第3項';
    const active = await carryOut(visitor, path, { nationalId: 'J123987652', legalBasis });
    assert.is(active.done.status, 409, mainOf(active.done.text));
    const nobody = await carryOut(visitor, path, { nationalId: 'A123456789', legalBasis });
    assert.is(nobody.done.status, 404, mainOf(nobody.done.text));
    const typo = await carryOut(visitor, path, { nationalId: 'A123456780', legalBasis });
    assert.ok(typo.done.text.includes('id="f-nationalId-error"'), mainOf(typo.done.text));
    const { asked, done, receipt } = await carryOut(visitor, path, { nationalId: 'S123456702', legalBasis });
    assert.ok(mainOf(asked.text).includes('將永久無法讀取'));
    assert.ok(receipt.text.includes(legalBasis), mainOf(receipt.text));
    assert.not.match(`${done.location} ${receipt.text}`, /S123456702|劉離職/);
    await staffIn(visitor, running, 'auditor');
    const history = mainOf((await visitor.get('/staff/agencies/DM003/history')).text);
    assert.not.ok(history.includes('劉離職'));
    assert.ok(history.includes('曹承辦'));
  },
);

staff('an applicant is forgotten when the review was decided', async ({ visitor, running }) => {
  await staffIn(visitor, running, 'reviewer');
  const queue = await visitor.get('/staff/reviews?status=approved');
  const review = linkIn(queue.text, /href="\/staff\/reviews\/([0-9a-f-]{36})"/);
  assert.ok((await visitor.get(`/staff/reviews/${review}`)).text.includes('方申請'));
  await staffIn(visitor, running, 'operator');
  const fields = { agencyCode: 'DM005', review, legalBasis: '個人資料保護法第11條第3項' };
  const { receipt } = await carryOut(visitor, '/staff/forgotten-applicants', fields);
  assert.ok(receipt.text.includes('辦理完成。') && receipt.text.includes(review), mainOf(receipt.text));
  const other = { ...fields, review: '00000000-0000-4000-8000-000000000000' };
  assert.is((await carryOut(visitor, '/staff/forgotten-applicants', other)).done.status, 404);
  await staffIn(visitor, running, 'reviewer');
  assert.not.ok((await visitor.get(`/staff/reviews/${review}`)).text.includes('方申請'));
});

desk.run();
staff.run();
