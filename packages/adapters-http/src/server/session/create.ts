/**
 * Keeping sessions.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { webDigest } from '../digest.js';
import { type HttpRefusal, httpRefusal } from '../problem.js';
import type { Limits, Logger, Services } from '../services.js';
import { cookieWith, cookieWithout, tokenOf } from './cookie.js';
import { memorySessionStore } from './memory-store.js';
import type { SessionFault, SessionRecord, SessionStore } from './record.js';
import type { Opened, Sessions } from './sessions.js';

export interface SessionTerms extends Pick<Services, 'register' | 'clock' | 'ids' | 'sha256'> {
  readonly store: SessionStore | undefined;
  readonly limits: Limits;
  readonly cookieName: string;
  readonly logger: Logger;
}

type Result<A> = Promise<E.Either<HttpRefusal, A>>;
type Change = (standing: SessionRecord) => SessionRecord | undefined;

const fromFault = E.mapLeft(({ detail }: SessionFault) => httpRefusal('UNAVAILABLE', { detail }));

/** How often somebody else may be quicker. */
const tries = 5;

/** A use is noted when the last one noted is so old: reading costs no writing each time. */
const noteAfterMs = 10_000;

export const createSessions = (terms: SessionTerms): Sessions => {
  const { register, clock, ids, limits, cookieName, logger, sha256: digest = webDigest } = terms;
  const { portal } = register.policy;
  const store = terms.store ?? memorySessionStore({ clock });
  const idleMs = limits.idleMinutes * 60_000;

  const keyOf = (token: string) => digest(`mandate-session/1:${token}`);
  const browserOf = ({ headers }: Request) => digest(headers.get('user-agent') ?? '');
  const until = ({ expiresAt, lastUsedAt }: SessionRecord): number =>
    Math.min(expiresAt, lastUsedAt + idleMs);

  /** What cards have opened ends with the session. A confirmation that cannot be ended now ends by its own time. */
  const endConfirmation = async ({ confirmation }: SessionRecord): Promise<void> => {
    if (confirmation === null) return;
    const ended = await register.endConfirmation(confirmation)();
    if (E.isLeft(ended)) {
      logger.warn({ message: 'a confirmation was not ended', code: ended.left.code, portal });
    }
  };

  const remove = async (session: SessionRecord): Result<void> => {
    const removed = fromFault(await store.remove(session.key)());
    if (E.isRight(removed)) await endConfirmation(session);
    return removed;
  };

  const find = async (request: Request): Result<SessionRecord | undefined> => {
    const token = tokenOf(request, cookieName);
    if (token === undefined) return E.right(undefined);
    const found = fromFault(await store.get(await keyOf(token))());
    if (E.isLeft(found) || found.right === undefined) return found;
    const session = found.right;
    // Portals may share a store; each has sessions of its own.
    if (session.portal !== portal) return E.right(undefined);
    const now = clock.now();
    // A token in another browser than the one it was given to has been carried there.
    if (until(session) <= now || session.browser !== (await browserOf(request))) {
      return E.map(() => undefined)(await remove(session));
    }
    if (now - session.lastUsedAt < noteAfterMs) return E.right(session);
    const used = { ...session, lastUsedAt: now, version: ids.uuid() };
    const noted = fromFault(await store.replace(session, used)());
    // Who was quicker has noted a use as well.
    return E.map((done: boolean) => (done ? used : session))(noted);
  };

  const stands = async ({ key }: SessionRecord): Result<boolean> =>
    E.map((found: SessionRecord | undefined) => found !== undefined && until(found) > clock.now())(
      fromFault(await store.get(key)()),
    );

  /** Puts what `change` makes of it in the place of what stands there, whoever else is at it. */
  const changeTo = async (
    { key }: SessionRecord,
    change: Change,
    keyAfter: string,
  ): Result<SessionRecord | undefined> => {
    for (let left = tries; left > 0; left--) {
      const standing = fromFault(await store.get(key)());
      if (E.isLeft(standing) || standing.right === undefined) return standing;
      const made = change(standing.right);
      if (made === undefined) return E.right(undefined);
      const next = { ...made, key: keyAfter, version: ids.uuid(), lastUsedAt: clock.now() };
      const done = fromFault(await store.replace(standing.right, next)());
      if (E.isLeft(done)) return done;
      if (done.right) return E.right(next);
    }
    return E.left(httpRefusal('UNAVAILABLE', { detail: 'a session is changed by too many at a time' }));
  };

  const begin = async (
    request: Request,
    { purpose, agencyCode, expiresAt }: Parameters<Sessions['begin']>[1],
    previous: SessionRecord | undefined,
  ): Result<Opened> => {
    if (previous !== undefined) {
      const ended = await remove(previous);
      if (E.isLeft(ended)) return ended;
    }
    const token = ids.nonce();
    const now = clock.now();
    const session: SessionRecord = {
      ...{ key: await keyOf(token), version: ids.uuid(), portal, csrf: ids.nonce() },
      ...{ browser: await browserOf(request), purpose, agencyCode, confirmation: null },
      ...{ complete: false, reviewNeeded: false, next: null, cards: [], pending: [] },
      ...{ createdAt: now, lastUsedAt: now, expiresAt },
    };
    const added = fromFault(await store.replace(undefined, session)());
    return E.map(() => ({ session, cookie: cookieWith(cookieName, token) }))(added);
  };

  const rotate = async (session: SessionRecord, change: Change): Result<Opened | undefined> => {
    const token = ids.nonce();
    const anew: Change = (standing) => {
      const made = change(standing);
      return made === undefined ? undefined : { ...made, csrf: ids.nonce() };
    };
    const changed = await changeTo(session, anew, await keyOf(token));
    return E.map((next: SessionRecord | undefined): Opened | undefined =>
      next === undefined ? undefined : { session: next, cookie: cookieWith(cookieName, token) },
    )(changed);
  };

  const endWhere = async (matches: (record: SessionRecord) => boolean): Result<number> => {
    const own = (record: SessionRecord): boolean => record.portal === portal && matches(record);
    const removed = fromFault(await store.removeWhere(own)());
    if (E.isLeft(removed)) return removed;
    for (const session of removed.right) await endConfirmation(session);
    return E.right(removed.right.length);
  };

  return {
    find: (request) => () => find(request),
    stands: (session) => () => stands(session),
    begin: (request, purpose, previous) => () => begin(request, purpose, previous),
    change: (session, change) => () => changeTo(session, change, session.key),
    rotate: (session, change) => () => rotate(session, change),
    end: (session) => async () => E.map(() => cookieWithout(cookieName))(await remove(session)),
    endWhere: (matches) => () => endWhere(matches),
    until,
    count: store.count,
  };
};
