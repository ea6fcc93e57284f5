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
    /** The clerk, the review and the registered credential that it is about, where it is about one. */
    clerk: orNull(t.string),
    review: orNull(t.string),
    credential: orNull(t.string),
  },
  'CommandExecuted',
);
export type CommandAnswer = t.TypeOf<typeof CommandAnswer>;

/** The answer to a command, with its position as a header too. */
export const executedReply = ({ events, position, idempotent }: Executed): Reply<ExecutedAnswer> => ({
  body: { events: events.map(({ id, type }) => ({ id, type })), position: position ?? null, idempotent },
  ...(position === undefined ? {} : { headers: { 'mandate-position': position } }),
});

type Named = 'clerk' | 'review' | 'credential';

/** The ids of this name that the events speak of. */
const idsIn = ({ events }: Executed, name: Named): ReadonlyArray<string> =>
  events.flatMap(({ data }) => {
    if (typeof data !== 'object' || data === null || !Object.hasOwn(data, name)) return [];
    const id: unknown = (data as Readonly<Record<string, unknown>>)[name];
    return typeof id === 'string' ? [id] : [];
  });

/** The answer to a command of card holders. */
export const commandReply = (executed: Executed): Reply<CommandAnswer> => {
  const reply = executedReply(executed);
  const about = {
    clerk: idsIn(executed, 'clerk')[0] ?? null,
    review: idsIn(executed, 'review')[0] ?? null,
    // Those that go out for it stand before it (DOC-9).
    credential: idsIn(executed, 'credential').at(-1) ?? null,
  };
  return { ...reply, body: { ...reply.body, ...about } };
};
