/**
 * That a renewed card was to be registered, kept until the person has signed in: after the account that page comes, and not the
 * list. So that the renewal's link leads on.
 *
 * @packageDocumentation
 */
import { cookieOf, setCookie } from '../site/cookies.js';
import type { Visit } from '../site/visit.js';
import { credentialsPath } from './path.js';

const cookieName = '__Host-wanted-renewed';
const tenMinutes = 600;

export const renewedPath = credentialsPath('renewed');

/** Keeps it, where this address is that page. */
export const wantRenewed = (visit: Visit): void => {
  if (visit.url.pathname === renewedPath) visit.setCookie(setCookie(cookieName, 'yes', tenMinutes));
};

/** Whether it was asked for; once. */
export const renewedWanted = (visit: Visit): boolean => {
  const isWanted = cookieOf(visit.request, cookieName) !== undefined;
  if (isWanted) visit.setCookie(setCookie(cookieName, '', 0));
  return isWanted;
};
