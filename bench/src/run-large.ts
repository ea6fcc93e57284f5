/** A register far larger than those of the other measurements: what it takes to build everything that reads from it. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { builtIn } from '@mandate/projections';
import { emptyFolder, type Measure, removeFolder } from './lib/child.js';
import type { FiguresOf } from './measurements.js';
import type { Plan } from './plan.js';
import type { BuiltFigures } from './subjects/large.js';
import { logFile } from './world/log.js';

export interface LargeResults {
  readonly agencies: number;
  readonly eventsPerAgency: number;
  readonly log: FiguresOf<'buildLog'>;
  readonly logMiB: number;
  readonly vaultMiB: number;
  /** Reading alone: strict decode, chain, a list in memory. */
  readonly replay: FiguresOf<'replayRegister'>;
  readonly models: ReadonlyArray<BuiltFigures & { readonly name: string }>;
  readonly index: BuiltFigures;
}

export interface LargeRunOptions {
  readonly plan: Plan;
  readonly measure: Measure;
  /** Told before each measurement, and after it what came out: a run takes an hour or more, and may be broken off. */
  readonly tell: (what: string) => void;
}

const megabytesOf = (file: string): number => statSync(file).size / 2 ** 20;

export const runLarge = async ({ plan, measure, tell }: LargeRunOptions): Promise<LargeResults> => {
  const { largeEventsPerAgency: eventsPerAgency } = plan;
  const agencies = Math.max(1, Math.round(plan.largeEvents / eventsPerAgency));
  const folder = emptyFolder();
  const params = { file: logFile(folder), vaultFile: join(folder, 'vault.db') };
  const told = (
    name: string,
    { perSecond, peakMiB, events }: Omit<BuiltFigures, 'seconds' | 'sizeMiB' | 'cpuSeconds'>,
  ) =>
    tell(
      `${name}: ${Math.round(perSecond)} events/s, ${Math.round(events / perSecond)} s, ${Math.round(peakMiB)} MiB`,
    );
  tell(`writing a log of ${agencies} × ${eventsPerAgency} events`);
  const log = await measure('buildLog', { ...params, agencies, eventsPerAgency });
  const [logMiB, vaultMiB] = [megabytesOf(params.file), megabytesOf(params.vaultFile)];
  tell(
    `log: ${Math.round(log.perSecond)} events/s, ${Math.round(logMiB)} MiB, keys ${Math.round(vaultMiB)} MiB`,
  );
  const replay = await measure('replayRegister', { file: params.file, events: log.events });
  told('reading alone', replay);
  const index = await measure('buildIndex', { file: params.file });
  told('decision index', index);
  const models: Array<LargeResults['models'][number]> = [];
  for (const { name } of builtIn) {
    const built = await measure('buildModel', { ...params, name });
    told(name, built);
    models.push({ name, ...built });
  }
  removeFolder(folder);
  return { agencies, eventsPerAgency, log, logMiB, vaultMiB, replay, models, index };
};
