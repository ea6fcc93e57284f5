/**
 * What a conformance case is, and how it says what is wrong.
 *
 * @packageDocumentation
 */
import { isDeepStrictEqual } from 'node:util';
import type { Either } from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';

/** One rule. `run` throws an `Error` that says what the store did and what it should have done. */
export interface ConformanceCase<Harness> {
  readonly name: string;
  /** Optional abilities of the harness that the case cannot do without. */
  readonly needs: ReadonlyArray<string>;
  readonly run: (harness: Harness) => Promise<void>;
}

/** How long a case waits for something that must come before it says that it did not. */
export const defaultPatience = 60_000;

/** Throws unless it holds. */
export function ensure(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Error(message);
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
};

/** Throws unless both are deeply equal. */
export const ensureSame = (actual: unknown, expected: unknown, message: string): void => {
  ensure(
    isDeepStrictEqual(actual, expected),
    `${message}: expected ${shown(expected)}, got ${shown(actual)}`,
  );
};

/** The success of a task; its fault is thrown. */
export const succeed = async <L, A>(task: TaskEither<L, A>, doing: string): Promise<A> => {
  const answer: Either<L, A> = await task();
  if (answer._tag === 'Left') throw new Error(`${doing}: met a fault: ${shown(answer.left)}`);
  return answer.right;
};

/** The fault of a task; its success is thrown. */
export const fail = async <L, A>(task: TaskEither<L, A>, doing: string): Promise<L> => {
  const answer: Either<L, A> = await task();
  if (answer._tag === 'Right') {
    throw new Error(`${doing}: should have been refused, but answered ${shown(answer.right)}`);
  }
  return answer.left;
};

/** The answer, unless it takes longer than `milliseconds`. */
export const within = async <A>(answer: Promise<A>, milliseconds: number, what: string): Promise<A> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${what}: did not happen in ${milliseconds} ms`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** An ability of the harness that the case needs. */
export const ability = <A>(given: A | undefined, name: string): A => {
  if (given === undefined) throw new Error(`this case needs a harness with "${name}"`);
  return given;
};

/** Those of the cases that a harness has the abilities for. */
export const casesFor = <Harness extends object>(
  cases: ReadonlyArray<ConformanceCase<Harness>>,
  harness: Harness,
): ReadonlyArray<ConformanceCase<Harness>> => {
  const given = new Map<string, unknown>(Object.entries(harness));
  return cases.filter(({ needs }) => needs.every((name) => given.get(name) !== undefined));
};
