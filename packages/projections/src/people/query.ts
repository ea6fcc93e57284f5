/**
 * Asking who a pseudonym is.
 *
 * @packageDocumentation
 */
import type * as E from 'fp-ts/lib/Either.js';
import type { ReadModels } from '../database/read.js';
import type { ProjectionFault } from '../fault.js';
import { people } from './projection.js';

export interface KnownPerson {
  /** Pseudonym. */
  readonly person: string;
  /** The name that was given last; `null` where the person was forgotten. */
  readonly name: string | null;
  /** `null` where the person was forgotten. */
  readonly nationalId: string | null;
}

export interface People {
  /** `undefined` for a person who was never manager or clerk. */
  readonly find: (person: string) => E.Either<ProjectionFault, KnownPerson | undefined>;
}

/** Asks the live `people`. Pseudonyms are those of the vault, so they are the same in all its portals. */
export const knownPeople = (read: ReadModels): People => ({
  find: (person) =>
    read.query(people, (tx) => {
      const row = tx.get<{ name: string | null; national_id: string | null }>(
        'SELECT name, national_id FROM {people} WHERE person = ?',
        person,
      );
      return row === undefined ? undefined : { person, name: row.name, nationalId: row.national_id };
    }),
});
