/**
 * Sessions by cards: found by a cookie, never adopted, ended by time, by their holder and by what was committed.
 *
 * @packageDocumentation
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { HttpRefusal } from '../problem.js';
import type { SessionRecord } from './record.js';

/** A session whose browser must be given a new cookie. */
export interface Opened {
  readonly session: SessionRecord;
  /** `Set-Cookie`. */
  readonly cookie: string;
}

type Ask<A> = TaskEither<HttpRefusal, A>;

export interface Sessions {
  /** The session of a request; `undefined` where it brings none that stands. */
  readonly find: (request: Request) => Ask<SessionRecord | undefined>;
  /** Begins one under a new token, and ends the one that stood before. */
  readonly begin: (
    request: Request,
    purpose: { readonly purpose: string; readonly agencyCode: string | null; readonly expiresAt: number },
    previous: SessionRecord | undefined,
  ) => Ask<Opened>;
  /**
   * Changes a session as it stands by then; `undefined` where it stands no more, or where `change` will not have it. `rotate`:
   * under a new token, and the old one leads nowhere.
   */
  readonly change: (
    session: SessionRecord,
    change: (standing: SessionRecord) => SessionRecord | undefined,
  ) => Ask<SessionRecord | undefined>;
  /** The same, under a new token: the old one leads nowhere from then on. */
  readonly rotate: (
    session: SessionRecord,
    change: (standing: SessionRecord) => SessionRecord | undefined,
  ) => Ask<Opened | undefined>;
  /** Ends a session and its confirmation; answers the `Set-Cookie` that takes the cookie away. */
  readonly end: (session: SessionRecord) => Ask<string>;
  /** Ends those that match, with their confirmations; answers how many. */
  readonly endWhere: (matches: (record: SessionRecord) => boolean) => Ask<number>;
  /** Whether it stands still, under the same token. It is no use of it: an open page keeps nobody signed in. */
  readonly stands: (session: SessionRecord) => Ask<boolean>;
  /** Until when it stands if nobody uses it: milliseconds since 1970. */
  readonly until: (session: SessionRecord) => number;
  readonly count: () => number;
}
