import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Running, runPortal } from './support/portal.js';
import { hidden, type Visitor, visitor as visitorOf } from './support/visitor.js';

interface World {
  running: Running;
  now: number;
  visitor: Visitor;
}

const flow = suite<World>('portal: the way through the first registration, page by page');

flow.before(async (world) => {
  world.now = Date.now();
  world.running = await runPortal({ clock: { now: () => world.now } });
});
flow.after(({ running }) => running.stop());
flow.before.each((world) => {
  world.visitor = visitorOf(world.running);
});

const agree = async ({ visitor }: World, purpose: string): Promise<void> => {
  const { text } = await visitor.get(`/${purpose}`);
  const [hash, presentedAt, receipt] = ['hash', 'presentedAt', 'receipt'].map((name) => hidden(text, name));
  const agreed = await visitor.post(`/${purpose}`, {
    hash: hash ?? '',
    presentedAt: presentedAt ?? '',
    receipt: receipt ?? '',
  });
  assert.is(agreed.status, 303);
};

/** What a page says was wrong. */
const alertOf = (text: string): string => /<div class="notice bad"[\s\S]*?<\/div>/.exec(text)?.[0] ?? '';

const contact = {
  'contact.name': '林示範',
  'contact.email': 'lin@city.example',
  'contact.phone': '04-22220123',
};

const bothCards = async ({ visitor }: World): Promise<void> => {
  const first = await visitor.card('/first-registration/agency', 'city', { agencyCode: 'DM001' });
  assert.is(first.location, '/first-registration/manager', alertOf(first.text));
  const second = await visitor.card('/first-registration/manager', 'lin', { nationalId: 'A223456781' });
  assert.is(second.location, '/first-registration/confirm', alertOf(second.text));
};

flow(
  'GEPI-12, GEPI-13, GEPI-14: the terms come first, with the page-download time and one button',
  async ({ visitor, now }) => {
    const { text } = await visitor.get('/first-registration');
    const time = new Date(now + 8 * 3_600_000).toISOString();
    const roc = `${Number(time.slice(0, 4)) - 1911}年${time.slice(5, 7)}月${time.slice(8, 10)}日${time.slice(11, 13)}點`;
    assert.ok(text.includes(`網頁下載時間:`) && text.includes(roc));
    assert.ok(text.includes('9.本要保單位裁撤後,承保機關有權終止提供本作業系統服務。'));
    assert.equal(text.match(/<main[\s\S]*<\/main>/)?.[0].match(/<button[^>]*>[^<]*/g), [
      '<button class="button">同意條款內容',
    ]);
    assert.is((await visitor.get('/first-registration/agency')).location, '/first-registration');
  },
);

flow('GEPI-12: there are no terms before delegation and queries', async ({ visitor }) => {
  for (const [purpose, role] of [
    ['delegation', 'agency'],
    ['query-oid', 'agency'],
    ['query-serial', 'clerk'],
    ['login', 'clerk'],
  ] as const)
    assert.is((await visitor.get(`/${purpose}`)).location, `/${purpose}/${role}`);
  for (const purpose of ['replace-agency', 'replace-manager', 'replace-both'])
    assert.ok((await visitor.get(`/${purpose}`)).text.includes('同意條款內容'), purpose);
});

flow('GEPI-16, GEPI-17: the agency card’s screen has its fields, marks and lock warning', async (world) => {
  await agree(world, 'first-registration');
  const { text } = await world.visitor.get('/first-registration/agency');
  for (const words of [
    '機關憑證確認畫面',
    '※請先確認IC卡已完成開卡程序。',
    '請將機關憑證IC卡放入讀卡機,並輸入畫面欄位:',
    '機關代號(五碼)',
    '機關憑證IC卡密碼(PIN碼)',
    '* 為必填欄位。',
    'IC卡PIN碼(即密碼)輸入三次以上錯誤,即造成IC卡鎖卡,請至所屬憑證管理中心進行鎖卡解碼。',
  ])
    assert.ok(text.includes(words), words);
  assert.is(text.match(/\(必填\)/g)?.length, 2);
});

flow('GEPI-17, GEPI-19: each card’s form knows what to say when a wrong PIN has locked it', async (world) => {
  await agree(world, 'first-registration');
  const lockedOf = async (path: string) => {
    const { text } = await world.visitor.get(path);
    return /data-card-kind="(\w+)" data-locked="([^"]*)"/.exec(text)?.slice(1);
  };
  const [agency, agencyText = ''] = (await lockedOf('/first-registration/agency')) ?? [];
  assert.is(agency, 'agency');
  assert.match(agencyText, '請至所屬憑證管理中心進行鎖卡解碼。');
  assert.not.match(agencyText, '戶政事務所');
  await world.visitor.card('/first-registration/agency', 'city', { agencyCode: 'DM001' });
  const [citizen, citizenText = ''] = (await lockedOf('/first-registration/manager')) ?? [];
  assert.is(citizen, 'citizen');
  for (const place of ['『憑證作業』', '『鎖卡解碼』', '戶政事務所', '0800-080-117'])
    assert.match(citizenText, place);
});

