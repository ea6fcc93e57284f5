import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { byteOrderMark } from '../../src/server/export/csv.js';
import { right } from '../support.js';
import { type Filled, filled } from './support/filled.js';
import { type Office, openOffice, origin } from './support/office.js';
import { as, ports } from './support/staff.js';

const test = suite<{ office: Office; past: Filled }>('history over HTTP, for staff');

test.before(async (context) => {
  context.office = await openOffice({ app: ports });
  context.past = await filled(context.office);
});

test.after(async ({ office }) => {
  await office.close();
});

const params = { agencyCode: 'EX001' };

test('the list tells every change in its order, and pages of it are the whole', async ({ office, past }) => {
  const auditor = as('aud-1', office.app);
  const whole = right(await auditor.agencyHistory({ params }, { after: past.last }));
  assert.equal(
    whole.items.map(({ type }) => type),
    ['TermsAccepted', 'AgencyRegistered', 'ManagerAppointed', 'ClerkAuthorized', 'ClerkPermissionsChanged'],
  );
  assert.is(whole.next, null);
  const seen: unknown[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: '2', ...(cursor === undefined ? {} : { cursor }) };
    const page = right(await auditor.agencyHistory({ params, query }));
    assert.ok(page.items.length <= 2);
    seen.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  assert.equal(seen, whole.items);
});

test('the list can be of one clerk, and its cursor is of that list alone', async ({ office, past }) => {
  const auditor = as('aud-1', office.app);
  const query = { clerk: past.wangId, limit: '1' };
  const page = right(await auditor.agencyHistory({ params, query }, { after: past.last }));
  assert.equal(
    page.items.map(({ type, clerk }) => [type, clerk]),
    [['ClerkAuthorized', past.wangId]],
  );
  const elsewhere = await auditor.agencyHistory({ params, query: { cursor: page.next ?? '' } });
  assert.match(JSON.stringify(elsewhere), /CURSOR_INVALID/);
});

test('names are for auditors; others see pseudonyms alone', async ({ office, past }) => {
  const { people } = right(await as('aud-1', office.app).agencyHistory({ params }, { after: past.last }));
  assert.equal(
    people.map(({ name }) => name),
    ['林示範', '王小明'],
  );
  for (const account of ['rev-1', 'ops-1']) {
    const answer = right(await as(account, office.app).agencyHistory({ params }, { after: past.last }));
    assert.equal(answer.people, []);
    assert.not.match(JSON.stringify(answer), /林示範|王小明|A123456789/);
  }
});

test('as of an instant: who could do what then, by what was known then', async ({ office, past }) => {
  const auditor = as('aud-1', office.app);
  const permissions = async (query: Record<string, string>) => {
    const { authority } = right(await auditor.agencyHistoryAsOf({ params, query }, { after: past.last }));
    return authority.clerks.map((clerk) => clerk.permissions.map((held) => held.function).sort());
  };
  assert.equal(await permissions({}), [['premium-edit', 'premium-query']]);
  assert.equal(await permissions({ at: past.between }), [['premium-edit', 'premium-send']]);
  assert.equal(await permissions({ at: past.between, knownAt: '2020-01-01T00:00:00Z' }), []);
});

test('as of the very millisecond of a change it counts, and not one before; an instant is one, however it is written', async ({
  office,
  past,
}) => {
  const auditor = as('aud-1', office.app);
  const { items } = right(await auditor.agencyHistory({ params, query: {} }, { after: past.last }));
  const inTaipei = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
  const functionsAt = async (at: string): Promise<ReadonlyArray<string>> => {
    const { authority } = right(await auditor.agencyHistoryAsOf({ params, query: { at } }));
    return authority.clerks.flatMap((one) => one.permissions.map((held) => held.function)).sort();
  };
  const given: string[] = [];
  let seen = 0;
  for (const change of items) {
    if (change.type !== 'ClerkAuthorized' && change.type !== 'ClerkPermissionsChanged') continue;
    const at = Date.parse(change.effectiveAt);
    assert.equal(await functionsAt(new Date(at - 1).toISOString()), [...given].sort());
    if (change.type === 'ClerkAuthorized') given.push(...change.data.permissions);
    else {
      for (const fn of change.data.revoked) given.splice(given.indexOf(fn), 1);
      given.push(...change.data.granted);
    }
    assert.equal(await functionsAt(new Date(at).toISOString()), [...given].sort());
    assert.equal(await functionsAt(inTaipei(at)), [...given].sort());
    assert.equal(await functionsAt(inTaipei(at - 1)), await functionsAt(new Date(at - 1).toISOString()));
    seen += 1;
  }
  assert.is(seen, 2);
});

