import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { agencyStream } from '@mandate/domain';
import { builtIn } from '@mandate/projections';
import { createPostgresRunner } from '@mandate/projections/postgres';
import { suiteNeeding } from '@mandate/testing';
import {
  type PostgresPlace,
  type PostgresServer,
  postgresNeed,
  startPostgres,
} from '@mandate/testing/postgres';
import * as assert from 'uvu/assert';
import { mandate, mandateJson } from './support/terminal.js';
import { clerk, fill, freshDirectory, openFolder, right, secretFile } from './support/world.js';

const test = suiteNeeding('read models on PostgreSQL by the command line', postgresNeed);
let server: PostgresServer;

test.before(async () => {
  server = await startPostgres();
});
test.after(() => server.stop());

const urlOf = ({ host, port, user, database }: PostgresPlace): string =>
  `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;

/** A register, and a schema that was fed of it up to now. */
const fed = async (agencies: number) => {
  const folder = join(freshDirectory(), 'data');
  const adapters = await openFolder(folder);
  const write = await fill(adapters, agencies);
  const { events: store, vault } = adapters;
  const database = server.database();
  const settings = { database, store, vault, sha256: nodeSha256, projections: builtIn };
  const runner = await right(createPostgresRunner(settings));
  await right(runner.catchUp());
  await runner.close();
  const where = ['--from', folder, '--postgres', urlOf(database), '--schema', database.schema];
  return { folder, adapters, write, database, where, secret: ['--secret-file', secretFile()] };
};

interface Row {
  readonly name: string;
  readonly generation: number;
  readonly status: string;
  readonly behind: number;
  readonly lagEvents: number;
  readonly lagSeconds: number;
  readonly rate: number;
  readonly partitions: ReadonlyArray<{ readonly partition: number }>;
}

const statusOf = async (where: ReadonlyArray<string>): Promise<ReadonlyArray<Row>> => {
  const ran = await mandateJson(['projections', 'status', ...where]);
  assert.is(ran.exit, 0, JSON.stringify(ran));
  return ran['projections'] as ReadonlyArray<Row>;
};

test('status tells how far each is behind, in events and seconds, and how quick', async () => {
  const { adapters, write, where } = await fed(2);
  for (const row of await statusOf(where)) {
    assert.equal([row.status, row.behind, row.lagEvents, row.lagSeconds, row.rate], ['live', 0, 0, 0, 0]);
    assert.ok(row.partitions.length === 16 || row.partitions.length === 1);
  }
  await write(agencyStream('gepi', 'EX000'), [clerk('孫')]);
  const rows = await statusOf(where);
  assert.is(rows.length, builtIn.length);
  for (const row of rows) {
    assert.equal([row.behind, row.lagEvents], [1, 1]);
    assert.ok(row.lagSeconds > 0);
  }
  const { out } = await mandate(['projections', 'status', ...where]);
  assert.match(out, /behind 1, \d+ s; 0 events\/s/);
  await adapters.close();
});

test('rebuild builds beside the live one, and gives the rows that a replay gives', async () => {
  const { folder, adapters, where, secret } = await fed(2);
  const all = await mandateJson(['projections', 'rebuild', ...where, ...secret, 'all']);
  assert.is(all.exit, 0, JSON.stringify(all));
  for (const { generation, status } of await statusOf(where)) assert.equal([generation, status], [2, 'live']);
  const into = join(freshDirectory(), 'm.db');
  const replayed = await mandateJson(['replay', '--from', folder, '--into', into, ...secret]);
  assert.equal(all['digests'], replayed['digests']);
  await adapters.close();
});

test('swap finishes what was left, and refuses where nothing is being built', async () => {
  const { adapters, where, secret, database } = await fed(2);
  const nothing = await mandateJson(['projections', 'swap', ...where, ...secret, 'people']);
  assert.equal([nothing.exit, nothing['code']], [3, 'NOTHING_TO_SWAP']);
  const [people] = builtIn.filter(({ name }) => name === 'people');
  if (people === undefined) throw new Error('no people');
  // A rebuild whose store fails is one that was cut off.
  const failing = {
    ...adapters.events,
    readAll: () => async () =>
      ({
        _tag: 'Left',
        left: { _tag: 'StoreFault', code: 'STORE_UNAVAILABLE', detail: 'gone' },
      }) as const,
  };
  const settings = { database, vault: adapters.vault, sha256: nodeSha256, projections: [people] };
  const runner = await right(createPostgresRunner({ ...settings, store: failing }));
  assert.is((await runner.rebuild(people)())._tag, 'Left');
  await runner.close();
  const ofPeople = async () =>
    (await statusOf(where)).filter(({ name }) => name === 'people').map(({ status }) => status);
  assert.equal((await ofPeople()).sort(), ['building', 'live']);
  const swapped = await mandateJson(['projections', 'swap', ...where, ...secret, 'all']);
  assert.is(swapped.exit, 0, JSON.stringify(swapped));
  assert.equal(await ofPeople(), ['live']);
  await adapters.close();
});

test('a schema that is not there is told and not made; the connection string may lie in a file', async () => {
  const { adapters, folder, database } = await fed(1);
  const file = join(freshDirectory(), 'url');
  writeFileSync(file, `${urlOf(database)}\n`);
  const from = ['projections', 'status', '--from', folder];
  const found = await mandateJson([...from, '--postgres', `@${file}`, '--schema', database.schema]);
  assert.is(found.exit, 0, JSON.stringify(found));
  for (let time = 0; time < 2; time += 1) {
    const none = await mandateJson([...from, '--postgres', `@${file}`, '--schema', 'nowhere']);
    assert.equal([none.exit, none['code']], [3, 'REGISTER_NOT_FOUND']);
  }
  await adapters.close();
});

test('a place that is missing, named twice, misspelt or away is told, and no password with it', async () => {
  const { adapters, folder } = await fed(1);
  const from = ['projections', 'status', '--from', folder];
  const codeOf = async (words: ReadonlyArray<string>) => (await mandateJson([...from, ...words]))['code'];
  assert.is(await codeOf([]), 'OPTION_MISSING');
  assert.is(await codeOf(['--models', 'm.db', '--postgres', 'postgresql://']), 'OPTION_WRONG');
  assert.is(await codeOf(['--postgres', 'postgresql://', '--schema', 'A"']), 'OPTION_WRONG');
  for (const url of ['postgresql://me:hidden@/x?host=/nowhere', 'postgresql://me:hidden@[', 'hidden']) {
    const away = await mandateJson([...from, '--postgres', url]);
    assert.equal([away.exit, away['code']], [4, 'PROJECTION_FAULT'], JSON.stringify(away));
    assert.not.match(JSON.stringify(away), 'hidden');
  }
  await adapters.close();
});

test.run();
