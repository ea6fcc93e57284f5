import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { eventStoreDb } from '@mandate/adapters-eventstore/eventstoredb';
import { startWireServer } from '@mandate/adapters-eventstore/testing/wire-server';
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
import pg from 'pg';
import * as assert from 'uvu/assert';
import { messages } from '../src/index.js';
import { mandate, mandateJson } from './support/terminal.js';
import { clerk, fill, filledFolder, freshDirectory, openFolder, right, secretFile } from './support/world.js';

const test = suiteNeeding('read models on PostgreSQL by the command line', postgresNeed);
let server: PostgresServer;

test.before(async () => {
  const folder = freshDirectory();
  const file = join(folder, 'pg_hba.conf');
  writeFileSync(file, 'local all mandate trust\nlocal all stranger trust\nlocal all all scram-sha-256\n');
  // For the account that the server runs under.
  chmodSync(folder, 0o755);
  chmodSync(file, 0o644);
  server = await startPostgres({ settings: { hba_file: file } });
  const client = new pg.Client(server.database());
  await client.connect();
  await client.query(`CREATE ROLE keeper LOGIN PASSWORD 'right'; CREATE ROLE stranger LOGIN`);
  await client.end();
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

/** Generation and status of each set of tables, by name; sooner than `status`, which looks twice to tell how quick they are. */
const tablesOf = async (where: ReadonlyArray<string>) => {
  const place = where.slice(where.indexOf('--postgres'));
  const ran = await mandateJson(['projections', 'list', ...place]);
  assert.is(ran.exit, 0, JSON.stringify(ran));
  const rows = ran['projections'] as ReadonlyArray<{
    readonly name: string;
    readonly tables: ReadonlyArray<Pick<Row, 'generation' | 'status'>>;
  }>;
  return rows.flatMap(({ name, tables }) => tables.map((table) => ({ name, ...table })));
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
  for (const { generation, status } of await tablesOf(where)) assert.equal([generation, status], [2, 'live']);
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
    (await tablesOf(where)).filter(({ name }) => name === 'people').map(({ status }) => status);
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
    assert.equal([none.exit, none['code']], [3, 'MODELS_NOT_FOUND']);
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
    assert.equal([away.exit, away['code']], [4, 'MODELS_UNAVAILABLE'], JSON.stringify(away));
    assert.not.match(JSON.stringify(away), 'hidden');
  }
  await adapters.close();
});

test('a password, a name or a database that the server does not take is told in both languages', async () => {
  const { adapters, folder, database, secret } = await fed(1);
  const url = (who: string, name = 'postgres') =>
    `postgresql://${who}@/${name}?host=${encodeURIComponent(database.host)}`;
  const cases = [
    [url('keeper:wrong'), 'MODELS_REFUSED'],
    [url('nobody:x'), 'MODELS_REFUSED'],
    // It may connect, and read what is there from the catalogue alone.
    [url('stranger'), 'MODELS_REFUSED'],
    [url('mandate', 'nowhere'), 'MODELS_NOT_FOUND'],
  ] as const;
  for (const [address, code] of cases) {
    const place = ['--postgres', address, '--schema', database.schema];
    for (const words of [
      ['list', ...place],
      ['status', '--from', folder, ...place],
      ['rebuild', '--from', folder, ...place, ...secret, 'people'],
      ['swap', '--from', folder, ...place, ...secret, 'people'],
    ]) {
      const ran = await mandateJson(['projections', ...words]);
      assert.equal([ran.exit, ran['code']], [3, code], `${words[0]} ${JSON.stringify(ran)}`);
      assert.equal([ran['zh'], ran['en']], [messages[code].zh, messages[code].en]);
      assert.not.match(JSON.stringify(ran), 'wrong');
    }
  }
  await adapters.close();
});

test('a pooler that allows no transactions is told in both languages, as what it is', async () => {
  const folder = freshDirectory();
  // What PgBouncer says with `pool_mode = statement`, as an ErrorResponse of the protocol.
  const said = Buffer.from(
    'SFATAL\0C08P01\0Mtransaction blocks not allowed in statement pooling mode\0\0',
    'latin1',
  );
  const length = Buffer.alloc(4);
  length.writeInt32BE(said.length + 4);
  const pooler = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(Buffer.concat([Buffer.from('E'), length, said])));
  });
  await new Promise<void>((resolve) => pooler.listen(join(folder, '.s.PGSQL.5432'), resolve));
  const ran = await mandateJson([
    'projections',
    'list',
    '--postgres',
    `postgresql://mandate@/postgres?host=${encodeURIComponent(folder)}`,
  ]);
  assert.equal([ran.exit, ran['code']], [3, 'MODELS_POOLED'], JSON.stringify(ran));
  assert.equal([ran['zh'], ran['en']], [messages.MODELS_POOLED.zh, messages.MODELS_POOLED.en]);
  await new Promise((resolve) => pooler.close(resolve));
});

