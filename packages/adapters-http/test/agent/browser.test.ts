import { type CardFault, type CardReader, cardFault } from '@mandate/domain';
import { suiteNeeding } from '@mandate/testing';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { until } from '../support.js';
import {
  browserNeed,
  clickFor,
  openBrowser,
  openSite,
  outcomeOf,
  portalName,
  type Site,
  strangerName,
} from './browser.js';
import { openScene, pin, reader, type Scene } from './scene.js';
import { verifiedOf } from './verified.js';

interface World {
  browser: Browser;
  site: Site;
  scene: Scene;
  context: BrowserContext;
  page: Page;
}

const pages = suiteNeeding<World>('page, window, agent and card in Chromium', browserNeed);

pages.before(async (world) => {
  world.site = await openSite();
  world.browser = await openBrowser();
});
pages.after(async ({ browser, site }) => {
  await browser.close();
  await site.close();
});
pages.before.each(async (world) => {
  const { site, browser } = world;
  world.scene = await openScene({ origins: [{ origin: site.address(portalName), name: '測試入口網' }] });
  site.ask(world.scene.agent.origin);
  world.context = await browser.newContext();
  world.page = await world.context.newPage();
  await world.page.goto(site.address(portalName));
});
pages.after.each(async ({ context, scene }) => {
  await context.close();
  await scene.agent.close();
});

const verified = ({ scene, site }: World, cms: string | undefined) =>
  verifiedOf(scene, site.address(portalName), cms);

const asked = async (world: World): Promise<Page> => {
  const popup = await clickFor(world.context, world.page);
  await popup.waitForSelector('#form:not([hidden])');
  return popup;
};

/** The window may be gone before the driver of the browser hears that the key went up. */
const pressEnter = (popup: Page): Promise<void> => popup.keyboard.press('Enter').catch(() => {});

const typePin = async (popup: Page, digits: string): Promise<void> => {
  await popup.keyboard.type(digits);
  await pressEnter(popup);
};

pages('a click, a window, a PIN by keyboard alone: CMS that the register accepts', async (world) => {
  const popup = await asked(world);
  await typePin(popup, pin);
  const { cms } = await outcomeOf(world.page);
  const { attributes } = await verified(world, cms);
  assert.is(attributes.nonce, 'n-1');
  assert.is(attributes.cardNumber, world.scene.card.cardNumber);
  await until(() => popup.isClosed());
});

pages('the window says who asks, what for and which card, in Chinese first', async (world) => {
  const popup = await asked(world);
  const text = (await popup.textContent('form')) ?? '';
  const origin = world.site.address(portalName);
  for (const part of ['以卡片簽章', '測試入口網', origin, '授權指派', '99001', 'n-1'])
    assert.ok(text.includes(part), part);
  assert.match((await popup.textContent('#card option')) ?? '', `王小明 · ${world.scene.card.cardNumber}`);
  assert.is(await popup.getAttribute('html', 'lang'), 'zh-Hant-TW');
  assert.match(popup.url(), world.scene.agent.origin);
});

pages('the window can be used without sight and without a mouse', async (world) => {
  const popup = await asked(world);
  assert.is(await popup.getByLabel('PIN 碼').getAttribute('type'), 'password');
  assert.is(await popup.getByLabel('PIN 碼').getAttribute('autocomplete'), 'off');
  assert.is(await popup.getByRole('combobox', { name: '卡片' }).count(), 1);
  assert.is(await popup.getByRole('button', { name: '簽章' }).count(), 1);
  const focused = () => popup.evaluate(() => document.activeElement?.id);
  const order = [await focused()];
  for (const _ of [1, 2]) {
    await popup.keyboard.press('Tab');
    order.push(await focused());
  }
  assert.equal(order, ['pin', 'sign', 'cancel']);
  await typePinAgain(popup);
  assert.is(await popup.getByRole('alert').count(), 1);
  assert.is(await focused(), 'pin');
});

/** From the button back to the field, and a wrong PIN. */
const typePinAgain = async (popup: Page): Promise<void> => {
  await popup.focus('#pin');
  await typePin(popup, '000000');
  await popup.waitForSelector('#notice.alarm');
};

