import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryEventStore, memoryKeyVault, nodeSha256 } from '@mandate/adapters-eventstore';
import { startWireServer } from '@mandate/adapters-eventstore/testing/wire-server';
import {
  agencyStream,
  appendSize,
  catalogueStream,
  createClerkImporter,
  createRegisterCodec,
  docPolicy,
  type EventStore,
  ecpaPolicy,
  gepiPolicy,
  importedRowSize,
  nhiPolicy,
  type StoredEvent,
  storeFault,
} from '@mandate/domain';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { importClerkRows, judgeRows, readRows } from '../src/index.js';
import { heading, inBig5, nationalId, row, serial } from './support/clerk-csv.js';
import { runAndKill } from './support/kill.js';
import { mandate, mandateJson } from './support/terminal.js';
import {
  catalogue,
  filledFolder,
  freshDirectory,
  left,
  openFolder,
  registration,
  right,
  secretFile,
  writer,
} from './support/world.js';

const imports = suite('import clerks');

const csv = (lines: ReadonlyArray<string>): string => {
  const file = join(freshDirectory(), 'clerks.csv');
  writeFileSync(file, [heading, ...lines].join('\n'));
  return file;
};

const wordsFor = (to: string, file: string, more: ReadonlyArray<string> = []): ReadonlyArray<string> => [
  ...['import', 'clerks', '--to', to, '--secret-file', secretFile(), '--portal', 'gepi'],
  ...['--staff', 'operator', '--source', '舊系統', ...more, file],
];

const codec = createRegisterCodec(nodeSha256);

const importedIn = async (store: Pick<EventStore, 'readAll'>): Promise<ReadonlyArray<StoredEvent>> => {
  const { events } = await right(store.readAll('start', 100_000));
  return events
    .map(codec.decode)
    .flatMap((decoded) => (decoded._tag === 'Event' ? [decoded.event] : []))
    .filter(({ type }) => type === 'HistoryImported');
};

/** Agency and row of each import that is stored, in order. */
const placesIn = async (folder: string): Promise<ReadonlyArray<string>> => {
  const adapters = await openFolder(folder);
  const found = await importedIn(adapters.events);
  await adapters.close();
  return found.map(({ meta, data }) => `${meta.stream} ${'row' in data ? data.row : ''}`).sort();
};

const outcomes = (ran: Readonly<Record<string, unknown>>): ReadonlyArray<string> =>
  ((ran['rows'] ?? []) as ReadonlyArray<{ row: number; outcome: string }>).map(
    ({ row: number, outcome }) => `${number} ${outcome}`,
  );

imports(
  'each row is acknowledged, and stored with source, file and row; a second run imports nothing',
  async () => {
    const folder = await filledFolder(2);
    const words = wordsFor(folder, csv([row(1), row(2, { agency: 'EX001' }), row(3)]));
    const first = await mandateJson(words);
    assert.is(first.exit, 0, JSON.stringify(first));
    assert.equal(outcomes(first), ['2 imported', '3 imported', '4 imported']);
    assert.equal(await placesIn(folder), [
      'agency-gepi.EX000 2',
      'agency-gepi.EX000 4',
      'agency-gepi.EX001 3',
    ]);
    const adapters = await openFolder(folder);
    const [event] = await importedIn(adapters.events);
    await adapters.close();
    assert.ok(event?.type === 'HistoryImported');
    assert.equal([event.data.source, event.data.file], ['舊系統', first['file']]);
    assert.equal(event.meta.actor, { kind: 'staff', account: 'operator' });
    const second = await mandateJson(words);
    assert.equal([second.exit, second['imported'], second['already']], [0, 0, 3]);
    assert.equal(outcomes(second), ['2 already', '3 already', '4 already']);
    // Under other words it is the same list still.
    const third = await mandateJson([...words.slice(0, -1), '--source', 'former portal', ...words.slice(-1)]);
    assert.is(third['already'], 3);
    assert.is((await placesIn(folder)).length, 3);
    const verified = await mandateJson(['verify', '--from', folder, '--secret-file', secretFile()]);
    assert.equal([verified.exit, verified['findings']], [0, []]);
  },
);

