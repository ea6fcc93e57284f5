/**
 * Who asks, and whether a route is for them. Unsafe requests that a browser's cookie vouches for must be meant by a page of the
 * portal: its `Origin`, and a token that only such a page has.
 *
 * @packageDocumentation
 */
import { type CardStep, purposeOf } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { Caller } from '../caller.js';
import type { Access, Description } from '../description.js';
import { sameText } from '../digest.js';
import { httpRefusal, type Refusal } from '../problem.js';
import type { App } from '../services.js';
import { endsSession } from '../session/challenge.js';
import type { SessionRecord } from '../session/record.js';
import { fromOwnPage, isUnsafe } from './origin.js';

type Found = Promise<E.Either<Refusal, Caller | undefined>>;

export const csrfHeader = 'x-mandate-csrf';

const isBearer = ({ headers }: Request): boolean => /^bearer /i.test(headers.get('authorization') ?? '');

/** Both checks of a request that a session's cookie came with. */
const isMeant = (app: App, request: Request, session: SessionRecord): E.Either<Refusal, void> => {
  const own = fromOwnPage(request, app.origins);
  if (E.isLeft(own)) return own;
  return sameText(request.headers.get(csrfHeader) ?? '', session.csrf)
    ? E.right(undefined)
    : E.left(httpRefusal('CSRF_FAILED'));
};

// -------------------------------------------------------------------------------------
// each kind
// -------------------------------------------------------------------------------------

const stepsOf = (app: App, purpose: string): ReadonlyArray<CardStep> =>
  purposeOf(app.register.policy, purpose)?.steps ?? [];

const holdsCards = (app: App, session: SessionRecord, { holding = [] }: Description): boolean =>
  holding.every((role) =>
    stepsOf(app, session.purpose).some((step) => step.role === role && step.card === 'registered'),
  );

const asSession = async (app: App, description: Description, session: SessionRecord): Found => {
  const { confirmation, complete, reviewNeeded, agencyCode } = session;
  // Whoever is to be reviewed has a confirmation too, for that one command: the register tells which.
  if (confirmation === null || !(complete || reviewNeeded)) return E.left(httpRefusal('SESSION_REQUIRED'));
  if (description.holding !== undefined) {
    if (!complete || !holdsCards(app, session, description)) return E.left(httpRefusal('FORBIDDEN'));
    // Read models do not ask about cards, so it is asked here.
    const stands = await app.register.checkConfirmation(confirmation)();
    if (E.isLeft(stands)) {
      if (endsSession(stands.left.code)) await app.sessions.end(session)();
      return stands;
    }
  }
  return E.right({ kind: 'session', session, agencyCode: agencyCode ?? '', confirmation });
};

/** One of those that are asked for; any, where none is. */
const hasOne = <A>(wanted: ReadonlyArray<A> | undefined, own: ReadonlyArray<A>): boolean =>
  wanted === undefined || wanted.some((one) => own.includes(one));

const byClient = async (app: App, { scopes }: Description, request: Request): Found => {
  if (app.clients === undefined || !isBearer(request)) return E.right(undefined);
  const found = await app.clients.authenticate(request)();
  if (E.isLeft(found)) return E.left(httpRefusal('UNAVAILABLE', { detail: found.left.detail }));
  if (found.right === undefined) return E.right(undefined);
  return hasOne(scopes, found.right.scopes)
    ? E.right({ kind: 'client', ...found.right })
    : E.left(httpRefusal('FORBIDDEN'));
};

const bySession = async (app: App, description: Description, request: Request): Found => {
  const found = await app.sessions.find(request)();
  if (E.isLeft(found)) return found;
  if (found.right === undefined) return E.right(undefined);
  if (isUnsafe(description.method)) {
    const meant = isMeant(app, request, found.right);
    if (E.isLeft(meant)) return meant;
  }
  return asSession(app, description, found.right);
};

const byStaff = async (app: App, { method, roles }: Description, request: Request): Found => {
  if (app.staff === undefined) return E.right(undefined);
  const found = await app.staff.authenticate(request)();
  if (E.isLeft(found)) return E.left(httpRefusal('UNAVAILABLE', { detail: found.left.detail }));
  if (found.right === undefined) return E.right(undefined);
  if (isUnsafe(method) && !isBearer(request)) {
    const own = fromOwnPage(request, app.origins);
    if (E.isLeft(own)) return own;
    if (!app.staff.csrf(request)) return E.left(httpRefusal('CSRF_FAILED'));
  }
  return hasOne(roles, found.right.roles)
    ? E.right({ kind: 'staff', ...found.right })
    : E.left(httpRefusal('FORBIDDEN'));
};

const byAnybody = async (app: App, { method, cached }: Description, request: Request): Found => {
  if (cached === true) return E.right({ kind: 'public', session: undefined });
  if (isUnsafe(method)) {
    const own = fromOwnPage(request, app.origins);
    if (E.isLeft(own)) return own;
  }
  const found = await app.sessions.find(request)();
  if (E.isLeft(found)) return found;
  const session = found.right;
  if (session !== undefined && isUnsafe(method)) {
    const meant = isMeant(app, request, session);
    if (E.isLeft(meant)) return meant;
  }
  return E.right({ kind: 'public', session });
};

const ways: ReadonlyArray<
  readonly [Access, (app: App, description: Description, request: Request) => Found]
> = [
  ['client', byClient],
  ['session', bySession],
  ['staff', byStaff],
  ['public', byAnybody],
];

const nobody = ({ access }: Description): Refusal => {
  if (access.includes('session')) return httpRefusal('SESSION_REQUIRED');
  return httpRefusal('SIGN_IN_REQUIRED', {
    ...(access.includes('client') ? { headers: { 'www-authenticate': 'Bearer' } } : {}),
  });
};

/** The first of a route's ways in that knows the sender. */
export const callerOf = async (
  app: App,
  description: Description,
  request: Request,
): Promise<E.Either<Refusal, Caller>> => {
  for (const [access, way] of ways) {
    if (!description.access.includes(access)) continue;
    const found = await way(app, description, request);
    if (E.isLeft(found)) return found;
    if (found.right !== undefined) return E.right(found.right);
  }
  return E.left(nobody(description));
};
