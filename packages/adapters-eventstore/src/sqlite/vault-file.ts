/**
 * How a key vault lies in its file, and how a key is made to be there no more.
 *
 * A key's place is overwritten where it lies and its row stays, of the same length: rows never move, so no copy of a
 * key can be left behind in a page that SQLite once reorganised.
 *
 * @packageDocumentation
 */
import type { SubjectId } from '@mandate/domain';
import type { Database } from 'better-sqlite3';
import type { FileKind } from './open.js';

/** Bytes of a wrapped key: iv 12, key 32, tag 16. */
export const wrappedLength = 60;

// Both are as long as a wrapped key, so that they are written over it in place.
const forgetting = Buffer.alloc(wrappedLength, 0xff);
const forgotten = Buffer.alloc(wrappedLength, 0x00);

/** How a key vault's file is recognised. */
export const keyVaultKind: FileKind = {
  name: 'key vault',
  applicationId: 0x4d_44_6b_76,
  schemaVersion: 1,
  secureDelete: true,
  schema: `
    CREATE TABLE secret (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      salt BLOB NOT NULL,
      check_value BLOB NOT NULL
    ) STRICT;
    CREATE TABLE keys (
      number INTEGER PRIMARY KEY,
      subject TEXT NOT NULL,
      key_id TEXT NOT NULL,
      retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
      wrapped BLOB NOT NULL CHECK (length(wrapped) = ${wrappedLength}),
      UNIQUE (subject, key_id)
    ) STRICT;
    CREATE UNIQUE INDEX keys_in_use ON keys (subject) WHERE retired = 0`,
};

/** A key as the file holds it. */
export interface WrappedKey {
  readonly keyId: string;
  readonly wrapped: Buffer;
}

/** A key of a subject, found by its id. */
export interface FoundKey extends WrappedKey {
  /** 1 where it is out of use. */
  readonly retired: 0 | 1;
}

/** What the file knows of its secret. */
export interface SecretRow {
  readonly salt: Buffer;
  readonly checkValue: Buffer;
}

/** Reads and writes of a vault's file; the writes are for the inside of a transaction. */
export interface VaultFile {
  readonly secret: () => SecretRow | undefined;
  readonly addSecret: (row: SecretRow) => void;
  /** The key that the subject seals with. */
  readonly inUse: (subject: SubjectId) => WrappedKey | undefined;
  /** The subject's key of this id, in use or retired. */
  readonly find: (subject: SubjectId, keyId: string) => FoundKey | undefined;
  /** Ids of the subject's keys that were retired and not deleted, in the order in which they were made. */
  readonly retired: (subject: SubjectId) => ReadonlyArray<string>;
  /** Adds a key where the subject has none in use. */
  readonly add: (subject: SubjectId, key: WrappedKey) => void;
  /** Takes the key of this id out of use. False when the subject has none of it. */
  readonly retire: (subject: SubjectId, keyId: string) => boolean;
  /** Overwrites the key of this id. False when the subject has none of it; true again until {@link VaultFile.forgotten} was told. */
  readonly forget: (subject: SubjectId, keyId: string) => boolean;
  readonly forgotten: (subject: SubjectId, keyId: string) => void;
  /** Brings the write-ahead log into the file and empties it. False when a reader of an older state is in the way. */
  readonly emptyLog: () => boolean;
  /** Changes when another connection has written. */
  readonly version: () => number | undefined;
}

/** Prepares {@link VaultFile} on an open database. */
export const vaultFileOver = (db: Database): VaultFile => {
  const secret = db.prepare<[], SecretRow>('SELECT salt, check_value AS checkValue FROM secret');
  const addSecret = db.prepare<[Buffer, Buffer]>(
    'INSERT INTO secret (one, salt, check_value) VALUES (1, ?, ?) ON CONFLICT (one) DO NOTHING',
  );
  const inUse = db.prepare<[string], WrappedKey>(
    'SELECT key_id AS keyId, wrapped FROM keys WHERE subject = ? AND retired = 0',
  );
  const find = db.prepare<[string, string, Buffer, Buffer], FoundKey>(
    `SELECT key_id AS keyId, wrapped, retired FROM keys
     WHERE subject = ? AND key_id = ? AND wrapped NOT IN (?, ?)`,
  );
  const retired = db
    .prepare<[string, Buffer, Buffer], string>(
      'SELECT key_id FROM keys WHERE subject = ? AND retired = 1 AND wrapped NOT IN (?, ?) ORDER BY number',
    )
    .pluck();
  const add = db.prepare<[string, string, Buffer]>(
    'INSERT INTO keys (subject, key_id, wrapped) VALUES (?, ?, ?)',
  );
  const retire = db.prepare<[string, string, Buffer, Buffer]>(
    'UPDATE keys SET retired = 1 WHERE subject = ? AND key_id = ? AND wrapped NOT IN (?, ?)',
  );
  const overwrite = db.prepare<[Buffer, string, string, Buffer]>(
    'UPDATE keys SET retired = 1, wrapped = ? WHERE subject = ? AND key_id = ? AND wrapped <> ?',
  );
  const finish = db.prepare<[Buffer, string, string, Buffer]>(
    'UPDATE keys SET wrapped = ? WHERE subject = ? AND key_id = ? AND wrapped = ?',
  );
  const version = db.prepare<[], number>('PRAGMA data_version').pluck();
  return {
    secret: () => secret.get(),
    addSecret: (row) => {
      addSecret.run(row.salt, row.checkValue);
    },
    inUse: (subject) => inUse.get(subject),
    find: (subject, keyId) => find.get(subject, keyId, forgetting, forgotten),
    retired: (subject) => retired.all(subject, forgetting, forgotten),
    add: (subject, key) => {
      add.run(subject, key.keyId, key.wrapped);
    },
    retire: (subject, keyId) => retire.run(subject, keyId, forgetting, forgotten).changes === 1,
    forget: (subject, keyId) => overwrite.run(forgetting, subject, keyId, forgotten).changes === 1,
    forgotten: (subject, keyId) => {
      finish.run(forgotten, subject, keyId, forgetting);
    },
    emptyLog: () => db.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0,
    version: () => version.get(),
  };
};