imports(
  'all rows of an agency or none: what is refused keeps its agency out, and the mended list brings in the rest',
  async () => {
    const folder = await filledFolder(3);
    const lines = [
      row(1),
      row(2, { functions: 'fly' }),
      row(3, { agency: 'EX001' }),
      row(4, { agency: 'ZZ999' }),
    ];
    const ran = await mandateJson(wordsFor(folder, csv(lines)));
    assert.is(ran.exit, 1);
    assert.equal(outcomes(ran), ['2 refused', '3 refused', '4 imported', '5 refused']);
    const checked = await mandateJson([
      ...['check', 'clerks', '--from', folder, '--secret-file', secretFile(), '--portal', 'gepi'],
      csv(lines),
    ]);
    assert.equal(
      (checked['rows'] as ReadonlyArray<{ ok: boolean; already: boolean }>).map(({ ok, already }) => [
        ok,
        already,
      ]),
      [
        [false, false],
        [false, false],
        [true, true],
        [false, false],
      ],
    );
    const mended = await mandateJson(wordsFor(folder, csv([row(1), row(2), ...lines.slice(2, 3)])));
    assert.equal(outcomes(mended), ['2 imported', '3 imported', '4 already']);
    assert.is((await placesIn(folder)).length, 3);
  },
);

imports('a list that grew brings in what is new, also for an agency whose first rows are there', async () => {
  const folder = await filledFolder(1);
  await mandateJson(wordsFor(folder, csv([row(1)])));
  const ran = await mandateJson(wordsFor(folder, csv([row(1), row(2)])));
  assert.equal(outcomes(ran), ['2 already', '3 imported']);
  assert.is((await placesIn(folder)).length, 2);
});

imports('killed at random moments it goes on, and in the end each row is there once', async () => {
  const folder = await filledFolder(40);
  const lines = Array.from({ length: 120 }, (_, n) =>
    row(n, { agency: `EX${String(n % 40).padStart(3, '0')}` }),
  );
  const words = wordsFor(folder, csv(lines));
  let before = 0;
  for (const within of [40, 80, 160, 300]) {
    const ended = await runAndKill(words, Math.random() * within);
    if (!ended.isKilled) assert.is(ended.exit, 0, ended.err);
    const there = await placesIn(folder);
    assert.is(there.length % 3, 0, 'all rows of an agency or none');
    assert.is(new Set(there).size, there.length);
    assert.ok(there.length >= before);
    before = there.length;
  }
  const ran = await mandateJson(words);
  assert.equal([ran.exit, Number(ran['imported']) + Number(ran['already'])], [0, 120]);
  const there = await placesIn(folder);
  assert.equal([there.length, new Set(there).size], [120, 120]);
  assert.is((await mandate(['verify', '--from', folder, '--secret-file', secretFile()])).exit, 0);
});

imports('on EventStoreDB, with the keys in a folder', async () => {
  const folder = await filledFolder(2);
  const file = join(freshDirectory(), 'register.jsonl');
  await mandate(['export', '--from', folder, '--to', file]);
  const server = await startWireServer();
  const to = `${server.url}#gepi.`;
  assert.is((await mandate(['import', '--to', to, file])).exit, 0);
  const clerks = csv([row(1), row(2, { agency: 'EX001' })]);
  assert.is((await mandateJson(wordsFor(to, clerks)))['code'], 'SECRET_NEEDED');
  const words = wordsFor(to, clerks, ['--vault', folder]);
  assert.equal(outcomes(await mandateJson(words)), ['2 imported', '3 imported']);
  assert.equal(outcomes(await mandateJson(words)), ['2 already', '3 already']);
  const verified = await mandateJson([
    'verify',
    '--from',
    to,
    '--vault',
    folder,
    '--secret-file',
    secretFile(),
  ]);
  assert.equal([verified.exit, verified['events']], [0, 11]);
  await server.stop();
});

