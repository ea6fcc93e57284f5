/**
 * What anybody may ask.
 *
 * @packageDocumentation
 */
import { isOpen, planReplacement, type Role, registerError } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { fromReadFault } from '../reading.js';
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

  route(publicRoutes.registrations, ({ query }, { app }) => async () => {
    const found = app.reads.registrations.ofAgency(query.agencyCode);
    if (E.isLeft(found)) return E.left(fromReadFault(found.left));
    return found.right === undefined
      ? E.left(registerError('AGENCY_NOT_REGISTERED'))
      : E.right({ body: found.right });
  }),

  route(publicRoutes.plan, ({ query: { changed, managerIsClerk } }, { app }) => {
    const has = (role: Role): boolean => changed.includes(role);
    const plan = planReplacement(app.register.policy, {
      ...{ agency: has('agency'), manager: has('manager'), clerk: has('clerk') },
      managerIsClerk: managerIsClerk === 'true',
    });
    const operations = plan?.operations.map(({ order, purpose, cards }) => ({
      ...{ order, purpose: purpose.id, label: purpose.label, cards },
    }));
    return TE.right({ body: { operations: operations ?? [], cards: plan?.cards ?? [] } });
  }),
];