flow('GEPI-20: the manager’s card has no turn before the agency’s', async (world) => {
  await agree(world, 'first-registration');
  const early = await world.visitor.get('/first-registration/manager');
  assert.is(early.status, 403);
  assert.match(early.text, /作業已逾時/);
  await world.visitor.card('/first-registration/agency', 'city', { agencyCode: 'DM001' });
  const back = await world.visitor.get('/first-registration/agency');
  assert.is(back.location, '/first-registration/manager');
  const { text } = await world.visitor.get('/first-registration/manager');
  for (const words of [
    '自然人憑證確認畫面',
    '授權管理者身分證統一編號',
    '『鎖卡解碼』重新設定新的PIN碼',
    '取消',
  ])
    assert.ok(text.includes(words), words);
});

flow('a refused card step shows what is wrong beside its field, and keeps what was typed', async (world) => {
  await agree(world, 'first-registration');
  const { visitor } = world;
  const none = await visitor.post('/first-registration/agency', {}, { accept: 'application/json' });
  assert.is(none.status, 400);
  assert.match(none.text, /<a href="#f-agencyCode">機關代號\(五碼\): 此欄位為必填欄位。<\/a>/);
  assert.match(none.text, /<p class="error" id="f-agencyCode-error">/);
  const unknown = await visitor.post(
    '/first-registration/agency',
    { agencyCode: 'ZZ999' },
    { accept: 'application/json' },
  );
  assert.ok(unknown.status >= 400 && unknown.status < 500);
  assert.match(unknown.text, /value="ZZ999"/);
});

flow(
  'a card that is expired, revoked, forged or another’s is refused in words, with whom to call',
  async (world) => {
    await agree(world, 'first-registration');
    const { visitor } = world;
    await visitor.card('/first-registration/agency', 'city', { agencyCode: 'DM001' });
    for (const [id, nationalId, words] of [
      ['chou', 'P109988777', /憑證已逾期/],
      ['cheng', 'Q224561239', /廢止/],
      ['fake', 'V209871239', /憑證/],
      ['wu', 'A223456781', /身分證/],
    ] as const) {
      const refused = await visitor.card('/first-registration/manager', id, { nationalId });
      assert.ok(refused.status >= 400 && refused.status < 500, `${id}: ${refused.status}`);
      const alert = /<div class="notice bad"[\s\S]*?<\/div>/.exec(refused.text)?.[0] ?? '';
      assert.match(alert, words, `${id}: ${alert}`);
      assert.match(refused.text, new RegExp(`value="${nationalId}"`), id);
    }
  },
);

flow('a form without the page’s token, or from another site, does nothing', async (world) => {
  await agree(world, 'first-registration');
  const { visitor } = world;
  await bothCards(world);
  await visitor.get('/first-registration/confirm');
  const forged: ReadonlyArray<readonly [Record<string, string>, Record<string, string>]> = [
    [{ csrf: '' }, {}],
    [{ csrf: 'x'.repeat(43) }, {}],
    [{}, { origin: 'https://evil.example' }],
    [{}, { origin: 'null' }],
  ];
  for (const [fields, headers] of forged) {
    const refused = await visitor.post('/first-registration/confirm', { ...contact, ...fields }, headers);
    assert.is(refused.status, 403, JSON.stringify([fields, headers]));
  }
});

flow(
  'GEPI-18, GEPI-28: the confirm page shows both cards read-only, and a refused form keeps what was typed',
  async (world) => {
    await agree(world, 'first-registration');
    await bothCards(world);
    const { visitor } = world;
    const { text } = await visitor.get('/first-registration/confirm');
    for (const words of [
      '首次註冊資訊確認',
      '機關(組織)憑證資訊',
      '示範市政府人事處',
      '授權管理者自然人憑證資訊',
      '林示範',
    ])
      assert.ok(text.includes(words), words);
    assert.not.ok(text.includes('A223456781'), 'the whole ID');
    const refused = await visitor.post('/first-registration/confirm', {
      ...contact,
      'contact.email': 'lin@',
      'contact.extension': '12',
      commandId: hidden(text, 'commandId'),
    });
    assert.is(refused.status, 400);
    for (const value of ['林示範', 'lin@', '04-22220123', '12'])
      assert.ok(refused.text.includes(`value="${value}"`), value);
    assert.match(refused.text, /<a href="#f-contact-email">電子信箱: /);
    assert.is(refused.text.match(/class="error"/g)?.length, 1);
  },
);

