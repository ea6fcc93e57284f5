import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { event } from '../src/conformance/event-store/harness.js';
import { sqliteEventStore } from '../src/index.js';
import { sqliteFile } from '../src/sqlite/adapter.js';
import { eventStoreOver } from '../src/sqlite/event-store.js';
import { eventStoreKind } from '../src/sqlite/event-table.js';
import { openDatabase } from '../src/sqlite/open.js';
import { freshDirectory, freshFile } from './support/directory.js';
import { appendOne, countOf, sized, stream } from './support/events.js';
import { left, right } from './support/right.js';

const opened = (file: string) => {
  const db = openDatabase({ file }, eventStoreKind);
  if (db._tag === 'Left') throw new Error(db.left.detail);
  return db.right;
};

// -------------------------------------------------------------------------------------
// group commit
// -------------------------------------------------------------------------------------

const group = suite('group commit');

/** A store that tells how many transactions it committed. */
const counting = () => {
  const db = opened(freshFile());
  let commits = 0;
  const prepare = db.prepare.bind(db);
  db.prepare = ((sql: string) => {
    const statement = prepare(sql);
    if (sql === 'COMMIT') {
      const run = statement.run.bind(statement);
      statement.run = () => {
        commits += 1;
        return run();
      };
    }
    return statement;
  }) as typeof db.prepare;
  return {
    store: eventStoreOver(sqliteFile(db, { file: db.name }), { file: db.name }),
    commits: () => commits,
  };
};

group('64 appends in flight share one transaction', async () => {
  const { store, commits } = counting();
  await Promise.all(Array.from({ length: 64 }, (_, n) => right(appendOne(store, stream(`s${n}`), 0))));
  assert.is(commits(), 1);
  assert.is(await countOf(store), 64);
  await store.close();
});

group('appends one after another are committed one by one', async () => {
  const { store, commits } = counting();
  for (let n = 0; n < 10; n += 1) await right(appendOne(store, stream('a'), n));
  assert.is(commits(), 10);
  await store.close();
});

group('a conflict and a taken id beside good appends refuse themselves alone', async () => {
  const { store, commits } = counting();
  await right(appendOne(store, stream('a'), 0));
  const [stale, taken, good, halfTaken, next] = await Promise.all([
    appendOne(store, stream('a'), 0, 7)(),
    store.append(stream('b'), 'no-stream', [sized(`${stream('a')} 0`, 1)])(),
    appendOne(store, stream('a'), 1)(),
    store.append(stream('c'), 'no-stream', [event('c'), sized(`${stream('a')} 0`, 1)])(),
    appendOne(store, stream('a'), 2)(),
  ]);
  assert.is(commits(), 2);
  assert.is(stale._tag === 'Right' && stale.right._tag === 'Appended' && stale.right.idempotent, true);
  assert.is(taken._tag === 'Left' && taken.left.code, 'EVENT_ID_TAKEN');
  assert.is(good._tag === 'Right' && good.right._tag, 'Appended');
  assert.is(halfTaken._tag === 'Left' && halfTaken.left.code, 'EVENT_ID_TAKEN');
  assert.is(next._tag === 'Right' && next.right._tag, 'Appended');
  assert.is(await countOf(store), 3);
  await store.close();
});

group('positions have no hole where a batch in a shared transaction was refused', async () => {
  const { store } = counting();
  await right(appendOne(store, stream('a'), 0));
  await Promise.all([
    appendOne(store, stream('b'), 0)(),
    store.append(stream('c'), 'no-stream', [event('c1'), event('c2'), sized(`${stream('a')} 0`, 1)])(),
    appendOne(store, stream('d'), 0)(),
  ]);
  const { events } = await right(store.readAll('start', 10));
  assert.equal(
    events.map(({ position }) => Number(position)),
    [1, 2, 3],
  );
  await store.close();
});

group.run();

// -------------------------------------------------------------------------------------
// two processes
// -------------------------------------------------------------------------------------

const locking = suite('a lock that another process holds');

locking('an append waits for it without stopping the process', async () => {
  const file = freshFile();
  const store = await right(sqliteEventStore({ file }));
  const other = new Database(file);
  other.exec('BEGIN IMMEDIATE');
  let ticks = 0;
  const ticking = setInterval(() => {
    ticks += 1;
  }, 1);
  const appending = appendOne(store, stream('a'), 0)();
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.ok(ticks > 0, 'the process went on while the append waited');
  other.exec('COMMIT');
  assert.is((await appending)._tag, 'Right');
  clearInterval(ticking);
  other.close();
  await store.close();
});

locking('an append gives up after the time it was given, and nothing of it is stored', async () => {
  const file = freshFile();
  const store = await right(sqliteEventStore({ file, busyTimeoutMilliseconds: 60 }));
  const other = new Database(file);
  other.exec('BEGIN IMMEDIATE');
  const fault = await left(appendOne(store, stream('a'), 0));
  assert.is(fault.code, 'STORE_UNAVAILABLE');
  assert.match(fault.detail, 'SQLITE_BUSY');
  assert.is(await countOf(store), 0);
  other.exec('COMMIT');
  assert.is((await appendOne(store, stream('a'), 0)())._tag, 'Right');
  other.close();
  await store.close();
});

