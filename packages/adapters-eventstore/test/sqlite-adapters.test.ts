import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  openSqliteAdapters,
  sqliteChallengeStore,
  sqliteEventStore,
  sqliteEvidenceStore,
} from '../src/index.js';
import { freshDirectory, freshFile } from './support/directory.js';
import { appendOne, countOf, stream } from './support/events.js';
import { left, right } from './support/right.js';

const secret = new Uint8Array(32).fill(3);

const together = suite('all adapters of a directory');

together('are opened in one go, made where they are not there, and closed in one go', async () => {
  const directory = join(freshDirectory(), 'data', 'gepi');
  const first = await right(openSqliteAdapters({ directory, secret }));
  await right(appendOne(first.events, stream('a'), 0));
  const sealed = await right(first.vault.seal('s', 'aad', 'plain'));
  await right(first.evidence.put('h', 's', sealed));
  await right(
    first.challenges.addChallenge(
      { key: 'k', text: 't', expiresAt: '2026-03-02T04:10:00Z' },
      '2026-03-02T04:00:00Z',
    ),
  );
  await first.close();
  assert.equal(readdirSync(directory).sort(), ['challenges.db', 'events.db', 'evidence.db', 'vault.db']);
  assert.is(statSync(directory).mode & 0o777, 0o700);
  assert.is((await left(first.evidence.get('h'))).code, 'STORE_CLOSED');
  assert.is((await left(first.evidence.put('h', 's', 'x'))).code, 'STORE_CLOSED');
  assert.is((await left(first.challenges.consumeChallenge('k'))).code, 'STORE_CLOSED');

  const clock = { now: () => Date.parse('2026-03-02T04:00:01Z') };
  const again = await right(openSqliteAdapters({ directory, secret, clock }));
  assert.is(await countOf(again.events), 1);
  const evidence = await right(again.evidence.get('h'));
  assert.is(await right(again.vault.open('s', 'aad', evidence?.sealed ?? '')), 'plain');
  assert.is((await right(again.challenges.consumeChallenge('k')))._tag, 'Fresh');
  await again.close();
});

together('are all closed when one cannot be opened, and its fault is the answer', async () => {
  for (const name of ['events.db', 'evidence.db', 'challenges.db', 'vault.db']) {
    const directory = freshDirectory();
    writeFileSync(join(directory, name), 'garbage');
    const fault = await left(openSqliteAdapters({ directory, secret }));
    assert.match(`${fault.code} ${fault.detail}`, 'STORE_CORRUPT');
    // A store that was left open would still have its log beside it.
    assert.equal(
      readdirSync(directory).filter((file) => file.endsWith('-wal')),
      [],
    );
  }
});

together('a directory that cannot be made is STORE_UNAVAILABLE', async () => {
  const file = freshFile('in-the-way');
  writeFileSync(file, '');
  const fault = await left(openSqliteAdapters({ directory: join(file, 'data'), secret }));
  assert.is(fault.code, 'STORE_UNAVAILABLE');
});

together('a file of one kind is not opened as another', async () => {
  const file = freshFile();
  await (await right(sqliteEventStore({ file }))).close();
  assert.is((await left(sqliteEvidenceStore({ file }))).code, 'STORE_CORRUPT');
  assert.is((await left(sqliteChallengeStore({ file }))).code, 'STORE_CORRUPT');
});

together('two that make the same new file at once make it once', async () => {
  const file = freshFile();
  const [one, two] = await Promise.all([
    right(sqliteEventStore({ file })),
    right(sqliteEventStore({ file })),
  ]);
  await right(appendOne(one, stream('a'), 0));
  assert.is(await countOf(two), 1);
  await one.close();
  await two.close();
});

together.run();

// -------------------------------------------------------------------------------------
// backup
// -------------------------------------------------------------------------------------

const backups = suite('a backup of a directory');

const opened = async () => {
  const files = await right(openSqliteAdapters({ directory: freshDirectory(), secret }));
  await right(appendOne(files.events, stream('a'), 0));
  await right(files.evidence.put('h', 's', await right(files.vault.seal('s', 'aad', 'plain'))));
  return files;
};

backups(
  'has events, evidence and keys, each one whole file for its owner alone, and opens as a directory',
  async () => {
    const files = await opened();
    const copy = join(freshDirectory(), 'copy');
    await right(files.backup(copy));
    assert.equal(readdirSync(copy).sort(), ['events.db', 'evidence.db', 'vault.db']);
    assert.is(statSync(copy).mode & 0o777, 0o700);
    for (const name of readdirSync(copy)) assert.is(statSync(join(copy, name)).mode & 0o777, 0o600, name);
    await files.close();
    const restored = await right(openSqliteAdapters({ directory: copy, secret }));
    assert.is(await countOf(restored.events), 1);
    await right(restored.events.verify());
    const evidence = await right(restored.evidence.get('h'));
    assert.is(await right(restored.vault.open('s', 'aad', evidence?.sealed ?? '')), 'plain');
    await restored.close();
  },
);

backups(
  'whatever an event of the copy names is in the copies, also of what is written meanwhile',
  async () => {
    const files = await opened();
    const copy = join(freshDirectory(), 'copy');
    let going = true;
    const writing = (async () => {
      for (let n = 1; going; n += 1) {
        await right(files.vault.seal(`s${n}`, 'aad', 'plain'));
        await right(appendOne(files.events, stream('a'), n));
      }
    })();
    await right(files.backup(copy));
    going = false;
    await writing;
    await files.close();
    const restored = await right(openSqliteAdapters({ directory: copy, secret }));
    const many = await countOf(restored.events);
    for (let n = 1; n < many; n += 1) {
      assert.ok((await right(restored.vault.keyOf(`s${n}`))) !== undefined, `the key of event ${n}`);
    }
    await restored.close();
  },
);

