import { suiteNeeding } from '@mandate/testing';
import { type PostgresServer, postgresNeed, startPostgres } from '@mandate/testing/postgres';
import { metrics } from '@opentelemetry/api';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import * as assert from 'uvu/assert';
import { clerkList, type Projection, people } from '../../src/index.js';
import { createPostgresRunner, type PostgresRunner } from '../../src/postgres/index.js';
import { seenEvents } from '../support/counting.js';
import { agency, appointed, authorized, registered } from '../support/events.js';
import { memoryMeter, type Observation } from '../support/meter.js';
import { makeWorld, minute, right, sha256, type World } from '../support/world.js';

const test = suiteNeeding('how far read models on PostgreSQL are', postgresNeed);
let server: PostgresServer;

test.before(async () => {
  server = await startPostgres();
});
test.after(async () => {
  metrics.disable();
  await server.stop();
});
test.after.each(() => metrics.disable());

const projections: ReadonlyArray<Projection> = [seenEvents(), clerkList, people];

/** Three events an agency, in two minutes. */
const fill = async (world: World, agencies: number, from = 20000): Promise<number> => {
  for (let number = from; number < from + agencies; number++) {
    const code = String(number);
    await world.write(agency(code), [registered(code), appointed(`管理${code}`)]);
    await world.write(agency(code), [authorized(`甲${code}`, ['pay'])]);
  }
  return agencies * 3;
};

interface Told {
  readonly runner: PostgresRunner;
  readonly clock: { time: number };
}

const open = async (world: World, more: { readonly count?: () => number } = {}): Promise<Told> => {
  const { store, vault } = world;
  const clock = { time: Date.parse(minute(60)) };
  const { count } = more;
  const runner = right(
    await createPostgresRunner({
      store,
      vault,
      sha256,
      projections,
      database: server.database(),
      clock: { now: () => clock.time },
      ...(count === undefined ? {} : { count: () => TE.right(count()) }),
    })(),
  );
  return { runner, clock };
};

const sum = (seen: ReadonlyArray<Observation>, name: string, projection: string): number =>
  seen
    .filter((each) => each.name === name && each.attributes['mandate.projection'] === projection)
    .reduce((total, { value }) => total + value, 0);

test('a lag is how long the first event is there that is not known, and how many events are not', async () => {
  const world = makeWorld();
  const events = await fill(world, 4);
  const { runner, clock } = await open(world, { count: () => events });
  const before = right(await runner.status()());
  // The first event was recorded in the first minute; the clock stands at the sixtieth.
  for (const { lagSeconds, lagEvents, partitions } of before) {
    assert.equal([lagSeconds, lagEvents], [59 * 60, events]);
    assert.ok(partitions.every((each) => each.lagSeconds === 59 * 60));
  }
  right(await runner.catchUp()());
  for (const { lagSeconds, lagEvents, passed } of right(await runner.status()())) {
    assert.equal([lagSeconds, lagEvents, passed], [0, 0, events]);
  }
  // One more, of the ninth minute, seen in the hundredth.
  await world.write(agency('20000'), [authorized('乙', ['pay'])]);
  clock.time = Date.parse(minute(100));
  for (const { lagSeconds } of right(await runner.status()())) assert.is(lagSeconds, 91 * 60);
  await runner.close();
});

test('a rate is what was passed since the last look, and nobody knows it at the first', async () => {
  const world = makeWorld();
  const first = await fill(world, 4);
  const { runner, clock } = await open(world);
  right(await runner.catchUp()());
  const rates = async () => right(await runner.status()()).map(({ rate, lagEvents }) => [rate, lagEvents]);
  assert.equal(await rates(), [
    [undefined, undefined],
    [undefined, undefined],
    [undefined, undefined],
  ]);
  const more = await fill(world, 5, 20100);
  right(await runner.catchUp()());
  // Too soon to say.
  clock.time += 500;
  assert.equal((await rates())[0], [undefined, undefined]);
  clock.time += 2_500;
  for (const [rate] of await rates()) assert.is(rate, more / 3);
  // What is older than a minute counts no more.
  clock.time += 60_000;
  for (const [rate] of await rates()) assert.is(rate, 0);
  assert.ok(first > 0);
  await runner.close();
});

test('metrics tell of what this runner holds, and end with it', async () => {
  const meter = memoryMeter();
  const world = makeWorld();
  const events = await fill(world, 6);
  const { runner } = await open(world, { count: () => events });
  const stop = new AbortController();
  const running = runner.run(stop.signal)();
  right(await runner.waitFor(right(await world.store.head()()) ?? '', { timeoutMilliseconds: 600_000 })());
  const seen = await meter.observe();
  for (const { name } of projections) {
    assert.is(sum(seen, 'mandate.projections.passed', name), events);
    assert.is(sum(seen, 'mandate.projections.lag', name), 0);
    assert.is(sum(seen, 'mandate.projections.lag.events', name), 0);
    assert.ok(sum(seen, 'mandate.projections.applied', name) > 0);
  }
  assert.equal(
    seen.filter(({ name }) => name === 'mandate.projections.partitions').map(({ value }) => value),
    [17],
  );
  const texts = JSON.stringify(seen.map(({ attributes }) => attributes));
  for (const word of ['20000', '管理', 'agency-']) assert.not.match(texts, word);
  stop.abort();
  right(await running);
  // It holds nothing more, and tells of nothing.
  assert.is(
    (await meter.observe()).filter(({ name }) => name !== 'mandate.projections.partitions').length,
    0,
  );
  await runner.close();
  assert.is(meter.asked(), 0);
});

test('faults of the following are counted by their code', async () => {
  const meter = memoryMeter();
  const world = makeWorld();
  await fill(world, 1);
  let broken = true;
  const fails: World = {
    ...world,
    store: {
      ...world.store,
      head: () =>
        broken
          ? TE.left({ _tag: 'StoreFault', code: 'STORE_UNAVAILABLE', detail: 'away' })
          : world.store.head(),
    },
  };
  const { runner } = await open(fails);
  const stop = new AbortController();
  const running = runner.run(stop.signal, {
    onFault: (_, attempt) => {
      broken = attempt < 3;
      return 1;
    },
  })();
  const head = right(await world.store.head()()) ?? '';
  while (E.isLeft(await runner.waitFor(head, { timeoutMilliseconds: 1_000 })()));
  stop.abort();
  right(await running);
  assert.equal(
    meter.added.map(({ name, value, attributes }) => [name, value, attributes['mandate.code']]),
    [1, 2, 3].map(() => ['mandate.projections.faults', 1, 'STORE_UNAVAILABLE']),
  );
  await runner.close();
});

test.run();
