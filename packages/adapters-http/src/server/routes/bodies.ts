/**
 * Bodies of commands: the register's own codecs without what the session and the headers say.
 *
 * @packageDocumentation
 */
import { type Fields, type StrictC, strict } from '@mandate/domain';

/** Never a caller's to say: the kind of command follows from the route, the rest from session and headers. */
const around = ['type', 'commandId', 'agencyCode', 'confirmation'] as const;
type Around = (typeof around)[number];

/** The fields of a command that its body has; `also` are those that the path has. */
export const bodyOf = <R extends Fields, O extends Fields, K extends string = never>(
  command: StrictC<R, O>,
  ...also: ReadonlyArray<K>
): StrictC<Omit<R, Around | K>, O> => {
  const elsewhere: ReadonlySet<string> = new Set([...around, ...also]);
  const fields = Object.entries(command.required).filter(([name]) => !elsewhere.has(name));
  // The fields that are left, under their own names and codecs.
  return strict(Object.fromEntries(fields) as unknown as Omit<R, Around | K>, command.optional, command.name);
};
