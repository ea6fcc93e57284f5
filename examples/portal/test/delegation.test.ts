import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fromHex } from './support/hex.js';
import { type Running, runPortal } from './support/portal.js';
import { delegate, fieldsOf } from './support/steps.js';
import { hidden, type Visitor, visitor as visitorOf } from './support/visitor.js';

interface World {
  running: Running;
  visitor: Visitor;
}

const work = suite<World>('portal: delegation, page by page');

work.before(async (world) => {
  world.running = await runPortal();
});
work.after(({ running }) => running.stop());
work.before.each(async (world) => {
  world.visitor = visitorOf(world.running);
  await delegate(world.visitor);
});

/** The id of a clerk by the link of the list. */
const clerkIdOf = (text: string, name: string): string => {
  const row = text.split('<tr').find((one) => one.includes(`>${name}<`)) ?? '';
  return /\/clerks\/([0-9a-f-]{36})"/.exec(row)?.[1] ?? '';
};

/** What reading a card fills in. */
const cardOf = ({ world }: Running, id: string): { readonly der: string; readonly cardNumber: string } => {
  const played = world.office.cards.drawer?.played.find((one) => one.id === id);
  if (played === undefined) throw new Error(`no card ${id}`);
  return { der: Buffer.from(fromHex(played.certificate)).toString('base64'), cardNumber: played.cardNumber };
};

const main = (text: string): string => text.slice(text.indexOf('<main'));

work(
  'GEPI-32: the list shows whose clerks they are, and each with number, name, ID and what may be done',
  async ({ visitor }) => {
    const { text } = await visitor.get('/clerks');
    for (const word of [
      'DM003',
      '示範自來水股份有限公司',
      '許公營',
      '曹承辦',
      '郭展期',
      '序號',
      '姓名',
      '身分證統一編號',
      '操作區',
    ])
      assert.ok(text.includes(word), word);
    // A list is read over shoulders: the whole ID stands in the form alone.
    assert.ok(text.includes('******7652'));
    assert.not.ok(text.includes('J123987652'));
    assert.not.ok(text.includes('劉離職'));
  },
);

work('X-6: a new function that nobody has is pointed out', async ({ visitor }) => {
  const { text } = await visitor.get('/clerks');
  assert.ok(text.includes('新功能尚未指派') && text.includes('繳費證明下載'));
  const all = await visitor.get('/unassigned-functions');
  assert.is(all.status, 200);
  assert.ok(all.text.includes('繳費證明下載') && all.text.includes('給付資料列印'));
});

work(
  'GEPI-33, GEPI-34, GEPI-37: a card that was read is added with its permissions, and the list says so',
  async ({ visitor, running }) => {
    const { der } = cardOf(running, 'wang');
    await visitor.get('/clerks/add');
    const read = JSON.parse((await visitor.post('/clerks/read-card', { der })).text);
    assert.is(read.name, '王小明');
    const page = await visitor.get('/clerks/add');
    const sent = await visitor.post('/clerks/add', {
      ...fieldsOf(page.text),
      ...{ serial: read.serial, name: read.name, nationalId: 'A123456789', der },
      permissions: 'premium-query',
    });
    assert.is(sent.status, 303, sent.text.slice(0, 2000));
    const list = await visitor.get(sent.location ?? '');
    assert.ok(list.text.includes('新增成功!') && list.text.includes('王小明'));
  },
);

work('GEPI-33: at least one function; what was typed stays in the form', async ({ visitor }) => {
  const page = await visitor.get('/clerks/add');
  const refused = await visitor.post('/clerks/add', {
    ...fieldsOf(page.text),
    ...{ serial: 'A123456789ABCDEF0123456789ABCDEF', name: '陳手打', nationalId: 'F131104093' },
  });
  assert.is(refused.status, 422, main(refused.text));
  assert.ok(refused.text.includes('href="#f-permissions"'));
  for (const typed of ['A123456789ABCDEF0123456789ABCDEF', '陳手打', 'F131104093'])
    assert.ok(refused.text.includes(`value="${typed}"`), typed);
});