imports('what a folder took of a list can be moved to EventStoreDB', async () => {
  const folder = await filledFolder(1);
  const many = Array.from({ length: 450 }, (_, n) => row(n));
  const source = ['--source', '舊'.repeat(200)];
  const done = await mandateJson(wordsFor(folder, csv(many), source));
  assert.equal([done.exit, done['imported']], [0, 450], JSON.stringify(done).slice(0, 300));
  const file = join(freshDirectory(), 'register.jsonl');
  assert.is((await mandate(['export', '--from', folder, '--to', file])).exit, 0);
  const server = await startWireServer();
  const moved = await mandateJson(['import', '--to', `${server.url}#gepi.`, file]);
  await server.stop();
  assert.equal([moved.exit, moved['appended']], [0, 455], JSON.stringify(moved));
});

imports('answers hold no name, no ID and no serial', async () => {
  const folder = await filledFolder(2);
  const words = wordsFor(folder, csv([row(1), row(2, { agency: 'EX001', functions: 'fly' })]));
  for (const language of ['en', 'zh-TW']) {
    const { out, err } = await mandate([...words.slice(0, -1), '--lang', language, ...words.slice(-1)]);
    for (const secret of ['陳示範', nationalId(1), nationalId(2), serial(1), serial(2)])
      assert.not.match(`${out}${err}`, secret);
  }
});

imports('each portal of the packs can be named', async () => {
  const folder = await filledFolder(1);
  const file = csv([row(1)]);
  for (const { portal } of [docPolicy, nhiPolicy, ecpaPolicy]) {
    const told = await mandateJson(wordsFor(folder, file, ['--portal', portal]));
    // Nothing of that portal is in this register.
    assert.equal([told.exit, outcomes(told)], [1, ['2 refused']], portal);
  }
  assert.equal(await placesIn(folder), []);
});

imports('a portal without a pack, an account and a source that are none are exit code 2', async () => {
  const folder = await filledFolder(1);
  const file = csv([row(1)]);
  for (const [option, value] of [
    ['--portal', 'nowhere'],
    ['--staff', '王 小明'],
    ['--source', 'x'.repeat(10_000)],
  ] as const) {
    const told = await mandateJson(wordsFor(folder, file, [option, value]));
    assert.equal([told.exit, told['code']], [2, 'OPTION_WRONG'], option);
  }
  assert.equal(await placesIn(folder), []);
});

imports(
  'the same list in UTF-8, with a mark and CRLF, and in Big5 is the same rows: imported once',
  async () => {
    const folder = await filledFolder(1);
    const lines = [heading, row(1, { name: '王小明' }), row(2, { name: '"李,示範"' }), ''];
    const files = [
      new TextEncoder().encode(lines.join('\n')),
      new TextEncoder().encode(`\ufeff${lines.join('\r\n')}`),
      inBig5(lines.join('\r\n')),
    ];
    const told: Array<ReadonlyArray<string>> = [];
    for (const bytes of files) {
      const file = csv([]);
      writeFileSync(file, bytes);
      told.push(outcomes(await mandateJson(wordsFor(folder, file))));
    }
    assert.equal(told, [
      ['2 imported', '3 imported'],
      ['2 already', '3 already'],
      ['2 already', '3 already'],
    ]);
    assert.is((await placesIn(folder)).length, 2);
  },
);

imports.run();

// -------------------------------------------------------------------------------------
// as a function
// -------------------------------------------------------------------------------------

const direct = suite('importClerkRows');

const world = async (agencies: number) => {
  const store = memoryEventStore();
  const vault = memoryKeyVault({ secret: new Uint8Array(32).fill(1) });
  const write = writer(store, vault);
  await write(catalogueStream('gepi'), [catalogue]);
  for (let n = 0; n < agencies; n += 1) {
    const code = `EX${String(n).padStart(3, '0')}`;
    await write(agencyStream('gepi', code), registration(code));
  }
  const settings = {
    policy: gepiPolicy,
    vault,
    sha256: nodeSha256,
    clock: { now: () => Date.parse('2026-03-02T02:00:00.000Z') },
    staff: 'operator',
    source: 'former portal',
    file: 'ab'.repeat(32),
  };
  return { store, settings, write };
};