test('blame: which event gave it and which took it away, with the cards and the text behind it', async ({
  office,
  past,
}) => {
  const auditor = as('aud-1', office.app);
  const blameOf = async (fn: string) => {
    const query = { clerk: past.wangId, function: fn };
    return right(await auditor.agencyHistoryBlame({ params, query }, { after: past.last }));
  };
  const { blame, people } = await blameOf('premium-send');
  assert.is(blame?.granted.event.type, 'ClerkAuthorized');
  assert.is(blame?.ended?.event.type, 'ClerkPermissionsChanged');
  assert.is(blame?.granted.terms?.version, 1);
  assert.equal(
    people.map(({ name }) => name),
    ['王小明', '林示範'],
  );
  assert.is((await blameOf('premium-edit')).blame?.ended, null);
  assert.is((await blameOf('audit-download')).blame, null);
});

test('diff: what differs between two instants', async ({ office, past }) => {
  const query = { from: past.between, to: new Date(office.clock.now()).toISOString() };
  const { diff } = right(
    await as('aud-1', office.app).agencyHistoryDiff({ params, query }, { after: past.last }),
  );
  assert.equal(
    [diff.granted.map((one) => one.function), diff.revoked.map((one) => one.function)],
    [['premium-query'], ['premium-send']],
  );
});

test('what a question lacks or has too much is told', async ({ office }) => {
  const get = (path: string) =>
    office.app.fetch(new Request(`${origin}${path}`, { headers: { authorization: 'Bearer aud-1' } }));
  const of = '/agencies/EX001/history';
  for (const path of [
    `${of}/diff`,
    `${of}/as-of?at=yesterday`,
    `${of}/as-of?at=2026-01-01T00:00:00Z&at=2026-01-02T00:00:00Z`,
    `${of}/blame?clerk=x&function=premium-edit`,
    `${of}?limit=0`,
    `${of}?limit=1001`,
    `${of}?limit=01`,
    `${of}?agencyCode=EX002`,
    '/agencies/EX 001/history',
    '/agencies/EX0011/history',
  ]) {
    const answer = await get(path);
    assert.is(answer.status, 400, path);
    assert.is(((await answer.json()) as { code: string }).code, 'INVALID_INPUT', path);
  }
});

test('a table for spreadsheets: with names for auditors, in the reader’s language', async ({
  office,
  past,
}) => {
  const auditor = as('aud-1', office.app);
  const answer = right(await auditor.agencyHistoryCsv({ params }, { after: past.last }));
  assert.is(answer.headers.get('content-type'), 'text/csv; charset=utf-8; header=present');
  assert.is(answer.headers.get('content-disposition'), 'attachment; filename="history-EX001.csv"');
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer());
  assert.ok(text.startsWith(`${byteOrderMark}序號,記錄時間`));
  const lines = text.trimEnd().split('\r\n');
  assert.is(lines.length, 6);
  assert.match(lines[4] ?? '', /新增經辦人,.*王小明,premium-edit premium-send,/);
  assert.match(lines[5] ?? '', /修改權限,.*premium-query,premium-send,/);
  const plain = await right(await as('ops-1', office.app).agencyHistoryCsv({ params })).text();
  assert.not.match(plain, /王小明|林示範/);
  const english = await office.app.fetch(
    new Request(`${origin}/agencies/EX001/history.csv`, {
      headers: { authorization: 'Bearer aud-1', 'accept-language': 'en' },
    }),
  );
  assert.match(await english.text(), /clerk authorised/);
});

test('JSON lines: a change a line, each with its people', async ({ office, past }) => {
  const auditor = as('aud-1', office.app);
  const text = await right(await auditor.agencyHistoryJsonLines({ params }, { after: past.last })).text();
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const { items } = right(await auditor.agencyHistory({ params }));
  assert.equal(
    lines.map(({ people: _, ...change }) => change),
    JSON.parse(JSON.stringify(items)),
  );
  const { people } = (lines[3] ?? {}) as { readonly people?: ReadonlyArray<{ readonly name: string }> };
  assert.equal(
    people?.map(({ name }) => name),
    ['林示範', '王小明'],
  );
});

test('GEPI-42…48: the forecast of an agency has its own holders alone', async ({ office, past }) => {
  const query = { from: '2026-01-01T00:00:00Z', to: '2040-01-01T00:00:00Z' };
  const answer = right(await as('aud-1', office.app).agencyForecast({ params, query }, { after: past.last }));
  assert.equal(answer.lockouts.map(({ who }) => [who.agencyCode, who.holder]).sort(), [
    ['EX001', 'agency'],
    ['EX001', 'clerk'],
    ['EX001', 'manager'],
  ]);
  assert.ok(answer.lockouts.every(({ mending }) => mending !== null));
});

