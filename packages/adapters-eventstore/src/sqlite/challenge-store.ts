/**
 * A challenge store in one SQLite file.
 *
 * @packageDocumentation
 */
import type { ChallengeStore, Clock, Consumed, StoreFault, TransientRecord } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { instantOf, keyTaken } from '../challenge-rules.js';
import type { Closeable } from '../closeable.js';
import { systemClock } from '../node/clock.js';
import { openAdapter, type SqliteFile } from './adapter.js';
import { isBusy } from './faults.js';
import { oncePerTurn } from './once-per-turn.js';
import type { FileKind, SqliteOptions } from './open.js';
import { versionedCache } from './versioned-cache.js';

/** Options of {@link sqliteChallengeStore}. */
export interface SqliteChallengeStoreOptions extends SqliteOptions {
  /** The register's, to tell what has expired when the file is opened. @defaultValue the machine's */
  readonly clock?: Clock;
}

/** A {@link ChallengeStore} on a file. */
export type SqliteChallengeStore = ChallengeStore & Closeable;

/** How a challenge store's file is recognised. */
export const challengeStoreKind: FileKind = {
  name: 'challenge store',
  applicationId: 0x4d_44_63_68,
  schemaVersion: 1,
  secureDelete: true,
  schema: `
    CREATE TABLE challenges (
      key TEXT NOT NULL PRIMARY KEY,
      text TEXT NOT NULL,
      expires_at TEXT NOT NULL,
      expires INTEGER NOT NULL,
      used INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX challenges_by_expiry ON challenges (expires);
    CREATE TABLE confirmations (
      key TEXT NOT NULL PRIMARY KEY,
      text TEXT NOT NULL,
      expires_at TEXT NOT NULL,
      expires INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX confirmations_by_expiry ON confirmations (expires)`,
};

type Insert = [key: string, text: string, expiresAt: string, expires: number];

const statementsOf = (db: SqliteFile['db']) => ({
  purgeChallenges: db.prepare<[number]>('DELETE FROM challenges WHERE expires <= ?'),
  purgeConfirmations: db
    .prepare<[number], string>('DELETE FROM confirmations WHERE expires <= ? RETURNING key')
    .pluck(),
  add: db.prepare<Insert>(
    `INSERT INTO challenges (key, text, expires_at, expires, used) VALUES (?, ?, ?, ?, 0)
     ON CONFLICT (key) DO NOTHING`,
  ),
  challenge: db.prepare<[string], { readonly text: string; readonly expiresAt: string }>(
    'SELECT text, expires_at AS expiresAt FROM challenges WHERE key = ?',
  ),
  use: db.prepare<[string]>('UPDATE challenges SET used = 1 WHERE key = ? AND used = 0'),
  save: db.prepare<Insert>(
    `INSERT INTO confirmations (key, text, expires_at, expires) VALUES (?, ?, ?, ?)
     ON CONFLICT (key) DO NOTHING`,
  ),
  replace: db.prepare<[text: string, expiresAt: string, expires: number, key: string, replaced: string]>(
    'UPDATE confirmations SET text = ?, expires_at = ?, expires = ? WHERE key = ? AND text = ?',
  ),
  confirmation: db.prepare<[string], TransientRecord>(
    'SELECT key, text, expires_at AS expiresAt FROM confirmations WHERE key = ?',
  ),
  remove: db.prepare<[string]>('DELETE FROM confirmations WHERE key = ?'),
  dataVersion: db.prepare<[], number>('PRAGMA data_version').pluck(),
});

type Statements = ReturnType<typeof statementsOf>;

// Every command of a session asks for its confirmation.
const rememberedConfirmations = 10_000;

const add = (
  statements: Statements,
  record: TransientRecord,
  expires: number,
): E.Either<StoreFault, void> => {
  if (statements.add.run(record.key, record.text, record.expiresAt, expires).changes === 1) {
    return E.right(undefined);
  }
  const known = statements.challenge.get(record.key);
  const same = known?.text === record.text && known.expiresAt === record.expiresAt;
  return same ? E.right(undefined) : E.left(keyTaken(record));
};

const consume = (statements: Statements, key: string): Consumed => {
  const fresh = statements.use.run(key).changes === 1;
  const found = statements.challenge.get(key);
  if (found === undefined) return { _tag: 'Unknown' };
  return fresh ? { _tag: 'Fresh', text: found.text, expiresAt: found.expiresAt } : { _tag: 'Used' };
};

const save = (
  { save: insert, replace }: Statements,
  { key, text, expiresAt }: TransientRecord,
  expires: number,
  replaces: TransientRecord | undefined,
): boolean => {
  const { changes } =
    replaces === undefined
      ? insert.run(key, text, expiresAt, expires)
      : replace.run(text, expiresAt, expires, key, replaces.text);
  return changes === 1;
};

/**
 * What was removed is overwritten in the file, but the write-ahead log still has it. So the log is emptied when the file is
 * opened and, while it is in use, once in so many milliseconds in which something was removed.
 */
const emptyLogEvery = 10 * 60_000;

const storeOver = ({ db, reading, writing, close }: SqliteFile, clock: Clock): SqliteChallengeStore => {
  const statements = statementsOf(db);
  const remembered = versionedCache<string, TransientRecord>(
    rememberedConfirmations,
    oncePerTurn(() => statements.dataVersion.get()),
  );
  let removed = false;
  let emptied = clock.now();

  const purge = (now: number): void => {
    const { changes } = statements.purgeChallenges.run(now);
    const keys = statements.purgeConfirmations.all(now);
    for (const key of keys) remembered.drop(key);
    removed ||= changes + keys.length > 0;
  };
  // Where a reader of an older state is in the way, what is left is left for the next time.
  const emptyLog = (): void => {
    db.pragma('wal_checkpoint(TRUNCATE)');
  };
  const emptyLogInTime = async (now: number): Promise<void> => {
    if (!removed || now < emptied + emptyLogEvery) return;
    removed = false;
    emptied = now;
    await reading(emptyLog)();
  };

  try {
    db.transaction(() => purge(emptied)).immediate();
    emptyLog();
  } catch (error) {
    // Another program is writing; it purges too.
    if (!isBusy(error)) throw error;
  }
  return {
    addChallenge: (record, now) => async () => {
      const [expires, at] = [instantOf(record.expiresAt), instantOf(now)];
      if (E.isLeft(expires)) return expires;
      if (E.isLeft(at)) return at;
      const added = await writing(() => {
        purge(at.right);
        return add(statements, record, expires.right);
      })();
      await emptyLogInTime(at.right);
      return E.flatten(added);
    },
    consumeChallenge: (key) => writing(() => consume(statements, key)),
    saveConfirmation: (record, replaces) => async () => {
      const expires = instantOf(record.expiresAt);
      if (E.isLeft(expires)) return expires;
      return writing(() => {
        remembered.drop(record.key);
        return save(statements, record, expires.right, replaces);
      })();
    },
    findConfirmation: (key) =>
      reading(() => remembered.get(key) ?? remembered.put(key, statements.confirmation.get(key))),
    removeConfirmation: (key) =>
      writing(() => {
        remembered.drop(key);
        statements.remove.run(key);
      }),
    close,
  };
};

/** Opens or makes a challenge store in a file; faults as of `sqliteEventStore`. */
export const sqliteChallengeStore = (
  options: SqliteChallengeStoreOptions,
): TaskEither<StoreFault, SqliteChallengeStore> =>
  openAdapter(options, challengeStoreKind, (file) => storeOver(file, options.clock ?? systemClock));
