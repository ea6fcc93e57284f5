import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryEventStore, nodeSha256 } from '@mandate/adapters-eventstore';
import { agencyStream, type EventStore, type RecordedEvent } from '@mandate/domain';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { verifyRegister } from '../src/index.js';
import { mandate, mandateJson } from './support/terminal.js';
import {
  clerk,
  fill,
  filledFolder,
  forget,
  freshDirectory,
  hex,
  openFolder,
  person,
  right,
  secretFile,
} from './support/world.js';

const verify = suite('verify');

/** A store that hands out other events than it has. */
const changed = (
  store: EventStore,
  change: (events: ReadonlyArray<RecordedEvent>) => ReadonlyArray<RecordedEvent>,
): EventStore => ({
  ...store,
  readAll: (from, limit) => async () => {
    const page = await store.readAll(from, limit)();
    return page._tag === 'Left'
      ? page
      : { ...page, right: { ...page.right, events: change(page.right.events) } };
  },
});

verify('a sound register has no findings: file, chains, schema, sealed parts, evidence', async () => {
  const folder = await filledFolder(3);
  const ran = await mandateJson(['verify', '--from', folder, '--secret-file', secretFile()]);
  assert.is(ran.exit, 0);
  assert.equal(ran['findings'], []);
  assert.equal([ran['events'], ran['streams']], [13, 4]);
  assert.equal(ran['sealed'], { total: 9, readable: 9, forgotten: 0 });
  // Three pieces, each named by three events.
  assert.equal(ran['evidence'], { named: 9, checked: true, readable: 3, forgotten: 0 });
});

verify('without the secret sealed parts are counted and not tried', async () => {
  const folder = await filledFolder(1);
  const ran = await mandateJson(['verify', '--from', folder]);
  assert.is(ran.exit, 0);
  assert.equal(ran['sealed'], { total: 3 });
});

verify(
  'who was forgotten is counted; who cannot be read without a forgetting on record is a finding',
  async () => {
    const folder = join(freshDirectory(), 'data');
    const adapters = await openFolder(folder);
    const write = await fill(adapters, 2);
    await forget(adapters, write, '王0');
    const key = await right(adapters.vault.keyOf(person('李1')));
    await right(adapters.vault.forget(person('李1'), key ?? ''));
    await adapters.close();
    const ran = await mandateJson(['verify', '--from', folder, '--secret-file', secretFile()]);
    assert.is(ran.exit, 1);
    assert.equal(ran['sealed'], { total: 6, readable: 4, forgotten: 1 });
    assert.equal(ran['counts'], { KEY_MISSING: 1 });
    const [finding] = ran['findings'] as ReadonlyArray<Record<string, unknown>>;
    assert.equal(
      [finding?.['code'], finding?.['stream'], finding?.['revision']],
      ['KEY_MISSING', 'agency-gepi.EX001', 3],
    );
  },
);

verify('evidence that an event names and nobody has is a finding', async () => {
  const folder = join(freshDirectory(), 'data');
  const adapters = await openFolder(folder);
  const write = await fill(adapters, 1);
  await write(agencyStream('gepi', 'EX000'), [clerk('趙')], [hex('lost')]);
  await adapters.close();
  const { exit, out } = await mandate(['verify', '--from', folder]);
  assert.is(exit, 1);
  assert.match(out, `EVIDENCE_MISSING agency-gepi.EX000@4`);
});

verify('each change of the past is a finding with its stream and revision, and is told once', async () => {
  const adapters = await openFolder(join(freshDirectory(), 'data'));
  await fill(adapters, 3);
  const look = async (change: (events: ReadonlyArray<RecordedEvent>) => ReadonlyArray<RecordedEvent>) => {
    const store = changed(adapters.events, change);
    const { findings } = await right(verifyRegister({ events: store, sha256: nodeSha256 }));
    return findings.map(({ code, stream, revision }) => `${code} ${stream}@${revision}`);
  };
  const rewrite = (event: RecordedEvent): RecordedEvent => {
    const body = event.body.replace('last4', 'full');
    return { ...event, body, hash: nodeSha256(body) };
  };
  const third = 'agency-gepi.EX000@1';
  const only = (revision: number, to: (event: RecordedEvent) => ReadonlyArray<RecordedEvent>) =>
    look((events) =>
      events.flatMap((e) => (e.stream === 'agency-gepi.EX000' && e.revision === revision ? to(e) : [e])),
    );
  assert.equal(await look((events) => events), []);
  assert.equal(await only(1, (e) => [{ ...e, body: e.body.replace('last4', 'full') }]), [
    `CHAIN_HASH ${third}`,
  ]);
  // Whoever makes the hash fit breaks the link of the event after it.
  assert.equal(await only(1, (e) => [rewrite(e)]), ['CHAIN_LINK agency-gepi.EX000@2']);
  assert.equal(await only(1, () => []), ['CHAIN_GAP agency-gepi.EX000@2']);
  assert.equal(await only(1, (e) => [{ ...e, body: '{}' }]), [
    `CHAIN_LINK ${third}`,
    `EVENT_CORRUPT ${third}`,
  ]);
  assert.equal(await only(1, (e) => [e, e]), [`CHAIN_GAP ${third}`]);
  await adapters.close();
});