backups('is never written over another, and leaves nothing when a part of it fails', async () => {
  const files = await opened();
  const parent = freshDirectory();
  const copy = join(parent, 'copy');
  await right(files.backup(copy));
  assert.is((await left(files.backup(copy))).code, 'STORE_UNAVAILABLE');
  assert.is((await left(files.backup(join(parent, 'none', 'copy')))).code, 'STORE_UNAVAILABLE');
  await files.vault.close();
  assert.match((await left(files.backup(join(parent, 'second')))).detail, 'STORE_CLOSED');
  assert.equal(readdirSync(parent), ['copy']);
  await files.events.close();
  assert.is((await left(files.backup(join(parent, 'third')))).code, 'STORE_CLOSED');
  await files.close();
});

backups('that was cut off lies in the way of the next, for somebody to look at', async () => {
  const files = await opened();
  const copy = join(freshDirectory(), 'copy');
  mkdirSync(`${copy}.partial`);
  assert.match((await left(files.backup(copy))).detail, 'copy.partial');
  await files.close();
});

backups('closing waits for one that is under way', async () => {
  const { vault, evidence, close } = await opened();
  const file = freshFile('copy.db');
  const copying = [vault.backup(`${file}.vault`)(), evidence.backup(`${file}.evidence`)()];
  await close();
  for (const copied of copying) assert.is((await copied)._tag, 'Right');
});

backups.run();

// -------------------------------------------------------------------------------------
const lingering = suite('what has expired in the file of a challenge store');

const at = (minute: number): string => new Date(Date.UTC(2026, 2, 2, 4, minute)).toISOString();
const clockAt = (minute: number) => ({ now: () => Date.parse(at(minute)) });

/** Everything that lies in a directory, as bytes. */
const bytesIn = (directory: string): string =>
  readdirSync(directory)
    .map((name) => readFileSync(join(directory, name), 'latin1'))
    .join('');

const secrets = ['sealed-id-of-a-stranger', 'sealed-facts-of-a-card'];

/** The files as a program leaves them that is killed after a challenge and a confirmation were kept until minute 10. */
const leftBehind = async (): Promise<string> => {
  const [directory, copy] = [freshDirectory(), freshDirectory()];
  const store = await right(sqliteChallengeStore({ file: join(directory, 'c.db'), clock: clockAt(0) }));
  const [challenge = '', confirmation = ''] = secrets;
  await right(store.addChallenge({ key: 'a', text: challenge, expiresAt: at(10) }, at(0)));
  await right(store.saveConfirmation({ key: 'b', text: confirmation, expiresAt: at(10) }, undefined));
  cpSync(directory, copy, { recursive: true });
  await store.close();
  return copy;
};

lingering('is gone from file and log when the file is opened, and what lasts is not', async () => {
  const directory = await leftBehind();
  for (const secret of secrets) assert.match(bytesIn(directory), secret);
  const file = join(directory, 'c.db');
  const early = await right(sqliteChallengeStore({ file, clock: clockAt(9) }));
  assert.is((await right(early.findConfirmation('b')))?.text, secrets[1]);
  assert.is((await right(early.consumeChallenge('a')))._tag, 'Fresh');
  await early.close();
  const late = await right(sqliteChallengeStore({ file, clock: clockAt(10) }));
  for (const secret of secrets) assert.not.match(bytesIn(directory), secret);
  assert.is(await right(late.findConfirmation('b')), undefined);
  assert.is((await right(late.consumeChallenge('a')))._tag, 'Unknown');
  await late.close();
});

lingering('is measured by the clock of the machine where none is given', async () => {
  const directory = await leftBehind();
  const store = await right(sqliteChallengeStore({ file: join(directory, 'c.db') }));
  const gone = Date.now() >= Date.parse(at(10));
  assert.is((await right(store.findConfirmation('b'))) === undefined, gone);
  await store.close();
});

lingering('is gone from file and log while the file is in use', async () => {
  const directory = freshDirectory();
  const store = await right(sqliteChallengeStore({ file: join(directory, 'c.db'), clock: clockAt(0) }));
  const [challenge = '', confirmation = ''] = secrets;
  await right(store.addChallenge({ key: 'a', text: challenge, expiresAt: at(10) }, at(0)));
  await right(store.saveConfirmation({ key: 'b', text: confirmation, expiresAt: at(10) }, undefined));
  await right(store.addChallenge({ key: 'c', text: 'next', expiresAt: at(20) }, at(10)));
  for (const secret of secrets) assert.not.match(bytesIn(directory), secret);
  assert.is((await right(store.consumeChallenge('c')))._tag, 'Fresh');
  await store.close();
});

lingering('does not keep a program from opening the file while another one writes', async () => {
  const directory = await leftBehind();
  const file = join(directory, 'c.db');
  const writer = new Database(file);
  writer.exec('BEGIN IMMEDIATE');
  const store = await right(sqliteChallengeStore({ file, clock: clockAt(10) }));
  writer.exec('ROLLBACK');
  writer.close();
  await right(store.addChallenge({ key: 'c', text: 'next', expiresAt: at(30) }, at(20)));
  for (const secret of secrets) assert.not.match(bytesIn(directory), secret);
  await store.close();
});

lingering.run();
