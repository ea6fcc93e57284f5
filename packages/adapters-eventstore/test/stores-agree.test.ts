import type { EventStore, EventToAppend, ExpectedRevision, Position, RecordedEvent } from '@mandate/domain';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { event } from '../src/conformance/event-store/harness.js';
import { memoryEventStore, sqliteEventStore } from '../src/index.js';
import { freshFile } from './support/directory.js';
import { stream } from './support/events.js';
import { right } from './support/right.js';

// -------------------------------------------------------------------------------------
// steps
// -------------------------------------------------------------------------------------

interface Append {
  readonly to: string;
  readonly expected: ExpectedRevision;
  readonly ids: ReadonlyArray<number>;
}

type Step =
  | { readonly _tag: 'Appends'; readonly atOnce: ReadonlyArray<Append> }
  | { readonly _tag: 'ReadStream'; readonly of: string; readonly from: number; readonly limit: number }
  | { readonly _tag: 'ReadAll'; readonly how: 'at' | 'after'; readonly index: number; readonly limit: number }
  | { readonly _tag: 'Head' };

// Few streams, few ids, low revisions: conflicts, retries and taken ids come up all the time.
const name = fc.constantFrom('a', 'b', 'c');
const append: fc.Arbitrary<Append> = fc.record({
  to: name,
  expected: fc.oneof(fc.constant('no-stream' as const), fc.integer({ min: -1, max: 8 })),
  ids: fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 4 }),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      _tag: fc.constant('Appends' as const),
      atOnce: fc.array(append, { minLength: 1, maxLength: 4 }),
    }),
  },
  fc.record({
    _tag: fc.constant('ReadStream' as const),
    of: name,
    from: fc.integer({ min: -1, max: 9 }),
    limit: fc.integer({ min: -1, max: 5 }),
  }),
  fc.record({
    _tag: fc.constant('ReadAll' as const),
    how: fc.constantFrom('at' as const, 'after' as const),
    index: fc.nat({ max: 12 }),
    limit: fc.integer({ min: -1, max: 5 }),
  }),
  fc.constant<Step>({ _tag: 'Head' }),
);

// -------------------------------------------------------------------------------------
// answers
// -------------------------------------------------------------------------------------

const batchOf = (ids: ReadonlyArray<number>): ReadonlyArray<EventToAppend> =>
  ids.map((id) => event(String(id)));

const everything = async (store: EventStore): Promise<ReadonlyArray<RecordedEvent>> =>
  (await right(store.readAll('start', 10_000))).events;

/** What a store answers, with each position replaced by its place in the order: positions are the store's own. */
const answers = async (store: EventStore, steps: ReadonlyArray<Step>): Promise<ReadonlyArray<unknown>> => {
  const answered: Array<unknown> = [];
  for (const each of steps) {
    answered.push(await answerTo(store, each));
  }
  const order = (await everything(store)).map(({ position }) => position as string);
  return answered.map((answer) =>
    JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
      key === 'position' && typeof value === 'string' ? order.indexOf(value) : value,
    ),
  );
};

const answerTo = async (store: EventStore, each: Step): Promise<unknown> => {
  switch (each._tag) {
    case 'Appends':
      return Promise.all(
        each.atOnce.map(({ to, expected, ids }) => store.append(stream(to), expected, batchOf(ids))()),
      );
    case 'ReadStream':
      return store.readStream(stream(each.of), each.from, each.limit)();
    case 'ReadAll': {
      const position: Position | undefined = (await everything(store))[each.index]?.position;
      if (position === undefined) return store.readAll('start', each.limit)();
      return store.readAll(each.how === 'at' ? { at: position } : { after: position }, each.limit)();
    }
    case 'Head':
      return { position: await right(store.head()) };
  }
};

// -------------------------------------------------------------------------------------
// properties
// -------------------------------------------------------------------------------------

const agree = suite('memory and sqlite agree');

agree(
  'property: any appends and reads, also at once, have the same answers and leave the same events',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const file = freshFile();
        const memory = memoryEventStore();
        const sqlite = await right(sqliteEventStore({ file, synchronous: 'NORMAL' }));
        assert.equal(await answers(sqlite, steps), await answers(memory, steps));
        const plain = async (store: EventStore) =>
          (await everything(store)).map(({ position: _, ...rest }) => rest);
        assert.equal(await plain(sqlite), await plain(memory));
        await sqlite.close();
        const reopened = await right(sqliteEventStore({ file }));
        assert.equal(await plain(reopened), await plain(memory));
        await reopened.close();
      }),
      { numRuns: 150 },
    );
  },
);

agree('property: every stream has revisions without a gap, and every id stands once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const store = memoryEventStore();
      await answers(store, steps);
      const all = await everything(store);
      assert.is(new Set(all.map(({ id }) => id)).size, all.length);
      for (const of of ['a', 'b', 'c']) {
        const revisions = all.filter((each) => each.stream === stream(of)).map(({ revision }) => revision);
        assert.equal(
          revisions,
          revisions.map((_, index) => index),
        );
      }
    }),
    { numRuns: 300 },
  );
});

agree.run();
