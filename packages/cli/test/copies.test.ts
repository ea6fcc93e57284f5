import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { cp } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { agencyStream } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mandate, mandateJson } from './support/terminal.js';
import {
  clerk,
  fill,
  filledFolder,
  forget,
  freshDirectory,
  openFolder,
  person,
  right,
  secretFile,
} from './support/world.js';

const drill = suite('backup and restore');

const backedUp = async (agencies = 3) => {
  const folder = await filledFolder(agencies);
  const copy = join(freshDirectory(), 'copy');
  const secret = secretFile();
  assert.is((await mandate(['backup', '--from', folder, '--secret-file', secret, '--to', copy])).exit, 0);
  return { folder, copy, secret };
};

drill(
  'a restore drill: what was copied while it was in use comes back, verified, and takes commands',
  async () => {
    const folder = join(freshDirectory(), 'data');
    const adapters = await openFolder(folder);
    const write = await fill(adapters, 3);
    const copy = join(freshDirectory(), 'copy');
    const secret = secretFile();
    const backup = mandate(['backup', '--from', folder, '--secret-file', secret, '--to', copy]);
    await write(agencyStream('gepi', 'EX001'), [clerk('趙')]);
    assert.is((await backup).exit, 0);
    await adapters.close();
    const to = join(freshDirectory(), 'restored');
    const ran = await mandateJson(['restore', '--from', copy, '--to', to, '--secret-file', secret]);
    assert.is(ran.exit, 0);
    assert.equal(ran['reapplied'], { forgettings: 0, keys: 0 });
    assert.ok(ran['events'] === 13 || ran['events'] === 14);
    assert.equal((ran['sealed'] as Record<string, unknown>)['readable'], Number(ran['events']) - 4);
    const again = await openFolder(to);
    const event = { id: 'x', type: 'T', body: '{}', hash: 'h' };
    assert.is(
      (await right(again.events.append(agencyStream('gepi', 'NEW'), 'no-stream', [event])))._tag,
      'Appended',
    );
    await again.close();
  },
);

drill('a key that was deleted after the backup is deleted again', async () => {
  const folder = join(freshDirectory(), 'data');
  const adapters = await openFolder(folder);
  const write = await fill(adapters, 2);
  const secret = secretFile();
  const older = join(freshDirectory(), 'older');
  const newer = join(freshDirectory(), 'newer');
  await mandate(['backup', '--from', folder, '--secret-file', secret, '--to', older]);
  await forget(adapters, write, '王0');
  await mandate(['backup', '--from', folder, '--secret-file', secret, '--to', newer]);
  await adapters.close();
  // The vault of the day before beside the events of today.
  await cp(join(older, 'vault.db'), join(newer, 'vault.db'));
  const to = join(freshDirectory(), 'restored');
  const ran = await mandateJson(['restore', '--from', newer, '--to', to, '--secret-file', secret]);
  assert.equal([ran.exit, ran['reapplied']], [0, { forgettings: 1, keys: 1 }]);
  const restored = await openFolder(to);
  assert.is(await right(restored.vault.keyOf(person('王0'))), undefined);
  await restored.close();
});

drill('nothing is written over: not by a backup, not by a restore, not even an empty folder', async () => {
  const { folder, copy, secret } = await backedUp(1);
  const there = freshDirectory();
  const refusals = [
    await mandateJson(['backup', '--from', folder, '--secret-file', secret, '--to', copy]),
    await mandateJson(['backup', '--from', folder, '--secret-file', secret, '--to', there]),
    await mandateJson(['restore', '--from', copy, '--to', folder]),
    await mandateJson(['restore', '--from', copy, '--to', there]),
  ];
  for (const ran of refusals) assert.equal([ran.exit, ran['code']], [3, 'TARGET_EXISTS']);
  assert.equal(readdirSync(there), []);
});

drill('a backup that is damaged is not restored, and leaves nothing; it is left as it was', async () => {
  const { copy, secret } = await backedUp(60);
  for (const name of ['events.db', 'evidence.db', 'vault.db']) {
    const spoilt = join(freshDirectory(), 'spoilt');
    await cp(copy, spoilt, { recursive: true });
    const bytes = readFileSync(join(spoilt, name));
    bytes.fill(0xaa, 4096, bytes.length - 4096);
    writeFileSync(join(spoilt, name), bytes);
    const folder = freshDirectory();
    const words = ['restore', '--from', spoilt, '--to', join(folder, 'restored'), '--secret-file', secret];
    const ran = await mandateJson(words);
    assert.ok(ran.exit === 1 || ran.exit === 4, `${name}: ${JSON.stringify(ran)}`);
    assert.equal(readdirSync(folder), [], name);
    assert.equal(readFileSync(join(spoilt, name)), bytes);
    assert.equal(readdirSync(spoilt).sort(), ['events.db', 'evidence.db', 'vault.db']);
  }
});

