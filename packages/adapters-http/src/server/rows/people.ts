/**
 * Who the pseudonyms of an answer are.
 *
 * @packageDocumentation
 */
import { t } from '@mandate/domain';
import { orNull } from './credential.js';

/** `null`: forgotten. */
export const NamedPerson = t.strict({ person: t.string, name: orNull(t.string) }, 'NamedPerson');
export type NamedPerson = t.TypeOf<typeof NamedPerson>;

/** Those who were ever manager or clerk, or have registered a credential. Empty for those who may not see names. */
export const People = t.readonlyArray(NamedPerson);
