import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeSha256, type SqliteAdapters, sqliteKeyVault } from '@mandate/adapters-eventstore';
import { eventStoreDb } from '@mandate/adapters-eventstore/eventstoredb';
import { startWireServer } from '@mandate/adapters-eventstore/testing/wire-server';
import { agencyStream, type EventStore, type KeyVault } from '@mandate/domain';
import { builtIn, createProjectionRunner, knownPeople, openReadModels } from '@mandate/projections';
import { createPostgresRunner, openPostgresReadModels } from '@mandate/projections/postgres';
import { suiteNeeding } from '@mandate/testing';
import { type PostgresServer, postgresNeed, startPostgres } from '@mandate/testing/postgres';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { storeUntil } from '../src/index.js';
import { runAndKill } from './support/kill.js';
import { mandate, mandateJson } from './support/terminal.js';
import {
  clerk,
  fill,
  forget,
  freshDirectory,
  openFolder,
  person,
  right,
  secret,
  secretFile,
  type Write,
} from './support/world.js';

/** A register in which people were forgotten, with the vault of the day before. */
const setBack = async (
  agencies: number,
  change: (adapters: SqliteAdapters, write: Write) => Promise<void>,
): Promise<{ readonly folder: string; readonly words: ReadonlyArray<string> }> => {
  const folder = join(freshDirectory(), 'data');
  const older = join(freshDirectory(), 'older');
  const adapters = await openFolder(folder);
  const write = await fill(adapters, agencies);
  await right(adapters.backup(older));
  await change(adapters, write);
  await adapters.close();
  for (const end of ['', '-wal', '-shm']) {
    rmSync(join(folder, `vault.db${end}`), { force: true });
  }
  cpSync(join(older, 'vault.db'), join(folder, 'vault.db'));
  return { folder, words: ['--from', folder, '--secret-file', secretFile()] };
};

/** Of these people, those whose key is there. */
const keysOf = async (folder: string, people: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const vault = await right(sqliteKeyVault({ file: join(folder, 'vault.db'), secret }));
  const there: Array<string> = [];
  for (const who of people) {
    if ((await right(vault.keyOf(person(who)))) !== undefined) there.push(who);
  }
  await vault.close();
  return there;
};

const reapply = (words: ReadonlyArray<string>) => mandateJson(['reapply', 'forgettings', ...words]);

const file = suite('forgettings carried out again, in a folder');

file(
  'a dry run counts and deletes none; then those on record are deleted, and no others; then none',
  async () => {
    const { folder, words } = await setBack(2, async (adapters, write) => {
      await forget(adapters, write, '王0');
      await forget(adapters, write, '李1');
    });
    const all = ['王0', '王1', '李0', '李1'];
    assert.equal(await keysOf(folder, all), all);
    const dry = await reapply([...words, '--dry-run']);
    assert.equal([dry.exit, dry['forgettings'], dry['keys'], dry['dryRun']], [0, 2, 2, true]);
    assert.equal(await keysOf(folder, all), all);
    const done = await mandate(['reapply', 'forgettings', ...words]);
    assert.is(done.exit, 0, done.err);
    assert.is(done.out, 'gepi: 2 forgettings on record, 2 keys deleted again\n');
    assert.equal(await keysOf(folder, all), ['王1', '李0']);
    const again = await reapply(words);
    assert.equal([again.exit, again['forgettings'], again['keys']], [0, 2, 0]);
    const verified = await mandateJson(['verify', ...words]);
    assert.equal([verified.exit, (verified['sealed'] as { forgotten: number }).forgotten], [0, 2]);
  },
);

file('who came back keeps the key of today, which no forgetting names', async () => {
  const { folder, words } = await setBack(1, async (adapters, write) => {
    await forget(adapters, write, '王0');
  });
  assert.is((await reapply(words)).exit, 0);
  const vault = await right(sqliteKeyVault({ file: join(folder, 'vault.db'), secret }));
  const sealed = await right(vault.seal(person('王0'), 'x', 'back'));
  await vault.close();
  const again = await reapply(words);
  assert.equal([again['keys'], await keysOf(folder, ['王0'])], [0, ['王0']]);
  const opened = await right(sqliteKeyVault({ file: join(folder, 'vault.db'), secret }));
  assert.is(await right(opened.open(person('王0'), 'x', sealed)), 'back');
  await opened.close();
});

file('all portals of the register are done, or the one that is named', async () => {
  const { folder, words } = await setBack(2, async (adapters, write) => {
    await forget(adapters, write, '王0');
    await forget(adapters, write, '王1', 'other');
  });
  const one = await reapply([...words, '--portal', 'other']);
  assert.equal(one['portals'], [{ portal: 'other', forgettings: 1, keys: 1 }]);
  assert.equal(await keysOf(folder, ['王0', '王1']), ['王0']);
  const rest = await reapply(words);
  assert.equal(rest['portals'], [
    { portal: 'gepi', forgettings: 1, keys: 1 },
    { portal: 'other', forgettings: 1, keys: 0 },
  ]);
  const unknown = await reapply([...words, '--portal', 'nobody']);
  assert.equal([unknown.exit, unknown['forgettings']], [0, 0]);
});

