import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cookieJar, registerClient } from '../../src/client/index.js';
import { right } from '../support.js';
import { type Office, openOffice, origin } from './support/office.js';

const test = suite<{ office: Office }>('what anybody may ask');

test.before(async (context) => {
  context.office = await openOffice({ app: { basePath: '/api' } });
});

test.after(async ({ office }) => {
  await office.close();
});

const get = (office: Office, path: string, headers: Record<string, string> = {}): Promise<Response> =>
  office.app.fetch(new Request(`${origin}${path}`, { headers }));

test('the root names every address that needs no other', async ({ office }) => {
  const answer = await get(office, '/api');
  assert.is(answer.status, 200);
  const { portal, links } = (await answer.json()) as { portal: string; links: Record<string, string> };
  assert.is(portal, 'gepi');
  assert.is(links['terms'], '/api/terms');
  assert.is((await get(office, '/api/')).status, 200);
});

test('GEPI-4: the policy says whether the portal is open now', async ({ office }) => {
  const open = async (): Promise<unknown> =>
    ((await (await get(office, '/api/policy')).json()) as { open: unknown }).open;
  assert.is(await open(), true);
  const day = office.clock.now();
  office.clock.set('2026-03-02T22:30:00Z');
  assert.is(await open(), false);
  office.clock.set(day);
});

test('GEPI-13: the terms come with the time of their handing out and its receipt', async ({ office }) => {
  const client = registerClient({ base: `${origin}/api`, fetch: office.app.fetch, cookies: cookieJar() });
  const terms = right(await client.terms());
  assert.is(terms.presentedAt, new Date(office.clock.now()).toISOString());
  assert.match(terms.receipt, /^[0-9a-f]{64}$/);
  assert.match(terms.text, '用戶');
});

test('GEPI-36: the menu comes in its order, with groups and functions', async ({ office }) => {
  const client = registerClient({ base: `${origin}/api`, fetch: office.app.fetch });
  const { version, entries } = right(await client.catalogue());
  assert.is(version, 1);
  assert.ok(entries.some(({ kind }) => kind === 'group'));
  assert.ok(entries.some(({ code, parent }) => code === 'premium-edit' && parent !== null));
});

test('every answer keeps a browser from doing more with it, and names the request', async ({ office }) => {
  for (const path of ['/api', '/api/terms', '/api/nothing', '/elsewhere']) {
    const { headers } = await get(office, path);
    assert.match(headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
    assert.is(headers.get('x-content-type-options'), 'nosniff');
    assert.is(headers.get('content-security-policy'), "default-src 'none'; frame-ancestors 'none'");
    assert.is(headers.get('referrer-policy'), 'no-referrer');
    assert.is(headers.get('cross-origin-resource-policy'), 'same-origin');
    assert.match(headers.get('strict-transport-security') ?? '', 'max-age=');
    assert.ok(['no-store', 'private, no-cache'].includes(headers.get('cache-control') ?? ''), path);
  }
});

test('an answer that the reader has already is not sent again (RFC 9110 13.1.2)', async ({ office }) => {
  const first = await get(office, '/api/catalogue');
  const etag = first.headers.get('etag') ?? '';
  assert.match(etag, /^"[0-9a-f]{64}"$/);
  const again = await get(office, '/api/catalogue', { 'if-none-match': `"other", W/${etag}` });
  assert.is(again.status, 304);
  assert.is(await again.text(), '');
  assert.is((await get(office, '/api/catalogue', { 'if-none-match': '"other"' })).status, 200);
});

test('an address that takes another method says which; one that is none says so in both languages', async ({
  office,
}) => {
  const wrong = await office.app.fetch(new Request(`${origin}/api/terms`, { method: 'DELETE' }));
  assert.is(wrong.status, 405);
  assert.is(wrong.headers.get('allow'), 'GET, HEAD');
  const none = await get(office, '/api/nothing', { 'accept-language': 'en-GB, zh;q=0.8' });
  assert.is(none.headers.get('content-type'), 'application/problem+json; charset=utf-8');
  const problem = (await none.json()) as Record<string, unknown>;
  assert.is(problem['code'], 'NOT_FOUND');
  assert.is(problem['type'], 'urn:mandate:error:NOT_FOUND');
  assert.is(problem['title'], 'There is nothing at this address.');
  assert.equal(problem['texts'], { zh: '查無此頁面或資料。', en: 'There is nothing at this address.' });
  assert.is(problem['requestId'], none.headers.get('x-request-id'));
});

test('only declared query parameters are taken, each once', async ({ office }) => {
  assert.is((await get(office, '/api/terms?lang=zh')).status, 400);
  assert.is((await get(office, '/api/terms?')).status, 200);
});

test('HEAD answers as GET does, without a body', async ({ office }) => {
  const answer = await office.app.fetch(new Request(`${origin}/api/policy`, { method: 'HEAD' }));
  assert.is(answer.status, 200);
  assert.is(await answer.text(), '');
});

test.run();
