/**
 * How the pages answer: headers that every answer has, pages, redirects, files.
 *
 * @packageDocumentation
 */
import type { Asset } from './assets.js';
import { type Html, render } from './html.js';

/**
 * No script or style but the site's own files, no frame around it. `Referrer-Policy` is not `no-referrer`: browsers would
 * then send `Origin: null` with forms. `Cross-Origin-Opener-Policy` leaves the card component's window its opener.
 */
const always: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

const withCookies = (headers: Headers, cookies: ReadonlyArray<string>): Headers => {
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return headers;
};

export interface AnswerOptions {
  readonly status?: number;
  readonly cookies?: ReadonlyArray<string>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A page; nobody keeps it. */
export const pageAnswer = (
  page: Html,
  { status = 200, cookies = [], headers = {} }: AnswerOptions = {},
): Response =>
  new Response(render(page), {
    status,
    headers: withCookies(
      new Headers({
        ...always,
        'cache-control': 'no-store',
        'content-type': 'text/html; charset=utf-8',
        ...headers,
      }),
      cookies,
    ),
  });

/** To another page of this site, by GET: a form that was sent is not sent again by going back. */
export const seeOther = (path: string, cookies: ReadonlyArray<string> = []): Response =>
  new Response(null, {
    status: 303,
    headers: withCookies(new Headers({ ...always, location: path, 'cache-control': 'no-store' }), cookies),
  });

export const jsonAnswer = (value: unknown, cookies: ReadonlyArray<string> = []): Response =>
  new Response(JSON.stringify(value), {
    headers: withCookies(
      new Headers({ ...always, 'cache-control': 'no-store', 'content-type': 'application/json' }),
      cookies,
    ),
  });

/** A file whose name says what is in it; the icon's does not. */
export const assetAnswer = ({ type, body }: Asset, lasting: boolean): Response =>
  new Response(body, {
    headers: {
      ...always,
      'content-type': type,
      'cache-control': lasting ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
    },
  });
