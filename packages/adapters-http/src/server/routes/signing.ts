/**
 * Having a command signed by the card in the reader.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { httpRefusal } from '../problem.js';
import { type Handle, type Route, route } from '../route.js';
import { asking } from './give.js';
import { keepIn } from './session.js';
import { signingRoutes } from './signing-routes.js';

const issue: Handle<typeof signingRoutes.issueCommandChallenge> = (input, scope) => async () => {
  const { app, caller } = scope;
  // Never a caller's to say.
  const command = { ...input.body.command, agencyCode: caller.agencyCode };
  const asked = asking(scope, (confirmation) => app.register.issueChallenge({ confirmation, command }));
  const issued = await asked();
  if (E.isLeft(issued)) return issued;
  const { nonce, text, expiresAt, step, command: read } = issued.right;
  if (read === undefined) return E.left(httpRefusal('INTERNAL_ERROR'));
  const kept = await keepIn(app, caller.session, issued.right);
  return E.isLeft(kept) ? kept : E.right({ body: { nonce, text, expiresAt, step, command: read } });
};

export const signingHandlers: ReadonlyArray<Route> = [route(signingRoutes.issueCommandChallenge, issue)];
