import { gepiPolicy, gepiPolicyFor } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cookieOf } from '../src/site/cookies.js';
import { localPath } from '../src/site/local-path.js';
import type { Site } from '../src/site/site.js';
import { get, openSite, origin } from './support/site.js';

interface World {
  site: Site;
  tested: Site;
}

const pages = suite<World>('portal: the frame of the pages');

pages.before(async (world) => {
  world.site = await openSite();
  const drawer = { shown: [], played: [] };
  world.tested = await openSite({ test: { drawer, instance: 'i-1', anyHour: true, readerFirst: false } });
});

const english = { cookie: '__Host-portal-language=en' };

pages('GEPI-6: every line of the left function column leads to its page', async ({ site }) => {
  const text = await (await get(site, '/')).text();
  for (const { label, items } of gepiPolicy.menu) {
    assert.ok(text.includes(`<span class="menu-label">${label.zh}</span>`), label.zh);
    for (const item of items)
      assert.ok(text.includes(`<a href="/${item.purpose ?? item.id}">${item.label.zh}</a>`));
  }
});

pages(
  'GEPI-7, GEPI-2, GEPI-5: the home page has the six cards, the gate for clerks and the notes',
  async ({ site }) => {
    const text = await (await get(site, '/')).text();
    assert.is(text.match(/<li class="card">/g)?.length, 6);
    assert.ok(text.includes('尚未註冊或授權者請先辦理憑證註冊與指派作業'));
    assert.ok(text.includes('系統設定須知'));
  },
);

pages(
  'GEPI-8, GEPI-9, GEPI-27: the help page has every telephone number, extension and region',
  async ({ site }) => {
    const text = await (await get(site, '/help')).text();
    for (const { phone, routes } of gepiPolicy.helpdesks) {
      assert.ok(text.includes(phone), phone);
      for (const { extension, regions } of routes) {
        assert.ok(text.includes(extension));
        assert.ok(text.includes(regions.join('、')));
      }
    }
  },
);

pages(
  'over TLS a browser is told to stay there, on every page; without TLS nothing is said',
  async ({ site }) => {
    const secure = await openSite({ pack: gepiPolicyFor('https://portal.example') });
    for (const path of ['/', '/help', '/nowhere', '/language?to=en', '/delegation']) {
      const answer = await secure.fetch(new Request(`https://portal.example${path}`));
      const told = answer.headers.get('strict-transport-security');
      assert.is(told, 'max-age=31536000; includeSubDomains', path);
      assert.is((await get(site, path)).headers.get('strict-transport-security'), null, path);
    }
  },
);

pages('a cookie that stands there twice is nobody’s', () => {
  const of = (cookie: string): string | undefined =>
    cookieOf(new Request(origin, { headers: { cookie } }), '__Host-a');
  assert.is(of('__Host-a=1'), '1');
  assert.is(of('b=2; __Host-a=1=2; =3; __host-a=4;__Host-ab=5'), '1=2');
  assert.is(of('__Host-a=1; __Host-a=2'), undefined);
  assert.is(of('__Host-a=1; __Host-a=1'), undefined);
  assert.is(of('b=__Host-a=1'), undefined);
});

pages('a form that breaks off is no form, and no fault of ours', async () => {
  const faults: Array<unknown> = [];
  const site = await openSite({ onFault: (fault) => faults.push(fault) });
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('a=')),
    pull: (controller) => controller.error(new Error('aborted')),
  });
  const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await site.fetch(
    new Request(`${origin}/delegation`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit),
  );
  assert.is(answer.status, 415);
  assert.equal(faults, []);
});

pages('a reader may change to English, and stays on the page', async ({ site }) => {
  const answer = await get(site, '/language?to=en&back=%2Fhelp');
  assert.is(answer.status, 303);
  assert.is(answer.headers.get('location'), '/help');
  assert.match(
    answer.headers.get('set-cookie') ?? '',
    /^__Host-portal-language=en; Path=\/; Secure; HttpOnly; SameSite=Strict/,
  );
  const text = await (await get(site, '/help', english)).text();
  assert.match(text, /<html lang="en">/);
  assert.ok(text.includes('Whom to ask'));
});

pages('the way back from the language leads nowhere but to this site', () => {
  for (const path of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/a\r\nb',
    'help',
    '',
    '/ x',
    null,
  ])
    assert.is(localPath(path), '/', String(path));
  assert.is(localPath('/help?x=1'), '/help?x=1');
  assert.is(localPath('/a/../..//evil.example'), '/');
});

