import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  memoryEventStore,
  memoryEvidenceStore,
  nodeSha256,
  sqliteEventStore,
} from '@mandate/adapters-eventstore';
import { startWireServer } from '@mandate/adapters-eventstore/testing/wire-server';
import { agencyStream, type EventStore, publicEvidence, type RecordedEvent } from '@mandate/domain';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exportRegister, importRegister, toFile } from '../src/index.js';
import { mandate, mandateJson } from './support/terminal.js';
import {
  clerk,
  fill,
  filledFolder,
  freshDirectory,
  left,
  openFolder,
  right,
  secretFile,
} from './support/world.js';

const exported = async (agencies: number): Promise<{ readonly folder: string; readonly file: string }> => {
  const folder = await filledFolder(agencies);
  const file = join(freshDirectory(), 'register.jsonl');
  const ran = await mandateJson(['export', '--from', folder, '--to', file]);
  assert.is(ran.exit, 0);
  return { folder, file };
};

const allOf = async (store: EventStore): Promise<ReadonlyArray<Omit<RecordedEvent, 'position'>>> =>
  (await right(store.readAll('start', 100_000))).events.map(({ position: _position, ...rest }) => rest);

const eventsIn = async (folder: string) => {
  const store = await right(sqliteEventStore({ file: join(folder, 'events.db') }));
  const events = await allOf(store);
  await store.close();
  return events;
};

// -------------------------------------------------------------------------------------
// round trip
// -------------------------------------------------------------------------------------

const moving = suite('an export and its import');

moving('bring every event, to the letter and in the same order, into an empty folder', async () => {
  const { folder, file } = await exported(5);
  const to = join(freshDirectory(), 'new');
  const ran = await mandateJson(['import', '--to', to, file]);
  assert.is(ran.exit, 0);
  assert.is(ran['appended'], 21);
  assert.equal(await eventsIn(to), await eventsIn(folder));
  const again = join(freshDirectory(), 'again.jsonl');
  assert.is((await mandate(['export', '--from', to, '--to', again])).exit, 0);
  assert.is(
    readFileSync(again, 'utf8'),
    readFileSync(file, 'utf8'),
    'the export of the copy is the same export',
  );
});

moving('bring the evidence as it is sealed', async () => {
  const { folder, file } = await exported(3);
  const to = join(freshDirectory(), 'new');
  await mandate(['import', '--to', to, file]);
  const [before, after] = [await openFolder(folder), await openFolder(to)];
  const listed = await right(before.evidence.list(undefined, 100));
  assert.is(listed.length, 3);
  assert.equal(await right(after.evidence.list(undefined, 100)), listed);
  await before.close();
  await after.close();
});

moving('go between kinds of store, from SQLite to memory and back', async () => {
  const { folder, file } = await exported(4);
  const memory = memoryEventStore();
  const settings = { file, events: memory, evidence: memoryEvidenceStore(), sha256: nodeSha256 };
  const imported = await right(importRegister(settings));
  assert.is(imported.appended, 17);
  const back = join(freshDirectory(), 'back.jsonl');
  const { digest } = await right(
    toFile(back, (sink) => exportRegister({ events: memory, sha256: nodeSha256 }, sink)),
  );
  assert.is.not(digest, imported.digest, 'this one has no evidence in it');
  const to = join(freshDirectory(), 'new');
  assert.is((await mandate(['import', '--to', to, back])).exit, 0);
  assert.equal(await eventsIn(to), await eventsIn(folder));
});

