/**
 * Asking who a pseudonym is.
 *
 * @packageDocumentation
 */
import { one } from '../reading/question.js';
import type { Answer, Answering, ReadModelsOf } from '../reading/read-models.js';
import { people } from './projection.js';

export interface KnownPerson {
  /** Pseudonym. */
  readonly person: string;
  /** The name that was given last; `null` where the person was forgotten. */
  readonly name: string | null;
  /** `null` where the person was forgotten. */
  readonly nationalId: string | null;
}

export interface People<F extends Answering = 'Either'> {
  /** `undefined` for a person who was never manager or clerk. */
  readonly find: (person: string) => Answer<F, KnownPerson | undefined>;
}

/** Asks the live `people`. Pseudonyms are those of the vault, so they are the same in all its portals. */
export const knownPeople = <F extends Answering>(read: ReadModelsOf<F>): People<F> => ({
  find: (person) =>
    read.ask(people, function* () {
      const row = yield* one<{ name: string | null; national_id: string | null }>(
        'SELECT name, national_id FROM {people} WHERE person = ?',
        person,
      );
      return row === undefined ? undefined : { person, name: row.name, nationalId: row.national_id };
    }),
});
