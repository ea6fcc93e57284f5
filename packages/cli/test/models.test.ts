import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodeSha256, sqliteEventStore } from '@mandate/adapters-eventstore';
import { agencyStream, type Position } from '@mandate/domain';
import { builtIn, createProjectionRunner, people } from '@mandate/projections';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { storeUntil } from '../src/index.js';
import { mandate, mandateJson } from './support/terminal.js';
import { clerk, fill, freshDirectory, openFolder, right, secretFile, type Write } from './support/world.js';

const register = async (agencies = 3) => {
  const folder = join(freshDirectory(), 'data');
  const adapters = await openFolder(folder);
  const write = await fill(adapters, agencies);
  return { folder, adapters, write, secret: secretFile() };
};

/** Read models that were fed up to now. */
const fed = async (
  { adapters }: Awaited<ReturnType<typeof register>>,
  projections = builtIn,
): Promise<string> => {
  const file = join(freshDirectory(), 'models.db');
  const { events: store, vault } = adapters;
  const runner = await right(createProjectionRunner({ file, store, vault, sha256: nodeSha256, projections }));
  await right(runner.catchUp());
  await runner.close();
  return file;
};

// -------------------------------------------------------------------------------------
// replay
// -------------------------------------------------------------------------------------

const replay = suite('replay');

const digestsOf = async (words: ReadonlyArray<string>): Promise<unknown> => {
  const ran = await mandateJson(['replay', '--into', join(freshDirectory(), 'models.db'), ...words]);
  assert.is(ran.exit, 0, JSON.stringify(ran));
  return ran['digests'];
};

replay('up to a time or a position has the same digests as a register that ended there', async () => {
  const now = await register(2);
  const { folder, adapters, write, secret } = now;
  const common = ['--from', folder, '--secret-file', secret];
  const then = await digestsOf(common);
  const position = await right(adapters.events.head());
  assert.is(Object.keys(then as object).length, builtIn.length);
  // The seventh command was recorded at 09:07 in Taiwan; the next ones later.
  await write(agencyStream('gepi', 'EX000'), [clerk('趙')]);
  await write(agencyStream('gepi', 'EX001'), [clerk('錢')]);
  assert.equal(await digestsOf([...common, '--to', String(position)]), then);
  assert.equal(await digestsOf([...common, '--to', '2026-01-05T09:07:00+08:00']), then);
  assert.equal(await digestsOf([...common, '--to', '2026-01-05T01:07:59.999Z']), then);
  assert.is.not(
    JSON.stringify(await digestsOf([...common, '--to', '2026-01-05T01:08:00Z'])),
    JSON.stringify(then),
  );
  await adapters.close();
});

replay('without the secret leaves out what shows names, and says so', async () => {
  const { folder, adapters } = await register(1);
  const ran = await mandateJson(['replay', '--from', folder, '--into', join(freshDirectory(), 'models.db')]);
  assert.equal(
    ran['leftOut'],
    builtIn.filter((one) => one.needsPersonal).map(({ name }) => name),
  );
  await adapters.close();
});

replay('never writes over a file, and leaves nothing where it failed', async () => {
  const { folder, adapters } = await register(1);
  const into = join(freshDirectory(), 'models.db');
  const wrong = ['yesterday', '2026-03-01', '2026-03-01T00:00:00', '2026-13-45T00:00:00Z', '12'];
  for (const time of [...wrong, '2026-02-30T00:00:00Z', '2026-02-29T00:00:00+08:00']) {
    const ran = await mandateJson(['replay', '--from', folder, '--into', into, '--to', time]);
    assert.equal([ran.exit, ran['code']], [2, 'TIME_INVALID'], time);
  }
  assert.equal(readdirSync(dirname(into)), []);
  assert.is((await mandate(['replay', '--from', folder, '--into', into])).exit, 0);
  assert.equal(readdirSync(dirname(into)), ['models.db']);
  const again = await mandateJson(['replay', '--from', folder, '--into', into]);
  assert.equal([again.exit, again['code']], [3, 'TARGET_EXISTS']);
  await adapters.close();
});

