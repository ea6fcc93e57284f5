import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suiteNeeding } from '@mandate/testing';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sqliteEventStore, sqliteKeyVault } from '../src/index.js';
import { freshFile } from './support/directory.js';
import { appendOne, countOf, stream } from './support/events.js';
import { left, right } from './support/right.js';

// -------------------------------------------------------------------------------------
// a largest file
// -------------------------------------------------------------------------------------

const limited = suite('a file that may not grow');

const child = fileURLToPath(new URL('support/disk-child.ts', import.meta.url));

limited(
  'an append that finds no room is a fault, and whatever was acknowledged before is there',
  async () => {
    for (const kilobytes of [300, 900, 2_100]) {
      const file = freshFile();
      const { stdout, stderr } = spawnSync(
        'bash',
        [
          '-c',
          `ulimit -f ${kilobytes}; exec "$0" "$@"`,
          ...[process.execPath, '--conditions=mandate-source', '--import', 'tsx', child, file],
        ],
        { encoding: 'utf8' },
      );
      const told = JSON.parse(stdout || `{"code":${JSON.stringify(stderr)}}`);
      // SQLite knows a full disk, and takes a limit for any other failure to write.
      assert.ok(['STORE_FULL', 'STORE_UNAVAILABLE'].includes(told.code), told.code);
      assert.is(told.read, told.acknowledged, 'what is there can be read meanwhile');
      assert.ok(told.acknowledged > 10);
      const store = await right(sqliteEventStore({ file }));
      assert.is(await countOf(store), told.acknowledged);
      await right(appendOne(store, stream('a'), told.acknowledged));
      await right(store.verify());
      await store.close();
    }
  },
);

limited.run();

// -------------------------------------------------------------------------------------
// a small file system
// -------------------------------------------------------------------------------------

const megabytes = 4;

const mounted = ((): string | undefined => {
  const folder = mkdtempSync(join(tmpdir(), 'mandate-small-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    remove();
    return undefined;
  }
  process.once('exit', () => {
    execFileSync('umount', ['-l', folder], { stdio: 'ignore' });
    remove();
  });
  return folder;
})();

const small = suiteNeeding('a small file system', {
  available: mounted !== undefined,
  reason: 'a file system can be mounted by root alone',
  remedy: 'run the tests as root, in a container that may mount',
});

/** Runs with everything taken that is left but for so many kilobytes. */
const filled = async (folder: string, work: () => Promise<void>): Promise<void> => {
  const ballast = join(folder, 'ballast');
  try {
    writeFileSync(ballast, Buffer.alloc(megabytes * 2 ** 20, 1));
    assert.unreachable('the file system is larger than it should be');
  } catch (error) {
    assert.is(error instanceof Error && 'code' in error && error.code, 'ENOSPC');
  }
  await work();
  rmSync(ballast);
};

small(
  'full and empty again, five times: nothing that was acknowledged is lost, and nothing is there twice',
  async () => {
    const folder = mounted ?? '';
    const file = join(folder, 'events.db');
    const store = await right(sqliteEventStore({ file }));
    let stored = 0;
    for (let time = 0; time < 5; time += 1) {
      for (let n = 0; n < 10; n += 1, stored += 1) await right(appendOne(store, stream('a'), stored));
      await filled(folder, async () => {
        // The log may have some room of its own left.
        for (;;) {
          const answer = await appendOne(store, stream('a'), stored, 5_000)();
          if (answer._tag === 'Left') {
            assert.is(answer.left.code, 'STORE_FULL', answer.left.detail);
            break;
          }
          stored += 1;
        }
        assert.is(await countOf(store), stored, 'what is there can be read meanwhile');
        assert.is((await left(appendOne(store, stream('a'), stored, 5_000))).code, 'STORE_FULL');
      });
      // The very append that was refused.
      await right(appendOne(store, stream('a'), stored, 5_000));
      stored += 1;
    }
    await store.close();
    const again = await right(sqliteEventStore({ file }));
    assert.is(await countOf(again), stored);
    await right(again.verify());
    await again.close();
  },
);

small('a vault without room makes no key, and opens with those that it has', async () => {
  const folder = mounted ?? '';
  const vault = await right(
    sqliteKeyVault({ file: join(folder, 'vault.db'), secret: new Uint8Array(32).fill(1) }),
  );
  const sealed = await right(vault.seal('known', 'place', 'words'));
  await filled(folder, async () => {
    let made = 0;
    for (; made < 10_000; made += 1) {
      const answer = await vault.seal(`subject ${made}`, 'place', 'words')();
      if (answer._tag === 'Right') continue;
      assert.is(answer.left.code, 'VAULT_UNAVAILABLE');
      break;
    }
    assert.ok(made < 10_000);
    assert.is(await right(vault.open('known', 'place', sealed)), 'words');
  });
  const after = await right(vault.seal('after', 'place', 'words'));
  assert.is(await right(vault.open('after', 'place', after)), 'words');
  await vault.close();
});

small(
  'a store that cannot even be opened for want of room is STORE_FULL; a backup of it can be read',
  async () => {
    const folder = mounted ?? '';
    const file = join(folder, 'closed.db');
    const store = await right(sqliteEventStore({ file }));
    await right(appendOne(store, stream('a'), 0));
    await right(store.backup(join(folder, 'copy.db')));
    await store.close();
    await filled(folder, async () => {
      for (const access of ['make', 'write', 'read'] as const) {
        assert.is((await left(sqliteEventStore({ file, access }))).code, 'STORE_FULL');
      }
      assert.is((await left(sqliteEventStore({ file: join(folder, 'new.db') }))).code, 'STORE_FULL');
      const copy = await right(sqliteEventStore({ file: join(folder, 'copy.db'), access: 'read' }));
      assert.is(await countOf(copy), 1);
      await copy.close();
    });
    const again = await right(sqliteEventStore({ file }));
    assert.is(await countOf(again), 1);
    await again.close();
  },
);

const remount = (how: 'ro' | 'rw'): void => {
  execFileSync('mount', ['-o', `remount,${how}`, mounted ?? ''], { stdio: 'ignore' });
};

small(
  'where nothing can be written a backup can be read, and a file that was in use says what to do',
  async () => {
    const folder = join(mounted ?? '', 'medium');
    mkdirSync(folder);
    const file = join(folder, 'used.db');
    const store = await right(sqliteEventStore({ file }));
    await right(appendOne(store, stream('a'), 0));
    await right(store.backup(join(folder, 'copy.db')));
    await store.close();
    remount('ro');
    try {
      const copy = await right(sqliteEventStore({ file: join(folder, 'copy.db'), access: 'read' }));
      assert.is(await countOf(copy), 1);
      await right(copy.verify());
      await copy.close();
      const fault = await left(sqliteEventStore({ file, access: 'read' }));
      assert.is(fault.code, 'STORE_UNAVAILABLE');
      assert.match(fault.detail, 'copy it to where it can');
    } finally {
      remount('rw');
    }
  },
);

small.run();
