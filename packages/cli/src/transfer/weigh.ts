/**
 * Whether each command of an export has room in an append of the register that it goes to. A command is never split: what was
 * decided together is there together, or not at all.
 *
 * @packageDocumentation
 */
import { appendSize, type RecordedEvent } from '@mandate/domain';
import { type CliFault, cliFault } from '../fault.js';

/**
 * Takes the events that would be appended, in their order, each with its number in the file; answers at the first command that is
 * larger than `most` octets.
 */
export const createWeighing = (most: number | undefined) => {
  let stream: string | undefined;
  let command: string | undefined;
  let first = 0;
  let size = 0;
  return (event: RecordedEvent, commandId: string | undefined, number: number): CliFault | undefined => {
    if (most === undefined) return undefined;
    if (event.stream !== stream || commandId !== command) {
      [stream, command, first, size] = [event.stream, commandId, number, 0];
    }
    size += appendSize([event]);
    return size > most
      ? cliFault(
          'COMMAND_TOO_LARGE',
          `the command of event ${first}, in ${stream}, has more than ${most} octets`,
        )
      : undefined;
  };
};
