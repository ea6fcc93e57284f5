/**
 * What became of a command.
 *
 * @packageDocumentation
 */
import { type Executed, t } from '@mandate/domain';
import type { Reply } from '../route.js';
import { orNull } from './credential.js';

/** Which events a command left; none where it was right but changed nothing. What they say is asked for by reading. */
const executed = {
  events: t.readonlyArray(t.strict({ id: t.string, type: t.string })),
  /** Wait for it in a list: `Mandate-After`. `null` where nothing was written. */
  position: orNull(t.string),
  /** The command had been carried out before; this is its answer. */
  idempotent: t.boolean,
};

export const ExecutedAnswer = t.strict(executed, 'Executed');
export type ExecutedAnswer = t.TypeOf<typeof ExecutedAnswer>;

/** The same of a command of card holders. */
export const CommandAnswer = t.strict(
  {
    ...executed,
    /** The clerk and the review that it is about, where it is about one. */
    clerk: orNull(t.string),
    review: orNull(t.string),
  },
  'CommandExecuted',
);
export type CommandAnswer = t.TypeOf<typeof CommandAnswer>;

/** The answer to a command, with its position as a header too. */
export const executedReply = ({ events, position, idempotent }: Executed): Reply<ExecutedAnswer> => ({
  body: { events: events.map(({ id, type }) => ({ id, type })), position: position ?? null, idempotent },
  ...(position === undefined ? {} : { headers: { 'mandate-position': position } }),
});

/** The first id of this name that the events speak of. */
const idIn = ({ events }: Executed, name: 'clerk' | 'review'): string | null => {
  for (const { data } of events) {
    if (typeof data !== 'object' || data === null || !Object.hasOwn(data, name)) continue;
    const id: unknown = (data as Readonly<Record<string, unknown>>)[name];
    if (typeof id === 'string') return id;
  }
  return null;
};

/** The answer to a command of card holders. */
export const commandReply = (executed: Executed): Reply<CommandAnswer> => {
  const reply = executedReply(executed);
  const about = { clerk: idIn(executed, 'clerk'), review: idIn(executed, 'review') };
  return { ...reply, body: { ...reply.body, ...about } };
};
