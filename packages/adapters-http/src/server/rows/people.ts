/**
 * Who the pseudonyms of an answer are.
 *
 * @packageDocumentation
 */
import { t } from '@mandate/domain';
import { orNull } from './credential.js';

/** `null`: forgotten, or known by no name. */
export const NamedPerson = t.strict({ person: t.string, name: orNull(t.string) }, 'NamedPerson');
export type NamedPerson = t.TypeOf<typeof NamedPerson>;

/** Empty for those who may not see names. */
export const People = t.readonlyArray(NamedPerson);
