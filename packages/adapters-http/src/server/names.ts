/**
 * Names behind pseudonyms, for those who may see them: a manager about their own agency, and auditors.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Caller } from './caller.js';
import type { Refusal } from './problem.js';
import { fromReadFault } from './reading.js';
import type { NamedPerson } from './rows/people.js';
import type { App } from './services.js';

/** A session gets here only with the manager's card: the routes ask for it. */
const maySeeNames = (caller: Caller): boolean =>
  caller.kind === 'session' || (caller.kind === 'staff' && caller.roles.includes('auditor'));

/** Of a person of an answer, wherever in it: every field `person` that holds a text. */
const collect = (value: unknown, found: Set<string>): void => {
  if (Array.isArray(value)) for (const entry of value) collect(entry, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, entry] of Object.entries(value)) {
      if (name === 'person' && typeof entry === 'string') found.add(entry);
      else collect(entry, found);
    }
  }
};

/** The people of `value` of whom a list knows, in the order in which they come; nobody for who may not see names. */
export const namesIn = (
  app: App,
  caller: Caller,
  value: unknown,
): E.Either<Refusal, ReadonlyArray<NamedPerson>> => {
  if (!maySeeNames(caller)) return E.right([]);
  const people = new Set<string>();
  collect(value, people);
  const named: NamedPerson[] = [];
  for (const person of people) {
    const found = app.reads.people.find(person);
    if (E.isLeft(found)) return E.left(fromReadFault(found.left));
    // Of no name on record nothing is said: that it was deleted would be false.
    if (found.right !== undefined) named.push({ person, name: found.right.name });
  }
  return E.right(named);
};
