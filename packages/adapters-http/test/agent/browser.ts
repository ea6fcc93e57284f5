import { existsSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

export const chromiumPath = '/usr/bin/chromium';

export const browserNeed = {
  available: existsSync(chromiumPath),
  reason: 'no Chromium',
  remedy: 'npm run setup:system',
};

/** Names that lead to this machine in the browser of the tests alone; their origins are as different as real ones. */
export const portalName = 'portal.example';
export const strangerName = 'stranger.example';

export const openBrowser = (more: ReadonlyArray<string> = []): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath,
    // Playwright lets every window through; people's browsers do not.
    ignoreDefaultArgs: ['--disable-popup-blocking'],
    args: ['--no-sandbox', `--host-resolver-rules=MAP *.example 127.0.0.1`, ...more],
  });

/** The client as a page loads it: one module, made for browsers. */
const clientModule = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../src/hipki/index.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
};

const pageOf = (component: string, more: string): string => `<!doctype html>
<html lang="zh-Hant-TW"><meta charset="utf-8"><title>測試入口網</title>
<button id="sign">以卡片登入</button><button id="info">讀卡</button><output id="outcome"></output>
<script type="module">
import { hipkiClient, hipkiFaultText } from '/hipki.js';
const client = hipkiClient({ component: ${JSON.stringify(component)}, readyMilliseconds: 4000, ...${more} });
const show = (outcome) => {
  const known = outcome._tag === 'Left'
    ? { kind: outcome.left.kind, text: hipkiFaultText(outcome.left).zh, english: hipkiFaultText(outcome.left).en, triesLeft: outcome.left.triesLeft }
    : { cms: outcome.right.cmsBase64, slots: outcome.right.slots && outcome.right.slots.length };
  document.querySelector('#outcome').textContent = JSON.stringify(known);
};
const challenge = JSON.stringify({ agencyCode: '99001', nonce: 'n-1', origin: location.origin, purpose: '授權指派' });
window.challenge = challenge;
document.querySelector('#sign').addEventListener('click', () => { client.sign({ challenge, nonce: 'n-1' }).then(show); });
document.querySelector('#info').addEventListener('click', () => { client.info({ certificates: true }).then(show); });
if (location.hash === '#at-once') client.sign({ challenge }).then(show);
</script></html>`;

/** A page that answers for the component without being it, to whatever shows it in a frame. */
const lookAlike = `<!doctype html><script>
const fake = { func: 'sign', ret_code: 0, last_error: 0, signature: btoa('0\\x03\\x02\\x01\\x05') };
setInterval(() => {
  parent.postMessage('{"func":"getTbs"}', '*');
  parent.postMessage(JSON.stringify(fake), '*');
}, 10);
addEventListener('message', ({ data }) => { parent.postMessage('heard ' + data, '*'); });
</script>`;

export interface Site {
  readonly port: number;
  /** Address of a page of a site with this name. */
  readonly address: (name: string) => string;
  /** Which component the pages ask, and further options of the client as JSON. */
  readonly ask: (component: string, more?: string) => void;
  /** Headers that everything has from now on. */
  readonly head: (headers: Readonly<Record<string, string>>) => void;
  readonly close: () => Promise<void>;
}

/** One web server under several names; with key and certificate (PEM) over https. */
export const openSite = async (tls?: { readonly key: string; readonly cert: string }): Promise<Site> => {
  const module = await clientModule();
  let page = '';
  let head: Readonly<Record<string, string>> = {};
  const listener: RequestListener = (request, response) => {
    for (const [name, value] of Object.entries(head)) response.setHeader(name, value);
    const isModule = request.url === '/hipki.js';
    response.setHeader('content-type', isModule ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isModule ? module : request.url === '/look-alike' ? lookAlike : page);
  };
  const server =
    tls === undefined ? createServer(listener) : createHttps({ key: tls.key, cert: tls.cert }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    address: (name) => `${tls === undefined ? 'http' : 'https'}://${name}:${port}`,
    ask: (component, more = '{}') => {
      page = pageOf(component, more);
    },
    head: (headers) => {
      head = headers;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

export interface Outcome {
  readonly kind?: string;
  readonly text?: string;
  readonly english?: string;
  readonly triesLeft?: number;
  readonly cms?: string;
  readonly slots?: number;
}

/** What the page has got in the end. */
export const outcomeOf = async (page: Page): Promise<Outcome> => {
  await page.waitForFunction(() => document.querySelector('#outcome')?.textContent !== '');
  return JSON.parse((await page.textContent('#outcome')) ?? '');
};

/** Clicks, and brings the window that opens. */
export const clickFor = async (context: BrowserContext, page: Page, button = '#sign'): Promise<Page> => {
  const [popup] = await Promise.all([context.waitForEvent('page'), page.click(button)]);
  return popup;
};
