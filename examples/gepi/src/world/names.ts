/**
 * Names behind what events hold: pseudonyms, accounts, codes.
 *
 * @packageDocumentation
 */
import type { Actor } from '@mandate/domain';
import { type Reading, readOrThrow } from './reading.js';

/** What stands for somebody who was forgotten. */
export const forgottenName = '(個資已刪除)';

/** The name of a person, as far as it can still be read. */
export const personName = (reading: Reading, person: string): string =>
  readOrThrow(reading.people.find(person))?.name ?? forgottenName;

/** Who did it. */
export const actorName = (reading: Reading, actor: Actor): string => {
  switch (actor.kind) {
    case 'manager':
      return personName(reading, actor.person);
    case 'clerk':
    case 'officer':
      return personName(reading, actor.person);
    case 'staff':
      return `承保機關 ${actor.account}`;
    case 'agency':
      return '機關憑證';
    case 'system':
      return '系統';
  }
};