verify('a sealed part that was changed is a finding', async () => {
  const adapters = await openFolder(join(freshDirectory(), 'data'));
  await fill(adapters, 1);
  const other = await openFolder(join(freshDirectory(), 'other'));
  await fill(other, 1);
  // The keys of the same persons in another vault: whatever they sealed there does not open here.
  const moved = changed(adapters.events, (events) =>
    events.map((event) => {
      if (event.revision !== 1 || !event.body.includes('"sealed":"')) return event;
      const body = event.body.replace(
        /"sealed":"(.*?)(.)(.{4})"/,
        (_all, a, b, c) => `"sealed":"${a}${b === 'A' ? 'B' : 'A'}${c}"`,
      );
      return { ...event, body };
    }),
  );
  const { counts } = await right(
    verifyRegister({ events: moved, sha256: nodeSha256, vault: adapters.vault }),
  );
  assert.equal(counts, { CHAIN_HASH: 1, SEALED_TAMPERED: 1 });
  await adapters.close();
  await other.close();
});

verify('a damaged page of the file is a finding, and the rest is told as far as it can be read', async () => {
  const folder = await filledFolder(60);
  const file = join(folder, 'events.db');
  const bytes = readFileSync(file);
  bytes.fill(0xaa, 8 * 4096, bytes.length - 4 * 4096);
  writeFileSync(file, bytes);
  const ran = await mandateJson(['verify', '--from', folder]);
  assert.is(ran.exit, 1);
  const counts = ran['counts'] as Readonly<Record<string, number>>;
  assert.ok((counts['FILE_DAMAGED'] ?? 0) >= 1);
});

verify('events of types that are not known are counted, and their chain holds', async () => {
  const store = memoryEventStore();
  const adapters = await openFolder(join(freshDirectory(), 'data'));
  await fill(adapters, 1);
  const { events } = await right(adapters.events.readAll('start', 100));
  const [first] = events;
  assert.ok(first);
  const stream = agencyStream('gepi', 'NEW');
  const envelope = { ...JSON.parse(first.body), type: 'AgencyDreamt', stream, previous: `genesis:${stream}` };
  const body = JSON.stringify(envelope);
  await right(
    store.append(stream, 'no-stream', [{ id: first.id, type: 'AgencyDreamt', body, hash: nodeSha256(body) }]),
  );
  const verified = await right(verifyRegister({ events: store, sha256: nodeSha256 }));
  assert.equal([verified.unknown, verified.findings.length], [1, 0]);
  await adapters.close();
});

verify('all findings are counted, the first thousand are listed', async () => {
  const adapters = await openFolder(join(freshDirectory(), 'data'));
  await fill(adapters, 5);
  const spoilt = changed(adapters.events, (events) =>
    events.map((event) => ({ ...event, hash: hex(event.id) })),
  );
  const { findings, counts } = await right(verifyRegister({ events: spoilt, sha256: nodeSha256, most: 3 }));
  assert.is(findings.length, 3);
  // Every event has another hash, and each but the first of a stream follows one that has.
  assert.equal(counts, { CHAIN_HASH: 6, CHAIN_LINK: 15 });
  await adapters.close();
});

verify('the wrong secret, and a file that holds none, are told', async () => {
  const folder = await filledFolder(1);
  const file = join(freshDirectory(), 'secret');
  writeFileSync(file, 'not hex');
  assert.is(
    (await mandateJson(['verify', '--from', folder, '--secret-file', file]))['code'],
    'SECRET_INVALID',
  );
  writeFileSync(file, '00'.repeat(32));
  const ran = await mandateJson(['verify', '--from', folder, '--secret-file', file]);
  assert.equal([ran.exit, ran['code']], [4, 'VAULT_FAULT']);
});

verify.run();
