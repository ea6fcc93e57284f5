import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { joinShare, makeShare } from '../src/lib/processor-share.js';

const folders = suite<{ mounted: string }>(
  'a share of a processor, asked of either version of control groups',
);

folders.before.each((context) => {
  context.mounted = mkdtempSync(join(tmpdir(), 'mandate-groups-'));
});
folders.after.each(({ mounted }) => rmSync(mounted, { recursive: true }));

const textIn = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');

folders('version 1: a period and a quota of it in a group under cpu', ({ mounted }) => {
  mkdirSync(join(mounted, 'cpu'));
  writeFileSync(join(mounted, 'cpu/tasks'), '');
  const made = makeShare(0.25, mounted);
  if ('missing' in made) throw new Error(made.missing);
  assert.match(made.folder, join(mounted, 'cpu/'));
  assert.is(
    Number(textIn(made.folder, 'cpu.cfs_quota_us')) / Number(textIn(made.folder, 'cpu.cfs_period_us')),
    0.25,
  );
  joinShare(made.folder);
  assert.is(textIn(made.folder, 'cgroup.procs'), `${process.pid}`);
});

folders('version 2: both in one file, where processors are controlled', ({ mounted }) => {
  writeFileSync(join(mounted, 'cgroup.subtree_control'), '');
  writeFileSync(join(mounted, 'cgroup.controllers'), 'cpuset cpu memory\n');
  const made = makeShare(0.5, mounted);
  if ('missing' in made) throw new Error(made.missing);
  const [quota, period] = textIn(made.folder, 'cpu.max').split(' ').map(Number);
  assert.is((quota ?? 0) / (period ?? 1), 0.5);
  assert.is(textIn(mounted, 'cgroup.subtree_control'), '+cpu');
});

folders('without groups, without the controller, or without the right to make one: why', ({ mounted }) => {
  assert.equal(makeShare(0.5, mounted), { missing: 'this machine has no control groups' });
  writeFileSync(join(mounted, 'cgroup.subtree_control'), '');
  writeFileSync(join(mounted, 'cgroup.controllers'), 'memory\n');
  assert.match((makeShare(0.5, mounted) as { missing: string }).missing, 'do not control processors');
  // A file stands where the folder of a group would be made: what the kernel refuses is told as it says it.
  rmSync(join(mounted, 'cgroup.controllers'));
  assert.match((makeShare(0.5, mounted) as { missing: string }).missing, 'ENOENT');
});

folders.run();

const kernel = suite("a share of a processor, the kernel's own");

const module = fileURLToPath(new URL('../src/lib/processor-share.ts', import.meta.url));
const busy = `
  import { joinShare } from ${JSON.stringify(module)};
  joinShare(process.argv[1]);
  const used = process.cpuUsage();
  const startedAt = performance.now();
  while (performance.now() - startedAt < 1500);
  const { user, system } = process.cpuUsage(used);
  console.log((user + system) / 1000 / (performance.now() - startedAt));
`;

// Whoever may not make groups measures none of it: then what must hold is that he is told so.
kernel('a process that never waits gets no more than its share, or nobody has one and it is said why', () => {
  const made = makeShare(0.2);
  if ('missing' in made) {
    assert.match(made.missing, /control groups/);
    return;
  }
  const options = ['--import', 'tsx', '--input-type=module', '-e', busy, made.folder];
  const { stdout, stderr } = spawnSync(process.execPath, options, { encoding: 'utf8' });
  made.remove();
  const share = Number(stdout);
  assert.ok(share > 0 && share < 0.3, `${stdout} ${stderr}`);
});

kernel.run();