moving('go from SQLite to EventStoreDB and back, with an address from a file', async () => {
  const { file } = await exported(4);
  const server = await startWireServer();
  const address = join(freshDirectory(), 'address');
  writeFileSync(address, `${server.url}#gepi.\n`);
  const ran = await mandateJson(['import', '--to', `@${address}`, file]);
  assert.equal([ran.exit, ran['appended'], ran['evidence']], [0, 17, 4], JSON.stringify(ran));
  const again = await mandateJson(['import', '--to', `${server.url}#gepi.`, file]);
  assert.equal([again.exit, again['already'], again['appended']], [0, 17, 0]);
  const verified = await mandateJson(['verify', '--from', `${server.url}#gepi.`]);
  assert.equal(
    [verified.exit, verified['events'], verified['evidence']],
    [0, 17, { named: 12, checked: true }],
  );
  const back = join(freshDirectory(), 'back.jsonl');
  const out = await mandateJson(['export', '--from', `${server.url}#gepi.`, '--to', back]);
  assert.equal([out.exit, out['evidence']], [0, 4]);
  assert.is(out['digest'], ran['digest'], 'to the letter and in the same order');
  const without = await mandateJson([
    'export',
    '--from',
    `${server.url}#gepi.`,
    '--without-evidence',
    '--to',
    join(freshDirectory(), 'without.jsonl'),
  ]);
  assert.equal([without.exit, without['evidence']], [0, 0]);
  await server.stop();
});

moving(
  'a register that was moved to EventStoreDB and back has its events and its evidence, and verifies after both moves',
  async () => {
    const folder = await filledFolder(6);
    // A list of a CA, as it was published, larger than one append has room for.
    const list = Buffer.alloc(1_500_000, 'a list of revoked certificates').toString('base64');
    const before = await openFolder(folder);
    const hash = createHash('sha256').update(Buffer.from(list, 'base64')).digest('hex');
    await right(before.evidence.put(hash, publicEvidence, list));
    const kept = await right(before.evidence.list(undefined, 100));
    assert.is(kept.length, 7);
    await before.close();
    const all = join(freshDirectory(), 'all.jsonl');
    const first = await mandateJson(['export', '--from', folder, '--to', all]);
    const server = await startWireServer();
    const there = `${server.url}#gepi.`;
    const secret = secretFile();
    assert.is((await mandateJson(['import', '--to', there, all]))['evidence'], 7);
    // Its keys, and nothing of its evidence.
    const keys = freshDirectory();
    await copyFile(join(folder, 'vault.db'), join(keys, 'vault.db'));
    const verifiedThere = await mandateJson([
      'verify',
      '--from',
      there,
      '--vault',
      keys,
      '--secret-file',
      secret,
    ]);
    assert.equal(verifiedThere['findings'], []);
    assert.equal(
      [verifiedThere.exit, verifiedThere['evidence']],
      [0, { named: 18, checked: true, readable: 6, forgotten: 0 }],
    );
    const back = join(freshDirectory(), 'back.jsonl');
    const second = await mandateJson(['export', '--from', there, '--to', back]);
    await server.stop();
    assert.is(second['digest'], first['digest']);
    const home = join(freshDirectory(), 'home');
    assert.is((await mandate(['import', '--to', home, back])).exit, 0);
    await copyFile(join(folder, 'vault.db'), join(home, 'vault.db'));
    const verifiedHome = await mandateJson(['verify', '--from', home, '--secret-file', secret]);
    assert.equal(
      [verifiedHome.exit, verifiedHome['evidence']],
      [0, { named: 18, checked: true, readable: 6, forgotten: 0 }],
    );
    assert.equal(verifiedHome['sealed'], verifiedThere['sealed']);
    const after = await openFolder(home);
    assert.equal(await right(after.evidence.list(undefined, 100)), kept);
    await after.close();
    assert.equal(await eventsIn(home), await eventsIn(folder));
  },
);

/** Clerks of one command, as large as a store on disk took them once. */
const withLargeCommand = async (clerks: number): Promise<string> => {
  const folder = join(freshDirectory(), 'data');
  const adapters = await openFolder(folder);
  const write = await fill(adapters, 1);
  const many = Array.from({ length: clerks }, (_, n) => clerk(`陳${n}`));
  await write(agencyStream('gepi', 'EX000'), many);
  await adapters.close();
  const file = join(freshDirectory(), 'register.jsonl');
  assert.is((await mandate(['export', '--from', folder, '--to', file])).exit, 0);
  return file;
};

