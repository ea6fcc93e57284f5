/**
 * Given events, when something is decided, these events follow, or this refusal.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { RegisterError, RegisterErrorCode } from '../errors.js';
import type { NewEvent, StoredEvent } from '../events/table.js';
import { canonicalJson } from '../register/canonical.js';
import { type MetaOverrides, recorded } from './record.js';

/** How events become state; an aggregate's `initial…` and `evolve…`. */
export interface Folding<S> {
  readonly initial: S;
  readonly evolve: (state: S, event: StoredEvent) => S;
}

/** A decider with everything but the state given. */
export type Deciding<S> = (state: S) => E.Either<RegisterError, ReadonlyArray<NewEvent>>;

/** A state and what was stored to reach it. */
export interface Given<S> {
  readonly state: S;
  readonly events: ReadonlyArray<StoredEvent>;
  /** Asks a decider; `meta` is what its events are recorded with, should there be any. */
  readonly when: (decide: Deciding<S>, meta?: MetaOverrides) => Outcome<S>;
}

/** What came of it. None of these is called `then`: an object with a `then` is taken for a promise. */
export interface Outcome<S> {
  readonly answer: E.Either<RegisterError, ReadonlyArray<NewEvent>>;
  /** Throws unless exactly these events were decided, in this order. Answers the state after them. */
  readonly gives: (...expected: ReadonlyArray<NewEvent>) => Given<S>;
  /** Throws unless events of exactly these types were decided, in this order. */
  readonly givesTypes: (...expected: ReadonlyArray<NewEvent['type']>) => Given<S>;
  /** Throws unless it was refused with this code. Answers the state, which is the one before. */
  readonly refuses: (code: RegisterErrorCode) => Given<S>;
}

const print = (answer: E.Either<RegisterError, ReadonlyArray<NewEvent>>): string =>
  E.isLeft(answer) ? `the refusal ${answer.left.code}` : `the events ${canonicalJson(answer.right)}`;

const differs = (expected: string, answer: E.Either<RegisterError, ReadonlyArray<NewEvent>>): Error =>
  new Error(`expected ${expected}\nbut got ${print(answer)}`);

/**
 * Begins a rule of a decider. Works with any test framework, since it only throws where the rule does not hold.
 *
 * @example
 * ```ts
 * import { evolveAgency, initialAgency, suspendAgency } from '@mandate/domain';
 * import { given } from '@mandate/domain/testing';
 *
 * given({ initial: initialAgency, evolve: evolveAgency }, [])
 *   .when((state) => suspendAgency(state, 'audit'))
 *   .refuses('AGENCY_NOT_REGISTERED');
 * ```
 */
export const given = <S>(folding: Folding<S>, events: ReadonlyArray<StoredEvent>): Given<S> =>
  from(folding, events.reduce(folding.evolve, folding.initial), events);

const from = <S>(folding: Folding<S>, state: S, events: ReadonlyArray<StoredEvent>): Given<S> => ({
  state,
  events,
  when: (decide, meta = {}) => {
    const answer = decide(state);
    const next = (): Given<S> => {
      const last = events.at(-1)?.meta;
      const place = last === undefined ? {} : { stream: last.stream, revision: last.revision + 1 };
      const added = E.isRight(answer) ? recorded(answer.right, { ...place, ...meta }) : [];
      return from(folding, added.reduce(folding.evolve, state), [...events, ...added]);
    };
    return {
      answer,
      gives: (...expected) => {
        if (E.isRight(answer) && canonicalJson(answer.right) === canonicalJson(expected)) return next();
        throw differs(`the events ${canonicalJson(expected)}`, answer);
      },
      givesTypes: (...expected) => {
        const types = E.isRight(answer) ? answer.right.map((event) => event.type) : undefined;
        if (types !== undefined && canonicalJson(types) === canonicalJson(expected)) return next();
        throw differs(`events of the types ${expected.join(', ')}`, answer);
      },
      refuses: (code) => {
        if (E.isLeft(answer) && answer.left.code === code) return next();
        throw differs(`the refusal ${code}`, answer);
      },
    };
  },
});
