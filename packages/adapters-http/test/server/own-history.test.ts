import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { right } from '../support.js';
import { browser, refusalOf, showAll } from './support/counter.js';
import { type Filled, filled } from './support/filled.js';
import { type Office, openOffice, origin } from './support/office.js';
import { as, ports } from './support/staff.js';

const test = suite<{ office: Office; past: Filled }>('history over HTTP, for a session');

test.before.each(async (context) => {
  context.office = await openOffice({ app: ports });
  context.past = await filled(context.office);
});

test.after.each(async ({ office }) => {
  await office.close();
});

/** A manager's browser whose cards are confirmed for delegation. */
const signedIn = async (office: Office, { first, lin }: Filled) => {
  const made = browser(office.app);
  const manager = { card: lin.card, nationalId: lin.nationalId };
  await showAll(made.client, { purpose: 'delegation', agencyCode: 'EX001' }, { card: first.card }, manager);
  return made;
};

test('a manager sees the history of the own agency, with names', async ({ office, past }) => {
  const { client } = await signedIn(office, past);
  const answer = right(await client.history({}, { after: past.last }));
  assert.ok(answer.items.length > 0);
  assert.ok(answer.items.every(({ agencyCode }) => agencyCode === 'EX001'));
  assert.equal(
    answer.people.map(({ name }) => name),
    ['林示範', '王小明'],
  );
});

test('nothing of another agency is in any answer, whatever is asked for', async ({ office, past }) => {
  const { client, seen } = await signedIn(office, past);
  const now = new Date(office.clock.now()).toISOString();
  await client.history({}, { after: past.last });
  await client.historyAsOf();
  await client.historyDiff({ query: { from: past.between, to: now } });
  await client.forecast({ query: { from: '2026-01-01T00:00:00Z', to: '2040-01-01T00:00:00Z' } });
  await client.unassignedFunctions();
  const csv = await right(await client.historyCsv()).text();
  const jsonLines = await right(await client.historyJsonLines()).text();
  // The agency is the session's: nobody is asked for it, and saying it is one field too many.
  const cookie = seen.at(-1)?.request.headers.get('cookie') ?? '';
  const asked = await office.app.fetch(
    new Request(`${origin}/history?agencyCode=EX002`, { headers: { cookie, 'user-agent': 'Test/1.0' } }),
  );
  assert.is(asked.status, 400);
  const elsewhere = await client.agencyHistory({ params: { agencyCode: 'EX002' } });
  assert.is(refusalOf(elsewhere), 'SIGN_IN_REQUIRED');
  const texts = await Promise.all(seen.map(({ response }) => response.clone().text()));
  for (const text of [...texts.slice(-9), csv, jsonLines]) {
    assert.not.match(text, /EX002|許示範|陳大文|示範縣政府/);
  }
});

test('a clerk of another agency is answered exactly like one that nobody knows', async ({ office, past }) => {
  const { client } = await signedIn(office, past);
  const ask = async (clerk: string) => [
    right(await client.historyBlame({ query: { clerk, function: 'premium-edit' } }, { after: past.last })),
    right(await client.history({ query: { clerk } })),
  ];
  assert.equal(await ask(past.chenId), await ask('5f0c1a1e-8a53-4f2b-9c55-0d3c2b1a4e01'));
});

test('a cursor of another agency’s list leads nowhere', async ({ office, past }) => {
  const params = { agencyCode: 'EX002' };
  const { next } = right(
    await as('aud-1', office.app).agencyHistory({ params, query: { limit: '1' } }, { after: past.last }),
  );
  const { client } = await signedIn(office, past);
  assert.is(refusalOf(await client.history({ query: { cursor: next ?? '' } })), 'CURSOR_INVALID');
});

test('GEPI-42: a later card that only another agency has on record tells that this one is void, and not which it is', async ({
  office,
  past,
}) => {
  const { client } = await signedIn(office, past);
  const renewed = await office.pki.reissue(past.wang.card);
  const { executed } = await past.second.authorize({ ...past.wang, card: renewed }, ['premium-edit']);
  const query = { from: '2026-01-01T00:00:00Z', to: '2040-01-01T00:00:00Z' };
  const own = right(await client.forecast({ query }, { after: executed.position ?? '' }));
  const lockout = [...own.lockouts, ...own.already].find(({ who }) => who.clerk === past.wangId);
  assert.equal([lockout?.cause, lockout?.supersededBy], ['superseded', null]);
  const params = { agencyCode: 'EX001' };
  const forStaff = right(await as('aud-1', office.app).agencyForecast({ params, query }));
  const known = [...forStaff.lockouts, ...forStaff.already].find(({ who }) => who.clerk === past.wangId);
  assert.is(known?.supersededBy?.serial, renewed.serial);
});

test('what cards have opened closes with the portal (GEPI-4), and with the manager (GEPI-49)', async ({
  office,
  past,
}) => {
  const { client } = await signedIn(office, past);
  const day = office.clock.now();
  office.clock.set('2026-03-02T16:30:00Z');
  const atNight = refusalOf(await client.history());
  assert.ok(['OUTSIDE_OPENING_HOURS', 'SESSION_REQUIRED'].includes(atNight), atNight);
  office.clock.set(day);
});

test('who has no such session sees no history', async ({ office, past }) => {
  const { client } = browser(office.app);
  assert.is(refusalOf(await client.history()), 'SESSION_REQUIRED');
  await showAll(client, { purpose: 'query-oid', agencyCode: 'EX001' }, { card: past.first.card });
  assert.is(refusalOf(await client.history()), 'FORBIDDEN');
  assert.is(refusalOf(await client.forecast()), 'FORBIDDEN');
});

test.run();
