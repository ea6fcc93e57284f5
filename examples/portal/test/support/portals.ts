/** All portals on a port of this computer, for stories in Chromium. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '@mandate/adapters-http/node';
import { suiteNeeding } from '@mandate/testing';
import * as E from 'fp-ts/lib/Either.js';
import type { Browser, Page } from 'playwright-core';
import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import { type OpenPortals, openPortals, type PortalsSettings } from '../../src/portals/open.js';
import { browserNeed, openBrowser, openWindow, type Window } from './browser.js';
import { armed, putIn } from './screens.js';

export interface PortalsWorld {
  browser: Browser;
  window: Window;
  page: Page;
  origin: string;
  folder: string;
  open: OpenPortals;
  faults: Array<unknown>;
  /** Lets the portals' clock run ahead of the computer's, by milliseconds. */
  ahead: (milliseconds: number) => void;
  stop: () => Promise<void>;
}

/** One data folder and one browser for a story; a window of its own for each test. */
export const portalsSuite = (
  name: string,
  more: Pick<PortalsSettings, 'oldestComponent'> = {},
): Test<PortalsWorld> => {
  const screens = suiteNeeding<PortalsWorld>(name, browserNeed);
  screens.before(async (world) => {
    const base = mkdtempSync(join(tmpdir(), 'mandate-portals-'));
    let answer = async (_: Request): Promise<Response> => new Response(null, { status: 503 });
    const started = await startServer({ fetch: (request) => answer(request), port: 0 })();
    if (E.isLeft(started)) throw new Error(started.left.detail);
    world.origin = `http://localhost:${started.right.port}`;
    world.folder = join(base, 'portal');
    world.faults = [];
    let early = 0;
    world.ahead = (milliseconds) => {
      early += milliseconds;
    };
    const { origin, folder, faults } = world;
    const opened = await openPortals({
      ...{ folder, origin, anyHour: true, reader: false, ...more },
      clock: { now: () => Date.now() + early },
      onFault: ({ error }) => faults.push(error),
    });
    if (E.isLeft(opened)) throw new Error(`${opened.left.code}: ${opened.left.detail}`);
    world.open = opened.right;
    answer = opened.right.fetch;
    world.browser = await openBrowser();
    world.stop = async () => {
      await opened.right.close();
      await started.right.stop();
      rmSync(base, { recursive: true, force: true });
    };
  });
  screens.after(async ({ browser, stop }) => {
    await browser.close();
    await stop();
  });
  screens.before.each(async (world) => {
    world.window = await openWindow(world.browser);
    world.page = world.window.page;
  });
  screens.after.each(async ({ window, faults }) => {
    await window.context.close();
    assert.equal(window.troubles, []);
    assert.equal(faults, []);
  });
  return screens;
};

export const headOf = async (page: Page): Promise<string> => (await page.textContent('h1')) ?? '';

export const mainOf = async (page: Page): Promise<string> => (await page.textContent('main')) ?? '';

/** Shows a card of the drawer to the step that is open, with the code of the agency where it is asked for. */
export const showCard = async (page: Page, id: string, pin: string, code?: string): Promise<void> => {
  await armed(page);
  await putIn(page, id, pin);
  if (code !== undefined) await page.fill('[name=agencyCode]', code);
  await page.click('[data-submit]');
};

/** Puts a test health card in, and types what is asked for besides. */
export const showHealthCard = async (
  page: Page,
  id: string,
  password: string,
  code?: string,
): Promise<void> => {
  await page.click(`[name=healthCard][value=${id}]`);
  await page.waitForSelector('[name=cardNumber]:not([value=""])');
  await page.fill('[name=password]', password);
  if (code !== undefined) await page.fill('[name=agencyCode]', code);
  await page.click('#means-form .buttons .button:not(.quiet)');
};

/** Signs in one of a portal's staff. */
export const staffOf = async (
  page: Page,
  { origin, open }: PortalsWorld,
  portal: string,
  role: 'reviewer' | 'operator' | 'auditor',
): Promise<void> => {
  const found = open.portals.get(portal)?.portal.staff.accounts.find(({ roles }) => roles.includes(role));
  await page.goto(`${origin}/${portal}/staff/sign-in`);
  await page.fill('[name=account]', found?.account ?? '');
  await page.fill('[name=password]', found?.password ?? '');
  await page.click('main form .button');
  await page.waitForURL('**/staff');
};
