import { suiteNeeding } from '@mandate/testing';
import type { Browser, Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { keepScreen, openBrowser, openWindow, violations, type Window } from './support/browser.js';
import {
  type Agent,
  chainNeed,
  type Desk,
  layOut,
  type Service,
  startAgent,
  startService,
} from './support/chain.js';
import { type Running, runPortal } from './support/portal.js';

interface World {
  service: Service;
  running: Running;
  agent: Agent;
  desk: Desk;
  browser: Browser;
  window: Window;
  page: Page;
}

const chain = suiteNeeding<World>(
  'portal: Chromium, the card agent, pcscd and cards in one reader',
  chainNeed,
);

const pins = { city: '731052', lin: '680412', wang: '800101' };

chain.before(async (world) => {
  world.service = await startService();
  world.running = await runPortal({
    reader: true,
    component: async (origin) => {
      world.agent = await startAgent(world.service, origin);
      return world.agent.address;
    },
  });
  world.desk = await layOut(world.service, world.running.folder, pins);
  world.browser = await openBrowser();
});
chain.after(async ({ browser, agent, running, service }) => {
  await browser.close();
  await agent.stop();
  await running.stop();
  await service.end();
});
chain.before.each(async (world) => {
  world.window = await openWindow(world.browser);
  world.page = world.window.page;
});
chain.after.each(async ({ window, running }) => {
  await window.context.close();
  assert.equal(window.troubles, []);
  assert.equal(running.faults, []);
});

const look = async (page: Page, name: string): Promise<void> => {
  await keepScreen(page, `chain-${name}`);
  assert.equal(await violations(page), [], name);
};

/** The page's script is ready, and nobody has to say that a reader is to be asked. */
const armed = async (page: Page): Promise<void> => {
  await page.waitForSelector('[data-armed]');
  assert.ok(await page.isChecked('[data-source][value=reader]'));
};

const toAgencyCard = async ({ page, running }: World): Promise<void> => {
  await page.goto(`${running.origin}/first-registration`);
  await page.click('button:text("同意條款內容")');
  await armed(page);
  await page.fill('[name=agencyCode]', 'DM001');
};

const windowAfter = async ({ window, page }: World, selector: string): Promise<Page> => {
  const [popup] = await Promise.all([window.context.waitForEvent('page'), page.click(selector)]);
  return popup;
};

/** The agent's window asks for the PIN of the card that is in the reader. */
const askedForPin = async (world: World): Promise<Page> => {
  const popup = await windowAfter(world, '[data-submit]');
  await popup.waitForSelector('#form:not([hidden])');
  return popup;
};

const typePin = async (popup: Page, pin: string): Promise<void> => {
  await popup.fill('#pin', pin);
  // The window may be gone before the driver of the browser hears that the key went up.
  await popup.keyboard.press('Enter').catch(() => {});
};

/** What the page says beside its button, once that fits. */
const told = async (page: Page, words: RegExp): Promise<void> => {
  await page.waitForFunction(
    (source) => new RegExp(source).test(document.querySelector('[data-card-state]')?.textContent ?? ''),
    words.source,
  );
};

chain('an agent that does not run is told, and nothing typed is lost', async (world) => {
  const { page, agent, service, running } = world;
  await toAgencyCard(world);
  await agent.stop();
  await page.click('[data-submit]');
  await told(page, /找不到讀卡元件。請確認已安裝並啟動後再試一次。/);
  assert.is(await page.inputValue('[name=agencyCode]'), 'DM001');
  assert.ok(await page.isEnabled('[data-submit]'));
  await look(page, 'no-agent');
  world.agent = await startAgent(service, running.origin, agent.address);
});

chain('a site that is not on the agent’s list is told so, and sees nothing of a card', async (world) => {
  const { page, agent, service, running, desk } = world;
  const card = await desk.putIn('city');
  const before = card.said.length;
  await toAgencyCard(world);
  await agent.stop();
  world.agent = await startAgent(service, 'https://another.example', agent.address);
  await page.click('[data-submit]');
  await told(page, /讀卡元件不信任本網站。請洽本網站的服務窗口。/);
  await look(page, 'site-not-listed');
  assert.is(card.said.slice(before).filter(({ status }) => status === 'exchange').length, 0);
  await world.agent.stop();
  world.agent = await startAgent(service, running.origin, agent.address);
});

/** From the terms to the receipt, with a PIN that is wrong once and a card that is pulled out. */
const register = async (world: World): Promise<void> => {
  const { page, desk } = world;
  await desk.putIn('city');
  await toAgencyCard(world);
  await windowAfter(world, '[data-look]');
  await page.waitForFunction(() =>
    /CS\d{14}/.test(document.querySelector('[data-reader-state]')?.textContent ?? ''),
  );
  assert.not(await page.isVisible('[data-pin]'), 'the agent asks for it itself');
  await look(page, 'card-in-reader');
  const first = await askedForPin(world);
  await keepScreen(first, 'chain-agent-asks');
  await typePin(first, '000000');
  await first.getByText('尚可再試2次').waitFor();
  await keepScreen(first, 'chain-wrong-pin');
  await typePin(first, pins.city);
  await page.waitForURL('**/first-registration/manager');

  await armed(page);
  const manager = await desk.putIn('lin');
  await page.fill('[name=nationalId]', 'A223456781');
  await manager.misbehave({ type: 'pull', during: 'sign' });
  await typePin(await askedForPin(world), pins.lin);
  await told(page, /找不到卡片/);
  await look(page, 'card-pulled-out');
  await manager.behave();
  await desk.putIn('lin');
  await typePin(await askedForPin(world), pins.lin);
  await page.waitForURL('**/first-registration/confirm');
  assert.ok(manager.said.some(({ purpose }) => purpose === 'verify'));
  assert.not(
    manager.said.some(({ triesLeft = 3 }) => triesLeft < 3),
    'a card that is pulled out loses no try',
  );
  await page.fill('[name="contact.name"]', '林示範');
  await page.fill('[name="contact.email"]', 'lin@city.example');
  await page.fill('[name="contact.phone"]', '04-22220123');
  await page.click('main .panel button:text("確認")');
  await page.waitForSelector('.receipt');
  assert.match((await page.textContent('main')) ?? '', /要保機關首次註冊成功!/);
  await look(page, 'registered');
};

/** Both cards again, then a clerk whose card is read without its PIN. */
const delegate = async (world: World): Promise<void> => {
  const { page, desk, running } = world;
  await desk.putIn('city');
  await page.goto(`${running.origin}/delegation`);
  await armed(page);
  await page.fill('[name=agencyCode]', 'DM001');
  await typePin(await askedForPin(world), pins.city);
  await page.waitForURL('**/delegation/manager');
  await armed(page);
  await desk.putIn('lin');
  await page.fill('[name=nationalId]', 'A223456781');
  await typePin(await askedForPin(world), pins.lin);
  await page.waitForURL('**/clerks');

  await page.click('a[href="/clerks/add"]');
  await armed(page);
  const clerk = await desk.putIn('wang');
  await windowAfter(world, '[data-read-card]');
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[name=serial]')?.value !== '');
  assert.is(await page.inputValue('[name=name]'), '王小明');
  const asked = clerk.said.filter(({ purpose }) => purpose === 'verify' || purpose === 'sign');
  assert.equal(asked, [], 'a clerk’s card is read, and asked for nothing');
  await page.fill('[name=nationalId]', 'A123456789');
  await page.check('[name=permissions][value=premium-query]');
  await look(page, 'clerk-read');
  await page.click('[data-clerk-form] button:text-is("確認")');
  await page.waitForFunction(() => /新增成功!/.test(document.querySelector('main')?.textContent ?? ''));
  assert.match((await page.textContent('main')) ?? '', /王小明/);
  await look(page, 'clerk-added');
};

chain(
  'GEPI-12…22, GEPI-28, GEPI-29, GEPI-31…34, GEPI-37: an agency registers and adds a clerk, card after card in one reader',
  async (world) => {
    const sent: Array<string> = [];
    world.page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    await register(world);
    await delegate(world);
    for (const one of sent) assert.not.match(one, /731052|680412|800101|000000/, 'a PIN was sent');
  },
);

chain.run();
