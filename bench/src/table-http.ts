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

/** The first half of the time and the second. */
const halves = (
  samples: ReadonlyArray<number>,
  of: (...half: ReadonlyArray<number>) => number,
): readonly [number, number] => {
  const middle = Math.ceil(samples.length / 2);
  return [of(...samples.slice(0, middle)), of(...samples.slice(middle))];
};

/** The most: the engine collects when the heap has grown to some multiple of what was alive, and what lies below comes and goes. */
const mostResident = ({ sizes }: HttpMemory): readonly [number, number] =>
  halves(
    sizes.map(({ residentMiB }) => residentMiB),
    Math.max,
  );

/** The least: what the heap has just given up is still there for a moment. */
const leastBeside = ({ sizes }: HttpMemory): readonly [number, number] =>
  halves(
    sizes.map(({ residentMiB, heapMiB }) => residentMiB - heapMiB),
    Math.min,
  );

export const httpMemoryLine = ({ memory }: HttpResults): string => {
  const { load, liveBeforeMiB, liveAfterMiB, events } = memory;
  const [first, last] = mostResident(memory);
  const [firstBeside, lastBeside] = leastBeside(memory);
  return (
    `Memory of the server under ${count(load.perSecond)} answers/s and ${count(load.streams)} streams opened and left: ` +
    `${count(first)} MiB at most in the first half of the time, ${count(last)} MiB in the second; ` +
    `beside its heap at least, ${firstBeside.toFixed(1)} MiB and ${lastBeside.toFixed(1)} MiB; left after a collection, ` +
    `${liveBeforeMiB.toFixed(1)} MiB before, ${liveAfterMiB.toFixed(1)} MiB after, with ${count(events)} commands between them.`
  );
};

/** When the engine collects is its own affair, and changes with what else the machine does. */
const residentRatio = 1.1;
/** Arrays that hold what is kept on purpose lie there too. */
const besideRatio = 1.05;
const liveRatio = 1.05;
/**
 * What is kept of each command on purpose, in octets: its row in the decision index and where that is found (decision 23), and, up
 * to as many as `cacheEvents` says, its id in the stream that the register has folded, so that a retry is answered.
 */
const keptOfCommand = 150;

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
  const [first, last] = mostResident(memory);
  const [firstBeside, lastBeside] = leastBeside(memory);
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
      line: 'memory of the server at most, the second half of the time beside the first',
      measured: `${count(first)} → ${count(last)} MiB`,
      limit: `≤ ${residentRatio} ×`,
      holds: last <= first * residentRatio,
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
      limit: `≤ ${liveRatio} ×`,
      holds: grownMiB <= liveBeforeMiB * liveRatio,
    },
  ];
};