moving(
  'with a command that no append has room for is refused by a server before anything is written',
  async () => {
    const file = await withLargeCommand(900);
    const server = await startWireServer();
    const to = `${server.url}#gepi.`;
    for (const more of [['--dry-run'], []]) {
      const ran = await mandateJson(['import', ...more, '--to', to, file]);
      assert.equal([ran.exit, ran['code']], [3, 'COMMAND_TOO_LARGE'], JSON.stringify(ran));
      assert.match(String(ran['detail']), /event 6, in agency-gepi\.EX000/);
    }
    const names = server.store.log.all().map(({ stream }) => stream);
    assert.equal(
      names.filter((name) => name.startsWith('gepi.')),
      [],
      'neither events nor evidence',
    );
    await server.stop();
    // A folder takes it: it came from one.
    const home = join(freshDirectory(), 'home');
    assert.is((await mandateJson(['import', '--to', home, file])).exit, 0);
  },
);

moving('to a server that is set to take less says so, and goes on once it takes enough', async () => {
  const { file } = await exported(2);
  const kept = join(freshDirectory(), 'journal');
  const small = await startWireServer({ maxAppendSize: 2_000, file: kept });
  const ran = await mandateJson(['import', '--to', `${small.url}#gepi.`, file]);
  await small.stop();
  assert.equal([ran.exit, ran['code']], [3, 'TARGET_TAKES_LESS'], JSON.stringify(ran));
  const server = await startWireServer({ file: kept });
  const again = await mandateJson(['import', '--to', `${server.url}#gepi.`, file]);
  await server.stop();
  assert.equal([again.exit, Number(again['already']) + Number(again['appended'])], [0, 9]);
});

moving('with a command that just has room goes to a server', async () => {
  const file = await withLargeCommand(600);
  const server = await startWireServer();
  const ran = await mandateJson(['import', '--to', `${server.url}#gepi.`, file]);
  await server.stop();
  assert.equal([ran.exit, ran['appended']], [0, 605], JSON.stringify(ran));
});

moving('no key, no secret and nothing personal in clear is in an export', async () => {
  const { file } = await exported(2);
  const text = readFileSync(file, 'utf8');
  for (const word of ['林示範', '王0', 'A223456781', 'lin@office.example', '5a5a5a5a'])
    assert.not.match(text, word);
});

moving('an empty register is an export with a header and an end', async () => {
  const { file } = await exported(0).then(async () => {
    const folder = join(freshDirectory(), 'empty');
    await (await openFolder(folder)).close();
    const empty = join(freshDirectory(), 'empty.jsonl');
    assert.is((await mandate(['export', '--from', folder, '--to', empty])).exit, 0);
    return { file: empty };
  });
  assert.is(readFileSync(file, 'utf8').split('\n').length, 3);
  assert.is((await mandateJson(['import', '--to', join(freshDirectory(), 'new'), file]))['events'], 0);
});

moving('what is appended during an export is not in it', async () => {
  const folder = await filledFolder(2);
  const adapters = await openFolder(folder);
  let appended = false;
  const late: EventStore = {
    ...adapters.events,
    readAll: (from, limit) => async () => {
      if (from !== 'start' || appended) return adapters.events.readAll(from, limit)();
      const page = await adapters.events.readAll(from, limit)();
      appended = true;
      const stream = agencyStream('gepi', 'LATE');
      await right(
        adapters.events.append(stream, 'no-stream', [{ id: 'x', type: 'T', body: '{}', hash: 'h' }]),
      );
      return page;
    },
  };
  const file = join(freshDirectory(), 'register.jsonl');
  const counts = await right(
    toFile(file, (sink) => exportRegister({ events: late, sha256: nodeSha256 }, sink)),
  );
  assert.ok(appended);
  assert.is(counts.events, 9);
  await adapters.close();
});

moving('standard output takes an export where no file is named', async () => {
  const { folder, file } = await exported(2);
  const { out, exit } = await mandate(['export', '--from', folder]);
  assert.is(exit, 0);
  assert.is(out, readFileSync(file, 'utf8'));
});

moving.run();

