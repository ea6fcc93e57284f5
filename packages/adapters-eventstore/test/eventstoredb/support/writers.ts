import type { EventStore, RecordedEvent } from '@mandate/domain';
import * as assert from 'uvu/assert';
import { events, idsOf } from '../../../src/conformance/event-store/harness.js';
import { stream } from '../../support/events.js';
import { right } from '../../support/right.js';

/** Events of each batch: an odd number shows halves. */
const batchSize = 3;

const streamOf = (writer: number) => stream(`w${writer}`);
const batchOf = (writer: number, batch: number) => events(`writer ${writer} batch ${batch}`, batchSize);

/** Writers that append batch after batch, each to a stream of its own, and know what they were told. */
export interface Writers {
  readonly acknowledged: () => number;
  /** Answers that were no acknowledgement: the batch was given again until it was acknowledged. */
  readonly refused: () => number;
  /** Lets each writer finish the batch it is at. */
  readonly stop: () => Promise<void>;
  /** Compares what is stored with what was acknowledged: nothing lost, nothing twice, no half batch. */
  readonly check: (store: EventStore) => Promise<ReadonlyArray<RecordedEvent>>;
}

/** Starts writers on a store. A fault is answered as a caller would: the same batch again. */
export const startWriters = (store: EventStore, count: number): Writers => {
  const done = Array.from({ length: count }, () => 0);
  let refused = 0;
  let stopping = false;

  const write = async (writer: number): Promise<void> => {
    for (let batch = 0; !stopping; batch += 1) {
      const expected = batch === 0 ? 'no-stream' : batch * batchSize - 1;
      for (;;) {
        const answer = await store.append(streamOf(writer), expected, batchOf(writer, batch))();
        if (answer._tag === 'Right') {
          assert.is(
            answer.right._tag,
            'Appended',
            `a conflict where nobody else writes: ${JSON.stringify(answer)}`,
          );
          break;
        }
        assert.is(answer.left.code, 'STORE_UNAVAILABLE', answer.left.detail);
        refused += 1;
      }
      done[writer] = batch + 1;
    }
  };
  const writing = Promise.all(done.map((_, writer) => write(writer)));
  writing.catch(() => {
    stopping = true;
  });

  return {
    acknowledged: () => done.reduce((sum, batches) => sum + batches, 0),
    refused: () => refused,
    stop: async () => {
      stopping = true;
      await writing;
    },
    check: async (checked) => {
      for (const [writer, batches] of done.entries()) {
        const { events: found } = await right(checked.readStream(streamOf(writer), 0, 1_000_000));
        assert.equal(
          idsOf(found),
          Array.from({ length: batches }, (_, batch) => idsOf(batchOf(writer, batch))).flat(),
        );
      }
      const { events: all } = await right(checked.readAll('start', 1_000_000));
      assert.is(all.length, done.reduce((sum, batches) => sum + batches, 0) * batchSize);
      assert.is(new Set(idsOf(all)).size, all.length);
      return all;
    },
  };
};

/** Follows from the start until stopped, and keeps every id. */
export const startFollower = (store: EventStore) => {
  const abort = new AbortController();
  const seen: Array<string> = [];
  const following = (async () => {
    for await (const item of store.subscribeAll('start', abort.signal)) {
      if (item._tag === 'Fault') throw new Error(item.fault.detail);
      seen.push(...idsOf(item.events));
    }
  })();
  return {
    /** Waits until it has seen so many, and gives what it saw. */
    upTo: async (count: number): Promise<ReadonlyArray<string>> => {
      while (seen.length < count) {
        await Promise.race([following, new Promise((resolve) => setTimeout(resolve, 5))]);
      }
      abort.abort();
      await following;
      return seen;
    },
  };
};
