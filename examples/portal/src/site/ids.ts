/**
 * Ids that come back from a form or stand in an address: UUIDs as the register writes them.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import type { Visit } from './visit.js';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isId = (text: string): boolean => uuid.test(text);

/** The form's id of the command, so that sending it twice does it once; a new one where it has none. */
export const commandIdOf = ({ form }: Pick<Visit, 'form'>): string => {
  const id = form.text('commandId');
  return isId(id) ? id : randomUUID();
};
