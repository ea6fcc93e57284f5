import { type CardAgent, cardAgent } from '@mandate/adapters-http/agent';
import { type MemoryDrawer, memoryDrawer } from '@mandate/adapters-http/testing';
import { suiteNeeding } from '@mandate/testing';
import * as E from 'fp-ts/lib/Either.js';
import type { Browser, Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import {
  browserNeed,
  keepScreen,
  openBrowser,
  openWindow,
  violations,
  type Window,
} from './support/browser.js';
import { deckOf, type Running, runPortal } from './support/portal.js';

interface World {
  browser: Browser;
  running: Running;
  agent: CardAgent;
  readers: MemoryDrawer;
  window: Window;
  page: Page;
}

const reader = 'Reader A';

const screens = suiteNeeding<World>(
  'portal: a card in a reader, by the card agent, in Chromium',
  browserNeed,
);

screens.before(async (world) => {
  world.readers = memoryDrawer(reader);
  // The agent must know the portal's origin, and the portal the agent's: a port that was free a moment ago.
  world.running = await runPortal({
    component: async (origin) => {
      const started = await cardAgent({
        slots: world.readers.slots,
        origins: [{ origin, name: '公教人員保險網路作業e系統' }],
        clock: { now: () => Date.now() },
        port: 0,
      })();
      if (E.isLeft(started)) throw new Error(started.left.detail);
      world.agent = started.right;
      return started.right.origin;
    },
  });
  world.browser = await openBrowser();
});
screens.after(async ({ browser, running, agent }) => {
  await browser.close();
  await agent.close();
  await running.stop();
});
screens.before.each(async (world) => {
  world.window = await openWindow(world.browser);
  world.page = world.window.page;
  await world.page.goto(`${world.running.origin}/query-oid`);
  await world.page.waitForSelector('[data-armed]');
  await world.page.check('[data-source][value=reader]');
});
screens.after.each(async ({ window, readers }) => {
  readers.remove(reader);
  await window.context.close();
  assert.equal(window.troubles, []);
});

const insert = async ({ readers, running }: World, id: string): Promise<string> => {
  const found = (await deckOf(running)).find((card) => card.id === id);
  if (found === undefined) throw new Error(`no card ${id}`);
  readers.insert(reader, { card: found.card, pin: found.pin });
  return found.pin;
};

const clickFor = async ({ window, page }: World, selector: string): Promise<Page> => {
  const [popup] = await Promise.all([window.context.waitForEvent('page'), page.click(selector)]);
  return popup;
};

screens(
  'the component is found, tells what is in the reader, and then asks for the PIN itself',
  async (world) => {
    const { page } = world;
    // No PIN is typed here before a component has shown that it wants one.
    assert.not(await page.isVisible('[data-pin]'));
    assert.match((await page.textContent('[data-pin-elsewhere]')) ?? '', /讀卡元件的視窗詢問/);
    await insert(world, 'hospital');
    await clickFor(world, '[data-look]');
    await page.waitForFunction(() => document.querySelector('[data-reader-state]')?.textContent !== '');
    assert.match(
      (await page.textContent('[data-reader-state]')) ?? '',
      /讀卡機中的卡片: CS\d{14}.*將自行詢問PIN碼/,
    );
    assert.not(await page.isVisible('[data-pin]'));
    await keepScreen(page, 'reader');
    assert.equal(await violations(page), []);
  },
);

screens(
  'GEPI-52: one click: the component’s window takes the PIN, and the register takes the card',
  async (world) => {
    const { page } = world;
    const pin = await insert(world, 'hospital');
    await page.fill('[name=agencyCode]', 'DM004');
    const popup = await clickFor(world, '[data-submit]');
    await popup.waitForSelector('#form:not([hidden])');
    const said = (await popup.textContent('form')) ?? '';
    assert.match(said, new RegExp(world.running.origin));
    assert.match(said, /網站所稱用途[\s\S]*查詢機關憑證OID[\s\S]*query-oid/);
    await keepScreen(popup, 'agent-window');
    await popup.keyboard.type(pin);
    // The window closes at the press, which it may not live to see the end of.
    await Promise.all([popup.waitForEvent('close'), popup.keyboard.press('Enter').catch(() => {})]);
    await page.waitForURL('**/query-oid/result');
    assert.match((await page.textContent('main')) ?? '', /2\.16\.886\.112\.90003\.20001/);
  },
);

/** A component like the vendor's: it has no window for a PIN, and says that the one it got was wrong. */
const vendor = `<!doctype html><script>
addEventListener('message', async ({ data, origin }) => {
  await fetch('/seen', { method: 'POST', body: data });
  const answer = { func: 'sign', ret_code: 0x76100006, last_error: -2147483646 };
  opener.postMessage(JSON.stringify(answer), origin);
});
opener.postMessage('{"func":"getTbs"}', '*');
</script>`;

screens(
  'a component that wants the PIN from the page is sent nothing without it; then the page asks',
  async ({ page, window }) => {
    const seen: Array<Readonly<Record<string, unknown>>> = [];
    await window.context.route('**/popupForm', (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: vendor }),
    );
    await window.context.route('**/seen', (route) => {
      seen.push(route.request().postDataJSON());
      return route.fulfill({ status: 204 });
    });
    await page.fill('[name=agencyCode]', 'DM004');
    await page.click('[data-submit]');
    await page.waitForSelector('[data-pin-error]:not([hidden])');
    assert.match((await page.textContent('[data-pin-error]')) ?? '', /尚未輸入 PIN 碼/);
    assert.ok(await page.evaluate(() => document.activeElement?.matches('[data-pin]')));
    assert.not(await page.isVisible('[data-pin-elsewhere]'));
    assert.equal(seen, []);
    await keepScreen(page, 'reader-wants-pin');
    assert.equal(await violations(page), []);
    await page.keyboard.type('555012');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() =>
      /尚可再試2次/.test(document.querySelector('[data-pin-error]')?.textContent ?? ''),
    );
    const [{ pin, purposeName } = {}] = seen;
    assert.equal([seen.length, pin, purposeName], [1, '555012', undefined]);
    // A tab remembers who asks.
    await page.reload();
    await page.waitForSelector('[data-armed]');
    assert.ok(await page.isVisible('[data-pin]'));
  },
);

screens('what the server refuses closes the window before a PIN is asked for', async (world) => {
  const { page } = world;
  await insert(world, 'hospital');
  await page.fill('[name=agencyCode]', 'ZZ999');
  const before = world.readers.pinsSeen();
  const popup = await clickFor(world, '[data-submit]');
  await page.waitForSelector('[role=alert]');
  if (!popup.isClosed()) await popup.waitForEvent('close');
  assert.is(world.readers.pinsSeen(), before);
  assert.is(await page.inputValue('[name=agencyCode]'), 'ZZ999');
});

screens('an empty reader, and a window that was closed, are told beside the button', async (world) => {
  const { page } = world;
  await page.fill('[name=agencyCode]', 'DM004');
  const popup = await clickFor(world, '[data-submit]');
  await page.waitForFunction(() =>
    /\S/.test(document.querySelector('[data-submit]:not([disabled])')?.textContent ?? ''),
  );
  if (!popup.isClosed()) await popup.close();
  await page.waitForFunction(() =>
    /卡片|取消/.test(document.querySelector('[data-card-state]')?.textContent ?? ''),
  );
  assert.match((await page.textContent('[data-card-state]')) ?? '', /找不到卡片|已取消/);
});

screens.run();
