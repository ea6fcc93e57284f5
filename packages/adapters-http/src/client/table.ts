/**
 * The client's own table of routes: method and path, and nothing of the server, so that a page's script stays small. The
 * compiler compares every line with the server's description.
 *
 * @packageDocumentation
 */
import type { Description } from '../server/description.js';
import type { publicRoutes } from '../server/routes/public-routes.js';
import type { sessionRoutes } from '../server/routes/session-routes.js';

/** The descriptions, as types alone. */
export type Specs = typeof publicRoutes & typeof sessionRoutes;

type Line<D extends Description> = D extends { readonly command: true }
  ? readonly [D['method'], D['path'], 'command']
  : readonly [D['method'], D['path']];

type Table = { readonly [K in keyof Specs]: Line<Specs[K]> };

export const table: Table = {
  root: ['GET', '/'],
  policy: ['GET', '/policy'],
  terms: ['GET', '/terms'],
  catalogue: ['GET', '/catalogue'],
  session: ['GET', '/session'],
  issueChallenge: ['POST', '/challenges'],
  confirmCard: ['POST', '/confirmations'],
  endSession: ['DELETE', '/session'],
};
