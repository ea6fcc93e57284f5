/** Measures the register over HTTP: servers and load in processes of their own, on this machine. */
import type { LoadFigures, Part } from './http/load.js';
import type { Serve, ServerProcess } from './http/server-process.js';
import type { Kind } from './http/targets.js';
import type { Measure } from './lib/child.js';
import type { HttpPlan } from './plan.js';

/** What the server's memory did, and under what. */
export interface HttpMemory {
  readonly load: LoadFigures;
  /** MiB of the whole process, one after another. */
  readonly residentMiB: ReadonlyArray<number>;
  /** MiB that are left after a collection, before and after. */
  readonly liveBeforeMiB: number;
  readonly liveAfterMiB: number;
}

export interface HttpResults {
  /** By connections; each kind beside the route that does nothing. */
  readonly rows: ReadonlyArray<{
    readonly connections: number;
    readonly kinds: Readonly<Record<Kind, LoadFigures>>;
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

/** Every second until `over`; the first and the last are of the load. */
const watch = async (
  server: ServerProcess,
  samples: number,
  seconds: number,
): Promise<ReadonlyArray<number>> => {
  const found: number[] = [];
  for (let at = 0; at < samples; at++) {
    found.push(await server.residentMiB());
    await pause((seconds * 1000) / samples);
  }
  return found;
};

export const runHttp = async ({ plan, measure, serve, tell }: HttpRunOptions): Promise<HttpResults> => {
  const { warmUpSeconds, seconds, leastAnswers, mostRequests, connections, agencies, eventsPerAgency } = plan;
  const params = { agencies, eventsPerAgency };
  tell(`signing ${agencies} agencies in`);
  const portal = await serve('portal', params);
  const nothing = await serve('nothing', params);
  const load = (
    server: ServerProcess,
    parts: ReadonlyArray<Part>,
    length = seconds,
  ): Promise<LoadFigures> => {
    const { port, file } = server;
    tell(parts.map(({ kind, connections: width }) => `${kind} on ${width} connections`).join(', '));
    const bounds = { warmUpSeconds, seconds: length, leastAnswers, mostRequests };
    return measure('httpLoad', { port, file, parts, ...bounds });
  };
  try {
    const rows: Array<HttpResults['rows'][number]> = [];
    for (const width of connections) {
      const of = (server: ServerProcess, kind: Kind) => load(server, [{ kind, connections: width }]);
      rows.push({
        connections: width,
        kinds: {
          nothing: await of(nothing, 'nothing'),
          decisions: await of(portal, 'decisions'),
          evaluation: await of(portal, 'evaluation'),
          commands: await of(portal, 'commands'),
        },
      });
    }
    const { memorySeconds, memorySamples, memoryParts } = plan;
    const liveBeforeMiB = await portal.liveMiB();
    const under = load(portal, memoryParts, memorySeconds);
    await pause(warmUpSeconds * 1000);
    const residentMiB = await watch(portal, memorySamples, memorySeconds);
    const memory = { load: await under, residentMiB, liveBeforeMiB, liveAfterMiB: await portal.liveMiB() };
    return { rows, memory };
  } finally {
    await portal.stop();
    await nothing.stop();
  }
};
