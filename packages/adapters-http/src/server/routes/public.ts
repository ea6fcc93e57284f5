/**
 * What anybody may ask.
 *
 * @packageDocumentation
 */
import { isOpen } from '@mandate/domain';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Route, route } from '../route.js';
import { publicRoutes } from './public-routes.js';

export const publicHandlers: ReadonlyArray<Route> = [
  route(publicRoutes.root, (_, { app }) => {
    const { portal, name } = app.register.policy;
    // Those with a field in their path are no links.
    const links = app.descriptions
      .filter(({ method, path }) => method === 'GET' && !path.includes('{'))
      .map(({ id, path }): [string, string] => [id, `${app.basePath}${path}`]);
    return TE.right({ body: { portal, name, links: Object.fromEntries(links) } });
  }),

  route(publicRoutes.policy, (_, { app }) => {
    const { policy } = app.register;
    return TE.right({ body: { ...policy, open: isOpen(policy, app.calendar, app.clock.now()) } });
  }),

  route(publicRoutes.terms, (_, { app }) =>
    pipe(
      app.register.presentTerms(),
      TE.map(({ terms, presentedAt, receipt }) => ({ body: { ...terms, presentedAt, receipt } })),
    ),
  ),

  route(publicRoutes.catalogue, (_, { app }) =>
    pipe(
      app.register.catalogue(),
      TE.map(({ version, publishedAt, entries }) => ({
        body: { version, publishedAt, entries: [...entries.values()] },
      })),
    ),
  ),
];
