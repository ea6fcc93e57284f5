/**
 * How a key vault lies in its file, and how a key is made to be there no more.
 *
 * A key's place is overwritten where it lies and its row stays: rows never move, so no copy of a key can be left
 * behind in a page that SQLite once reorganised.
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
      subject TEXT NOT NULL UNIQUE,
      key_id TEXT NOT NULL,
      wrapped BLOB NOT NULL CHECK (length(wrapped) = ${wrappedLength})
    ) STRICT`,
};

/** A key as the file holds it. */
export interface WrappedKey {
  readonly keyId: string;
  readonly wrapped: Buffer;
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
  readonly find: (subject: SubjectId) => WrappedKey | undefined;
  /** Adds a key where the subject has none. */
  readonly add: (subject: SubjectId, key: WrappedKey) => void;
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
  const find = db.prepare<[string, Buffer, Buffer], WrappedKey>(
    'SELECT key_id AS keyId, wrapped FROM keys WHERE subject = ? AND wrapped NOT IN (?, ?)',
  );
  const add = db.prepare<[string, string, Buffer, Buffer, Buffer]>(
    `INSERT INTO keys (subject, key_id, wrapped) VALUES (?, ?, ?)
     ON CONFLICT (subject) DO UPDATE SET key_id = excluded.key_id, wrapped = excluded.wrapped
     WHERE wrapped IN (?, ?)`,
  );
  const overwrite = db.prepare<[Buffer, string, string, Buffer]>(
    'UPDATE keys SET wrapped = ? WHERE subject = ? AND key_id = ? AND wrapped <> ?',
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
    find: (subject) => find.get(subject, forgetting, forgotten),
    add: (subject, key) => {
      add.run(subject, key.keyId, key.wrapped, forgetting, forgotten);
    },
    forget: (subject, keyId) => overwrite.run(forgetting, subject, keyId, forgotten).changes === 1,
    forgotten: (subject, keyId) => {
      finish.run(forgotten, subject, keyId, forgetting);
    },
    emptyLog: () => db.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0,
    version: () => version.get(),
  };
};
