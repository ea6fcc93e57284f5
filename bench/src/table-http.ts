/** The register over HTTP as a table, and the lines that must hold of it. */
import type { HttpFigures, HttpMemory, HttpResults, HttpRow } from './run-http.js';
import { type Cells, count, table } from './table.js';
import { atLeast, type Verdict } from './verdicts.js';

const names: Readonly<Record<HttpRow, string>> = {
  nothing: 'a bare route of Hono',
  decisions: 'POST /decisions',
  evaluation: 'AuthZEN evaluation',
  reasons: 'POST /decisions',
  commands: 'PUT /clerks/{clerkId}',
  alone: 'the same, without HTTP',
};
const notes: Readonly<Record<HttpRow, string>> = {
  nothing: 'does nothing',
  decisions: 'a client by its token; no reasons',
  evaluation: 'a client by its token; the grant',
  reasons: 'a client by its token; the whole chain',
  commands: "a session's cards; one event, sealed, synced",
  alone: 'register.execute in the process of the server',
};
const kinds = Object.keys(names) as ReadonlyArray<HttpRow>;

const milliseconds = (value: number): string => value.toFixed(2);

const rowOf = (kind: HttpRow, connections: number, figures: HttpFigures, bare: HttpFigures): Cells => [
  kind === kinds[0] ? String(connections) : '',
  names[kind],
  count(figures.perSecond),
  milliseconds(figures.p50Ms),
  milliseconds(figures.p99Ms),
  `${(figures.perSecond / bare.perSecond).toFixed(2)} ×`,
  count(figures.serverMicroseconds),
  String(figures.errors),
  // Without HTTP, who asks and who answers are one process.
  kind === 'alone' ? '' : figures.processors.toFixed(2),
  figures.firstError ?? notes[kind],
];

export const httpTable = ({ rows }: HttpResults): string =>
  table(
    [
      'connections',
      'asked',
      'answers /s',
      'p50 ms',
      'p99 ms',
      'bare',
      'server µs',
      'errors',
      'load CPUs',
      'note',
    ],
    rows.flatMap(({ connections, kinds: measured }) =>
      kinds.map((kind) => rowOf(kind, connections, measured[kind], measured.nothing)),
    ),
  );

/** The share of the samples that is a minute of five. */
const part = (samples: ReadonlyArray<number>): number => Math.max(1, Math.floor(samples.length / 5));

/** The least of the first minute and of the last: what lies above comes and goes with collections. */
const ends = (samples: ReadonlyArray<number>): readonly [number, number] => [
  Math.min(...samples.slice(0, part(samples))),
  Math.min(...samples.slice(-part(samples))),
];

const resident = ({ sizes }: HttpMemory): ReadonlyArray<number> =>
  sizes.map(({ residentMiB }) => residentMiB);
const besideHeap = ({ sizes }: HttpMemory): ReadonlyArray<number> =>
  sizes.map(({ residentMiB, heapMiB }) => residentMiB - heapMiB);

export const httpMemoryLine = ({ memory }: HttpResults): string => {
  const { load, liveBeforeMiB, liveAfterMiB, events } = memory;
  const [first, last] = ends(resident(memory));
  const [firstBeside, lastBeside] = ends(besideHeap(memory));
  return (
    `Memory of the server under ${count(load.perSecond)} answers/s and ${count(load.streams)} streams opened and left: ` +
    `${count(first)} MiB at the least in the first fifth of the time, ${count(last)} MiB in the last, at most ` +
    `${count(Math.max(...resident(memory)))}, of them beside the heap ${firstBeside.toFixed(1)} MiB and ${lastBeside.toFixed(1)} MiB; ` +
    `left after a collection, ${liveBeforeMiB.toFixed(1)} MiB before, ${liveAfterMiB.toFixed(1)} MiB after, with ${count(events)} commands between them.`
  );
};

/** What the engine itself keeps goes up and down by as much. */
const memoryRatio = 1.1;
/** Beside the heap, nothing of that is left. */
const besideRatio = 1.03;
/**
 * What is kept of each command on purpose, in octets, up to as many commands as `cacheEvents` says: in the streams that the
 * register has folded, so that a retry is answered (250), and a line of the decision index.
 */
const keptOfCommand = 350;

const speedVerdicts = ({ rows }: HttpResults): ReadonlyArray<Verdict> => {
  const at = (connections: number, kind: HttpRow, beside: HttpRow = 'nothing'): number => {
    const row = rows.find((one) => one.connections === connections);
    return row === undefined ? Number.NaN : row.kinds[kind].perSecond / row.kinds[beside].perSecond;
  };
  return [
    atLeast(
      'a decision over HTTP, without reasons, 16 connections',
      at(16, 'decisions'),
      0.5,
      'a bare route',
    ),
    atLeast('… in the words of AuthZEN', at(16, 'evaluation'), 0.4, 'a bare route'),
    atLeast('… with its whole chain of reasons', at(16, 'reasons'), 0.25, 'a bare route'),
    atLeast('a command over HTTP, 16 connections', at(16, 'commands', 'alone'), 0.5, 'one without HTTP'),
  ];
};

export const httpVerdictsOf = (results: HttpResults): ReadonlyArray<Verdict> => {
  const { rows, memory } = results;
  const all = [...rows.flatMap((row) => Object.values(row.kinds)), memory.load];
  const errors = all.reduce((sum, { errors: own }) => sum + own, 0);
  const [first, last] = ends(resident(memory));
  const [firstBeside, lastBeside] = ends(besideHeap(memory));
  const { liveBeforeMiB, liveAfterMiB, events } = memory;
  const grownMiB = liveAfterMiB - (events * keptOfCommand) / 2 ** 20;
  return [
    ...(rows.length === 0 ? [] : speedVerdicts(results)),
    {
      line: 'every request is answered, and rightly',
      measured: `${count(errors)} errors`,
      limit: 'none',
      holds: errors === 0,
    },
    {
      line: 'memory of the server at the least, the last fifth of the time beside the first',
      measured: `${count(first)} → ${count(last)} MiB`,
      limit: `≤ ${memoryRatio} ×`,
      holds: last <= first * memoryRatio,
    },
    {
      line: '… beside its heap',
      measured: `${firstBeside.toFixed(1)} → ${lastBeside.toFixed(1)} MiB`,
      limit: `≤ ${besideRatio} ×`,
      holds: lastBeside <= firstBeside * besideRatio,
    },
    {
      line: `… left after a collection, without ${keptOfCommand} octets of each command, after that time beside before it`,
      measured: `${liveBeforeMiB.toFixed(1)} → ${grownMiB.toFixed(1)} MiB`,
      limit: `≤ ${memoryRatio} ×`,
      holds: grownMiB <= liveBeforeMiB * memoryRatio,
    },
  ];
};