// -------------------------------------------------------------------------------------
// refusals
// -------------------------------------------------------------------------------------

const refusing = suite('refusals of export and import');

refusing('a file that is there is never written over', async () => {
  const { folder, file } = await exported(1);
  const before = readFileSync(file, 'utf8');
  const ran = await mandateJson(['export', '--from', folder, '--to', file]);
  assert.equal([ran.exit, ran['code']], [3, 'TARGET_EXISTS']);
  assert.is(readFileSync(file, 'utf8'), before);
});

refusing('an export is for its owner alone', async () => {
  const { file } = await exported(1);
  assert.is(statSync(file).mode & 0o777, 0o600);
});

refusing('a register that has other events is refused and left as it was', async () => {
  const { file } = await exported(2);
  for (const agencies of [1, 2, 5]) {
    const other = await filledFolder(agencies);
    const before = await eventsIn(other);
    const ran = await mandateJson(['import', '--to', other, file]);
    assert.equal([ran.exit, ran['code']], [3, 'TARGET_HAS_OTHER_EVENTS']);
    assert.equal(await eventsIn(other), before);
  }
});

refusing('a register that went on after the export is refused', async () => {
  const { folder, file } = await exported(2);
  const adapters = await openFolder(folder);
  const stream = agencyStream('gepi', 'NEW');
  await right(adapters.events.append(stream, 'no-stream', [{ id: 'x', type: 'T', body: '{}', hash: 'h' }]));
  await adapters.close();
  const ran = await mandateJson(['import', '--to', folder, file]);
  assert.equal([ran.exit, ran['code']], [3, 'TARGET_HAS_OTHER_EVENTS']);
});

refusing('a complete register takes the same export again and changes nothing', async () => {
  const { folder, file } = await exported(2);
  const ran = await mandateJson(['import', '--to', folder, file]);
  assert.equal([ran.exit, ran['already'], ran['appended']], [0, 9, 0]);
});

refusing('evidence without a place for it is refused before anything is written', async () => {
  const { file } = await exported(2);
  const events = memoryEventStore();
  const fault = await left(importRegister({ file, events, sha256: nodeSha256 }));
  assert.is(fault.code, 'EVIDENCE_PLACE_MISSING');
  assert.is(await right(events.head()), undefined);
});

refusing('somebody else who writes during an import stops it', async () => {
  const { file } = await exported(3);
  const events = memoryEventStore();
  let calls = 0;
  const disturbed: EventStore = {
    ...events,
    append: (stream, expected, batch) => async () => {
      calls += 1;
      if (calls === 3) {
        await right(events.append(stream, expected, [{ id: 'other', type: 'T', body: '{}', hash: 'h' }]));
      }
      return events.append(stream, expected, batch)();
    },
  };
  const settings = { file, events: disturbed, evidence: memoryEvidenceStore(), sha256: nodeSha256 };
  assert.is((await left(importRegister(settings))).code, 'TARGET_CHANGED');
});

refusing('a dry run verifies, tells what would be done, and writes nothing', async () => {
  const { file } = await exported(2);
  const to = join(freshDirectory(), 'new');
  const ran = await mandateJson(['import', '--to', to, '--dry-run', file]);
  assert.equal([ran.exit, ran['appended']], [0, 9]);
  assert.not.ok(existsSync(to), 'not even a folder');
  const other = await filledFolder(1);
  assert.is(
    (await mandateJson(['import', '--to', other, '--dry-run', file]))['code'],
    'TARGET_HAS_OTHER_EVENTS',
  );
});

refusing('a file that is not there makes no register', async () => {
  const to = join(freshDirectory(), 'new');
  const ran = await mandateJson(['import', '--to', to, join(freshDirectory(), 'none.jsonl')]);
  assert.equal([ran.exit, ran['code']], [4, 'FILE_FAULT']);
  assert.not.ok(existsSync(to));
});