drill('a backup without one of its files, or a folder in use, is none', async () => {
  const { folder, copy } = await backedUp(1);
  const adapters = await openFolder(folder);
  await right(
    adapters.events.append(agencyStream('gepi', 'NEW'), 'no-stream', [
      { id: 'x', type: 'T', body: '{}', hash: 'h' },
    ]),
  );
  const inUse = await mandateJson(['restore', '--from', folder, '--to', join(freshDirectory(), 'a')]);
  assert.equal([inUse.exit, inUse['code']], [3, 'BACKUP_NOT_WHOLE']);
  await adapters.close();
  rmSync(join(copy, 'vault.db'));
  const lacking = await mandateJson(['restore', '--from', copy, '--to', join(freshDirectory(), 'b')]);
  assert.equal([lacking.exit, lacking['code']], [3, 'BACKUP_NOT_WHOLE']);
});

drill(
  'a register that lacks a file is not backed up, and none is made for it: neither there nor in a copy',
  async () => {
    for (const name of ['events.db', 'evidence.db', 'vault.db']) {
      const folder = await filledFolder(1);
      rmSync(join(folder, name));
      const there = readdirSync(folder);
      const to = join(freshDirectory(), 'copy');
      const ran = await mandateJson(['backup', '--from', folder, '--secret-file', secretFile(), '--to', to]);
      const code = name === 'events.db' ? 'REGISTER_NOT_FOUND' : 'REGISTER_NOT_WHOLE';
      assert.equal([ran.exit, ran['code']], [3, code]);
      assert.match(String(ran['detail']), name);
      assert.equal(readdirSync(folder), there);
      assert.equal(readdirSync(dirname(to)), []);
    }
  },
);

drill('a restored folder, in which challenges were never kept, is backed up and gets none', async () => {
  const { copy, secret } = await backedUp(1);
  const to = join(freshDirectory(), 'restored');
  assert.is((await mandate(['restore', '--from', copy, '--to', to, '--secret-file', secret])).exit, 0);
  const again = join(freshDirectory(), 'again');
  assert.is((await mandate(['backup', '--from', to, '--secret-file', secret, '--to', again])).exit, 0);
  assert.equal(readdirSync(again).sort(), ['events.db', 'evidence.db', 'vault.db']);
  assert.not(existsSync(join(to, 'challenges.db')));
});

drill('the wrong secret is told before anything is copied', async () => {
  const folder = await filledFolder(1);
  const file = join(freshDirectory(), 'secret');
  writeFileSync(file, '00'.repeat(32));
  const to = join(freshDirectory(), 'copy');
  const ran = await mandateJson(['backup', '--from', folder, '--secret-file', file, '--to', to]);
  assert.equal([ran.exit, ran['code']], [4, 'VAULT_FAULT']);
  assert.equal(readdirSync(dirname(to)), []);
});

drill('what was found wrong is restored only where that is said, and is told then', async () => {
  const { copy, secret } = await backedUp(1);
  // A vault that lacks the keys of all of these people.
  const other = await filledFolder(0);
  const words = ['--secret-file', secret];
  await cp(join(other, 'vault.db'), join(copy, 'vault.db'));
  const to = join(freshDirectory(), 'restored');
  const refused = await mandateJson(['restore', '--from', copy, '--to', to, ...words]);
  assert.equal([refused.exit, refused['code']], [1, 'REGISTER_DAMAGED']);
  assert.match(String(refused['detail']), 'KEY_MISSING agency-gepi.EX000@0');
  const taken = await mandateJson(['restore', '--from', copy, '--to', to, '--accept-findings', ...words]);
  assert.equal([taken.exit, taken['counts']], [1, { KEY_MISSING: 3 }]);
  assert.ok(existsSync(join(to, 'events.db')));
});

drill('what is made is for its owner alone', async () => {
  const { copy, secret } = await backedUp(1);
  const to = join(freshDirectory(), 'restored');
  await mandate(['restore', '--from', copy, '--to', to, '--secret-file', secret]);
  assert.is(statSync(to).mode & 0o777, 0o700);
  for (const name of readdirSync(to)) assert.is(statSync(join(to, name)).mode & 0o777, 0o600, name);
});

drill(
  'what a killed process left is swept away, whatever it was making; what a living one makes stays',
  async () => {
    const { copy } = await backedUp(1);
    const folder = freshDirectory();
    const to = join(folder, 'backup-2026-03-03');
    const here = hostname().replaceAll(/[^A-Za-z0-9]/g, '');
    const made = (name: string, host: string, pid: number): string =>
      join(folder, `${name}.mandate-partial-${host}-${pid}`);
    // No process has this number: it is above what the system gives out.
    const dead = 999_999_999;
    const swept = [made('backup-2026-03-03', here, dead), `${made('backup-2026-03-02', here, dead)}.partial`];
    const old = made('backup-2026-01-01', 'elsewhere', process.ppid);
    const kept = [
      made('backup-2026-03-02', here, process.ppid),
      made('backup-2026-03-01', 'elsewhere', dead),
      join(folder, 'backup.partial-notes'),
    ];
    for (const each of [...swept, old, ...kept]) mkdirSync(each);
    const yesterday = new Date(Date.now() - 25 * 3_600_000);
    utimesSync(old, yesterday, yesterday);
    assert.is((await mandate(['restore', '--from', copy, '--to', to])).exit, 0);
    assert.equal(readdirSync(folder).sort(), [to, ...kept].map((path) => basename(path)).sort());
  },
);

drill.run();
