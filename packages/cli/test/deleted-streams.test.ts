/** A register on EventStoreDB of which somebody deleted a stream with the server's own means. */
import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startWireServer, type WireServer } from '@mandate/adapters-eventstore/testing/wire-server';
import { agencyStream, type StreamName } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mandateJson } from './support/terminal.js';
import { filledFolder, freshDirectory, secretFile } from './support/world.js';

interface Scene {
  readonly server: WireServer;
  readonly address: string;
  /** Where the keys are. */
  readonly folder: string;
  readonly tombstone: (stream: StreamName) => void;
}

const scene = async (run: (scene: Scene) => Promise<void>): Promise<void> => {
  const folder = await filledFolder(4);
  const file = join(freshDirectory(), 'register.jsonl');
  assert.is((await mandateJson(['export', '--from', folder, '--to', file])).exit, 0);
  const server = await startWireServer();
  try {
    const address = `${server.url}#gepi.`;
    assert.is((await mandateJson(['import', '--to', address, file])).exit, 0);
    const tombstone = (stream: StreamName): void => void server.store.tombstone(`gepi.${stream}`, 'any');
    await run({ server, address, folder, tombstone });
  } finally {
    await server.stop();
  }
};

const deleted = suite('a stream that was deleted on EventStoreDB');

// The last agency: nothing comes after its tombstone, and the export ends with the last event that is left.
const gone = agencyStream('gepi', 'EX003');

deleted('is found by verify, before a scavenge and after it', () =>
  scene(async ({ server, address, tombstone }) => {
    tombstone(gone);
    for (const scavenged of [false, true]) {
      if (scavenged) server.store.scavenge();
      const ran = await mandateJson(['verify', '--from', address]);
      assert.equal([ran.exit, ran['counts'], ran['events']], [1, { FILE_DAMAGED: 1 }, scavenged ? 13 : 17]);
      assert.match(JSON.stringify(ran['findings']), /EX003.*tombstone/);
    }
  }),
);

deleted('is exported whole while its events are there, and no export is made once they are scavenged', () =>
  scene(async ({ server, address, tombstone }) => {
    tombstone(gone);
    const before = join(freshDirectory(), 'before.jsonl');
    const saved = await mandateJson(['export', '--from', address, '--to', before]);
    assert.equal([saved.exit, saved['events']], [0, 17]);
    server.store.scavenge();
    const after = join(freshDirectory(), 'after.jsonl');
    const ran = await mandateJson(['export', '--from', address, '--to', after]);
    assert.equal([ran.exit, ran['code'], existsSync(after)], [1, 'REGISTER_DAMAGED', false]);
    assert.match(String(ran['detail']), /EX003/);
  }),
);

deleted('makes no read models: neither replay, also to a time before, nor rebuild leaves it out', () =>
  scene(async ({ server, address, folder, tombstone }) => {
    const keys = freshDirectory();
    await copyFile(join(folder, 'vault.db'), join(keys, 'vault.db'));
    const secret = ['--vault', keys, '--secret-file', secretFile()];
    const models = join(freshDirectory(), 'models.db');
    assert.is((await mandateJson(['replay', '--from', address, ...secret, '--into', models])).exit, 0);
    tombstone(gone);
    server.store.scavenge();
    const into = join(freshDirectory(), 'other.db');
    for (const command of [
      ['replay', '--into', into],
      ['replay', '--into', into, '--to', '2026-01-05T09:03:00+08:00'],
      ['projections', 'rebuild', '--models', models, 'all'],
    ]) {
      const ran = await mandateJson([...command, '--from', address, ...secret]);
      assert.equal(
        [ran.exit, ran['code']],
        [1, 'REGISTER_DAMAGED'],
        `${command.join(' ')}: ${JSON.stringify(ran)}`,
      );
      assert.match(String(ran['detail']), /EX003/);
    }
    assert.not.ok(existsSync(into));
  }),
);

deleted('is no portal where nobody was forgotten', () =>
  scene(async ({ server, address, folder, tombstone }) => {
    const keys = freshDirectory();
    await copyFile(join(folder, 'vault.db'), join(keys, 'vault.db'));
    const reapply = () =>
      mandateJson([
        'reapply',
        'forgettings',
        '--from',
        address,
        '--vault',
        keys,
        '--secret-file',
        secretFile(),
      ]);
    assert.is((await reapply()).exit, 0);
    tombstone('privacy-gepi' as StreamName);
    server.store.scavenge();
    const ran = await reapply();
    assert.equal([ran.exit, ran['code']], [1, 'REGISTER_DAMAGED']);
  }),
);

deleted('of evidence stops an export with evidence, and none without', () =>
  scene(async ({ server, address }) => {
    const [stream = ''] = server.store.log
      .all()
      .map((record) => record.stream)
      .filter((name) => name.startsWith('gepi.evidence-'));
    server.store.tombstone(stream, 'any');
    server.store.scavenge();
    const ran = await mandateJson(['export', '--from', address, '--to', join(freshDirectory(), 'a.jsonl')]);
    assert.equal([ran.exit, ran['code']], [1, 'REGISTER_DAMAGED']);
    const without = [
      'export',
      '--from',
      address,
      '--without-evidence',
      '--to',
      join(freshDirectory(), 'b.jsonl'),
    ];
    assert.is((await mandateJson(without)).exit, 0);
  }),
);

deleted.run();