flow('an id of the command that no form of ours has is replaced by one of ours', async (world) => {
  await agree(world, 'first-registration');
  await bothCards(world);
  const { visitor, running } = world;
  for (const commandId of ['', 'a\r\nx-staff: T0001', '帳'.repeat(300), '__proto__', "1' OR '1'='1"]) {
    const refused = await visitor.post('/first-registration/confirm', {
      ...contact,
      ...{ 'contact.email': 'lin@', commandId },
    });
    assert.is(refused.status, 400, commandId);
    assert.match(refused.text, /<a href="#f-contact-email">電子信箱: /);
    assert.match(hidden(refused.text, 'commandId') ?? '', /^[0-9a-f-]{36}$/);
  }
  assert.equal(running.faults, []);
});

flow('a session that is over says so, and leads back to its beginning', async (world) => {
  await agree(world, 'first-registration');
  await bothCards(world);
  const { visitor } = world;
  const { text } = await visitor.get('/first-registration/confirm');
  world.now += 30 * 60_000;
  for (const over of [
    await visitor.post('/first-registration/confirm', { ...contact, commandId: hidden(text, 'commandId') }),
    await visitor.get('/first-registration/confirm'),
  ]) {
    assert.is(over.status, 403);
    assert.match(over.text, /作業已逾時/);
    assert.match(over.text, /href="\/first-registration">重新辦理/);
  }
});

flow('to sign out ends the session for good, and says to take the card', async (world) => {
  await agree(world, 'first-registration');
  await bothCards(world);
  const { visitor } = world;
  const { text } = await visitor.get('/help');
  assert.match(text, /<dt>機關代號<\/dt><dd>DM001<\/dd>/);
  const out = await visitor.post('/sign-out');
  assert.is(out.location, '/signed-out');
  const bye = await visitor.get('/signed-out');
  assert.match(bye.text, /請取出讀卡機中的卡片/);
  assert.not.ok(bye.text.includes('class="session"'));
  assert.match((await visitor.get('/first-registration/confirm')).text, /作業已逾時/);
});

flow(
  'GEPI-13: an agreement that is not what the page sends is told, and leads nowhere',
  async ({ visitor }) => {
    const { text } = await visitor.get('/first-registration');
    const [hash, receipt] = ['hash', 'receipt'].map((name) => hidden(text, name));
    for (const fields of [
      {},
      { hash: 'x', presentedAt: 'y', receipt: 'z' },
      { hash: hash ?? '', presentedAt: 'yesterday', receipt: receipt ?? '' },
    ]) {
      const told = await visitor.post('/first-registration', fields);
      assert.is(told.status, 422);
      assert.match(alertOf(told.text), /閱讀紀錄有誤,請重新閱讀並同意/);
      assert.equal(told.headers.getSetCookie(), []);
      assert.is((await visitor.get('/first-registration/agency')).location, '/first-registration');
    }
    // No terms come first there (GEPI-12).
    assert.is((await visitor.post('/delegation', {})).location, '/delegation/agency');
  },
);

flow(
  'GEPI-29: the agency is registered, once, however often the form comes; delegation is next',
  async (world) => {
    await agree(world, 'first-registration');
    await bothCards(world);
    const { visitor, running } = world;
    const { text } = await visitor.get('/first-registration/confirm');
    const done = await visitor.post('/first-registration/confirm', {
      ...contact,
      commandId: hidden(text, 'commandId'),
    });
    assert.is(done.status, 303, alertOf(done.text));
    const receipt = await visitor.get(done.location ?? '');
    for (const words of ['要保機關首次註冊成功!', '作業收執聯', 'DM001', '示範市政府人事處', '林示範'])
      assert.ok(receipt.text.includes(words), words);
    assert.match(receipt.text, /href="\/delegation">授權指派/);
    assert.not.ok(receipt.text.includes('class="session"'), 'the confirmation has served');
    // The page can be loaded again, the form sent again: it is the same receipt.
    assert.is((await visitor.get(done.location ?? '')).text, receipt.text);
    const twice = await visitor.post('/first-registration/confirm', {
      ...contact,
      commandId: hidden(text, 'commandId'),
    });
    assert.is(twice.location, done.location);
    // No other browser sees it, and this one not for long.
    const other = await visitorOf(running).get(done.location ?? '');
    assert.is(other.status, 404);
    assert.not.ok(other.text.includes('林示範'));
    world.now += 16 * 60_000;
    const late = await visitor.get(done.location ?? '');
    assert.is(late.status, 404);
    assert.match(late.text, /此收執聯已不在本瀏覽器/);
    await agree(world, 'first-registration');
    const refused = await visitor.card('/first-registration/agency', 'city', { agencyCode: 'DM001' });
    assert.match(refused.text, /貴機關已完成註冊/);
    assert.equal(running.faults, []);
  },
);