refusing('a folder without a register is not made by an export', async () => {
  const folder = join(freshDirectory(), 'none');
  const ran = await mandateJson(['export', '--from', folder]);
  assert.equal([ran.exit, ran['code']], [3, 'REGISTER_NOT_FOUND']);
  assert.not.ok(existsSync(folder));
});

refusing(
  'an address of a kind that is not known is told by its scheme, never with what it holds',
  async () => {
    const ran = await mandate(['export', '--from', 'ftp://user:hunter2@db.example']);
    assert.is(ran.exit, 2);
    assert.match(ran.err, /ADDRESS_UNKNOWN.*\n {2}ftp\n/);
    assert.not.match(ran.err, /hunter2/);
  },
);

refusing.run();

// -------------------------------------------------------------------------------------
// damage
// -------------------------------------------------------------------------------------

const damaged = suite('a damaged export');

const importing = async (file: string) => {
  const events = memoryEventStore();
  const evidence = memoryEvidenceStore();
  const answer = await importRegister({ file, events, evidence, sha256: nodeSha256 });
  return { answer, written: (await right(events.readAll('start', 10))).events.length };
};

const spoiled = async (file: string, change: (lines: Array<string>) => void): Promise<string> => {
  const lines = readFileSync(file, 'utf8').split('\n');
  change(lines);
  const copy = join(freshDirectory(), 'spoiled.jsonl');
  writeFileSync(copy, lines.join('\n'));
  return copy;
};

damaged(
  'leaves no folder where there was none, nor a file in one that was there; the whole one fills both',
  async () => {
    const { file } = await exported(1);
    const spoilt = await spoiled(file, (lines) => lines.splice(-3, 1));
    const there = freshDirectory();
    const begun = freshDirectory();
    // What an import leaves that was killed when it had only begun.
    writeFileSync(join(begun, 'events.db'), '');
    for (const to of [join(freshDirectory(), 'new'), there, begun]) {
      const before = existsSync(to) ? readdirSync(to) : undefined;
      const ran = await mandateJson(['import', '--to', to, spoilt]);
      assert.is(ran.exit, 1, JSON.stringify(ran));
      assert.equal(existsSync(to) ? readdirSync(to) : undefined, before);
      const dry = await mandateJson(['import', '--to', to, '--dry-run', file]);
      assert.equal([dry.exit, dry['appended']], [0, 5]);
      assert.equal(existsSync(to) ? readdirSync(to) : undefined, before);
      const whole = await mandateJson(['import', '--to', to, file]);
      assert.equal([whole.exit, whole['already'], whole['appended']], [0, 0, 5]);
      assert.is((await mandateJson(['verify', '--from', to])).exit, 0);
    }
  },
);

