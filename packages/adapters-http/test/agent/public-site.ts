import { createHash, X509Certificate } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { type ServerIdentity, serverIdentity } from '../tls.js';
import { openBrowser, openSite, type Site } from './browser.js';

/** The one key that a browser takes for every name (SHA-256 of the SubjectPublicKeyInfo); no other certificate passes. */
const pinOf = ({ cert }: ServerIdentity): string => {
  const key = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
};

export interface PublicWorld {
  readonly browser: Browser;
  /** What is said to sites ends with it. */
  readonly asBrowser: CDPSession;
  /** Over https, and to the browser at a public address. */
  readonly site: Site;
  /** Over https, and at the address of this machine as it is. */
  readonly near: Site;
}

/** Portals over https; the browser takes the port of one of them for a public address, as real portals have. */
export const openPublicWorld = async (): Promise<PublicWorld> => {
  const identity = await serverIdentity();
  const [site, near] = await Promise.all([openSite(identity), openSite(identity)]);
  const browser = await openBrowser([
    `--ignore-certificate-errors-spki-list=${pinOf(identity)}`,
    `--ip-address-space-overrides=127.0.0.1:${site.port}=public`,
  ]);
  return { browser, asBrowser: await browser.newBrowserCDPSession(), site, near };
};

/** What the person has said to a site that wants to reach programs on this machine. */
export type Permission = 'prompt' | 'granted' | 'denied';

const name = 'loopback-network';

/** As if the person had said so, for as long as the browser runs; in a context where nobody was asked it is `prompt`. */
export const permit = async (
  { asBrowser }: Pick<PublicWorld, 'asBrowser'>,
  page: Page,
  origin: string,
  setting: Permission,
): Promise<void> => {
  const asPage = await page.context().newCDPSession(page);
  const { targetInfo } = await asPage.send('Target.getTargetInfo');
  const { browserContextId = '' } = targetInfo;
  await asBrowser.send('Browser.setPermission', { permission: { name }, setting, origin, browserContextId });
};

/** What the page itself is told of it. */
export const permissionOf = (page: Page): Promise<string> =>
  page.evaluate(async (asked) => {
    const { state } = await navigator.permissions.query({ name: asked as PermissionName });
    return state;
  }, name);

/** A request as it came to the agent. */
export interface Came {
  readonly line: string;
  readonly origin: string | undefined;
  readonly site: unknown;
  /** What a preflight asks for: the names of its headers. */
  readonly asks: ReadonlyArray<string>;
}

/** Notes what comes to a port of this process, before anything looks at it. */
export const watchPort = (port: number): { readonly came: Came[]; readonly stop: () => void } => {
  const came: Came[] = [];
  const note = (message: unknown): void => {
    const { request } = message as { readonly request: IncomingMessage };
    if (request.socket.localPort !== port || request.url === '/favicon.ico') return;
    const { method, url, headers } = request;
    came.push({
      line: `${method} ${url}`,
      origin: headers.origin,
      site: headers['sec-fetch-site'],
      asks: Object.keys(headers).filter((header) => header.startsWith('access-control-')),
    });
  };
  const channel = 'http.server.request.start';
  subscribe(channel, note);
  return { came, stop: () => unsubscribe(channel, note) };
};
