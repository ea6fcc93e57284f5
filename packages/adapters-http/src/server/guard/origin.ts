/**
 * Whether an unsafe request comes from a page of the portal: told by what a browser writes and a page cannot change.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Method } from '../description.js';
import { type HttpRefusal, httpRefusal } from '../problem.js';

const refused = E.left(httpRefusal('ORIGIN_REFUSED'));

export const isUnsafe = (method: Method): boolean => method !== 'GET';

/**
 * Right where `Origin` is exactly one of the portal's and `Sec-Fetch-Site` does not say otherwise. No `Origin` is a no:
 * every browser writes one on POST, PUT and DELETE.
 */
export const fromOwnPage = (
  { headers }: Request,
  origins: ReadonlyArray<string>,
): E.Either<HttpRefusal, void> => {
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  if (origin === null || !origins.includes(origin)) return refused;
  return site === null || site === 'same-origin' ? E.right(undefined) : refused;
};
