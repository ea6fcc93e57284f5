/**
 * All SQLite adapters of a portal, in one directory.
 *
 * @packageDocumentation
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, StoreFault, VaultFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Closeable } from '../closeable.js';
import { backupDirectory } from './backup.js';
import { type SqliteChallengeStore, sqliteChallengeStore } from './challenge-store.js';
import { type SqliteEventStore, sqliteEventStore } from './event-store.js';
import { type SqliteEvidenceStore, sqliteEvidenceStore } from './evidence-store.js';
import { toFault } from './faults.js';
import { type SqliteKeyVault, sqliteKeyVault } from './key-vault.js';
import type { SqliteOptions } from './open.js';

/** Options of {@link openSqliteAdapters}. */
export interface SqliteAdaptersOptions extends Omit<SqliteOptions, 'file' | 'access'> {
  /** Made, for its owner alone, when it is not there. */
  readonly directory: string;
  /** The portal's secret, at least 32 bytes drawn at random; kept apart from the directory. */
  readonly secret: Uint8Array;
  /** As of `sqliteChallengeStore`. */
  readonly clock?: Clock;
}

/** What a register needs to keep things, with one `backup` and one `close` for all of it. */
export interface SqliteAdapters extends Closeable {
  readonly events: SqliteEventStore;
  readonly vault: SqliteKeyVault;
  readonly evidence: SqliteEvidenceStore;
  readonly challenges: SqliteChallengeStore;
  /**
   * Copies events, evidence and keys, while they are in use, into a new directory that gets its name when all is there
   * and was checked: first the events, so that whatever they name is in the copies. Challenges are short-lived and left out.
   * `STORE_UNAVAILABLE` when the directory exists.
   */
  readonly backup: (directory: string) => TaskEither<StoreFault | VaultFault, void>;
}

const makeDirectory = (directory: string): E.Either<StoreFault, void> => {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return E.right(undefined);
  } catch (error) {
    return E.left(toFault(error));
  }
};

/**
 * Opens `events.db`, `vault.db`, `evidence.db` and `challenges.db` of a directory. When one of them cannot be
 * opened, those that were are closed and its fault is the answer.
 */
export const openSqliteAdapters =
  (options: SqliteAdaptersOptions): TaskEither<StoreFault | VaultFault, SqliteAdapters> =>
  async () => {
    const { directory, secret, clock, ...rest } = options;
    const made = makeDirectory(directory);
    if (E.isLeft(made)) return made;
    const opened: Array<Closeable> = [];
    const close = async (): Promise<void> => {
      await Promise.all(opened.map((adapter) => adapter.close()));
    };
    const open = async <L, A extends Closeable>(
      name: string,
      opening: (file: SqliteOptions) => TaskEither<L, A>,
    ): Promise<E.Either<L, A>> => {
      const adapter = await opening({ ...rest, file: join(directory, name) })();
      if (E.isRight(adapter)) opened.push(adapter.right);
      else await close();
      return adapter;
    };
    const events = await open('events.db', sqliteEventStore);
    if (E.isLeft(events)) return events;
    const vault = await open('vault.db', (file) => sqliteKeyVault({ ...file, secret }));
    if (E.isLeft(vault)) return vault;
    const evidence = await open('evidence.db', sqliteEvidenceStore);
    if (E.isLeft(evidence)) return evidence;
    const challenges = await open('challenges.db', (file) =>
      sqliteChallengeStore(clock === undefined ? file : { ...file, clock }),
    );
    if (E.isLeft(challenges)) return challenges;
    return E.right({
      events: events.right,
      vault: vault.right,
      evidence: evidence.right,
      challenges: challenges.right,
      backup: (copy) => () =>
        backupDirectory<StoreFault | VaultFault>(copy, [
          ['events.db', events.right.backup],
          ['evidence.db', evidence.right.backup],
          ['vault.db', vault.right.backup],
        ]),
      close,
    });
  };