pages('no page shows the key of a text that its pack does not have', async ({ site, tested }) => {
  for (const one of [site, tested])
    for (const path of ['/', '/help', '/test-mode', '/nothing'])
      for (const headers of [{}, english]) {
        const text = await (await get(one, path, headers)).text();
        assert.not.match(text, />[a-z]+(?:\.[a-zA-Z]+)+</, path);
      }
});

pages(
  'every answer forbids inline script, foreign frames and sniffing, and is kept by nobody',
  async ({ site }) => {
    for (const path of ['/', '/help', '/nothing']) {
      const { headers } = await get(site, path);
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.not.match(policy, /unsafe/);
      assert.is(headers.get('cache-control'), 'no-store');
      assert.is(headers.get('x-content-type-options'), 'nosniff');
      // `no-referrer` would make browsers send `Origin: null` with forms.
      assert.is(headers.get('referrer-policy'), 'same-origin');
    }
  },
);

pages('pages hold no inline script, style or handler', async ({ tested }) => {
  for (const path of ['/', '/help', '/test-mode', '/nothing']) {
    const text = await (await get(tested, path)).text();
    assert.not.match(text, /<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=/i, path);
  }
});

pages(
  'another name of the host leads to the one that cards sign for, and takes nothing',
  async ({ site }) => {
    const led = await site.fetch(new Request('http://127.0.0.1:8080/help?x=1'));
    assert.equal([led.status, led.headers.get('location')], [308, 'http://localhost:8080/help?x=1']);
    const sent = await site.fetch(
      new Request('http://evil.example/sign-out', { method: 'POST', body: 'a=b' }),
    );
    assert.is(sent.status, 421);
    assert.is((await site.fetch(new Request('http://evil.example/api/session'))).status, 308);
  },
);

pages('an address that leads nowhere is a page that says so', async ({ site }) => {
  const answer = await get(site, '/no/such/page');
  assert.is(answer.status, 404);
  assert.match(await answer.text(), /找不到網頁/);
});

const broken = (what: 'profiles' | 'helpdesks'): typeof gepiPolicy =>
  Object.defineProperty({ ...gepiPolicyFor(origin) }, what, {
    get: () => {
      throw new Error('secret detail');
    },
  });

pages('what nobody foresaw is a page with a reference, and not a word of the fault', async () => {
  const faults: Array<string> = [];
  const site = await openSite({
    pack: broken('profiles'),
    onFault: ({ reference }) => faults.push(reference),
  });
  const answer = await get(site, '/help');
  const text = await answer.text();
  assert.is(answer.status, 500);
  assert.match(text, /系統發生錯誤/);
  assert.is(faults.length, 1);
  assert.ok(text.includes(faults[0] ?? '?'));
  assert.not.match(text, /secret|Error:|\.ts/);
  const worse = await get(await openSite({ pack: broken('helpdesks') }), '/');
  assert.equal([worse.status, await worse.text()], [500, '']);
});

pages('where the register does not answer, a page says so', async ({ site }) => {
  const answer = await get(site, '/first-registration');
  assert.is(answer.status, 503);
  assert.match(await answer.text(), /請稍後再試/);
});

pages('a body that is no form, or far too long, is refused', async ({ site }) => {
  const send = (body: string, type: string): Promise<Response> =>
    site.fetch(
      new Request(`${origin}/first-registration`, {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      }),
    );
  const form = 'application/x-www-form-urlencoded';
  assert.is((await send('{}', 'application/json')).status, 415);
  assert.is((await send(`a=${'x'.repeat(200_000)}`, form)).status, 415);
  assert.is((await send('a=1', `${form};charset=utf-8`)).status, 503);
});

pages('style and script are kept for ever under names that say what is in them', async ({ site }) => {
  const text = await (await get(site, '/')).text();
  for (const [, path = ''] of text.matchAll(/(?:href|src)="(\/assets\/portal\.[0-9a-f]{16}\.(?:css|js))"/g)) {
    const answer = await get(site, path);
    assert.is(answer.status, 200, path);
    assert.match(answer.headers.get('cache-control') ?? '', /immutable/);
  }
});

pages('test mode is marked on every page, and only there', async ({ site, tested }) => {
  for (const path of ['/', '/help', '/nothing']) {
    assert.ok((await (await get(tested, path)).text()).includes('<strong>測試模式</strong>'), path);
    assert.not.ok((await (await get(site, path)).text()).includes('測試模式'), path);
  }
  assert.is((await get(site, '/test-mode')).status, 404);
  assert.is((await get(site, '/test-mode/cards')).status, 404);
});

pages.run();
