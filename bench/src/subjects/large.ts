/** Read models and the decision index of a long log, each from its beginning in a process of its own. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { nodeSha256 as sha256, sqliteEventStore } from '@mandate/adapters-eventstore';
import { gepiPolicy } from '@mandate/domain';
import { authorityIndex, builtIn, createProjectionRunner } from '@mandate/projections';
import { right } from '../lib/either.js';
import { logVaultIn } from '../world/log.js';

export interface BuiltFigures {
  readonly events: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Of this process, in all its threads: on a machine with other work, the part of `seconds` that is its own. */
  readonly cpuSeconds: number;
  /** Peak resident set of the whole process. */
  readonly peakMiB: number;
  /** What was built: a file, or rows in memory. */
  readonly sizeMiB: number;
}

interface Started {
  readonly at: number;
  readonly cpu: NodeJS.CpuUsage;
}

const start = (): Started => ({ at: performance.now(), cpu: process.cpuUsage() });

const figures = (started: Started, events: number, bytes: number): BuiltFigures => {
  const seconds = (performance.now() - started.at) / 1000;
  const { user, system } = process.cpuUsage(started.cpu);
  return {
    events,
    seconds,
    perSecond: events / seconds,
    cpuSeconds: (user + system) / 1e6,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    sizeMiB: bytes / 2 ** 20,
  };
};

export interface LargeParams {
  readonly file: string;
  readonly vaultFile: string;
}

/** One projection into an empty file: every event decoded, its chain checked, rows and place stored by the page. */
export const buildModel = async (
  folder: string,
  { file, vaultFile, name }: LargeParams & { readonly name: string },
): Promise<BuiltFigures> => {
  const projection = builtIn.find((one) => one.name === name);
  if (projection === undefined) throw new RangeError(`no projection ${name}`);
  const store = right(await sqliteEventStore({ file })());
  const vault = await logVaultIn(vaultFile);
  const models = join(folder, 'models.db');
  const settings = { store, vault, sha256, projections: [projection], file: models };
  const runner = right(await createProjectionRunner(settings)());
  const events = right(await store.count()());
  const started = start();
  right(await runner.catchUp()());
  const built = figures(started, events, 0);
  // Closing brings the write-ahead log into the file.
  await runner.close();
  await vault.close();
  await store.close();
  return { ...built, sizeMiB: statSync(models).size / 2 ** 20 };
};

/** The decision index. */
export const buildIndex = async (
  _folder: string,
  { file }: Pick<LargeParams, 'file'>,
): Promise<BuiltFigures> => {
  const store = right(await sqliteEventStore({ file })());
  const index = authorityIndex({ store, sha256, policy: gepiPolicy });
  const started = start();
  right(await index.catchUp()());
  const built = figures(started, index.status().applied, index.size().bytes);
  await store.close();
  return built;
};
