import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import Database from 'better-sqlite3';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sqliteEventStore, sqliteEvidenceStore, sqliteKeyVault } from '../src/index.js';
import { sqliteFile } from '../src/sqlite/adapter.js';
import { eventStoreOver } from '../src/sqlite/event-store.js';
import { eventStoreKind } from '../src/sqlite/event-table.js';
import { openDatabase } from '../src/sqlite/open.js';
import { freshDirectory, freshFile } from './support/directory.js';
import { appendOne, countOf, sized, stream } from './support/events.js';
import { left, right } from './support/right.js';

const filled = async (events: number, size = 500): Promise<string> => {
  const file = freshFile();
  const store = await right(sqliteEventStore({ file }));
  for (let n = 0; n < events; n += 1) await right(appendOne(store, stream('a'), n, size));
  await store.close();
  return file;
};

// -------------------------------------------------------------------------------------
// opening
// -------------------------------------------------------------------------------------

const opening = suite('opening what is no event store');

opening('bytes that are no database are STORE_CORRUPT, and stay as they are', async () => {
  for (const garbage of ['not a database, by far'.repeat(100), 'x', '\u0000'.repeat(5_000)]) {
    const file = freshFile();
    writeFileSync(file, garbage);
    assert.is((await left(sqliteEventStore({ file }))).code, 'STORE_CORRUPT');
    assert.is(readFileSync(file, 'utf8'), garbage);
  }
});

const emptied = (): string => {
  const file = freshFile();
  const db = new Database(file);
  db.exec('CREATE TABLE a (b); DROP TABLE a');
  db.close();
  return file;
};

opening(
  'what is empty is made into a store by `make` alone: to write or to read it is STORE_CORRUPT',
  async () => {
    const nothing = freshFile();
    writeFileSync(nothing, '');
    const secret = new Uint8Array(32).fill(1);
    for (const file of [nothing, emptied()]) {
      const before = readFileSync(file);
      for (const access of ['write', 'read'] as const) {
        assert.is((await left(sqliteEventStore({ file, access }))).code, 'STORE_CORRUPT');
        assert.is((await left(sqliteEvidenceStore({ file, access }))).code, 'STORE_CORRUPT');
        assert.match((await left(sqliteKeyVault({ file, access, secret }))).detail, 'STORE_CORRUPT');
        assert.equal(readFileSync(file), before);
        assert.equal(readdirSync(dirname(file)), [basename(file)]);
      }
      await (await right(sqliteEventStore({ file, access: 'make' }))).close();
    }
  },
);

opening(
  'what is not there is made by `make` alone: to write or to read it is STORE_UNAVAILABLE',
  async () => {
    for (const access of ['write', 'read'] as const) {
      const file = freshFile();
      assert.is((await left(sqliteEventStore({ file, access }))).code, 'STORE_UNAVAILABLE');
      assert.not(existsSync(file));
    }
  },
);

opening('what was opened to be read takes no append, and its file stays as it is', async () => {
  const file = await filled(3);
  const writer = await right(sqliteEventStore({ file, access: 'write' }));
  await right(appendOne(writer, stream('a'), 3));
  await right(writer.backup(`${file}.copy`));
  await writer.close();
  for (const each of [file, `${file}.copy`]) {
    const before = readFileSync(each);
    const reader = await right(sqliteEventStore({ file: each, access: 'read' }));
    assert.is(await countOf(reader), 4);
    await right(reader.verify());
    assert.is((await left(appendOne(reader, stream('a'), 4))).code, 'STORE_UNAVAILABLE');
    await reader.close();
    assert.equal(readFileSync(each), before);
  }
});

opening('a vault that lost the trace of its secret is no new one where nothing is to be made', async () => {
  const file = freshFile();
  const secret = new Uint8Array(32).fill(1);
  await (await right(sqliteKeyVault({ file, secret }))).close();
  const db = new Database(file);
  db.exec('DELETE FROM secret');
  db.close();
  for (const access of ['write', 'read'] as const) {
    assert.is((await left(sqliteKeyVault({ file, secret, access }))).code, 'VAULT_CORRUPT');
  }
});

opening("another application's database is STORE_CORRUPT, and stays as it is", async () => {
  const file = freshFile();
  const other = new Database(file);
  other.exec('CREATE TABLE events (a); INSERT INTO events VALUES (1)');
  other.close();
  const before = readFileSync(file);
  const fault = await left(sqliteEventStore({ file }));
  assert.is(fault.code, 'STORE_CORRUPT');
  assert.match(fault.detail, 'not of the kind');
  assert.equal(readFileSync(file), before);
});

opening('a newer schema is STORE_CORRUPT', async () => {
  const file = await filled(1);
  const db = new Database(file);
  db.pragma('user_version = 2');
  db.close();
  const fault = await left(sqliteEventStore({ file }));
  assert.is(fault.code, 'STORE_CORRUPT');
  assert.match(fault.detail, 'schema version 2');
});