work(
  'GEPI-35: a serial that was typed is told apart; one that is wrong is shown beside its field',
  async ({ visitor }) => {
    const page = await visitor.get('/clerks/add');
    const typed = { name: '陳手打', nationalId: 'F131104093', permissions: 'premium-query' };
    const wrong = await visitor.post('/clerks/add', { ...fieldsOf(page.text), ...typed, serial: '12345' });
    assert.is(wrong.status, 400);
    assert.ok(wrong.text.includes('id="f-serial-error"'));
    const right = await visitor.post('/clerks/add', {
      ...{ ...fieldsOf(wrong.text), ...typed },
      serial: '0123 4567 89ab cdef 0123 4567 89ab cdef',
    });
    assert.is(right.status, 303);
    assert.ok((await visitor.get('/clerks')).text.includes('自行輸入,尚未經卡片驗證'));
  },
);

work('a form that comes twice is one clerk', async ({ visitor, running }) => {
  const page = await visitor.get('/clerks/add');
  const fields = {
    ...fieldsOf(page.text),
    ...{ name: '吳路人', nationalId: 'N134567892', serial: 'x', ...cardOf(running, 'wu') },
    permissions: 'benefit-query',
  };
  const first = await visitor.post('/clerks/add', fields);
  const second = await visitor.post('/clerks/add', fields);
  assert.is(first.status, 303, first.text.slice(0, 2000));
  assert.is(second.location, first.location);
  const { text } = await visitor.get('/clerks');
  assert.is(text.match(/>吳路人</g)?.length, 1);
});

work(
  'GEPI-38, GEPI-39, GEPI-42: the old serial is shown; certificate and permissions change in one save',
  async ({ visitor, running }) => {
    const list = await visitor.get('/clerks');
    const id = clerkIdOf(list.text, '郭展期');
    const page = await visitor.get(`/clerks/${id}`);
    assert.ok(page.text.includes('畫面顯示之憑證序號為舊卡資料。'));
    assert.ok(page.text.includes('檢查頁面右方功能選單是否須增刪權限'));
    const old = /id="f-serial"[^>]*value="([0-9A-F]+)"/.exec(page.text)?.[1] ?? '';
    assert.is(old.length, 32);
    assert.ok(page.text.includes('value="premium-print" checked'));
    const sent = await visitor.post(`/clerks/${id}`, {
      ...fieldsOf(page.text),
      ...{ name: '郭展期', nationalId: 'D222334458', serial: 'x', ...cardOf(running, 'kuo-renewed') },
      permissions: 'premium-query',
    });
    assert.is(sent.status, 303, sent.text.slice(0, 2000));
    const after = await visitor.get(sent.location ?? '');
    assert.ok(after.text.includes('修改成功!'));
    const receipt = await visitor.get(
      `/receipts/${new URL(sent.location ?? '', 'http://x').searchParams.get('receipt')}`,
    );
    assert.is(receipt.status, 200);
    for (const word of [
      '更換經辦人自然人憑證',
      '變更經辦人權限',
      old,
      '同一張卡展期',
      '申報資料列印',
      '許公營',
    ])
      assert.ok(receipt.text.includes(word), word);
  },
);

work('a save that changes nothing says so', async ({ visitor }) => {
  const id = clerkIdOf((await visitor.get('/clerks')).text, '曹承辦');
  const page = await visitor.get(`/clerks/${id}`);
  const serial = /id="f-serial"[^>]*value="([0-9A-F]+)"/.exec(page.text)?.[1] ?? '';
  const again = await visitor.post(`/clerks/${id}`, {
    ...{ ...fieldsOf(page.text), serial, name: '曹承辦', nationalId: 'J123987652' },
    permissions: ['premium-send', 'premium-query', 'benefit-claim', 'benefit-estimate'],
  });
  assert.is(again.status, 409, again.text.slice(0, 2000));
});

