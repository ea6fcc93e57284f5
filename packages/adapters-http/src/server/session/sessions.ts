/**
 * Sessions by cards: found by a cookie, never adopted, ended by time, by their holder and by what was committed.
 *
 * @packageDocumentation
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { HttpRefusal } from '../problem.js';
import type { SessionRecord } from './record.js';

export interface Sessions {
  /** The session of a request; `undefined` where it brings none that stands. */
  readonly find: (request: Request) => TaskEither<HttpRefusal, SessionRecord | undefined>;
  /** Ends those that match, with their confirmations; answers how many. */
  readonly endWhere: (matches: (record: SessionRecord) => boolean) => TaskEither<HttpRefusal, number>;
  readonly count: () => number;
}