opening('a file whose header was overwritten is STORE_CORRUPT', async () => {
  const file = await filled(20);
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 0, 100);
  writeFileSync(file, bytes);
  assert.is((await left(sqliteEventStore({ file }))).code, 'STORE_CORRUPT');
});

opening('a file of our kind whose tables are gone is STORE_CORRUPT', async () => {
  const secret = new Uint8Array(32);
  const without = async (make: (file: string) => Promise<{ close: () => Promise<void> }>, table: string) => {
    const file = freshFile();
    await (await make(file)).close();
    const db = new Database(file);
    db.exec(`DROP TABLE ${table}`);
    db.close();
    return file;
  };
  const events = await without((file) => right(sqliteEventStore({ file })), 'events');
  assert.is((await left(sqliteEventStore({ file: events }))).code, 'STORE_CORRUPT');
  const evidence = await without((file) => right(sqliteEvidenceStore({ file })), 'evidence');
  assert.is((await left(sqliteEvidenceStore({ file: evidence }))).code, 'STORE_CORRUPT');
  const vault = await without((file) => right(sqliteKeyVault({ file, secret })), 'keys');
  assert.match((await left(sqliteKeyVault({ file: vault, secret }))).detail, 'STORE_CORRUPT');
});

opening('a missing directory, and a directory in place of a file, are STORE_UNAVAILABLE', async () => {
  const directory = freshDirectory();
  assert.is(
    (await left(sqliteEventStore({ file: `${directory}/none/events.db` }))).code,
    'STORE_UNAVAILABLE',
  );
  assert.is((await left(sqliteEventStore({ file: directory }))).code, 'STORE_UNAVAILABLE');
});

opening.run();

// -------------------------------------------------------------------------------------
// damage
// -------------------------------------------------------------------------------------

const damage = suite('damage');

damage('pages that were overwritten are a fault where they are read, and told by verify', async () => {
  const file = await filled(400);
  const bytes = readFileSync(file);
  bytes.fill(0xaa, 20 * 4096, bytes.length - 4096);
  writeFileSync(file, bytes);
  const store = await right(sqliteEventStore({ file }));
  assert.is((await left(store.readAll('start', 1_000))).code, 'STORE_CORRUPT');
  assert.is((await left(store.verify())).code, 'STORE_CORRUPT');
  const items: Array<string> = [];
  for await (const item of store.subscribeAll('start', new AbortController().signal)) {
    items.push(item._tag === 'Fault' ? item.fault.code : item._tag);
  }
  assert.is(items.at(-1), 'STORE_CORRUPT');
  await store.close();
});

damage('a write-ahead log that was cut off keeps every whole transaction before the cut', async () => {
  const file = freshFile();
  const store = await right(sqliteEventStore({ file }));
  const batch = (n: number) => [0, 1, 2].map((k) => sized(`${n}/${k}`, 600));
  for (let n = 0; n < 40; n += 1) {
    await right(store.append(stream('a'), n === 0 ? 'no-stream' : n * 3 - 1, batch(n)));
  }
  // Copied while it is open, as a machine that loses power leaves it: the log was never brought into the file.
  const size = statSync(`${file}-wal`).size;
  assert.ok(size > 100_000);
  let before = 0;
  for (const share of [0, 0.3, 0.61, 0.99, 1]) {
    const copy = freshFile();
    await copyFile(file, copy);
    await copyFile(`${file}-wal`, `${copy}-wal`);
    truncateSync(`${copy}-wal`, Math.floor(size * share));
    const found = await sqliteEventStore({ file: copy })();
    if (found._tag === 'Left') throw new Error(found.left.detail);
    const { events } = await right(found.right.readAll('start', 1_000));
    assert.is(events.length % 3, 0, 'no half batch');
    assert.ok(events.length >= before);
    before = events.length;
    assert.equal(
      events.map(({ revision }) => revision),
      events.map((_, index) => index),
    );
    await right(found.right.verify());
    await right(appendOne(found.right, stream('a'), events.length));
    await found.right.close();
  }
  assert.is(before, 120);
  await store.close();
});

damage('a write-ahead log whose last page was written half keeps every transaction before it', async () => {
  const file = freshFile();
  const store = await right(sqliteEventStore({ file }));
  const batch = (n: number) => [0, 1, 2].map((k) => sized(`${n}/${k}`, 600));
  for (let n = 0; n < 20; n += 1) {
    await right(store.append(stream('a'), n === 0 ? 'no-stream' : n * 3 - 1, batch(n)));
  }
  const log = readFileSync(`${file}-wal`);
  const page = 4_096;
  // The size is right, and of the last page only a beginning came to the disk: what was there before follows, or nothing.
  for (const written of [1, 512, 2_048, page - 1]) {
    for (const rest of [0x00, 0xaa]) {
      const copy = freshFile();
      await copyFile(file, copy);
      const torn = Buffer.from(log);
      torn.fill(rest, torn.length - page + written);
      writeFileSync(`${copy}-wal`, torn);
      const found = await right(sqliteEventStore({ file: copy }));
      const { events } = await right(found.readAll('start', 1_000));
      assert.equal([events.length % 3, events.length >= 57], [0, true], `${events.length} events`);
      await right(found.verify());
      await right(appendOne(found, stream('a'), events.length));
      await found.close();
    }
  }
  await store.close();
});

