/** Chromium as the tests of pages use it: screens are kept, and each is looked at by axe. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const chromiumPath = '/usr/bin/chromium';

export const browserNeed = {
  available: existsSync(chromiumPath),
  reason: 'no Chromium',
  remedy: 'npm run setup:system',
};

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath,
    // Playwright lets every window through; people's browsers do not.
    ignoreDefaultArgs: ['--disable-popup-blocking'],
    args: ['--no-sandbox'],
  });

const artifacts = fileURLToPath(new URL('../artifacts/', import.meta.url));

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const wide = { width: 1280, height: 900 };
export const narrow = { width: 390, height: 844 };

/** A browser's window with what went wrong in it. */
export interface Window {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly troubles: ReadonlyArray<string>;
}

export interface WindowOptions {
  readonly viewport?: typeof wide;
  readonly script?: boolean;
  /** A page whose cookies this window has too: the same browser, as the site sees it. */
  readonly cookiesOf?: Page;
}

export const openWindow = async (browser: Browser, options: WindowOptions = {}): Promise<Window> => {
  const { viewport = wide, script = true, cookiesOf } = options;
  const context = await browser.newContext({
    ...{ viewport, javaScriptEnabled: script, locale: 'zh-TW' },
    ...(cookiesOf === undefined ? {} : { storageState: await cookiesOf.context().storageState() }),
  });
  const page = await context.newPage();
  const troubles: Array<string> = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    // A refusal of a form is an answer of 400 and more, which Chromium tells as well.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      troubles.push(message.text());
  });
  return { context, page, troubles };
};

/** Keeps the screen as a picture, wide and narrow. */
export const keepScreen = async (page: Page, name: string): Promise<void> => {
  mkdirSync(artifacts, { recursive: true });
  const before = page.viewportSize() ?? wide;
  for (const [size, viewport] of [
    ['wide', wide],
    ['narrow', narrow],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: `${artifacts}${name}-${size}.png`, fullPage: true });
  }
  await page.setViewportSize(before);
};

/** What axe has to say against the screen by WCAG 2.1 A and AA, at both widths; empty where nothing. */
export const violations = async (page: Page): Promise<ReadonlyArray<string>> => {
  const before = page.viewportSize() ?? wide;
  const found: Array<string> = [];
  for (const viewport of [wide, narrow]) {
    await page.setViewportSize(viewport);
    // In a world of its own: the page's own policy forbids scripts that are not its files.
    const session = await page.context().newCDPSession(page);
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
    });
    const options = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] };
    const expression = `${axeSource};axe.run(document, ${JSON.stringify(options)}).then((r) => JSON.stringify(r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html).join(' | '))))`;
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      contextId: executionContextId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
    found.push(...(JSON.parse(String(result.value)) as ReadonlyArray<string>));
    // Nothing may be wider than the window (WCAG 1.4.10).
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (overflow > 0) found.push(`wider than ${viewport.width} px by ${overflow}`);
    await session.detach();
  }
  await page.setViewportSize(before);
  return found;
};