work('GEPI-40: deletion asks once more, and the list says that it is done', async ({ visitor }) => {
  const id = clerkIdOf((await visitor.get('/clerks')).text, '曹承辦');
  const asked = await visitor.get(`/clerks/${id}/delete`);
  assert.ok(asked.text.includes('請再次確認是否確定刪除?'));
  const unsure = await visitor.post(`/clerks/${id}/delete`, fieldsOf(asked.text));
  assert.is(unsure.status, 422);
  assert.ok((await visitor.get('/clerks')).text.includes('曹承辦'));
  const page = await visitor.get(`/clerks/${id}/delete`);
  const sure = await visitor.post(`/clerks/${id}/delete`, { ...fieldsOf(page.text), confirmed: 'yes' });
  assert.is(sure.status, 303);
  const list = await visitor.get(sure.location ?? '');
  assert.ok(list.text.includes('刪除成功!'));
  assert.not.ok(list.text.includes('曹承辦'));
});

work('a clerk of another agency is not there, like one that never was', async ({ visitor, running }) => {
  const hospital = visitorOf(running);
  await hospital.get('/delegation/agency');
  await hospital.card('/delegation/agency', 'hospital', { agencyCode: 'DM004' });
  await hospital.get('/delegation/manager');
  await hospital.card('/delegation/manager', 'tsai', { nationalId: 'U223456715' });
  const before = await hospital.get('/clerks');
  const theirs = clerkIdOf(before.text, '高護理');
  assert.is(theirs.length, 36);
  const own = await visitor.get('/clerks/add');
  const form = {
    ...fieldsOf(own.text),
    name: '高護理',
    nationalId: 'T200987618',
    serial: 'x',
    confirmed: 'yes',
  };
  for (const id of [theirs, '00000000-0000-4000-8000-000000000000', 'nonsense'])
    for (const answer of [
      await visitor.get(`/clerks/${id}`),
      await visitor.get(`/clerks/${id}/delete`),
      await visitor.post(`/clerks/${id}`, {
        ...form,
        ...cardOf(running, 'wu'),
        permissions: 'premium-query',
      }),
      await visitor.post(`/clerks/${id}/delete`, form),
    ]) {
      assert.is(answer.status, 404, id);
      assert.match(answer.text, /找不到網頁/);
      assert.not.match(answer.text, /高護理|T200987618/);
    }
  assert.is((await hospital.get('/clerks')).text, before.text);
});

work(
  'GEPI-31: without both cards no page of the delegation is shown, and nothing is done',
  async ({ running }) => {
    const stranger = visitorOf(running);
    for (const path of ['/clerks', '/clerks/add'])
      assert.is((await stranger.get(path)).location, '/delegation/agency');
    for (const path of ['/history', '/history/as-of', '/forecast', '/unassigned-functions', '/receipts/x']) {
      const { status, text } = await stranger.get(path);
      assert.is(status, 403, path);
      assert.ok(text.includes('前往確認憑證'));
    }
    const sent = await stranger.post('/clerks/add', { name: 'x' });
    assert.is(sent.status, 403);
    assert.ok(sent.text.includes('作業已逾時'));
  },
);

work('a form with another token is refused, and nothing is done', async ({ visitor, running }) => {
  const page = await visitor.get('/clerks/add');
  const sent = await visitor.post('/clerks/add', {
    ...{ ...fieldsOf(page.text), ...cardOf(running, 'chen'), csrf: 'x' },
    ...{ serial: 'x', name: '陳手打', nationalId: 'F131104093', permissions: 'premium-query' },
  });
  assert.is(sent.status, 403, main(sent.text));
  assert.ok(sent.text.includes('value="陳手打"'));
});

work('nothing was left to chance', ({ running }) => {
  assert.equal(running.faults, []);
  assert.is(hidden('<input name="a" value="b">', 'a'), 'b');
});

work.run();