const rowsOf = (lines: ReadonlyArray<string>) => {
  const rows = readRows([heading, ...lines].join('\n'));
  if (E.isLeft(rows)) throw new Error(rows.left.detail);
  return rows.right;
};

direct(
  'a store that is full stops the import; with room again the same call brings in the rest',
  async () => {
    const { store, settings } = await world(4);
    let room = 2;
    const filling: EventStore = {
      ...store,
      append: (...asked) =>
        room-- > 0 ? store.append(...asked) : async () => E.left(storeFault('STORE_FULL', 'no room')),
    };
    const rows = rowsOf(Array.from({ length: 8 }, (_, n) => row(n, { agency: `EX00${n % 4}` })));
    const fault = await left(importClerkRows({ ...settings, store: filling }, rows));
    assert.is(fault.code, 'DISK_FULL');
    assert.match(fault.detail, '4 rows before it are there');
    assert.is((await importedIn(store)).length, 4);
    const done = await right(importClerkRows({ ...settings, store }, rows));
    assert.equal(
      done.map(({ outcome }) => outcome),
      ['already', 'already', 'imported', 'imported', 'already', 'already', 'imported', 'imported'],
    );
    assert.is((await importedIn(store)).length, 8);
  },
);

direct('an append whose answer was lost is not made twice', async () => {
  const { store, settings } = await world(1);
  let lost = 0;
  const deaf: EventStore = {
    ...store,
    append:
      (...asked) =>
      async () => {
        const answer = await store.append(...asked)();
        lost += 1;
        return lost === 1 ? E.left(storeFault('STORE_UNAVAILABLE', 'cut')) : answer;
      },
  };
  const rows = rowsOf([row(1), row(2)]);
  assert.is((await left(importClerkRows({ ...settings, store: deaf }, rows))).code, 'STORE_FAULT');
  const done = await right(importClerkRows({ ...settings, store: deaf }, rows));
  assert.equal(
    done.map(({ outcome }) => outcome),
    ['already', 'already'],
  );
  assert.is((await importedIn(store)).length, 2);
});

direct('a clock before what is recorded stops the import', async () => {
  const { store, settings } = await world(1);
  const behind = { now: () => Date.parse('2026-01-01T00:00:00.000Z') };
  const fault = await left(importClerkRows({ ...settings, store, clock: behind }, rowsOf([row(1)])));
  assert.match(fault.detail, 'CLOCK_BEHIND at EX000');
  assert.equal(await importedIn(store), []);
});

/** An import of random rows under the longest words: what its append had, and what was reckoned beforehand. */
const sizesOf = async (
  count: number,
  random: (n: number) => Partial<Record<'name' | 'functions', string>>,
) => {
  const { store, settings } = await world(1);
  let size = 0;
  const weighing: EventStore = {
    ...store,
    append: (stream, expected, events) => {
      size = appendSize(events);
      return store.append(stream, expected, events);
    },
  };
  const rows = rowsOf(Array.from({ length: count }, (_, n) => row(n, random(n))));
  const longest = { source: '\u{20000}'.repeat(200), staff: 'o'.repeat(64) };
  const done = await right(importClerkRows({ ...settings, ...longest, store: weighing }, rows));
  assert.ok(done.every(({ outcome }) => outcome === 'imported'));
  const reckoned = rows.reduce(
    (sum, { clerk: one }) =>
      one === undefined
        ? sum
        : sum + importedRowSize({ ...one, agencyCode: one.agency, permissions: one.functions }),
    0,
  );
  return { size, reckoned };
};

direct('no row is larger than was reckoned, whatever it says, and none much smaller', async () => {
  const names = fc.sample(fc.constantFrom('陳', '陳示範', '𠀀'.repeat(50), 'A"B\\C', '\ue000示範'), 200);
  const { size, reckoned } = await sizesOf(200, (n) => ({
    name: `"${(names[n] ?? '').replaceAll('"', '""')}"`,
  }));
  assert.ok(size <= reckoned, `${size} octets, ${reckoned} reckoned`);
  // Longer numbers of revisions and rows than these have room, too.
  assert.ok(
    reckoned - size >= 200 * 50 && reckoned - size < 200 * 100,
    `${size} octets, ${reckoned} reckoned`,
  );
});

