/**
 * What a server of pages passes on of a browser's request, so that the register sees the browser and not the server.
 *
 * @packageDocumentation
 */
import type { RegisterClientOptions } from './client.js';
import { cookieJar } from './cookies.js';

const passedOn = [
  'origin',
  'sec-fetch-site',
  'user-agent',
  'accept-language',
  'x-forwarded-for',
  'forwarded',
];

/**
 * Options for a client that asks in the name of one request of a browser. `csrf` is the token that came with the page's form;
 * without one nothing unsafe succeeds under a session. Afterwards `cookies.received()` goes to the browser as `Set-Cookie`.
 */
export const forwarding = (
  request: Request,
  csrf?: string,
): Required<Pick<RegisterClientOptions, 'headers' | 'cookies' | 'csrf'>> => {
  const headers: Record<string, string> = {};
  for (const name of passedOn) {
    const value = request.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  return { headers, cookies: cookieJar(request.headers.get('cookie') ?? ''), csrf: csrf ?? null };
};
