/** Suites in Chromium: one portal and one browser for all tests of a file, a window of its own for each. */
import { suiteNeeding } from '@mandate/testing';
import type { Browser, Page } from 'playwright-core';
import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import { browserNeed, openBrowser, openWindow, type Window } from './browser.js';
import { type Running, runPortal } from './portal.js';

export interface ScreenWorld {
  browser: Browser;
  running: Running;
  window: Window;
  page: Page;
}

/** After each test nothing may have gone wrong unseen, in the window or in the portal. */
export const screenSuite = (name: string): Test<ScreenWorld> => {
  const screens = suiteNeeding<ScreenWorld>(name, browserNeed);
  screens.before(async (world) => {
    world.running = await runPortal();
    world.browser = await openBrowser();
  });
  screens.after(async ({ browser, running }) => {
    await browser.close();
    await running.stop();
  });
  screens.before.each(async (world) => {
    world.window = await openWindow(world.browser);
    world.page = world.window.page;
  });
  screens.after.each(async ({ window, running }) => {
    await window.context.close();
    assert.equal(window.troubles, []);
    assert.equal(running.faults, []);
  });
  return screens;
};
