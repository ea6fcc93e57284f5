import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dayOf, endOfDay } from '../src/history/days.js';
import { type Running, runPortal } from './support/portal.js';
import { delegate, mainOf } from './support/steps.js';
import { type Visitor, visitor } from './support/visitor.js';

interface World {
  running: Running;
  visitor: Visitor;
}

const days = suite('portal: days that people choose');

days('the end of a day is that of Taipei', () => {
  assert.is(endOfDay('2026-03-31'), '2026-03-31T15:59:59.999Z');
  assert.is(dayOf(Date.parse('2026-03-31T16:00:00.000Z')), '2026-04-01');
});

days('what is no day is none', () => {
  for (const text of [
    '',
    '2026-02-31',
    '2026-13-01',
    '115-03-31',
    '2026-3-1',
    'tomorrow',
    '2026-03-31T00:00',
  ])
    assert.is(endOfDay(text), undefined, text);
});

const history = suite<World>('portal: history, forecast and receipts of the own agency');

history.before(async (world) => {
  world.running = await runPortal();
  world.visitor = visitor(world.running);
  await delegate(world.visitor);
});
history.after(({ running }) => running.stop());

const ago = (count: number): string => dayOf(Date.now() - count * 86_400_000);

history('the time line tells every change, the latest first, with whom and by whom', async ({ visitor }) => {
  const text = mainOf((await visitor.get('/history')).text);
  const order = ['變更經辦人權限:曹承辦', '刪除授權經辦人:劉離職', '新增授權經辦人:劉離職', '機關完成註冊'];
  const places = order.map((word) => text.indexOf(word));
  assert.equal(
    places,
    [...places].sort((a, b) => a - b),
  );
  assert.ok(
    places.every((place) => place >= 0),
    JSON.stringify(places),
  );
  assert.ok(text.includes('授權管理者 許公營'));
  // What one save brought stands together: terms, agency, manager.
  const first = text.split('<li class="save">').at(-1) ?? '';
  for (const word of ['同意用戶約定條款', '機關完成註冊', '設定授權管理者'])
    assert.ok(first.includes(word), word);
});

history('the time line of one clerk tells of nobody else', async ({ visitor }) => {
  const { text } = await visitor.get('/history');
  const id = /value="([0-9a-f-]{36})">劉離職/.exec(text)?.[1] ?? '';
  const of = mainOf((await visitor.get(`/history?clerk=${id}`)).text);
  assert.is(of.match(/<article class="change">/g)?.length, 2);
  assert.ok(of.includes('刪除授權經辦人:劉離職'));
  assert.not.ok(of.includes('<h3>變更經辦人權限:曹承辦'));
});

history('as of a day: who could do what then', async ({ visitor }) => {
  const then = mainOf((await visitor.get(`/history/as-of?at=${ago(15)}`)).text);
  const now = mainOf((await visitor.get('/history/as-of')).text);
  assert.ok(then.includes('劉離職') && !now.includes('劉離職'));
  const row = (text: string): string => text.split('<tr').find((one) => one.includes('曹承辦')) ?? '';
  assert.ok(row(now).includes('給付請領作業') && !row(then).includes('給付請領作業'));
  const before = await visitor.get(`/history/as-of?at=${ago(60)}`);
  assert.ok(before.text.includes('當日尚未註冊。'));
});

history('by what was known on another day, nobody was there yet', async ({ visitor }) => {
  const text = mainOf((await visitor.get(`/history/as-of?at=${ago(15)}&knownAt=${ago(60)}`)).text);
  assert.ok(text.includes('當日尚未註冊。'));
});

history('two days: who came and left, what was given and taken', async ({ visitor }) => {
  const text = mainOf((await visitor.get(`/history/diff?from=${ago(25)}&to=${ago(1)}`)).text);
  assert.ok(/離開的經辦人[\s\S]*劉離職/.test(text));
  assert.ok(/新增的權限[\s\S]*給付試算作業/.test(text));
  assert.ok(/取消的權限[\s\S]*申報資料登錄/.test(text));
  const same = await visitor.get(`/history/diff?from=${ago(1)}&to=${ago(1)}`);
  assert.ok(same.text.includes('兩日之間沒有差異。'));
});

history('a day that is none is shown beside its field', async ({ visitor }) => {
  for (const path of ['/history/as-of?at=2026-02-31', '/history/diff?from=x&to=2026-01-01']) {
    const { status, text } = await visitor.get(path);
    assert.is(status, 422, path);
    assert.ok(text.includes('請輸入日期。') && text.includes('aria-invalid="true"'));
  }
});

history(
  'who granted this: by whom, with which certificates, under which menu and terms',
  async ({ visitor }) => {
    const { text } = await visitor.get('/history/as-of');
    const link =
      /href="(\/history\/blame\?[^"]*premium-send[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const blame = mainOf((await visitor.get(link)).text);
    for (const word of [
      '曹承辦',
      '申報資料傳送',
      '授權管理者 許公營',
      'MOEACA',
      'MOICA',
      '功能選單版本',
      '用戶約定條款版本',
      '憑證使用憑據',
      '至今有效',
    ])
      assert.ok(blame.includes(word), word);
    // Evidence is for auditors.
    assert.not.ok(blame.includes('檢驗憑據'));
    const never = await visitor.get(link.replace('premium-send', 'seniority-query'));
    assert.is(never.status, 404);
    assert.ok(never.text.includes('查無此項授權。'));
  },
);

history('the history is downloaded as a table and as lines, of the own agency alone', async ({ visitor }) => {
  const csv = await visitor.get('/api/history.csv');
  assert.match(csv.headers.get('content-type') ?? '', /^text\/csv/);
  assert.ok(csv.text.includes('DM003') || csv.text.includes('曹承辦'));
  const lines = await visitor.get('/api/history.jsonl');
  assert.ok(
    lines.text
      .trim()
      .split('\n')
      .every((line) => JSON.parse(line).agencyCode === 'DM003'),
  );
});

history(
  'the forecast of an agency whose clerk’s certificate ends soon says which cards mend it',
  async ({ running }) => {
    const hospital = visitor(running);
    await hospital.get('/delegation/agency');
    await hospital.card('/delegation/agency', 'hospital', { agencyCode: 'DM004' });
    await hospital.get('/delegation/manager');
    await hospital.card('/delegation/manager', 'tsai', { nationalId: 'U223456715' });
    const text = mainOf((await hospital.get('/forecast')).text);
    for (const word of ['高護理', '憑證到期', '機關憑證', '授權管理者自然人憑證', '授權指派'])
      assert.ok(text.includes(word), word);
    assert.not.ok(text.includes('DM003') || text.includes('許公營'));
  },
);

history('a receipt that is not of this agency is not there', async ({ visitor }) => {
  for (const id of ['00000000-0000-4000-8000-000000000000', 'x'])
    assert.is((await visitor.get(`/receipts/${id}`)).status, 404);
});

history('no key of a text that the pack does not have is shown', async ({ visitor, running }) => {
  for (const path of [
    '/history',
    '/history/as-of',
    `/history/diff?from=${ago(50)}&to=${ago(0)}`,
    '/forecast',
    '/clerks',
    '/clerks/add',
    '/unassigned-functions',
  ])
    assert.not.match((await visitor.get(path)).text, />[a-z]+(?:\.[a-zA-Z]+)+</, path);
  assert.equal(running.faults, []);
});

days.run();
history.run();
