/**
 * What became of a command.
 *
 * @packageDocumentation
 */
import { type Executed, t } from '@mandate/domain';
import type { Reply } from '../route.js';
import { orNull } from './credential.js';

/** Which events a command left; none where it was right but changed nothing. What they say is asked for by reading. */
export const ExecutedAnswer = t.strict(
  {
    events: t.readonlyArray(t.strict({ id: t.string, type: t.string })),
    /** Wait for it in a list: `Mandate-After`. `null` where nothing was written. */
    position: orNull(t.string),
    /** The command had been carried out before; this is its answer. */
    idempotent: t.boolean,
  },
  'Executed',
);
export type ExecutedAnswer = t.TypeOf<typeof ExecutedAnswer>;

/** The answer to a command, with its position as a header too. */
export const executedReply = ({ events, position, idempotent }: Executed): Reply<ExecutedAnswer> => ({
  body: { events: events.map(({ id, type }) => ({ id, type })), position: position ?? null, idempotent },
  ...(position === undefined ? {} : { headers: { 'mandate-position': position } }),
});