locking('closing waits for an append that waits', async () => {
  const file = freshFile();
  const store = await right(sqliteEventStore({ file }));
  const other = new Database(file);
  other.exec('BEGIN IMMEDIATE');
  const appending = appendOne(store, stream('a'), 0)();
  const closing = store.close();
  setTimeout(() => other.exec('COMMIT'), 30);
  assert.is((await appending)._tag, 'Right');
  await closing;
  other.close();
});

locking.run();

// -------------------------------------------------------------------------------------
// file
// -------------------------------------------------------------------------------------

const files = suite('the file of an event store');

files('is readable by its owner alone, in WAL mode, and synced at every commit', async () => {
  const file = freshFile();
  const store = await right(sqliteEventStore({ file }));
  assert.is(statSync(file).mode & 0o777, 0o600);
  await store.close();
  const db = opened(file);
  assert.is(db.pragma('journal_mode', { simple: true }), 'wal');
  assert.is(db.pragma('synchronous', { simple: true }), 2);
  db.close();
});

files('a position of another store, or none at all, is refused', async () => {
  const store = await right(sqliteEventStore({ file: freshFile() }));
  await right(appendOne(store, stream('a'), 0));
  const { events } = await right(store.readAll('start', 1));
  for (const foreign of ['', '1', 'C:12/P:12', '١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦', '00000000000000001']) {
    const after = foreign as (typeof events)[number]['position'];
    assert.is((await left(store.readAll({ after }, 1))).code, 'BATCH_INVALID');
    assert.is((await left(store.readAll({ at: after }, 1))).code, 'BATCH_INVALID');
  }
  await store.close();
});

files('text without a UTF-8 form is refused, because it would not come back to the letter', async () => {
  const store = await right(sqliteEventStore({ file: freshFile() }));
  const fault = await left(store.append(stream('a'), 'no-stream', [event('a', '"\ud800"')]));
  assert.is(fault.code, 'BATCH_INVALID');
  await right(store.append(stream('a'), 'no-stream', [event('a', JSON.stringify('\ud800'))]));
  const { events } = await right(store.readAll('start', 1));
  assert.is(events[0]?.body, '"\\ud800"');
  await store.close();
});

files('a limit that is none reads one event, so that a reader gets on', async () => {
  const store = await right(sqliteEventStore({ file: freshFile() }));
  await right(store.append(stream('a'), 'no-stream', [event('1'), event('2'), event('3')]));
  for (const limit of [0, -1, Number.NaN]) {
    assert.is((await right(store.readAll('start', limit))).events.length, 1);
    assert.is((await right(store.readStream(stream('a'), 0, limit))).events.length, 1);
  }
  assert.is((await right(store.readAll('start', Number.POSITIVE_INFINITY))).events.length, 3);
  assert.is((await right(store.readStream(stream('a'), -5, 1.5))).events[0]?.revision, 0);
  await store.close();
});

files.run();

// -------------------------------------------------------------------------------------
// backup
// -------------------------------------------------------------------------------------

const backups = suite('backup');

backups('is one whole file, taken while appends go on', async () => {
  const store = await right(sqliteEventStore({ file: freshFile() }));
  for (let n = 0; n < 200; n += 1) await right(appendOne(store, stream('a'), n, 2_000));
  const copy = freshFile('copy.db');
  const copying = right(store.backup(copy));
  for (let n = 200; n < 260; n += 1) await right(appendOne(store, stream('a'), n, 2_000));
  await copying;
  assert.is(existsSync(`${copy}.partial`) || existsSync(`${copy}-wal`), false);
  const restored = await right(sqliteEventStore({ file: copy }));
  const events = (await right(restored.readStream(stream('a'), 0, 1_000))).events;
  assert.ok(events.length >= 200);
  const original = (await right(store.readStream(stream('a'), 0, events.length))).events;
  assert.equal(events, original);
  await right(restored.verify());
  await right(appendOne(restored, stream('a'), events.length));
  await restored.close();
  await store.close();
});

backups('never overwrites a file, and leaves nothing when it fails', async () => {
  const file = freshFile();
  const store = await right(sqliteEventStore({ file }));
  await right(appendOne(store, stream('a'), 0));
  assert.is((await left(store.backup(file))).code, 'STORE_UNAVAILABLE');
  const missing = `${freshDirectory()}/none/copy.db`;
  assert.is((await left(store.backup(missing))).code, 'STORE_UNAVAILABLE');
  assert.is(existsSync(missing), false);
  assert.is(await countOf(store), 1);
  await store.close();
  assert.is((await left(store.backup(freshFile()))).code, 'STORE_CLOSED');
  assert.is((await left(store.verify())).code, 'STORE_CLOSED');
});

backups('closing waits for a backup that is under way', async () => {
  const store = await right(sqliteEventStore({ file: freshFile() }));
  for (let n = 0; n < 50; n += 1) await right(appendOne(store, stream('a'), n, 20_000));
  const copy = freshFile('copy.db');
  const copying = store.backup(copy)();
  await store.close();
  assert.is((await copying)._tag, 'Right');
  const restored = await right(sqliteEventStore({ file: copy }));
  assert.is(await countOf(restored), 50);
  await restored.close();
});

backups.run();