pages(
  'the error stands beside the field; while the card works, that is said and nothing can be pressed',
  async (world) => {
    const popup = await asked(world);
    const invalid = () => popup.getAttribute('#pin', 'aria-invalid');
    await typePin(popup, '000000');
    await popup.getByText('尚可再試2次').waitFor();
    assert.is(await invalid(), 'true');
    const beside = await popup.evaluate(() => document.querySelector('#pin')?.nextElementSibling?.id);
    assert.is(beside, 'notice');
    let finish: (() => void) | undefined;
    world.scene.drawer.during(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    await typePin(popup, pin);
    await popup.getByText('請勿取出卡片').waitFor();
    await until(() => finish !== undefined);
    assert.is(await invalid(), 'false');
    assert.is(await popup.textContent('#notice'), '');
    assert.ok(await popup.isDisabled('#sign'));
    assert.ok(await popup.isDisabled('#cancel'));
    assert.is(world.scene.drawer.pinsSeen(), 2);
    finish?.();
    await verified(world, (await outcomeOf(world.page)).cms);
  },
);

pages('the members of a challenge have Chinese names; the card is named with its reader', async (world) => {
  world.scene.drawer.insert('Reader B', { card: world.scene.card, pin });
  const popup = await asked(world);
  const heads = await popup.$$eval('#members th', (all) => all.map(({ textContent }) => textContent));
  assert.equal(heads, ['機關代號agencyCode', '一次性隨機碼nonce', '網站位址origin', '用途purpose']);
  assert.match((await popup.textContent('#reader')) ?? '', reader);
  await popup.selectOption('#card', 'Reader B');
  assert.match((await popup.textContent('#reader')) ?? '', 'Reader B');
});

pages('nothing runs out of a narrow window, in either page', async (world) => {
  world.scene.drawer.addReader('Reader'.repeat(20));
  const { page, scene } = world;
  const popup = await asked(world);
  for (const shown of [popup, page]) {
    await shown.setViewportSize({ width: 320, height: 560 });
    if (shown === page) {
      await page.goto(`${scene.agent.origin}/selfTest.htm`);
      await page.getByText('元件運作正常').waitFor();
    }
    const [wide, seen] = await shown.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return [scrollWidth, clientWidth] as const;
    });
    assert.ok(wide <= seen, `${wide} in ${seen}`);
  }
});

pages('the self test says when there is no reader, and what to do', async (world) => {
  const { page, site } = world;
  const empty = await openScene({
    origins: [{ origin: site.address(portalName) }],
    slots: { list: () => TE.right([]) },
  });
  await page.goto(`${empty.agent.origin}/selfTest.htm`);
  await page.getByText('請接上讀卡機').waitFor();
  assert.is(await page.getAttribute('#state', 'class'), 'alarm');
  await empty.agent.close();
  await page.click('#again');
  await page.getByText('元件沒有回應').waitFor();
});

pages(
  'the self test shows the answer to reset of a card that is not known, and why another is not read',
  async (world) => {
    const { page, site } = world;
    const failing = (code: CardFault['code'], detail?: string): CardReader => ({
      read: () => TE.left(cardFault(code, { detail })),
      sign: () => TE.left(cardFault(code)),
    });
    const readers = {
      Strange: failing('CARD_UNKNOWN', 'ATR 3B021450; docs/cards.md says how to report a card'),
      Busy: failing('CARD_BUSY', 'SCARD_E_SHARING_VIOLATION'),
      Slow: failing('TIMEOUT'),
    };
    const slots = Object.entries(readers).map(([slotDescription, reader]) => ({ slotDescription, reader }));
    const strange = await openScene({
      origins: [{ origin: site.address(portalName) }],
      slots: { list: () => TE.right(slots) },
    });
    await page.goto(`${strange.agent.origin}/selfTest.htm`);
    await page.getByText('元件運作正常').waitFor();
    const rows = await page.locator('#slots tbody tr').allTextContents();
    assert.match(rows[0] ?? '', /^Strange\s*無法辨識unknown ATR 3B021450;/);
    assert.match(rows[1] ?? '', /^Busy\s*其他程式使用中/);
    assert.not.match(rows[1] ?? '', 'SCARD');
    assert.match(rows[2] ?? '', /^Slow\s*沒有回應/);
    await strange.agent.close();
  },
);

pages('readers and cards are told to a page on the list', async (world) => {
  await clickFor(world.context, world.page, '#info');
  assert.is((await outcomeOf(world.page)).slots, 1);
});

pages('a page of another site is refused, and no PIN is asked for', async (world) => {
  await world.page.goto(world.site.address(strangerName));
  await clickFor(world.context, world.page);
  assert.is((await outcomeOf(world.page)).kind, 'untrusted-site');
  assert.is(world.scene.agent.waiting(), 0);
  assert.is(world.scene.drawer.pinsSeen(), 0);
});

