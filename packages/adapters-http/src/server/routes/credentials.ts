/**
 * 使用者憑證登記.
 *
 * @packageDocumentation
 */
import { type ListedCredential, type t, toPrinted } from '@mandate/domain';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Reply, type Route, route } from '../route.js';
import { type CredentialsAnswer, credentialRoutes as routes } from './credential-routes.js';
import { asking, give } from './give.js';

type Serials = t.TypeOf<typeof routes.registerCredential.body>['serials'];

/** The register reads them again: typed serials go on as they are printed, with the zeros that reading takes off (DOC-12). */
const asWritten = (serials: Serials): object =>
  serials.kind === 'typed'
    ? { kind: 'typed', serial1: toPrinted(serials.serial1), serial2: toPrinted(serials.serial2) }
    : serials;

const listed = (credentials: ReadonlyArray<ListedCredential>): Reply<t.TypeOf<typeof CredentialsAnswer>> => ({
  body: { credentials },
});

export const credentialHandlers: ReadonlyArray<Route> = [
  route(routes.credentials, (_, scope) => TE.map(listed)(asking(scope, scope.app.register.credentialList))),
  route(routes.showCredential, ({ body }, scope) =>
    TE.map((shown: t.TypeOf<typeof routes.showCredential.answer>) => ({ body: shown }))(
      asking(scope, (confirmation) => scope.app.register.showCredential(confirmation, body)),
    ),
  ),
  route(routes.registerCredential, ({ body }, scope) =>
    give(scope, 'RegisterCredential', { ...body, serials: asWritten(body.serials) }),
  ),
  route(routes.activateCredential, ({ params, body }, scope) =>
    give(scope, 'ActivateCredential', { ...body, credential: params.credentialId }),
  ),
  route(routes.deactivateCredential, ({ params }, scope) =>
    give(scope, 'DeactivateCredential', { credential: params.credentialId }),
  ),
];
