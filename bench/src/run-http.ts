/** Measures the register over HTTP: servers and load in processes of their own, on this machine. */
import type { LoadFigures } from './http/gauge.js';
import type { Part } from './http/load.js';
import type { Serve, ServerProcess, Size } from './http/server-process.js';
import type { Kind } from './http/targets.js';
import type { Measure } from './lib/child.js';
import type { HttpPlan } from './plan.js';

/** What the server's memory did, and under what. */
export interface HttpMemory {
  readonly load: LoadFigures;
  /** One after another. */
  readonly sizes: ReadonlyArray<Size>;
  /** MiB that are left after a collection, after the warm-up and at the end. */
  readonly liveBeforeMiB: number;
  readonly liveAfterMiB: number;
  /** Events that were written between these two, one for each command. */
  readonly events: number;
}

/** What is measured: a kind of request, or commands that the register is given without HTTP. */
export type HttpRow = Kind | 'alone';

export interface HttpFigures extends LoadFigures {
  /** Processor time of the server for each answer, warm-up included; of all its threads. */
  readonly serverMicroseconds: number;
}

export interface HttpResults {
  /** By connections; each kind beside the route that does nothing. */
  readonly rows: ReadonlyArray<{
    readonly connections: number;
    readonly kinds: Readonly<Record<HttpRow, HttpFigures>>;
  }>;
  readonly memory: HttpMemory;
}

export interface HttpRunOptions {
  readonly plan: HttpPlan;
  readonly measure: Measure;
  readonly serve: Serve;
  /** Told before each measurement. */
  readonly tell: (what: string) => void;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Samples of a time, the first and the last of them at its ends. */
const watch = async (
  server: ServerProcess,
  samples: number,
  seconds: number,
): Promise<ReadonlyArray<Size>> => {
  const found: Size[] = [];
  for (let at = 0; at < samples; at++) {
    found.push(await server.size());
    await pause((seconds * 1000) / samples);
  }
  return found;
};

/** What the server took for it, in the same time. */
const withServer = async (server: ServerProcess, work: () => Promise<LoadFigures>): Promise<HttpFigures> => {
  const before = await server.usedMilliseconds();
  const figures = await work();
  const used = (await server.usedMilliseconds()) - before;
  return { ...figures, serverMicroseconds: (used * 1000) / figures.requests };
};

export const runHttp = async ({ plan, measure, serve, tell }: HttpRunOptions): Promise<HttpResults> => {
  const { warmUpSeconds, seconds, leastAnswers, mostRequests, connections, agencies, eventsPerAgency } = plan;
  const params = { agencies, eventsPerAgency };
  const bounds = { warmUpSeconds, seconds, leastAnswers, mostRequests };
  tell(`signing ${agencies} agencies in`);
  const portal = await serve('portal', params);
  const nothing = await serve('nothing', params);
  const load = (
    { port, file }: ServerProcess,
    parts: ReadonlyArray<Part>,
    times: Partial<typeof bounds> = {},
  ): Promise<LoadFigures> => {
    tell(parts.map(({ kind, connections: width }) => `${kind} on ${width} connections`).join(', '));
    return measure('httpLoad', { port, file, parts, ...bounds, ...times });
  };
  const alone = (width: number): Promise<LoadFigures> => {
    tell(`commands without HTTP, ${width} at a time`);
    return portal.alone({ width, ...bounds });
  };
  try {
    const rows: Array<HttpResults['rows'][number]> = [];
    for (const width of connections) {
      const of = (server: ServerProcess, kind: Kind) =>
        withServer(server, () => load(server, [{ kind, connections: width }]));
      rows.push({
        connections: width,
        kinds: {
          nothing: await of(nothing, 'nothing'),
          decisions: await of(portal, 'decisions'),
          evaluation: await of(portal, 'evaluation'),
          reasons: await of(portal, 'reasons'),
          commands: await of(portal, 'commands'),
          alone: await withServer(portal, () => alone(width)),
        },
      });
    }
    const { memoryWarmUpSeconds, memorySeconds, memorySamples, memoryParts } = plan;
    const times = { warmUpSeconds: memoryWarmUpSeconds, seconds: memorySeconds };
    const under = load(portal, memoryParts, times);
    // Until the caches are full, and the process has grown to what it needs under this load.
    await pause(memoryWarmUpSeconds * 1000);
    const [liveBeforeMiB, eventsBefore] = [await portal.liveMiB(), await portal.events()];
    const sizes = await watch(portal, memorySamples, memorySeconds);
    const figures = await under;
    const liveAfterMiB = await portal.liveMiB();
    const events = (await portal.events()) - eventsBefore;
    return { rows, memory: { load: figures, sizes, liveBeforeMiB, liveAfterMiB, events } };
  } finally {
    await portal.stop();
    await nothing.stop();
  }
};