pages('a script of another site reaches nothing past the window', async (world) => {
  const { page, scene, site } = world;
  await page.goto(site.address(strangerName));
  const reached = (path: string) =>
    page.evaluate(
      (address) =>
        fetch(address, { method: 'POST', body: new URLSearchParams({ tbsPackage: '{}' }) }).then(
          () => 'read',
          () => 'refused',
        ),
      `${scene.agent.origin}${path}`,
    );
  for (const path of ['/pkcs11info?withcert=true', '/sign', '/agent/pin'])
    assert.is(await reached(path), 'refused');
  await page.evaluate((address) => {
    const frame = document.createElement('iframe');
    frame.src = address;
    document.body.append(frame);
    return new Promise<void>((resolve) => frame.addEventListener('load', () => resolve()));
  }, `${scene.agent.origin}/popupForm`);
  const [inside] = page.frames().slice(1);
  assert.ok(inside);
  assert.not.ok((await inside.content().catch(() => '')).includes('id="pin"'));
});

pages('no agent: not installed', async (world) => {
  await world.scene.agent.close();
  await clickFor(world.context, world.page);
  assert.is((await outcomeOf(world.page)).kind, 'not-installed');
});

pages('a window without a click is blocked, and told as that', async (world) => {
  const page = await world.context.newPage();
  await page.goto(`${world.site.address(portalName)}/#at-once`);
  assert.is((await outcomeOf(page)).kind, 'popup-blocked');
});

pages('GEPI-19: wrong, wrong, the last try by an explicit yes, locked', async (world) => {
  const popup = await asked(world);
  await typePin(popup, '000000');
  await popup.getByText('尚可再試2次').waitFor();
  await typePin(popup, '000000');
  await popup.getByText('尚可再試1次').waitFor();
  // Without the tick the browser itself does not send it.
  await typePin(popup, '000000');
  assert.is(world.scene.drawer.tries(reader), 1);
  await popup.getByLabel('最後一次').check();
  await popup.focus('#pin');
  await pressEnter(popup);
  const { kind, text } = await outcomeOf(world.page);
  assert.is(kind, 'pin-locked');
  assert.match(text ?? '', '鎖卡解碼');
  assert.is(world.scene.drawer.pinsSeen(), 3);
});

pages('after a wrong PIN the right one signs', async (world) => {
  const popup = await asked(world);
  await typePin(popup, '000000');
  await popup.getByText('尚可再試2次').waitFor();
  await typePin(popup, pin);
  await verified(world, (await outcomeOf(world.page)).cms);
});

pages('cancelled: by the button, by Escape, and by closing the window', async (world) => {
  const ways: ReadonlyArray<(popup: Page) => Promise<unknown>> = [
    (popup) => popup.click('#cancel'),
    (popup) => popup.keyboard.press('Escape'),
    (popup) => popup.close({ runBeforeUnload: true }),
  ];
  for (const way of ways) {
    await world.page.reload();
    // The window may be gone before the driver of the browser hears of what closed it.
    await way(await asked(world)).catch(() => {});
    assert.is((await outcomeOf(world.page)).kind, 'cancelled');
    await until(() => world.scene.agent.waiting() === 0);
  }
  assert.is(world.scene.drawer.pinsSeen(), 0);
});

pages('no card: told at once', async (world) => {
  world.scene.drawer.remove(reader);
  await clickFor(world.context, world.page);
  assert.is((await outcomeOf(world.page)).kind, 'no-card');
});

pages('a look-alike of another origin is not listened to', async (world) => {
  const { page, site, scene } = world;
  await page.evaluate(
    (address) => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      addEventListener('message', ({ data }) => heard.push(String(data)));
      const frame = document.createElement('iframe');
      frame.src = address;
      document.body.append(frame);
    },
    `${site.address(strangerName)}/look-alike`,
  );
  await page.waitForFunction(() => (window as unknown as { heard: string[] }).heard.length > 4);
  const popup = await asked(world);
  await typePin(popup, pin);
  await verified(world, (await outcomeOf(page)).cms);
  const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  assert.not.ok(heard.some((text) => text.startsWith('heard')));

  await scene.agent.close();
  await page.evaluate(() => document.querySelector('#outcome')?.replaceChildren());
  await clickFor(world.context, page);
  assert.is((await outcomeOf(page)).kind, 'not-installed');
});

/** A window that a page opens by itself, and speaks to as it likes; the page has it as `popup`. */
const openedBy = async ({ context, page, scene }: World): Promise<Page> => {
  await page.evaluate((address) => {
    const button = document.createElement('button');
    button.id = 'raw';
    const heard: string[] = [];
    button.onclick = () => Object.assign(window, { heard, popup: open(address) });
    addEventListener('message', ({ data }) => heard.push(String(data)));
    document.body.append(button);
  }, `${scene.agent.origin}/popupForm`);
  const popup = await clickFor(context, page, '#raw');
  await page.waitForFunction(() =>
    (window as unknown as Opener).heard.includes('{"func":"getTbs","asksPin":true}'),
  );
  return popup;
};

