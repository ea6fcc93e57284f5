/**
 * That the terms were agreed to, until the command brings it to the register: which text, when it was handed out, and the
 * register's receipt for both (GEPI-13). Nothing personal; the receipt shows that nobody made it up.
 *
 * @packageDocumentation
 */
import { cookieOf, setCookie } from './cookies.js';

export interface AgreedTerms {
  readonly hash: string;
  readonly presentedAt: string;
  readonly receipt: string;
}

const name = '__Host-portal-terms';

const hex = /^[0-9a-f]{64}$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What a form brought; `undefined` where it is not what the page gave out. */
export const agreedTerms = (hash: string, presentedAt: string, receipt: string): AgreedTerms | undefined =>
  hex.test(hash) && instant.test(presentedAt) && hex.test(receipt)
    ? { hash, presentedAt, receipt }
    : undefined;

export const termsCookie = ({ hash, presentedAt, receipt }: AgreedTerms): string =>
  setCookie(name, `${hash}.${receipt}.${Date.parse(presentedAt)}`);

export const noTermsCookie = setCookie(name, '', 0);

export const termsOf = (request: Request): AgreedTerms | undefined => {
  const [hash = '', receipt = '', time = ''] = (cookieOf(request, name) ?? '').split('.');
  if (!/^\d{13}$/.test(time)) return undefined;
  return agreedTerms(hash, new Date(Number(time)).toISOString(), receipt);
};