direct(
  'an agency with more rows than one append can have is refused whole, foreseen, and the others are imported',
  async () => {
    const { store, settings } = await world(2);
    const lines = Array.from({ length: 500 }, (_, n) => row(n));
    const rows = rowsOf([...lines, row(3000, { agency: 'EX001' })]);
    const { vault, sha256 } = settings;
    const checked = await right(judgeRows({ portal: 'gepi', store, vault, sha256 }, rows));
    const done = await right(importClerkRows({ ...settings, store }, rows));
    assert.equal(
      done.map(({ ok, faults }) => ({ ok, faults })),
      checked.map(({ ok, faults }) => ({ ok, faults })),
    );
    const refused = done.filter(({ outcome }) => outcome === 'refused');
    assert.equal([refused.length, refused[0]?.faults[0]?.code], [500, 'AGENCY_TOO_LARGE']);
    assert.is(done.at(-1)?.outcome, 'imported');
    assert.is((await importedIn(store)).length, 1);
    // In two files they are all there: what stands in the register already is no part of the append.
    for (const part of [lines.slice(0, 250), lines.slice(0, 498)]) {
      const file = nodeSha256(part.join('\n'));
      const outcome = await right(importClerkRows({ ...settings, file, store }, rowsOf(part)));
      assert.ok(outcome.every(({ ok }) => ok));
    }
    assert.is((await importedIn(store)).length, 499);
    // Or more than the engine takes at once.
    const small: EventStore = {
      ...store,
      append: (stream, expected, events) =>
        events.length > 1
          ? async () => E.left(storeFault('BATCH_INVALID', 'larger than largestAppend'))
          : store.append(stream, expected, events),
    };
    const again = await right(importClerkRows({ ...settings, store: small }, rowsOf(lines.slice(498))));
    assert.equal(
      again.map(({ outcome, faults }) => `${outcome} ${faults[0]?.code}`),
      ['refused AGENCY_TOO_LARGE', 'refused AGENCY_TOO_LARGE'],
    );
  },
);

direct('a command whose events are more than an append may be is refused on every store', async () => {
  const { store, settings } = await world(1);
  const importer = createClerkImporter({ ...settings, store });
  const clerks = Array.from({ length: 900 }, (_, n) => ({
    row: n + 2,
    name: '陳示範',
    nationalId: nationalId(n),
    serial: serial(n),
    permissions: ['premium-edit'],
  }));
  const command = {
    type: 'ImportClerks',
    commandId: randomUUID(),
    agencyCode: 'EX000',
    source: settings.source,
    file: settings.file,
    clerks,
  };
  const refused = await left(importer(command, { staff: 'operator' }));
  assert.is(refused.code, 'COMMAND_TOO_LARGE');
  assert.equal(await importedIn(store), []);
  await right(importer({ ...command, clerks: clerks.slice(0, 600) }, { staff: 'operator' }));
  assert.is((await importedIn(store)).length, 600);
});

direct(
  'what the register refuses after the rows were judged is told of every row of the agency',
  async () => {
    const { store, settings, write } = await world(2);
    let isClosed = false;
    // Somebody closes the agency after it was judged, before it is written.
    const closing: EventStore = {
      ...store,
      append:
        (...asked) =>
        async () => {
          if (!isClosed) {
            isClosed = true;
            await write(agencyStream('gepi', 'EX000'), [
              { type: 'AgencySuspended', data: { reason: 'audit' } },
            ]);
          }
          return store.append(...asked)();
        },
    };
    const rows = rowsOf([row(1), row(2), row(3, { agency: 'EX001' })]);
    const done = await right(importClerkRows({ ...settings, store: closing }, rows));
    assert.equal(
      done.map(({ outcome, faults }) => `${outcome} ${faults[0]?.code ?? ''}`.trim()),
      ['refused AGENCY_SUSPENDED', 'refused AGENCY_SUSPENDED', 'imported'],
    );
    assert.is((await importedIn(store)).length, 1);
  },
);

direct.run();
