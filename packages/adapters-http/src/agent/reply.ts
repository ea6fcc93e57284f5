/**
 * What goes out over HTTP, and the headers that keep a browser from doing more with it.
 *
 * @packageDocumentation
 */
import type { Bag } from '../hipki/json.js';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** On everything: nothing is kept, guessed at, framed or read by others. */
const always = {
  'cache-control': 'no-store',
  'content-security-policy': policy,
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const reply = (status: number, type: string, body: Reply['body'], more: Reply['headers'] = {}): Reply => ({
  status,
  body,
  headers: { ...always, 'content-type': type, ...more },
});

/** The window must keep its opener, to which it answers. */
export const pageReply = (html: string): Reply =>
  reply(200, 'text/html; charset=utf-8', html, { 'cross-origin-opener-policy': 'unsafe-none' });

export const scriptReply = (text: string): Reply => reply(200, 'text/javascript; charset=utf-8', text);
export const styleReply = (text: string): Reply => reply(200, 'text/css; charset=utf-8', text);

/** One exact origin may read it, where there is one. */
const readableBy = (origin: string | undefined): Reply['headers'] =>
  origin === undefined
    ? {}
    : {
        'access-control-allow-origin': origin,
        'cross-origin-resource-policy': 'cross-origin',
        vary: 'Origin',
      };

/** 200 whatever the card said, as the component: the codes are in the body. */
export const answerReply = (answer: Bag, origin?: string): Reply =>
  reply(200, 'application/json; charset=utf-8', JSON.stringify(answer), readableBy(origin));

export const emptyReply = (status: number, more: Reply['headers'] = {}): Reply =>
  reply(status, 'text/plain; charset=utf-8', '', more);

/**
 * What older browsers ask before a page of a public site may speak with this machine (Private Network Access); Chromium 156
 * asks the person in its place (Local Network Access) and sends no such header.
 */
export const preflightReply = (origin: string): Reply =>
  emptyReply(204, {
    ...readableBy(origin),
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-private-network': 'true',
  });

// One transparent dot, GIF89a.
const dot = Uint8Array.from(atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'), (letter) =>
  letter.charCodeAt(0),
);

/** With an origin, also for an image whose pixels that page may read. */
export const dotReply = (origin?: string): Reply =>
  reply(200, 'image/gif', dot, { 'cross-origin-resource-policy': 'cross-origin', ...readableBy(origin) });