file('where nobody was forgotten there is nothing to do, and that is said', async () => {
  const { words } = await setBack(1, async () => {});
  for (const [language, text] of [
    ['en', 'no forgetting is on record\n'],
    ['zh-TW', '沒有個資刪除紀錄\n'],
  ] as const) {
    const ran = await mandate(['reapply', 'forgettings', ...words, '--lang', language]);
    assert.equal([ran.exit, ran.out], [0, text]);
  }
});

file('events newer than the vault may lie elsewhere: the vault is named by its folder', async () => {
  const { folder, words } = await setBack(1, async (adapters, write) => {
    await forget(adapters, write, '王0');
  });
  const keys = freshDirectory();
  cpSync(join(folder, 'vault.db'), join(keys, 'vault.db'));
  assert.is((await reapply([...words, '--vault', keys]))['keys'], 1);
  assert.equal([await keysOf(keys, ['王0']), await keysOf(folder, ['王0'])], [[], ['王0']]);
});

file('killed anywhere: the same command goes on, and nobody else is touched', async () => {
  const many = 60;
  const names = Array.from({ length: many }, (_, index) => `王${index}`);
  const others = names.map((_, index) => `李${index}`);
  const { folder, words } = await setBack(many, async (adapters, write) => {
    for (const who of names) await forget(adapters, write, who);
  });
  let left = many;
  for (const milliseconds of [150, 250, 400]) {
    const ended = await runAndKill(['reapply', 'forgettings', ...words], Math.random() * milliseconds);
    if (!ended.isKilled) assert.is(ended.exit, 0, ended.err);
    const there = (await keysOf(folder, names)).length;
    assert.ok(there <= left, 'what was deleted stays deleted');
    left = there;
    assert.equal(await keysOf(folder, others), others);
  }
  const done = await reapply(words);
  assert.equal([done.exit, done['forgettings']], [0, many]);
  assert.ok(Number(done['keys']) >= left);
  assert.equal([await keysOf(folder, names), await keysOf(folder, others)], [[], others]);
});

file(
  'a vault that is not there, a wrong secret, or a register on a server without --vault is told',
  async () => {
    const { folder, words } = await setBack(1, async () => {});
    const none = await reapply([...words, '--vault', freshDirectory()]);
    assert.equal([none.exit, none['code']], [3, 'REGISTER_NOT_WHOLE']);
    const wrong = join(freshDirectory(), 'secret');
    writeFileSync(wrong, '11'.repeat(32));
    const other = await reapply(['--from', folder, '--secret-file', wrong]);
    assert.equal([other.exit, other['code']], [4, 'VAULT_FAULT']);
    const without = await reapply(['--from', folder]);
    assert.equal([without.exit, without['code']], [2, 'OPTION_MISSING']);
  },
);

file('read models on SQLite are brought past the forgettings; a dry run leaves them', async () => {
  const models = join(freshDirectory(), 'models.db');
  const { words } = await setBack(1, async (adapters, write) => {
    const { events: store, vault } = adapters;
    const settings = { file: models, store, vault, sha256: nodeSha256, projections: builtIn };
    const runner = await right(createProjectionRunner(settings));
    await right(runner.catchUp());
    await runner.close();
    await forget(adapters, write, '王0');
  });
  const nameOf = () => {
    const read = openReadModels(models);
    if (read._tag === 'Left') throw new Error(read.left.detail);
    const found = knownPeople(read.right).find(person('王0'));
    read.right.close();
    return found._tag === 'Left' ? found.left : found.right?.name;
  };
  assert.is(nameOf(), '王0');
  const dry = await reapply([...words, '--models', models, '--dry-run']);
  assert.equal((dry['models'] as { behind: unknown }).behind, builtIn.map(({ name }) => name).sort());
  assert.is(nameOf(), '王0');
  const done = await reapply([...words, '--models', models]);
  assert.equal([done.exit, done['keys']], [0, 1]);
  assert.is(nameOf(), null);
  const after = await reapply([...words, '--models', models, '--dry-run']);
  assert.equal([after['keys'], (after['models'] as { behind: unknown }).behind], [0, []]);
});

file('a past that was tampered with deletes no key', async () => {
  const { folder, words } = await setBack(1, async (adapters, write) => {
    await forget(adapters, write, '王0');
    // As the register would never write it: it does not follow what is before it.
    const { events } = await right(adapters.events.readAll('start', 100));
    const last = events.at(-1);
    if (last === undefined) throw new Error('no events');
    const forged = { id: 'forged', type: last.type, hash: last.hash, body: last.body };
    await right(adapters.events.append(last.stream, last.revision, [forged]));
  });
  const ran = await reapply(words);
  assert.equal([ran.exit, ran['code']], [1, 'REGISTER_DAMAGED']);
  assert.equal(await keysOf(folder, ['王0', '李0']), ['王0', '李0']);
});

