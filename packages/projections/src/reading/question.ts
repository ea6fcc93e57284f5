/**
 * Questions to read models, written once: asked alike of a database that answers at once and of one that answers later.
 *
 * A question is a generator. It yields what it wants to know and is handed the rows:
 *
 * ```ts ignore
 * read.ask(clerkList, function* () {
 *   const agency = yield* one<AgencyRow>('SELECT name FROM {agencies} WHERE portal = ? AND agency = ?', portal, code);
 *   return agency?.name;
 * });
 * ```
 *
 * Its SQL is what SQLite and PostgreSQL have in common; texts compare by code unit in both. Times, truth and structures
 * are texts and numbers, as {@link ColumnType} says.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { ProjectionFault } from '../fault.js';
import type { SqlValues } from '../projection.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** SQL with tables in braces, and a value for each `?` or `@name`. */
export interface Statement {
  readonly _tag: 'Statement';
  readonly sql: string;
  readonly values: SqlValues;
}

/** The question makes no sense: nothing more is asked. */
export interface Refusal {
  readonly _tag: 'Refusal';
  readonly fault: ProjectionFault;
}

/** A question that ends in an `A`. */
export type Question<A> = Generator<Statement | Refusal, A, ReadonlyArray<unknown>>;

// -------------------------------------------------------------------------------------
// asking
// -------------------------------------------------------------------------------------

/** Every row. `R` is what the caller knows of its own columns. */
export function* all<R>(sql: string, ...values: SqlValues): Question<ReadonlyArray<R>> {
  return (yield { _tag: 'Statement', sql, values }) as ReadonlyArray<R>;
}

/** The first row, `undefined` where there is none. */
export function* one<R>(sql: string, ...values: SqlValues): Question<R | undefined> {
  const rows = yield* all<R>(sql, ...values);
  return rows[0];
}

/** Goes on with what is right; a fault is the answer to the whole question. */
export function* orRefuse<A>(answer: E.Either<ProjectionFault, A>): Question<A> {
  if (E.isRight(answer)) return answer.right;
  yield { _tag: 'Refusal', fault: answer.left };
  throw new Error('a question that was refused is not asked on');
}

// -------------------------------------------------------------------------------------
// answering
// -------------------------------------------------------------------------------------

/** Answers a question at once. What `rowsOf` or the question throws is thrown. */
export const answerNow = <A>(
  question: () => Question<A>,
  rowsOf: (statement: Statement) => ReadonlyArray<unknown>,
): E.Either<ProjectionFault, A> => {
  const asked = question();
  let step = asked.next([]);
  while (step.done !== true) {
    if (step.value._tag === 'Refusal') return E.left(step.value.fault);
    step = asked.next(rowsOf(step.value));
  }
  return E.right(step.value);
};

/** The same of a database that answers later; what is thrown rejects. */
export const answerLater = async <A>(
  question: () => Question<A>,
  rowsOf: (statement: Statement) => Promise<ReadonlyArray<unknown>>,
): Promise<E.Either<ProjectionFault, A>> => {
  const asked = question();
  let step = asked.next([]);
  while (step.done !== true) {
    if (step.value._tag === 'Refusal') return E.left(step.value.fault);
    step = asked.next(await rowsOf(step.value));
  }
  return E.right(step.value);
};
