/**
 * Where an office keeps things: in memory, or in SQLite files of a directory that a test may open again.
 *
 * @packageDocumentation
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  memoryChallengeStore,
  memoryEventStore,
  memoryEvidenceStore,
  memoryKeyVault,
  openSqliteAdapters,
} from '@mandate/adapters-eventstore';
import type { RegisterSettings } from '@mandate/domain';
import { handClock } from '@mandate/testing';
import { right, testSecret } from './office.js';

export type Ports = Pick<RegisterSettings, 'store' | 'vault' | 'evidence' | 'challenges'>;

export interface Backing {
  readonly ports: Ports;
  /** What another process that starts now would have. */
  readonly reopened: () => Promise<Ports>;
  readonly close: () => Promise<void>;
}

export const inMemory = async (): Promise<Backing> => {
  const ports = {
    store: memoryEventStore(),
    vault: memoryKeyVault({ secret: testSecret }),
    evidence: memoryEvidenceStore(),
    challenges: memoryChallengeStore(),
  };
  return { ports, reopened: async () => ports, close: async () => undefined };
};

/** Opens the adapters of a directory. */
export const openDirectory = async (directory: string) => {
  const clock = handClock();
  const opened = right(await openSqliteAdapters({ directory, secret: testSecret, clock })());
  const { events, vault, evidence, challenges } = opened;
  return { ports: { store: events, vault, evidence, challenges }, close: () => opened.close() };
};

export const inSqlite = async (): Promise<Backing> => {
  const directory = mkdtempSync(join(tmpdir(), 'mandate-register-'));
  let current = await openDirectory(directory);
  return {
    ports: current.ports,
    reopened: async () => {
      await current.close();
      current = await openDirectory(directory);
      return current.ports;
    },
    close: async () => {
      await current.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

export const backings: ReadonlyArray<readonly [string, () => Promise<Backing>]> = [
  ['memory', inMemory],
  ['sqlite', inSqlite],
];

/** Runs a test on a backing and closes it, also when the test fails. */
export const on = async (open: () => Promise<Backing>, test: (backing: Backing) => Promise<void>) => {
  const backing = await open();
  try {
    await test(backing);
  } finally {
    await backing.close();
  }
};
