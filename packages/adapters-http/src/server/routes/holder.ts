/**
 * What people do whose cards are confirmed.
 *
 * @packageDocumentation
 */
import { type t, toPrinted } from '@mandate/domain';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Refusal } from '../problem.js';
import { type Reply, type Route, route } from '../route.js';
import { asking, give } from './give.js';
import { holderRoutes as routes } from './holder-routes.js';

type Clerk =
  | t.TypeOf<typeof routes.authorizeClerk.body>['clerk']
  | t.TypeOf<typeof routes.changeClerk.body>['clerk'];

/** The register reads it again: a typed serial goes on as it is printed, with the zeros that reading takes off (GEPI-35). */
const asWritten = (clerk: Clerk): object => {
  const { certificate } = clerk;
  return certificate.kind === 'typed'
    ? { ...clerk, certificate: { kind: 'typed', serial: toPrinted(certificate.serial) } }
    : clerk;
};

const reply = <A>(body: A): Reply<A> => ({ body });

const replying = <A>(answer: TaskEither<Refusal, A>): TaskEither<Refusal, Reply<A>> =>
  TE.map<A, Reply<A>>(reply)(answer);

export const holderHandlers: ReadonlyArray<Route> = [
  route(routes.registerAgency, ({ body }, scope) => give(scope, 'RegisterAgency', body)),
  route(routes.requestReview, ({ body }, scope) => give(scope, 'RequestReview', body)),

  route(routes.clerks, (_, scope) => replying(asking(scope, scope.app.register.clerkList))),
  route(routes.authorizeClerk, ({ body }, scope) =>
    give(scope, 'AuthorizeClerk', { ...body, clerk: asWritten(body.clerk) }),
  ),
  route(routes.changeClerk, ({ params, body }, scope) =>
    give(scope, 'ChangeClerk', { ...body, clerk: asWritten(body.clerk), clerkId: params.clerkId }),
  ),
  route(routes.revokeClerk, ({ params, body }, scope) =>
    give(scope, 'RevokeClerk', { ...body, clerkId: params.clerkId }),
  ),
  route(routes.showCertificate, ({ body: { der } }, scope) =>
    replying(asking(scope, (confirmation) => scope.app.register.showCertificate(confirmation, { der }))),
  ),

  route(routes.authorizePeople, ({ body }, scope) => give(scope, 'AuthorizePeople', body)),
  route(routes.findPerson, ({ body }, scope) =>
    replying(asking(scope, (confirmation) => scope.app.register.findPerson(confirmation, body))),
  ),
  route(routes.agencyRecord, (_, scope) => replying(asking(scope, scope.app.register.agencyRecord))),
  route(routes.agencyData, (_, scope) => replying(asking(scope, scope.app.register.agencyData))),
  route(routes.changeAgencyData, ({ body }, scope) => give(scope, 'ChangeAgencyData', body)),

  route(routes.replaceAgencyCertificate, ({ body }, scope) => give(scope, 'ReplaceAgencyCertificate', body)),
  route(routes.replaceManagerCertificate, ({ body }, scope) =>
    give(scope, 'ReplaceManagerCertificate', body),
  ),
  route(routes.replaceBothCertificates, ({ body }, scope) => give(scope, 'ReplaceBothCertificates', body)),

  route(routes.logIn, (_, scope) => give(scope, 'LogIn', {})),
  route(routes.organisation, (_, scope) => replying(asking(scope, scope.app.register.organisationOf))),
  route(routes.serial, (_, scope) => replying(asking(scope, scope.app.register.serialOf))),
];