test('list tells what is there of each in a schema, and what is there of others', async () => {
  const { adapters, database, where } = await fed(1);
  const place = where.slice(where.indexOf('--postgres'));
  const [first] = builtIn;
  if (first === undefined) throw new Error('no read models');
  const own = { ...first, name: 'of-another-program', version: 7 };
  const settings = { database, store: adapters.events, vault: adapters.vault, sha256: nodeSha256 };
  const runner = await right(createPostgresRunner({ ...settings, projections: [own] }));
  await right(runner.catchUp());
  await runner.close();
  const ran = await mandateJson(['projections', 'list', ...place]);
  assert.is(ran.exit, 0, JSON.stringify(ran));
  const rows = ran['projections'] as ReadonlyArray<{ readonly name: string; readonly tables: unknown }>;
  assert.equal(
    rows.map(({ name }) => name),
    [...builtIn.map(({ name }) => name), 'of-another-program'],
  );
  for (const { name, tables } of rows) {
    const version = name === own.name ? 7 : builtIn.find((one) => one.name === name)?.version;
    assert.equal(tables, [{ version, generation: 1, status: 'live' }], name);
  }
  const { out } = await mandate(['projections', 'list', ...place]);
  assert.match(out, /^people +v\d+ +\(secret\) +live v\d+\.1$/m);
  assert.match(out, /^of-another-program .* live v7\.1$/m);
  await adapters.close();
});

test('what stopped a read model stands in its status', async () => {
  const { adapters, database, where, write } = await fed(1);
  const [first] = builtIn;
  if (first === undefined) throw new Error('no read models');
  const broken = {
    ...first,
    apply: () => {
      throw new Error('a defect');
    },
  };
  const settings = { database, store: adapters.events, vault: adapters.vault, sha256: nodeSha256 };
  const runner = await right(createPostgresRunner({ ...settings, projections: [broken] }));
  await write(agencyStream('gepi', 'EX000'), [clerk('孫')]);
  assert.is((await runner.catchUp()())._tag, 'Left');
  await runner.close();
  const { out } = await mandate(['projections', 'status', ...where]);
  assert.match(out, new RegExp(`^${first.name} .* behind 1.*\n  APPLY_FAILED: .*a defect`, 'm'));
  await adapters.close();
});

test('a rebuild tells how far it is by the books, also of what other runners do', async () => {
  const { where, secret, adapters } = await fed(30);
  let time = 0;
  const drawn = await mandate(['projections', 'rebuild', ...where, ...secret, 'all'], {
    isInteractive: true,
    now: () => {
      time += 1_000;
      return time;
    },
  });
  assert.is(drawn.exit, 0, drawn.err);
  const told = [...drawn.err.matchAll(/(\d+) % ([\d,]+) of ([\d,]+), [\d,]+\/s, [\d:?]+ left/g)];
  const counts = told.map(([, , done = '']) => Number(done.replaceAll(',', '')));
  // Seven read models, of 1 + 30 × 4 events each.
  const total = (builtIn.length * 121).toLocaleString('en-US');
  assert.equal([...new Set(told.map(([, , , all]) => all))], [total]);
  assert.equal(
    counts,
    [...counts].sort((a, b) => a - b),
    'never back',
  );
  assert.is(told.at(-1)?.[1], '100');
  assert.is(told.filter(([, percent]) => percent === '100').length, 1, 'not whole before all of them are');
  await adapters.close();
});

test('of a register on EventStoreDB, with keys in a folder: a rebuild has a bar, though the store cannot count', async () => {
  const wire = await startWireServer();
  try {
    const folder = await filledFolder(2);
    const file = join(freshDirectory(), 'register.jsonl');
    const address = `${wire.url}#gepi.`;
    assert.is((await mandate(['export', '--from', folder, '--to', file])).exit, 0);
    assert.is((await mandate(['import', '--to', address, file])).exit, 0);
    const opened = await right(eventStoreDb({ connectionString: wire.url, namespace: 'gepi.' }));
    const adapters = await openFolder(folder);
    const database = server.database();
    const settings = { database, vault: adapters.vault, sha256: nodeSha256, projections: builtIn };
    const runner = await right(createPostgresRunner({ ...settings, store: opened }));
    await right(runner.catchUp());
    await runner.close();
    await opened.close();
    await adapters.close();
    let time = 0;
    const now = () => {
      time += 1_000;
      return time;
    };
    const where = ['--from', address, '--postgres', urlOf(database), '--schema', database.schema];
    const rebuilt = await mandate(
      ['projections', 'rebuild', ...where, '--secret-file', secretFile(), '--vault', folder, 'people'],
      { isInteractive: true, now },
    );
    assert.is(rebuilt.exit, 0, rebuilt.err);
    assert.match(rebuilt.err, /\[#+\] 100 % 9 of 9, /);
    const people = (await tablesOf(where)).find(({ name }) => name === 'people');
    assert.equal([people?.generation, people?.status], [2, 'live']);
  } finally {
    await wire.stop();
  }
});

test.run();
