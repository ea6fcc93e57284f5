/**
 * An evidence store in one SQLite file.
 *
 * @packageDocumentation
 */
import type { EvidenceStore, StoreFault } from '@mandate/domain';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { pageLimit } from '../append-rules.js';
import type { Closeable } from '../closeable.js';
import { openAdapter, type SqliteFile } from './adapter.js';
import type { FileKind, SqliteOptions } from './open.js';

/** An {@link EvidenceStore} on a file. */
export interface SqliteEvidenceStore extends EvidenceStore, Closeable {
  /** As that of `SqliteEventStore`. */
  readonly backup: (file: string) => TaskEither<StoreFault, void>;
  /** As that of `SqliteEventStore`. */
  readonly verify: () => TaskEither<StoreFault, void>;
  /** What is kept, in the order of the hashes, beginning after one of them; fewer than `limit` are the last. */
  readonly list: (
    after: string | undefined,
    limit: number,
  ) => TaskEither<StoreFault, ReadonlyArray<KeptEvidence>>;
}

/** One kept text with the hash that it is kept by. */
export interface KeptEvidence {
  readonly hash: string;
  readonly subject: string;
  readonly sealed: string;
}

/** How an evidence store's file is recognised. */
export const evidenceStoreKind: FileKind = {
  name: 'evidence store',
  applicationId: 0x4d_44_65_64,
  schemaVersion: 1,
  schema: `
    CREATE TABLE evidence (
      hash TEXT NOT NULL PRIMARY KEY,
      subject TEXT NOT NULL,
      sealed TEXT NOT NULL
    ) STRICT`,
};

const storeOver = ({ db, reading, writing, backup, verify, close }: SqliteFile): SqliteEvidenceStore => {
  const insert = db.prepare<[string, string, string]>(
    'INSERT INTO evidence (hash, subject, sealed) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING',
  );
  const find = db.prepare<[string], { readonly subject: string; readonly sealed: string }>(
    'SELECT subject, sealed FROM evidence WHERE hash = ?',
  );
  const list = db.prepare<[string, number], KeptEvidence>(
    'SELECT hash, subject, sealed FROM evidence WHERE hash > ? ORDER BY hash LIMIT ?',
  );
  return {
    list: (after, limit) => reading(() => list.all(after ?? '', pageLimit(limit))),
    put: (hash, subject, sealed) =>
      writing(() => {
        insert.run(hash, subject, sealed);
      }),
    get: (hash) => reading(() => find.get(hash)),
    backup,
    verify,
    close,
  };
};

/** Opens or makes an evidence store in a file; faults as of `sqliteEventStore`. */
export const sqliteEvidenceStore = (options: SqliteOptions): TaskEither<StoreFault, SqliteEvidenceStore> =>
  openAdapter(options, evidenceStoreKind, storeOver);
