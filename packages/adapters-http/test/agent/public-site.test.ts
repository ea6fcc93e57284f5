import { suiteNeeding } from '@mandate/testing';
import type { BrowserContext, Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { browserNeed, clickFor, outcomeOf, portalName, strangerName } from './browser.js';
import {
  openPublicWorld,
  type Permission,
  type PublicWorld,
  permissionOf,
  permit,
  watchPort,
} from './public-site.js';
import { openScene, packageOf, pin, type Scene } from './scene.js';
import { verifiedOf } from './verified.js';

interface World extends PublicWorld {
  scene: Scene;
  context: BrowserContext;
  page: Page;
  watch: ReturnType<typeof watchPort>;
  /** The portal's. */
  origin: string;
}

const portals = suiteNeeding<World>('a portal over https at a public address, in Chromium', browserNeed);

portals.before(async (world) => {
  Object.assign(world, await openPublicWorld());
});
portals.after(async ({ browser, site, near }) => {
  await browser.close();
  await site.close();
  await near.close();
});
portals.before.each(async (world) => {
  const { site, near, browser } = world;
  world.origin = site.address(portalName);
  const origins = [
    { origin: world.origin, name: '測試入口網' },
    { origin: near.address(portalName) },
    { origin: site.address(strangerName).replace('https:', 'http:') },
  ];
  world.scene = await openScene({ origins });
  world.watch = watchPort(world.scene.agent.port);
  for (const one of [site, near]) {
    one.head({});
    one.ask(world.scene.agent.origin);
  }
  world.context = await browser.newContext();
  world.page = await world.context.newPage();
  await world.page.goto(`${world.origin}/`);
});
portals.after.each(async ({ context, scene, watch }) => {
  await context.close();
  watch.stop();
  await scene.agent.close();
});

const said = (world: World, origin: string, setting: Permission): Promise<void> =>
  permit(world, world.page, origin, setting);

/** The window that a click opens, once it asks for a PIN. */
const asked = async ({ context, page }: World): Promise<Page> => {
  const popup = await clickFor(context, page);
  await popup.waitForSelector('#form:not([hidden])');
  return popup;
};

const typePin = async (popup: Page): Promise<void> => {
  await popup.fill('#pin', pin);
  // The window may be gone before the driver of the browser hears that the key went up.
  await popup.keyboard.press('Enter').catch(() => {});
};

for (const state of ['prompt', 'denied'] as const) {
  portals(
    `the window needs no permission (${state}): a click, a PIN, and CMS that the register accepts`,
    async (world) => {
      const { page, origin, scene, watch } = world;
      if (state === 'denied') await said(world, origin, state);
      assert.is(await permissionOf(page), state);
      const popup = await asked(world);
      assert.is(await popup.textContent('#origin'), origin);
      assert.is(await popup.textContent('#site'), '測試入口網');
      assert.match(popup.url(), scene.agent.origin);
      await typePin(popup);
      const { attributes } = await verifiedOf(scene, origin, (await outcomeOf(page)).cms);
      assert.is(attributes.nonce, 'n-1');
      assert.is(await permissionOf(page), state);
      // All that the card is asked for comes from the agent's own window.
      const own = { origin: scene.agent.origin, site: 'same-origin', asks: [] };
      const [first, ...rest] = watch.came.filter(({ line }) => !line.startsWith('GET /agent/'));
      assert.equal(first, { line: 'GET /popupForm', origin: undefined, site: 'cross-site', asks: [] });
      assert.equal(rest, [
        { line: 'POST /sign', ...own },
        { line: 'POST /agent/pin', ...own },
      ]);
    },
  );
}

portals('readers and cards are told through the window, whatever was said to the site', async (world) => {
  await said(world, world.origin, 'denied');
  await clickFor(world.context, world.page, '#info');
  assert.is((await outcomeOf(world.page)).slots, 1);
});

portals('headers of a strict portal leave the window what it needs', async (world) => {
  const { page, site, origin, scene } = world;
  site.head({
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'content-security-policy':
      "default-src 'none'; script-src 'self' 'unsafe-inline'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; upgrade-insecure-requests",
    'cross-origin-opener-policy': 'same-origin-allow-popups',
    'permissions-policy': 'loopback-network=(), local-network=(), local-network-access=()',
    'referrer-policy': 'no-referrer',
  });
  await page.reload();
  await typePin(await asked(world));
  await verifiedOf(scene, origin, (await outcomeOf(page)).cms);
});

portals(
  'a portal that cuts its windows off (COOP same-origin) finds no component, and no PIN is asked for',
  async (world) => {
    const { page, site, context, scene } = world;
    site.head({ 'cross-origin-opener-policy': 'same-origin' });
    await page.reload();
    const popup = await clickFor(context, page);
    assert.is((await outcomeOf(page)).kind, 'not-installed');
    await popup.getByText('由網站進入').waitFor();
    assert.is(scene.agent.waiting(), 0);
  },
);

portals(
  'a site that is listed with http alone is not served over https, with a permission or not',
  async (world) => {
    const { page, site, context, scene } = world;
    const stranger = site.address(strangerName);
    await page.goto(`${stranger}/`);
    for (const state of ['prompt', 'granted'] as const) {
      if (state === 'granted') await said(world, stranger, state);
      await page.reload();
      await clickFor(context, page);
      const { kind, text, english } = await outcomeOf(page);
      assert.is(kind, 'untrusted-site', state);
      assert.match(text ?? '', '不信任本網站');
      assert.match(english ?? '', 'does not trust this site');
    }
    assert.is(await fetched(world, '/pkcs11info'), 'refused');
    assert.is(await fetched(world, '/sign', post), 'refused');
    assert.is(await alive(world, 'anonymous'), 'none');
    assert.is(scene.drawer.pinsSeen(), 0);
    assert.is(scene.agent.waiting(), 0);
  },
);

/** What a script of the page reads past the window. */
const fetched = ({ page, scene }: World, path: string, init: RequestInit = {}): Promise<string> =>
  page.evaluate(
    ([address, how]) =>
      fetch(address, how).then(
        (response) => response.text(),
        () => 'refused',
      ),
    [`${scene.agent.origin}${path}`, init] as const,
  );

/** Whether the agent's sign of life comes, as an image. */
const alive = ({ page, scene }: World, crossOrigin: 'anonymous' | null): Promise<string> =>
  page.evaluate(
    ([address, how]) =>
      new Promise<string>((resolve) => {
        const image = new Image();
        image.crossOrigin = how;
        image.onload = () => resolve('alive');
        image.onerror = () => resolve('none');
        image.src = address;
      }),
    [`${scene.agent.origin}/waiting.gif`, crossOrigin] as const,
  );

const post: RequestInit = {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({ tbsPackage: packageOf('x', { pin }) }).toString(),
};

for (const state of ['prompt', 'denied'] as const) {
  portals(`a script past the window reaches nothing without the permission (${state})`, async (world) => {
    const { origin, watch } = world;
    if (state === 'denied') await said(world, origin, state);
    for (const init of [{}, { mode: 'no-cors' }, { targetAddressSpace: 'loopback' }] as const)
      assert.is(await fetched(world, '/pkcs11info', init), 'refused');
    assert.is(await fetched(world, '/sign', post), 'refused');
    for (const how of ['anonymous', null] as const) assert.is(await alive(world, how), 'none');
    assert.equal(watch.came, []);
  });
}

portals(
  'a script with the permission reads readers and cards, by its Origin, and signs nothing',
  async (world) => {
    const { origin, watch, scene } = world;
    await said(world, origin, 'granted');
    const { slots } = JSON.parse(await fetched(world, '/pkcs11info?withcert=true'));
    assert.is(slots[0].token.serialNumber, scene.card.cardNumber);
    assert.is(JSON.parse(await fetched(world, '/sign', post)).ret_code, 0x76000998);
    const site = { origin, site: 'cross-site', asks: [] };
    assert.equal(watch.came, [
      { line: 'GET /pkcs11info?withcert=true', ...site },
      { line: 'POST /sign', ...site },
    ]);
    assert.is(scene.drawer.pinsSeen(), 0);
  },
);

portals('the browser asks first what is no plain form, and is not given it', async (world) => {
  const { origin, watch } = world;
  await said(world, origin, 'granted');
  assert.is(await fetched(world, '/pkcs11info', { headers: { 'x-requested-with': 'x' } }), 'refused');
  // Earlier versions asked for the private network here; now the person is asked in its place.
  const asks = ['access-control-request-headers', 'access-control-request-method'];
  const [only, ...rest] = watch.came;
  assert.equal(rest, []);
  assert.equal(
    { ...only, asks: [...(only?.asks ?? [])].sort() },
    {
      line: 'OPTIONS /pkcs11info',
      origin,
      site: 'cross-site',
      asks,
    },
  );
});

portals('a sign of life over https: with an Origin, since there is no Referer', async (world) => {
  await said(world, world.origin, 'granted');
  assert.is(await alive(world, 'anonymous'), 'alive');
  assert.is(await alive(world, null), 'none');
});

portals(
  'a portal at this machine’s own address needs no permission: a trial there shows nothing of it',
  async (world) => {
    await world.page.goto(`${world.near.address(portalName)}/`);
    assert.is(JSON.parse(await fetched(world, '/pkcs11info')).ret_code, 0);
  },
);

portals.run();
