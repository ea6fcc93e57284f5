/**
 * The clerk whose page was asked for before the cards were shown: after them that page comes, and not the list. So that a link to
 * a clerk can be handed to whoever has the cards (GEPI-42).
 *
 * @packageDocumentation
 */
import { cookieOf, setCookie } from '../site/cookies.js';
import type { Visit } from '../site/visit.js';
import type { Office } from './model.js';
import { clerksPath } from './path.js';

const cookieName = '__Host-wanted-clerk';
const tenMinutes = 600;

const clerkPage = /^\/clerks\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Keeps the clerk of this address, where it is a clerk's. */
export const wantClerk = (visit: Visit): void => {
  const id = clerkPage.exec(visit.url.pathname)?.[1];
  if (id !== undefined) visit.setCookie(setCookie(cookieName, id, tenMinutes));
};

/** The page that was asked for, once; `undefined` where none was, or where it is no clerk of this agency. */
export const wantedPage = (visit: Visit, { list }: Office): string | undefined => {
  const id = cookieOf(visit.request, cookieName);
  if (id === undefined) return undefined;
  visit.setCookie(setCookie(cookieName, '', 0));
  return list.clerks.some((clerk) => clerk.id === id) ? clerksPath(id) : undefined;
};