flow(
  'GEPI-23, GEPI-24, GEPI-25, GEPI-27: a certificate that does not match goes to review, once',
  async (world) => {
    await agree(world, 'first-registration');
    const { visitor } = world;
    const sent = await visitor.card('/first-registration/agency', 'school', { agencyCode: 'DM002' });
    assert.is(sent.location, '/first-registration/review');
    const { text } = await visitor.get('/first-registration/review');
    assert.ok(text.includes('貴機關申請憑證註冊,因申請資料比對不符,需進行審核,請填聯絡資料'));
    const refused = await visitor.post('/first-registration/review', { 'applicant.name': '方小姐' });
    assert.is(refused.status, 400);
    assert.match(refused.text, /value="方小姐"/);
    const applied = await visitor.post('/first-registration/review', {
      'applicant.name': '方小姐',
      'applicant.phone': '03-9320123',
    });
    assert.is(applied.status, 200);
    const pending =
      '申請資料審核中,若審核通過,於下一個營業日貴機關即可重新辦理註冊。若審核不通過,本部將與貴機關聯絡。';
    assert.ok(applied.text.includes(pending));
    assert.not.ok(applied.text.includes('class="session"'), 'the confirmation has served');
    assert.ok(applied.text.includes('5312') && applied.text.includes('5353'));
    await visitor.post('/sign-out');
    await agree(world, 'first-registration');
    const again = await visitor.card('/first-registration/agency', 'school', { agencyCode: 'DM002' });
    assert.ok(again.text.includes(pending));
  },
);

flow(
  'GEPI-2, GEPI-42: a clerk signs in with the card on record; a renewed card is told why not',
  async (world) => {
    const { visitor } = world;
    await visitor.get('/login/clerk');
    const inside = await visitor.card('/login/clerk', 'tsao', { agencyCode: 'DM003' });
    assert.is(inside.location, '/business', alertOf(inside.text));
    assert.match((await visitor.get('/business')).text, /登入成功!/);
    visitor.forgetCookies();
    await visitor.get('/login/clerk');
    const renewed = await visitor.card('/login/clerk', 'kuo-renewed', { agencyCode: 'DM003' });
    assert.ok(renewed.status >= 400);
    assert.match(renewed.text, /<div class="notice bad"/);
  },
);

const codeIn = (text: string): string => /<code>([0-9A-F]{20,32})<\/code>/.exec(text)?.[1] ?? '';

flow('GEPI-52, GEPI-53: the OID of an agency card and the serial of a citizen’s', async (world) => {
  const { visitor } = world;
  await visitor.get('/query-oid/agency');
  const oid = await visitor.card('/query-oid/agency', 'hospital', { agencyCode: 'DM004' });
  assert.is(oid.location, '/query-oid/result');
  assert.match((await visitor.get('/query-oid/result')).text, /2\.16\.886\.112\.90003\.20001/);
  await visitor.get('/query-serial/clerk');
  const serial = await visitor.card('/query-serial/clerk', 'wang', { nationalId: 'A123456789' });
  assert.is(serial.location, '/query-serial/result');
  const shown = await visitor.get('/query-serial/result');
  assert.match(shown.text, /王小明/);
  assert.match(shown.text, /<code>[0-9A-F]{20,32}<\/code>/);
  // For as long as nobody signs out, the page can be loaded again; by nobody else, and not afterwards.
  const again = await visitor.get('/query-serial/result');
  assert.is(again.status, 200);
  assert.match(again.text, /王小明/);
  assert.is(codeIn(again.text), codeIn(shown.text));
  assert.is((await visitorOf(world.running).get('/query-serial/result')).status, 403);
  await visitor.post('/sign-out');
  const over = await visitor.get('/query-serial/result');
  assert.is(over.status, 403);
  assert.not.match(over.text, /王小明/);
});

const hours = suite('portal: opening hours');

hours(
  'GEPI-4: outside its hours a card step says that the portal is closed, and when it is open',
  async () => {
    const night = Date.parse('2026-11-24T03:00:00+08:00');
    const running = await runPortal({ anyHour: false, clock: { now: () => night } });
    const guest = visitorOf(running);
    await guest.get('/query-oid/agency');
    const closed = await guest.post(
      '/query-oid/agency',
      { agencyCode: 'DM003' },
      { accept: 'application/json' },
    );
    assert.is(closed.status, 503);
    assert.match(closed.text, /目前非系統開放時間/);
    assert.match(closed.text, /開放時間7-24/);
    assert.match((await guest.get('/')).text, /開放時間7-24/);
    await running.stop();
  },
);

flow.run();
hours.run();