file.run();

// -------------------------------------------------------------------------------------
// EventStoreDB and PostgreSQL
// -------------------------------------------------------------------------------------

const cluster = suiteNeeding('forgettings carried out again, on EventStoreDB and PostgreSQL', postgresNeed);
let postgres: PostgresServer;

cluster.before(async () => {
  postgres = await startPostgres();
});
cluster.after(() => postgres.stop());

const feed = async (
  store: EventStore,
  vault: KeyVault,
  database: ReturnType<PostgresServer['database']>,
): Promise<void> => {
  const settings = { database, store, vault, sha256: nodeSha256, projections: builtIn };
  const runner = await right(createPostgresRunner(settings));
  await right(runner.catchUp());
  await runner.close();
};

cluster('keys are deleted again, and names in the tables are blank after it', async () => {
  const wire = await startWireServer();
  try {
    const { folder, words } = await setBack(1, async (adapters, write) => {
      await write(agencyStream('gepi', 'EX000'), [clerk('趙')]);
      await forget(adapters, write, '王0');
    });
    const moved = join(freshDirectory(), 'register.jsonl');
    const address = `${wire.url}#gepi.`;
    assert.is((await mandate(['export', '--from', folder, '--to', moved])).exit, 0);
    assert.is((await mandate(['import', '--to', address, moved])).exit, 0);
    const keys = freshDirectory();
    cpSync(join(folder, 'vault.db'), join(keys, 'vault.db'));
    // Tables that a runner has filled before the forgetting, from a vault that had the key.
    const database = postgres.database();
    const store = await right(eventStoreDb({ connectionString: wire.url, namespace: 'gepi.' }));
    const vault = await right(sqliteKeyVault({ file: join(keys, 'vault.db'), secret }));
    const last = (await right(store.readAll('start', 100))).events.at(-2);
    if (last === undefined) throw new Error('no events');
    await feed(storeUntil(store, { _tag: 'Position', position: last.position }), vault, database);
    await vault.close();
    await store.close();
    const nameOf = async (who: string) => {
      const read = openPostgresReadModels(database);
      const found = await right(knownPeople(read).find(person(who)));
      await read.close();
      return found?.name;
    };
    assert.is(await nameOf('王0'), '王0');

    const { host, port, user, schema } = database;
    const url = `postgresql://${user}@/postgres?host=${encodeURIComponent(host)}&port=${port}`;
    const from = ['--from', address, '--secret-file', words.at(-1) ?? ''];
    const place = ['--postgres', url, '--schema', schema];
    const without = await reapply([...from, ...place]);
    assert.equal([without.exit, without['code'], without['detail']], [2, 'OPTION_MISSING', '--vault']);
    const away = await reapply([...from, '--vault', keys, '--postgres', 'postgresql://x@/x?host=/nowhere']);
    assert.equal([away.exit, away['code']], [4, 'MODELS_UNAVAILABLE']);
    assert.equal(await keysOf(keys, ['王0']), ['王0'], 'what is away is told before anything is done');

    const all = [...from, '--vault', keys, ...place];
    const dry = await mandate(['reapply', 'forgettings', ...all, '--dry-run']);
    assert.match(dry.out, 'gepi: 1 forgettings on record, 1 keys would be deleted again');
    assert.match(dry.out, /read models that would be brought up to date: .*people/);
    assert.match(dry.out, 'nothing was written');
    assert.equal([await nameOf('王0'), await keysOf(keys, ['王0'])], ['王0', ['王0']]);
    const done = await mandate(['reapply', 'forgettings', ...all]);
    assert.is(done.exit, 0, done.err);
    assert.match(done.out, 'gepi: 1 forgettings on record, 1 keys deleted again');
    assert.match(done.out, 'the read models know all events');
    assert.equal([await nameOf('王0'), await nameOf('李0'), await keysOf(keys, ['王0'])], [null, '李0', []]);
    const again = await reapply(all);
    assert.equal([again.exit, again['keys']], [0, 0]);
  } finally {
    await wire.stop();
  }
});

cluster('read models of another store are told after the keys were deleted', async () => {
  const { folder, words } = await setBack(1, async (adapters, write) => {
    await forget(adapters, write, '王0');
  });
  const longer = await openFolder(join(freshDirectory(), 'longer'));
  await fill(longer, 3);
  const database = postgres.database();
  await feed(longer.events, longer.vault, database);
  await longer.close();
  const { host, port, user, schema } = database;
  const url = `postgresql://${user}@/postgres?host=${encodeURIComponent(host)}&port=${port}`;
  const ran = await reapply([...words, '--postgres', url, '--schema', schema]);
  assert.equal([ran.exit, ran['code']], [3, 'MODELS_AHEAD'], JSON.stringify(ran));
  assert.match(String(ran['detail']), /^1 keys were deleted again; AHEAD_OF_STORE/);
  assert.equal(await keysOf(folder, ['王0']), []);
});

cluster.run();
