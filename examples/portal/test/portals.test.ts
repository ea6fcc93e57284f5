/** Several portals on one origin: the index, each under its path, and nothing of one in another. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type OpenPortals, openPortals } from '../src/portals/open.js';
import { mountAt } from '../src/site/mount.js';

const origin = 'http://localhost:8080';

interface World {
  base: string;
  open: OpenPortals;
}

const portals = suite<World>('portals: one origin');

portals.before(async (world) => {
  world.base = mkdtempSync(join(tmpdir(), 'mandate-portals-'));
  const folder = join(world.base, 'portal');
  const opened = await openPortals({ folder, origin, anyHour: true, reader: false });
  if (E.isLeft(opened)) throw new Error(`${opened.left.code}: ${opened.left.detail}`);
  world.open = opened.right;
});
portals.after(async ({ base, open }) => {
  await open.close();
  rmSync(base, { recursive: true, force: true });
});

const get = (open: OpenPortals, path: string, headers: Readonly<Record<string, string>> = {}) =>
  open.fetch(new Request(`${origin}${path}`, { headers }));

portals('the index says what each portal is, in both languages', async ({ open }) => {
  const page = await (await get(open, '/')).text();
  for (const [id, { world }] of open.portals) {
    assert.ok(page.includes(`href="/${id}/"`), id);
    assert.ok(page.includes(world.policy.name.zh), id);
  }
  const changed = await get(open, '/language?to=en&back=%2F');
  const [cookie = ''] = changed.headers.getSetCookie();
  const english = await (await get(open, '/', { cookie: cookie.replace(/;.*/, '') })).text();
  for (const { world } of open.portals.values()) assert.ok(english.includes(world.policy.name.en));
});

portals('a page of a portal leads to pages of that portal alone', async ({ open }) => {
  for (const id of open.portals.keys()) {
    const answer = await get(open, `/${id}/`);
    assert.is(answer.status, 200);
    const text = await answer.text();
    const led = [...text.matchAll(/ (?:href|action|formaction|src)="([^"]*)"/g)].map(([, to = '']) => to);
    const away = led.filter((to) => to.startsWith('/') && !to.startsWith(`/${id}/`));
    assert.equal(away, []);
    assert.is((await get(open, `/${id}`)).headers.get('location'), `/${id}/`);
    assert.is((await get(open, `/${id}/api/policy`)).status, 200);
  }
});

portals('another name of the host leads to the same page, of whichever portal', async ({ open }) => {
  const pages = [
    '/',
    '/renewal',
    ...[...open.portals.keys()].flatMap((id) => [`/${id}`, `/${id}/`, `/${id}/help?x=1`]),
  ];
  for (const page of pages) {
    const led = await open.fetch(new Request(`http://127.0.0.1:8080${page}`));
    assert.equal([led.status, led.headers.get('location')], [308, `${origin}${page}`]);
    const sent = await open.fetch(new Request(`http://127.0.0.1:8080${page}`, { method: 'POST' }));
    assert.not.ok(sent.ok, page);
  }
});

portals('GEPI answers where it did before there were others', async ({ open }) => {
  for (const path of ['/first-registration', '/planner', '/api/policy', '/staff/sign-in'])
    assert.is((await get(open, path)).status, 200, path);
});

portals('an address that leads elsewhere stays within its portal', async ({ open }) => {
  const answer = await get(open, '/nhi/managers');
  assert.is(answer.status, 303);
  assert.is(answer.headers.get('location'), '/nhi/managers/agency');
  assert.is((await get(open, '/nhi/first-registration')).status, 404);
});

portals.run();

// -------------------------------------------------------------------------------------
const mount = suite('portals: a mount');

mount('cookies of two portals do not take each other’s place, and the language is common', async () => {
  const heard: Array<string | null> = [];
  const site = mountAt(
    '/nhi',
    {
      fetch: async (request) => {
        heard.push(request.headers.get('cookie'));
        return new Response(null, { headers: { 'set-cookie': '__Host-mandate=abc; Path=/; Secure' } });
      },
    },
    origin,
  );
  const cookie =
    '__Host-mandate=gepi; __Host-nhi-mandate=own; __Host-ecpa-mandate=x; __Host-portal-language=en';
  const answer = await site.fetch(new Request(`${origin}/nhi/`, { headers: { cookie } }));
  assert.equal(heard, ['__Host-mandate=own; __Host-portal-language=en']);
  assert.equal(answer.headers.getSetCookie(), ['__Host-nhi-mandate=abc; Path=/; Secure']);
});

mount('what somebody typed is no address, whatever it looks like', async () => {
  const page =
    '<input name="x" value="/typed"><p>href=&quot;/said&quot;</p><a href="/led">a</a><a href="//x">b</a>';
  const site = mountAt(
    '/nhi',
    { fetch: async () => new Response(page, { headers: { 'content-type': 'text/html' } }) },
    origin,
  );
  const answer = await site.fetch(new Request(`${origin}/nhi/a`));
  assert.is(await answer.text(), page.replace('href="/led"', 'href="/nhi/led"'));
});

mount('a redirect to the same origin stays within; one to another site is left alone', async () => {
  const to = async (location: string): Promise<string | null> => {
    const answering = async (): Promise<Response> =>
      new Response(null, { status: 303, headers: { location } });
    const answer = await mountAt('/nhi', { fetch: answering }, origin).fetch(new Request(`${origin}/nhi/a`));
    return answer.headers.get('location');
  };
  assert.is(await to('/b?c=d'), '/nhi/b?c=d');
  assert.is(await to(`${origin}/b`), '/nhi/b');
  assert.is(await to('https://other.example/b'), 'https://other.example/b');
  assert.is(await to('//other.example/b'), '//other.example/b');
});

mount('a form comes through with its body and method', async () => {
  const site = mountAt(
    '/nhi',
    {
      fetch: async (request) =>
        new Response(`${request.method} ${new URL(request.url).pathname} ${await request.text()}`),
    },
    origin,
  );
  const answer = await site.fetch(new Request(`${origin}/nhi/a/b`, { method: 'POST', body: 'x=1' }));
  assert.is(await answer.text(), 'POST /a/b x=1');
});

mount.run();