damaged('is refused before anything is written, whatever was done to it', async () => {
  const { file } = await exported(3);
  const count = readFileSync(file, 'utf8').split('\n').length - 1;
  // Header, three pieces of evidence, 13 events, end.
  assert.is(count, 18);
  const changes: ReadonlyArray<readonly [string, RegExp, (lines: Array<string>) => void]> = [
    ['a word of a body', /CHAIN_HASH|EVENT_CORRUPT/, (l) => (l[6] = (l[6] ?? '').replace('MOICA', 'XCA'))],
    ['a line in the middle is missing', /event 4 where 3 was to come/, (l) => l.splice(6, 1)],
    ['the last event is missing', /DAMAGED.*events: 12 were read/, (l) => l.splice(16, 1)],
    ['a line twice', /event 3 where 4/, (l) => l.splice(7, 0, l[6] ?? '')],
    ['two lines changed places', /event 4 where 3/, (l) => l.splice(6, 2, l[7] ?? '', l[6] ?? '')],
    ['evidence is missing', /evidence: 2 were read/, (l) => l.splice(2, 1)],
    ['evidence twice', /out of order, or twice/, (l) => l.splice(2, 0, l[2] ?? '')],
    ['evidence was changed', /digest/, (l) => (l[2] = (l[2] ?? '').replace('v1.', 'v2.'))],
    ['the end is missing', /INCOMPLETE.*no end/, (l) => l.splice(17, 1)],
    ['something after the end', /after the end/, (l) => l.splice(18, 0, l[6] ?? '')],
    ['an empty line', /not a JSON object/, (l) => l.splice(9, 0, '')],
    [
      'another header',
      /first event of this register/,
      (l) => (l[0] = (l[0] ?? '').replace(/"instance":"./, '"instance":"!')),
    ],
    [
      'a newer version',
      /EXPORT_UNKNOWN.*version 2/,
      (l) => (l[0] = (l[0] ?? '').replace('"version":1', '"version":2')),
    ],
    ['another kind of file', /EXPORT_UNKNOWN/, (l) => (l[0] = '{"a":1}')],
    ['another field', /neither evidence nor an event/, (l) => (l[6] = (l[6] ?? '').replace('{', '{"x":1,'))],
    [
      'a stream that is none',
      /neither evidence nor/,
      (l) => (l[6] = (l[6] ?? '').replace('agency-gepi', 'agency_gepi')),
    ],
  ];
  for (const [what, expected, change] of changes) {
    const { answer, written } = await importing(await spoiled(file, change));
    assert.is(answer._tag, 'Left', what);
    if (answer._tag === 'Left') assert.match(`${answer.left.code} ${answer.left.detail}`, expected, what);
    assert.is(written, 0, what);
  }
});

damaged('that was cut off anywhere is refused', async () => {
  const { file } = await exported(2);
  const { size } = statSync(file);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: size - 1 }), async (length) => {
      const copy = join(freshDirectory(), 'cut.jsonl');
      await copyFile(file, copy);
      truncateSync(copy, length);
      const { answer, written } = await importing(copy);
      assert.is(answer._tag, 'Left');
      assert.is(written, 0);
    }),
    { numRuns: 40 },
  );
});

damaged('with one byte changed is refused, wherever it is but in the position of the header', async () => {
  const { file } = await exported(2);
  const bytes = readFileSync(file);
  const begin = bytes.indexOf(0x0a) + 1;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: begin, max: bytes.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      async (at, by) => {
        const spoilt = Buffer.from(bytes);
        spoilt[at] = (spoilt[at] ?? 0) ^ by;
        const copy = join(freshDirectory(), 'spoilt.jsonl');
        writeFileSync(copy, spoilt);
        const { answer, written } = await importing(copy);
        assert.is(answer._tag, 'Left', `byte ${at} by ${by}`);
        assert.is(written, 0);
      },
    ),
    { numRuns: 60 },
  );
});

damaged('bytes that are no UTF-8, and a file that is not there, are refused', async () => {
  const { file } = await exported(1);
  appendFileSync(file, Buffer.from([0xff, 0xfe, 0x0a]));
  const spoilt = await importing(file);
  assert.is(spoilt.answer._tag, 'Left');
  const missing = await importing(join(freshDirectory(), 'none.jsonl'));
  assert.equal(missing.answer._tag === 'Left' && missing.answer.left.code, 'FILE_FAULT');
});

damaged('a register that is damaged is not exported, and no file is left', async () => {
  const adapters = await openFolder(join(freshDirectory(), 'data'));
  const write = await fill(adapters, 2);
  await write(agencyStream('gepi', 'EX000'), [clerk('趙')]);
  const spoilt: EventStore = {
    ...adapters.events,
    readAll: (from, limit) => async () => {
      const page = await adapters.events.readAll(from, limit)();
      if (page._tag === 'Left') return page;
      const events = page.right.events.map((event, index) =>
        index === 4 ? { ...event, body: event.body.replace('last4', 'full') } : event,
      );
      return { ...page, right: { ...page.right, events } };
    },
  };
  const file = join(freshDirectory(), 'register.jsonl');
  const fault = await left(
    toFile(file, (sink) => exportRegister({ events: spoilt, sha256: nodeSha256 }, sink)),
  );
  assert.is(fault.code, 'REGISTER_DAMAGED');
  assert.match(fault.detail, 'agency-gepi.EX000@3');
  assert.not.ok(existsSync(file));
  await adapters.close();
});

damaged.run();