test('X-6: functions that nobody holds, of the agency that is asked for', async ({ office, past }) => {
  const { functions } = right(
    await as('aud-1', office.app).agencyUnassignedFunctions({ params }, { after: past.last }),
  );
  const codes = functions.map(({ code }) => code);
  assert.ok(codes.includes('premium-send'));
  assert.not(codes.includes('premium-query'));
});

test('an answer that is known already is not sent again; another page has another ETag', async ({
  office,
  past,
}) => {
  const get = (path: string, etag?: string) =>
    office.app.fetch(
      new Request(`${origin}/agencies/EX001${path}`, {
        headers: {
          authorization: 'Bearer aud-1',
          'mandate-after': past.last,
          ...(etag === undefined ? {} : { 'if-none-match': etag }),
        },
      }),
    );
  const first = await get('/history?limit=2');
  const etag = first.headers.get('etag') ?? '';
  assert.is(first.headers.get('cache-control'), 'no-store');
  assert.is((await get('/history?limit=2', etag)).status, 304);
  assert.is((await get('/history?limit=3', etag)).status, 200);
});

test('a position that never comes is told, and when to try again', async ({ office }) => {
  const app = office.serve({ limits: { waitMilliseconds: 20 } });
  const answer = await app.fetch(
    new Request(`${origin}/agencies/EX001/history?after=zzzz`, {
      headers: { authorization: 'Bearer aud-1' },
    }),
  );
  assert.is(answer.status, 503);
  assert.is(answer.headers.get('retry-after'), '1');
  assert.is(((await answer.json()) as { code: string }).code, 'READ_MODEL_BEHIND');
});

/** The same change over and over, as many as asked for; the reading model fails after `most`. */
const longHistory = async (office: Office, all: number, most = all) => {
  const [change] = right(office.reads.history.list('EX001', { limit: 1 }));
  if (change === undefined) throw new Error('no change');
  const asked: number[] = [];
  const list: typeof office.reads.history.list = (_, { after = -1, limit = 100 } = {}) => {
    asked.push(limit);
    if (after + 1 >= most && most < all) return { _tag: 'Left', left: { code: 'CLOSED', detail: '' } };
    const rows = Array.from({ length: Math.min(limit, all - after - 1) }, (_, i) => ({
      ...change,
      revision: after + 1 + i,
    }));
    return { _tag: 'Right', right: rows };
  };
  return {
    app: office.serve({ reads: { ...office.reads, history: { ...office.reads.history, list } } }),
    asked,
  };
};

test('a long history is exported whole, page by page', async ({ office, past }) => {
  await as('aud-1', office.app).agencyHistory({ params }, { after: past.last });
  for (const all of [0, 1, 499, 500, 501, 1250]) {
    const { app, asked } = await longHistory(office, all);
    const auditor = as('aud-1', app);
    const lines = (await right(await auditor.agencyHistoryJsonLines({ params })).text())
      .split('\n')
      .slice(0, -1);
    assert.equal(
      lines.map((line) => (JSON.parse(line) as { revision: number }).revision),
      Array.from({ length: all }, (_, i) => i),
    );
    assert.ok(asked.every((limit) => limit <= 500));
    const table = await right(await auditor.agencyHistoryCsv({ params })).text();
    assert.is(table.trimEnd().split('\r\n').length, all + 1);
  }
});

test('an export that cannot go on breaks off, so that nobody takes a part for the whole', async ({
  office,
  past,
}) => {
  await as('aud-1', office.app).agencyHistory({ params }, { after: past.last });
  const { app } = await longHistory(office, 1250, 1000);
  const answer = right(await as('aud-1', app).agencyHistoryCsv({ params }));
  const outcome = await answer.text().then(
    () => 'whole',
    () => 'broken off',
  );
  assert.is(outcome, 'broken off');
});

test('nobody else gets in', async ({ office }) => {
  for (const token of ['gate', 'mirror', 'nobody', '']) {
    const answer = await as(token, office.app).agencyHistory({ params });
    assert.match(JSON.stringify(answer), /SIGN_IN_REQUIRED/);
  }
});

test('read models that are gone are a refusal that passes, never a crash', async ({ office }) => {
  const broken = office.serve({
    reads: {
      ...office.reads,
      history: {
        ...office.reads.history,
        list: () => ({ _tag: 'Left', left: { code: 'DATABASE_UNAVAILABLE', detail: 'A123456789' } }),
      },
    },
  });
  for (const ask of [
    as('aud-1', broken).agencyHistory({ params }),
    as('aud-1', broken).agencyHistoryCsv({ params }),
  ]) {
    const answer = JSON.stringify(await ask);
    assert.match(answer, /UNAVAILABLE/);
    assert.not.match(answer, /A123456789|DATABASE/);
  }
});

test.run();
