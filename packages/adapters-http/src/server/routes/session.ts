/**
 * Beginning, seeing and ending a session by cards.
 *
 * @packageDocumentation
 */
import type { CardConfirmed, IssuedChallenge, RegisterError } from '@mandate/domain';
import { registerError } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { httpRefusal, type Refusal } from '../problem.js';
import { type Handle, type Reply, type Route, route } from '../route.js';
import type { App } from '../services.js';
import { beginsAgain, endsSession, goesOn, withCard, withChallenge } from '../session/challenge.js';
import type { SessionRecord } from '../session/record.js';
import { noSession, type SessionView, viewOf } from '../session/view.js';
import { sessionRoutes } from './session-routes.js';

type Result<A> = Promise<E.Either<Refusal, A>>;

/** The page's token in a header too: the client's own way of knowing it. */
const tokenHeader = ({ csrf }: SessionRecord): Readonly<Record<string, string>> => ({ 'mandate-csrf': csrf });

const shown = (app: App, session: SessionRecord, cookie?: string): Reply<SessionView> => ({
  body: viewOf(session, app.sessions),
  headers: tokenHeader(session),
  ...(cookie === undefined ? {} : { cookies: [cookie] }),
});

// -------------------------------------------------------------------------------------
// challenges
// -------------------------------------------------------------------------------------

interface Kept {
  readonly session: SessionRecord;
  readonly cookie?: string;
}

/** A session that is there takes the challenge; where it has gone meanwhile, nobody can answer it. */
export const keepIn = async (app: App, session: SessionRecord, issued: IssuedChallenge): Result<Kept> => {
  const changed = await app.sessions.change(session, (standing) =>
    standing.confirmation === session.confirmation
      ? withChallenge(standing, issued, app.clock.now())
      : undefined,
  )();
  if (E.isLeft(changed)) return changed;
  return changed.right === undefined
    ? E.left(httpRefusal('SESSION_REQUIRED'))
    : E.right({ session: changed.right });
};

const beginWith = async (
  app: App,
  request: Request,
  purpose: { readonly purpose: string; readonly agencyCode: string | null },
  issued: IssuedChallenge,
  previous: SessionRecord | undefined,
): Result<Kept> => {
  const expiresAt = Date.parse(issued.expiresAt);
  const begun = await app.sessions.begin(request, { ...purpose, expiresAt }, previous)();
  if (E.isLeft(begun)) return begun;
  const kept = await keepIn(app, begun.right.session, issued);
  return E.isLeft(kept) ? kept : E.right({ ...kept.right, cookie: begun.right.cookie });
};

const issueChallenge: Handle<typeof sessionRoutes.issueChallenge> =
  ({ body }, { app, caller, request }) =>
  async () => {
    const { purpose, agencyCode, nationalId } = body;
    const { session } = caller;
    const onwards = goesOn(session, body);
    const typed = nationalId === undefined ? {} : { nationalId };
    const agency = agencyCode === undefined ? {} : { agencyCode };
    const asked = onwards
      ? { purpose, ...typed, confirmation: session.confirmation }
      : { purpose, ...typed, ...agency };
    const issued = await app.register.issueChallenge(asked)();
    if (E.isLeft(issued)) {
      // The card before was revoked or replaced, or its time is over: the next one cannot follow it.
      if (onwards && endsSession(issued.left.code)) await app.sessions.end(session)();
      return issued;
    }
    const kept =
      onwards || beginsAgain(session, body)
        ? await keepIn(app, session, issued.right)
        : await beginWith(app, request, { purpose, agencyCode: agencyCode ?? null }, issued.right, session);
    if (E.isLeft(kept)) return kept;
    const { nonce, text, expiresAt, step } = issued.right;
    const steps = app.register.policy.purposes.find(({ id }) => id === purpose)?.steps ?? [];
    const view = shown(app, kept.right.session, kept.right.cookie);
    const number = kept.right.session.cards.length + 1;
    const answer = { nonce, text, expiresAt, step, number, of: steps.length, session: view.body };
    return E.right({ ...view, body: answer });
  };

// -------------------------------------------------------------------------------------
// confirmations
// -------------------------------------------------------------------------------------

/** A card that was confirmed for a session that has gone on meanwhile opens nothing. */
const drop = async (app: App, { confirmation }: CardConfirmed, session: SessionRecord): Result<never> => {
  if (confirmation.id !== session.confirmation) await app.register.endConfirmation(confirmation.id)();
  const refusal: RegisterError = registerError('STEP_OUT_OF_ORDER');
  return E.left(refusal);
};

const confirmCard: Handle<typeof sessionRoutes.confirmCard> =
  ({ body }, { app, caller: { session } }) =>
  async () => {
    if (session === undefined) return E.left(httpRefusal('SESSION_REQUIRED'));
    // Told before the register hears of it: else whoever saw a nonce could spend it for its owner.
    if (!session.pending.some(({ nonce }) => nonce === body.nonce)) {
      return E.left(httpRefusal('CHALLENGE_OTHER_SESSION'));
    }
    const confirmed = await app.register.confirmCard(body)();
    if (E.isLeft(confirmed)) return confirmed;
    // A command was signed by a card that the session has already: it opens nothing more than it did.
    if (confirmed.right.signed !== undefined) return E.right(shown(app, session));
    const { policy } = app.register;
    const rotated = await app.sessions.rotate(session, (standing) =>
      withCard(standing, confirmed.right, policy),
    )();
    if (E.isLeft(rotated)) return rotated;
    return rotated.right === undefined
      ? drop(app, confirmed.right, session)
      : E.right(shown(app, rotated.right.session, rotated.right.cookie));
  };

// -------------------------------------------------------------------------------------
// routes
// -------------------------------------------------------------------------------------

export const sessionHandlers: ReadonlyArray<Route> = [
  route(sessionRoutes.session, (_, { app, caller: { session } }) =>
    TE.right(session === undefined ? { body: noSession } : shown(app, session)),
  ),

  route(sessionRoutes.issueChallenge, issueChallenge),

  route(sessionRoutes.confirmCard, confirmCard),

  route(sessionRoutes.endSession, (_, { app, caller: { session } }) =>
    session === undefined
      ? TE.right({ body: noSession })
      : TE.map((cookie: string): Reply<SessionView> => ({ body: noSession, cookies: [cookie] }))(
          app.sessions.end(session),
        ),
  ),
];
