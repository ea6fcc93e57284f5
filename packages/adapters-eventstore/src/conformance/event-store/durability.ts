/**
 * Closing, reopening, and being killed.
 *
 * @packageDocumentation
 */
import type { EventStore } from '@mandate/domain';
import { ability, ensure, ensureSame, fail, within } from '../case.js';
import { crashBatch, crashIds, crashStream, crashStreams } from './crash-writer.js';
import {
  append,
  type EventStoreCase,
  event,
  events,
  idsOf,
  patienceOf,
  type StoreHarness,
  stream,
  wholeStore,
  wholeStream,
  withStore,
} from './harness.js';

const acknowledgedBeforeKill = 200;
const kills = 3;

/** Runs a writer, kills it, and gives how many batches of each stream it had acknowledged. */
const writeAndKill = async (harness: StoreHarness, tag: string): Promise<ReadonlyMap<number, number>> => {
  const writer = await ability(harness.spawnWriter, 'spawnWriter')(tag);
  const acknowledged = new Map<number, number>();
  const listen = async (): Promise<void> => {
    let lines = 0;
    for await (const line of writer.lines) {
      // The last line may have been cut off.
      const [, number, batch] = /^(\d+) (\d+)$/.exec(line) ?? [];
      if (number === undefined || batch === undefined) continue;
      acknowledged.set(Number(number), Number(batch) + 1);
      lines += 1;
      if (lines === acknowledgedBeforeKill) await writer.kill();
    }
  };
  await within(listen(), patienceOf(harness), 'a writer that acknowledges batches and is killed');
  ensure(acknowledged.size > 0, 'the writer acknowledged nothing before it ended');
  return acknowledged;
};

const checkAfterKill = async (
  store: EventStore,
  tag: string,
  acknowledged: ReadonlyMap<number, number>,
): Promise<void> => {
  for (let number = 0; number < crashStreams; number += 1) {
    const found = idsOf(await wholeStream(store, crashStream(tag, number)));
    const batches = Math.ceil(found.length / crashBatch);
    ensure(
      found.length % crashBatch === 0,
      `stream ${number} ends with a part of a batch: ${found.length} events`,
    );
    ensure(
      batches >= (acknowledged.get(number) ?? 0),
      `stream ${number} holds ${batches} batches, but ${acknowledged.get(number)} were acknowledged`,
    );
    ensureSame(
      found,
      Array.from({ length: batches }, (_, batch) => crashIds(tag, number, batch)).flat(),
      `events of stream ${number}`,
    );
  }
};

/** Cases. */
export const durabilityCases: ReadonlyArray<EventStoreCase> = [
  {
    name: 'a closed store answers STORE_CLOSED',
    needs: [],
    run: async (harness) => {
      const store = await harness.open();
      await append(store, stream('a'), 'no-stream', [event('a')]);
      await store.close();
      const faults = [
        await fail(store.append(stream('a'), 0, [event('b')]), 'append to a closed store'),
        await fail(store.readStream(stream('a'), 0, 1), 'read of a closed store'),
        await fail(store.readAll('start', 1), 'read of a closed store'),
        await fail(store.head(), 'head of a closed store'),
      ];
      ensureSame(
        faults.map(({ code }) => code),
        faults.map(() => 'STORE_CLOSED'),
        'codes',
      );
      await store.close();
    },
  },

  {
    name: 'a subscription ends with a fault when its store is closed',
    needs: [],
    run: async (harness) => {
      const store = await harness.open();
      await append(store, stream('a'), 'no-stream', [event('a')]);
      const items: Array<string> = [];
      const follow = async (): Promise<void> => {
        for await (const item of store.subscribeAll('start', new AbortController().signal)) {
          items.push(item._tag === 'Fault' ? item.fault.code : item._tag);
          if (items.length === 1) setTimeout(() => void store.close(), 20);
        }
      };
      await within(follow(), patienceOf(harness), 'the end of a subscription whose store is closed');
      ensureSame(items, ['Events', 'STORE_CLOSED'], 'what it yielded');
    },
  },

  {
    name: 'closing waits for the appends that are under way',
    needs: ['reopen'],
    run: async (harness) => {
      const store = await harness.open();
      const appends = Array.from({ length: 50 }, (_, n) =>
        store.append(stream(`s${n}`), 'no-stream', events(`closing ${n}`, 2))(),
      );
      await store.close();
      const answers = await Promise.all(appends);
      const reopened = await ability(harness.reopen, 'reopen')();
      try {
        const stored = new Set(idsOf(await wholeStore(reopened)));
        answers.forEach((answer, n) => {
          const there = events(`closing ${n}`, 2).filter(({ id }) => stored.has(id)).length;
          ensureSame(
            there,
            answer._tag === 'Right' ? 2 : 0,
            `events of append ${n}, which answered ${answer._tag}`,
          );
        });
      } finally {
        await reopened.close();
      }
    },
  },

  withStore(
    'reopening keeps everything, and goes on from there',
    async (store, harness) => {
      for (let n = 0; n < 20; n += 1) {
        await append(store, stream(`s${n % 4}`), n < 4 ? 'no-stream' : Math.floor(n / 4) - 1, [
          event(`n ${n}`),
        ]);
      }
      const before = await wholeStore(store);
      await store.close();
      const reopened = await ability(harness.reopen, 'reopen')();
      try {
        ensureSame(await wholeStore(reopened), before, 'everything after reopening');
        const retry = await append(reopened, stream('s3'), 3, [event('n 19')]);
        ensureSame(retry.idempotent, true, '"idempotent" of a retry after reopening');
        const next = await append(reopened, stream('s3'), 4, [event('next')]);
        ensure((before.at(-1)?.position ?? '') < next.position, 'a position after reopening is not greater');
      } finally {
        await reopened.close();
      }
    },
    ['reopen'],
  ),

  {
    name: 'after kill -9 every acknowledged event is there and no half batch',
    needs: ['reopen', 'spawnWriter'],
    run: async (harness) => {
      await (await harness.open()).close();
      for (let kill = 0; kill < kills; kill += 1) {
        const acknowledged = await writeAndKill(harness, `k${kill}`);
        const store = await ability(harness.reopen, 'reopen')();
        try {
          await checkAfterKill(store, `k${kill}`, acknowledged);
          const whole = await wholeStore(store);
          ensureSame(new Set(idsOf(whole)).size, whole.length, 'different ids over all streams');
          await append(store, stream(`after.${kill}`), 'no-stream', [event(`after ${kill}`)]);
        } finally {
          await store.close();
        }
      }
    },
  },
];