damage.run();

// -------------------------------------------------------------------------------------
// no room
// -------------------------------------------------------------------------------------

const full = suite('a full disk');

const small = () => {
  const db = openDatabase({ file: freshFile() }, eventStoreKind);
  if (db._tag === 'Left') throw new Error(db.left.detail);
  const room = (pages: number) => db.right.pragma(`max_page_count = ${pages}`);
  room(60);
  const options = { file: db.right.name };
  return { store: eventStoreOver(sqliteFile(db.right, options), options), room };
};

full('is STORE_FULL; nothing of the append is stored, and the store goes on when room returns', async () => {
  const { store, room } = small();
  let stored = 0;
  let fault: string | undefined;
  while (fault === undefined) {
    const answer = await appendOne(store, stream('a'), stored, 5_000)();
    if (answer._tag === 'Left') fault = answer.left.code;
    else stored += 1;
    assert.ok(stored < 60);
  }
  assert.is(fault, 'STORE_FULL');
  assert.is(await countOf(store), stored);
  assert.is((await left(appendOne(store, stream('a'), stored, 5_000))).code, 'STORE_FULL');
  room(1_000);
  await right(appendOne(store, stream('a'), stored, 5_000));
  assert.is(await countOf(store), stored + 1);
  await right(store.verify());
  await store.close();
});

full('fails all appends of the transaction it met, and each of them can be tried again', async () => {
  const { store, room } = small();
  const appends = Array.from({ length: 30 }, (_, n) => appendOne(store, stream(`s${n}`), 0, 10_000));
  const answers = await Promise.all(appends.map((append) => append()));
  assert.ok(answers.every((answer) => answer._tag === 'Left' && answer.left.code === 'STORE_FULL'));
  assert.is(await countOf(store), 0);
  room(1_000);
  const again = await Promise.all(appends.map((append) => right(append)));
  assert.ok(again.every((answer) => answer._tag === 'Appended' && !answer.idempotent));
  assert.is(await countOf(store), 30);
  await store.close();
});

full('leaves the streams of the transaction it met where they ended', async () => {
  const { store, room } = small();
  const endOf = async (): Promise<number> =>
    (await right(store.readStream(stream('s0'), 1, 10))).events.length;
  await right(appendOne(store, stream('s0'), 0));
  assert.is(await endOf(), 0);
  const appends = Array.from({ length: 30 }, (_, n) =>
    appendOne(store, stream(`s${n}`), n === 0 ? 1 : 0, 10_000),
  );
  const answers = await Promise.all(appends.map((append) => append()));
  assert.ok(answers.every((answer) => answer._tag === 'Left'));
  assert.is(await endOf(), 0);
  room(1_000);
  await right(appendOne(store, stream('s0'), 1));
  assert.is(await endOf(), 1);
  await store.close();
});

full.run();

// -------------------------------------------------------------------------------------
// no permission
// -------------------------------------------------------------------------------------

// The administrator writes to any file; another user must try.
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

const tryAsUser = `
  import Database from 'better-sqlite3';
  import { sqliteEventStore } from '@mandate/adapters-eventstore';
  const store = await sqliteEventStore({ file: process.env.MANDATE_FILE })();
  if (store._tag === 'Left') { console.log('opening', store.left.code); process.exit(); }
  const read = await store.right.readAll('start', 10)();
  console.log('read', read._tag === 'Left' ? read.left.code : read.right.events.length);
  const written = await store.right.append('agency-test.b', 'no-stream', [{ id: 'i', type: 't', body: '{}', hash: 'h' }])();
  console.log('append', written._tag === 'Left' ? written.left.code : written.right._tag);
  await store.right.close();`;

const readOnly = suite('a file that may not be written');

readOnly('answers STORE_UNAVAILABLE to an append', async () => {
  const file = await filled(3);
  const directory = file.slice(0, file.lastIndexOf('/'));
  chmodSync(file, 0o444);
  chmodSync(directory, 0o755);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=mandate-source', '--import', 'tsx', '--input-type=module', '-e', tryAsUser],
    {
      ...user,
      cwd: new URL('..', import.meta.url),
      env: { PATH: process.env['PATH'], MANDATE_FILE: file, HOME: directory, TMPDIR: '/tmp' },
      encoding: 'utf8',
    },
  );
  assert.match(stdout, /(opening|append) STORE_UNAVAILABLE/, stderr);
  chmodSync(directory, 0o700);
  const store = await right(sqliteEventStore({ file }));
  assert.is(await countOf(store), 3);
  await store.close();
});

readOnly.run();
