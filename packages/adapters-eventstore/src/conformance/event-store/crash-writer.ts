/**
 * What the killed process does.
 *
 * @packageDocumentation
 */
import type { EventStore } from '@mandate/domain';
import { append, events, idsOf, stream } from './harness.js';

/** Events of each batch; a stream of a crash holds a multiple of it. */
export const crashBatch = 5;

/** How many streams a crash writer appends to at once. */
export const crashStreams = 8;

/** A stream of the crash writer with a tag. */
export const crashStream = (tag: string, number: number) => stream(`crash.${tag}.${number}`);

/** The ids of a batch of the crash writer. */
export const crashIds = (tag: string, number: number, batch: number): ReadonlyArray<string> =>
  idsOf(crashEvents(tag, number, batch));

const crashEvents = (tag: string, number: number, batch: number) =>
  events(`crash ${tag} ${number} ${batch}`, crashBatch);

/**
 * Appends batches until the process is killed; to be run in a process of its own.
 *
 * @param print - writes a line to where the harness reads it, *before it returns* (`fs.writeSync`): one line
 *   `<stream number> <batch number>` for each batch that the store has acknowledged
 */
export const crashWriter = async (
  store: EventStore,
  tag: string,
  print: (line: string) => void,
): Promise<never> => {
  const write = async (number: number): Promise<never> => {
    for (let batch = 0; ; batch += 1) {
      const expected = batch === 0 ? 'no-stream' : batch * crashBatch - 1;
      await append(store, crashStream(tag, number), expected, crashEvents(tag, number, batch));
      print(`${number} ${batch}`);
    }
  };
  return Promise.race(Array.from({ length: crashStreams }, (_, number) => write(number)));
};