replay('a store up to a time hands out no empty page before its end', async () => {
  const { adapters } = await register(3);
  const store = storeUntil(adapters.events, { _tag: 'Time', time: '2026-01-05T01:05:00.000Z' });
  const all = await right(store.readAll('start', 100));
  assert.equal([all.events.length, all.end], [7, true]);
  let from: 'start' | { after: Position } = 'start';
  for (let read = 0; read < all.events.length; ) {
    const { events }: Awaited<ReturnType<typeof page>> = await page(from);
    assert.ok(events.length > 0);
    read += events.length;
    from = { after: events.at(-1)?.position as Position };
  }
  assert.equal(await right(store.readAll(from as { after: Position }, 2)), { events: [], end: true });
  await adapters.close();
  function page(at: 'start' | { after: Position }) {
    return right(store.readAll(at, 2));
  }
});

replay.run();

// -------------------------------------------------------------------------------------
// projections
// -------------------------------------------------------------------------------------

const projections = suite('projections');

interface Row {
  readonly name: string;
  readonly generation: number;
  readonly status: string;
  readonly behind: number;
}

const statusOf = async (folder: string, models: string): Promise<ReadonlyArray<Row>> => {
  const ran = await mandateJson(['projections', 'status', '--from', folder, '--models', models]);
  assert.is(ran.exit, 0, JSON.stringify(ran));
  return ran['projections'] as ReadonlyArray<Row>;
};

const appendLater = async (write: Write): Promise<void> => {
  await write(agencyStream('gepi', 'EX000'), [clerk('孫')]);
  await write(agencyStream('gepi', 'EX000'), [clerk('周')]);
};

projections('list names every read model of this program', async () => {
  const { out } = await mandate(['projections', 'list']);
  for (const { name } of builtIn) assert.match(out, name);
});

projections('list tells what is there of each in a file, and asks for no register', async () => {
  const world = await register(1);
  const models = await fed(world, [people]);
  const ran = await mandateJson(['projections', 'list', '--models', models]);
  assert.is(ran.exit, 0, JSON.stringify(ran));
  const rows = ran['projections'] as ReadonlyArray<{ readonly name: string; readonly tables: unknown }>;
  const live = [{ version: people.version, generation: 1, status: 'live' }];
  for (const { name, tables } of rows) assert.equal(tables, name === 'people' ? live : [], name);
  const { out } = await mandate(['projections', 'list', '--models', models]);
  assert.match(out, new RegExp(`^people .* live v${people.version}\\.1$`, 'm'));
  assert.match(out, /^clerk-list .* not there$/m);
  const nothing = await mandateJson(['projections', 'list', '--models', join(freshDirectory(), 'none.db')]);
  assert.equal([nothing.exit, nothing['code']], [3, 'MODELS_NOT_FOUND']);
  const half = await mandateJson(['projections', 'list', '--schema', 'mandate']);
  assert.equal([half.exit, half['code']], [2, 'OPTION_MISSING']);
  await world.adapters.close();
});

projections('a file that holds something else is told and left as it is', async () => {
  const world = await register(1);
  const file = join(freshDirectory(), 'notes.db');
  writeFileSync(file, 'not a database');
  for (const place of [file, join(world.folder, 'events.db')]) {
    const before = readFileSync(place);
    for (const words of [
      ['list', '--models', place],
      ['status', '--from', world.folder, '--models', place],
      ['rebuild', '--from', world.folder, '--models', place, 'review-queue'],
      ['swap', '--from', world.folder, '--models', place, 'review-queue'],
    ]) {
      const ran = await mandateJson(['projections', ...words]);
      assert.equal([ran.exit, ran['code']], [1, 'MODELS_DAMAGED'], JSON.stringify(ran));
    }
    assert.ok(before.equals(readFileSync(place)), place);
  }
  await world.adapters.close();
});

projections('a rebuild of all is whole when the last of them is', async () => {
  const world = await register(2);
  const models = await fed(world);
  let time = 0;
  const drawn = await mandate(
    [
      'projections',
      'rebuild',
      '--from',
      world.folder,
      '--models',
      models,
      '--secret-file',
      world.secret,
      'all',
    ],
    {
      isInteractive: true,
      now: () => {
        time += 1_000;
        return time;
      },
    },
  );
  assert.is(drawn.exit, 0, drawn.err);
  const total = builtIn.length * 9;
  const percents = [...drawn.err.matchAll(/(\d+) % \d+ of (\d+)/g)].map(([, percent, all]) => {
    assert.is(Number(all), total);
    return Number(percent);
  });
  // After each of them has read its nine events, and when it is over.
  assert.equal(
    [...new Set(percents)].filter((percent) => percent > 0),
    builtIn.map((_, index) => Math.floor(((index + 1) / builtIn.length) * 100)),
  );
  await world.adapters.close();
});