interface Opener {
  readonly heard: string[];
  readonly popup: Window;
}

/** Resolves when the window has been told something, from wherever. */
const told = async (popup: Page): Promise<() => Promise<unknown>> => {
  await popup.evaluate(() => {
    Object.assign(window, {
      told: new Promise((resolve) => addEventListener('message', resolve, { once: true })),
    });
  });
  return () => popup.evaluate(() => (window as unknown as { told: Promise<unknown> }).told.then(() => true));
};

const packageFor = (tbs: string): string =>
  JSON.stringify({ func: 'MakeSignature', signatureType: 'PKCS7', hashAlgorithm: 'SHA256', tbs });

const waits = async (popup: Page): Promise<boolean> =>
  (await popup.isHidden('#form')) && ((await popup.textContent('#state')) ?? '').includes('等待網站');

pages('only the page that opened the window is heard, and only its first word', async (world) => {
  const { page } = world;
  const popup = await openedBy(world);
  // A frame of the same site: the origin is right, the window is not.
  const isTold = await told(popup);
  await page.evaluate((text) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const script = frame.contentDocument?.createElement('script');
    if (script === undefined) return;
    script.textContent = `parent.popup.postMessage(${JSON.stringify(text)}, '*')`;
    frame.contentDocument?.body.append(script);
  }, packageFor('of a frame'));
  await isTold();
  assert.ok(await waits(popup));
  const send = (text: string): Promise<void> =>
    page.evaluate((what) => (window as unknown as Opener).popup.postMessage(what, '*'), text);
  await send(packageFor('the first'));
  await popup.waitForSelector('#form:not([hidden])');
  const isToldAgain = await told(popup);
  const asked: string[] = [];
  popup.on('request', (request) => asked.push(request.url()));
  await send(packageFor('the second'));
  await isToldAgain();
  assert.equal(asked, []);
  assert.is(await popup.textContent('#text'), 'the first');
});

pages('a page without an origin of its own is not heard', async (world) => {
  const { page, context, scene, site } = world;
  await page.goto(`${site.address(portalName)}/`);
  await page.evaluate((address) => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts allow-popups allow-popups-to-escape-sandbox');
    frame.srcdoc = `<button>open</button><script>
      let popup;
      document.querySelector('button').onclick = () => { popup = open('${address}'); };
      addEventListener('message', ({ source, data }) => {
        if (source === parent) popup.postMessage(data, '*');
      });
    </script>`;
    document.body.append(frame);
  }, `${scene.agent.origin}/popupForm`);
  const [popup] = await Promise.all([
    context.waitForEvent('page'),
    page.frameLocator('iframe').getByRole('button').click(),
  ]);
  await popup.waitForLoadState();
  const isTold = await told(popup);
  const asked: string[] = [];
  popup.on('request', (request) => asked.push(request.url()));
  await page.evaluate(
    (text) => document.querySelector('iframe')?.contentWindow?.postMessage(text, '*'),
    packageFor('x'),
  );
  await isTold();
  assert.ok(await waits(popup));
  assert.equal(asked, []);
});

pages('an answer goes to the site that asked, not to what its window shows by then', async (world) => {
  const { page, site } = world;
  const popup = await openedBy(world);
  await page.evaluate(
    (what) => (window as unknown as Opener).popup.postMessage(what, '*'),
    packageFor('of the portal'),
  );
  await popup.waitForSelector('#form:not([hidden])');
  // By the page itself: a window that a person leads elsewhere loses whom it opened.
  await page.evaluate((address) => location.assign(address), site.address(strangerName));
  await page.waitForURL(`${site.address(strangerName)}/`);
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    addEventListener('message', ({ data }) => heard.push(String(data)));
  });
  await Promise.all([popup.waitForEvent('close'), popup.click('#cancel')]);
  // What the window had posted would have come before this.
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener('message', ({ data }) => data === 'last' && resolve(true));
        postMessage('last', '*');
      }),
  );
  assert.equal(await page.evaluate(() => (window as unknown as Opener).heard), ['last']);
});

pages('the self test shows readers and cards, and no certificate', async (world) => {
  const { page, scene } = world;
  await page.goto(`${scene.agent.origin}/selfTest.htm`);
  await page.getByText('元件運作正常').waitFor();
  const text = (await page.textContent('main')) ?? '';
  assert.match(text, reader);
  assert.not.match(text, '王小明');
});

pages.run();
