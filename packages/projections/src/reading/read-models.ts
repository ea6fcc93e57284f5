/**
 * Reading live read models, wherever they lie.
 *
 * `F` says how they answer: `'Either'` at once (SQLite), `'TaskEither'` later (PostgreSQL).
 *
 * @packageDocumentation
 */
import type * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type ProjectionFault, projectionFault } from '../fault.js';
import type { Projection, ReadTx } from '../projection.js';
import type { Question } from './question.js';

/** What an answer looks like: there at once, or later. */
interface Answers<A> {
  readonly Either: E.Either<ProjectionFault, A>;
  readonly TaskEither: TaskEither<ProjectionFault, A>;
}

/** How read models answer. */
export type Answering = keyof Answers<unknown>;

/** An answer of read models that answer as `F` says. */
export type Answer<F extends Answering, A> = Answers<A>[F];

/** Reads the live tables of projections. */
export interface ReadModelsOf<F extends Answering> {
  readonly answering: F;
  /**
   * Asks a question of one state of the projection's tables. While a newer version is built the one before it answers,
   * where the projection can read it (`readableFrom`); else `NOT_READY`. `SUPERSEDED` when the live version is newer
   * than this program.
   */
  readonly ask: <A>(projection: Projection, question: () => Question<A>) => Answer<F, A>;
  /** The state digest of the live tables: SHA-256 in lower-case hex over all rows in their order. */
  readonly digest: (projection: Projection) => Answer<F, string>;
  /** For callers that wait in any case. */
  readonly later: <A>(answer: Answer<F, A>) => TaskEither<ProjectionFault, A>;
}

/** Read models that answer at once. */
export interface ReadModels extends ReadModelsOf<'Either'> {
  /** As `ask`, with a transaction in hand: `{table}` names a table. */
  readonly query: <A>(projection: Projection, work: (tx: ReadTx) => A) => E.Either<ProjectionFault, A>;
}

/** Nothing of it has ever been complete, or nothing that the program can read. */
export const notReady = ({ name, version }: Projection): ProjectionFault =>
  projectionFault('NOT_READY', `version ${version} of ${name} is not complete yet`, { projection: name });

/** Why the live version, if there is one, does not answer for a program's projection; `undefined` where it does. */
export const judgeLive = (
  projection: Projection,
  version: number | undefined,
): ProjectionFault | undefined => {
  const { name, readableFrom } = projection;
  if (version === undefined || version < readableFrom) return notReady(projection);
  return version > projection.version
    ? projectionFault('SUPERSEDED', `version ${version} of ${name} is live`, { projection: name })
    : undefined;
};