projections('status tells how far each is behind, and changes nothing', async () => {
  const world = await register(2);
  const models = await fed(world, [people]);
  await appendLater(world.write);
  for (let time = 0; time < 2; time += 1) {
    const rows = await statusOf(world.folder, models);
    assert.equal(
      rows.map(({ name, status, behind }) => [name, status, behind]),
      [['people', 'live', 2]],
    );
  }
  await world.adapters.close();
});

projections('rebuild builds one or all anew beside the live one and swaps it in', async () => {
  const world = await register(2);
  const models = await fed(world);
  const common = ['--from', world.folder, '--models', models, '--secret-file', world.secret];
  const one = await mandateJson(['projections', 'rebuild', ...common, 'review-queue']);
  assert.is(one.exit, 0, JSON.stringify(one));
  const generations = async () =>
    new Map((await statusOf(world.folder, models)).map((row) => [row.name, row.generation]));
  assert.equal([(await generations()).get('review-queue'), (await generations()).get('people')], [2, 1]);
  const all = await mandateJson(['projections', 'rebuild', ...common, 'all']);
  assert.is(all.exit, 0);
  assert.equal([...(await generations()).values()].sort(), [...builtIn.slice(1).map(() => 2), 3]);
  const replayed = await mandateJson([
    'replay',
    '--from',
    world.folder,
    '--into',
    join(freshDirectory(), 'm.db'),
    '--secret-file',
    world.secret,
  ]);
  assert.equal(all['digests'], replayed['digests'], 'built anew and replayed are the same rows');
  await world.adapters.close();
});

projections(
  'swap goes on with what a killed rebuild left, and refuses where nothing is being built',
  async () => {
    const world = await register(2);
    const models = await fed(world);
    const common = ['--from', world.folder, '--models', models, '--secret-file', world.secret];
    const nothing = await mandateJson(['projections', 'swap', ...common, 'people']);
    assert.equal([nothing.exit, nothing['code']], [3, 'NOTHING_TO_SWAP']);
    // A rebuild whose store fails after the first page is one that was cut off.
    const store = await right(sqliteEventStore({ file: join(world.folder, 'events.db') }));
    let reads = 0;
    const failing: typeof store = {
      ...store,
      readAll: (from, limit) => async () => {
        reads += 1;
        return reads > 2
          ? { _tag: 'Left', left: { _tag: 'StoreFault', code: 'STORE_UNAVAILABLE', detail: 'gone' } }
          : store.readAll(from, limit)();
      },
    };
    const { vault } = world.adapters;
    const runner = await right(
      createProjectionRunner({
        file: models,
        store: failing,
        vault,
        sha256: nodeSha256,
        projections: [people],
        batchSize: 2,
      }),
    );
    assert.is((await runner.rebuild(people)())._tag, 'Left');
    await runner.close();
    const before = (await statusOf(world.folder, models)).filter(({ name }) => name === 'people');
    assert.equal(before.map(({ status }) => status).sort(), ['building', 'live']);
    const swapped = await mandateJson(['projections', 'swap', ...common, 'all']);
    assert.is(swapped.exit, 0, JSON.stringify(swapped));
    const after = (await statusOf(world.folder, models)).filter(({ name }) => name === 'people');
    assert.equal(
      after.map(({ status, generation, behind }) => [status, generation, behind]),
      [['live', 2, 0]],
    );
    await store.close();
    await world.adapters.close();
  },
);

projections('what shows names needs the secret; a name or a file that is not there is told', async () => {
  const world = await register(1);
  const models = await fed(world);
  const common = ['--from', world.folder, '--models', models];
  const personal = await mandateJson(['projections', 'rebuild', ...common, 'people']);
  assert.equal([personal.exit, personal['code']], [2, 'SECRET_NEEDED']);
  assert.is((await mandateJson(['projections', 'rebuild', ...common, 'review-queue'])).exit, 0);
  const unknown = await mandateJson(['projections', 'rebuild', ...common, 'fly']);
  assert.equal([unknown.exit, unknown['code']], [2, 'PROJECTION_UNKNOWN']);
  const none = join(freshDirectory(), 'none.db');
  const missing = await mandateJson(['projections', 'status', '--from', world.folder, '--models', none]);
  assert.equal([missing.exit, missing['code']], [3, 'MODELS_NOT_FOUND']);
  assert.not.ok(existsSync(none));
  await world.adapters.close();
});

projections.run();
