/**
 * A key vault in one SQLite file.
 *
 * Subjects' keys are wrapped (AES-256-GCM) under a key that is derived from the portal's secret and a salt of
 * the file, so the file alone opens nothing. A forgotten key is overwritten, and the write-ahead log that may
 * still hold it is emptied before `forget` answers.
 *
 * @packageDocumentation
 */
import { createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type KeyVault, type StoreFault, type SubjectId, type VaultFault, vaultFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Closeable } from '../closeable.js';
import { decrypt, encrypt, ivLength } from '../vault/sealed-text.js';
import { type DerivedSecrets, deriveSecrets } from '../vault/secret.js';
import {
  newSubjectKey,
  openWith,
  type RandomBytes,
  type SubjectKey,
  sealWith,
  systemRandom,
} from '../vault/subject-key.js';
import { type SqliteFile, sqliteFile } from './adapter.js';
import { closedFault, damagedKey, toFault, toOpeningFault } from './faults.js';
import { oncePerTurn } from './once-per-turn.js';
import { defaultBusyTimeout, openDatabase, type SqliteOptions } from './open.js';
import { keyVaultKind, type VaultFile, vaultFileOver, type WrappedKey } from './vault-file.js';
import { versionedCache } from './versioned-cache.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Options of {@link sqliteKeyVault}. */
export interface SqliteKeyVaultOptions extends SqliteOptions {
  /** The portal's secret, at least 32 bytes drawn at random; kept apart from the file and from its backups. */
  readonly secret: Uint8Array;
  /** How many subjects' keys are kept unwrapped in memory. @defaultValue 10000 */
  readonly cachedKeys?: number;
  /** Random bytes for tests that need the same ones twice; never give it in a portal. */
  readonly random?: RandomBytes;
}

/** A {@link KeyVault} on a file. */
export interface SqliteKeyVault extends KeyVault, Closeable {
  /** As that of `SqliteEventStore`. The copy keeps the keys that it was made with: its retention is the limit of forgetting. */
  readonly backup: (file: string) => TaskEither<VaultFault, void>;
  /** As that of `SqliteEventStore`; the detail tells what is damaged. */
  readonly verify: () => TaskEither<VaultFault, void>;
}

interface Vault {
  readonly file: SqliteFile;
  readonly keys: VaultFile;
  readonly secrets: DerivedSecrets;
  readonly wrappingKey: KeyObject;
  readonly random: RandomBytes;
}

const unavailable = (detail: string): VaultFault => vaultFault('VAULT_UNAVAILABLE', detail);
const asVaultFault = ({ code, detail }: StoreFault): VaultFault =>
  vaultFault(code === 'STORE_CORRUPT' ? 'VAULT_CORRUPT' : 'VAULT_UNAVAILABLE', `${code}: ${detail}`);
const pauseWhenBusy = 10;

// -------------------------------------------------------------------------------------
// opening
// -------------------------------------------------------------------------------------

/** Compares the secret with the one that the file was made with; a new file takes it. */
const wrappingKeyOf = (
  file: SqliteFile,
  keys: VaultFile,
  secrets: DerivedSecrets,
  random: RandomBytes,
): KeyObject | undefined => {
  if (keys.secret() === undefined) {
    const salt = Buffer.from(random(32));
    file.db.transaction(() => keys.addSecret({ salt, checkValue: secrets.checkValue(salt) })).immediate();
  }
  const row = keys.secret();
  if (row === undefined) return undefined;
  const expected = secrets.checkValue(row.salt);
  return row.checkValue.length === expected.length && timingSafeEqual(row.checkValue, expected)
    ? secrets.keyEncryptionKey(row.salt)
    : undefined;
};

/**
 * Opens or makes a key vault in a file.
 *
 * `VAULT_UNAVAILABLE` when the secret is too short or not the one that the file was made with, or when the file cannot be
 * opened; `VAULT_CORRUPT` when it is no key vault, or damaged. The detail says which.
 */
export const sqliteKeyVault =
  (options: SqliteKeyVaultOptions): TaskEither<VaultFault, SqliteKeyVault> =>
  async () => {
    const secrets = deriveSecrets(options.secret);
    if (E.isLeft(secrets)) return secrets;
    const db = openDatabase(options, keyVaultKind);
    if (E.isLeft(db)) return E.left(asVaultFault(db.left));
    try {
      const random = options.random ?? systemRandom;
      const file = sqliteFile(db.right, options);
      const keys = vaultFileOver(db.right);
      const lost = options.access !== undefined && options.access !== 'make' && keys.secret() === undefined;
      if (lost) {
        db.right.close();
        return E.left(
          vaultFault('VAULT_CORRUPT', 'the vault does not know any more with which secret it was made'),
        );
      }
      const wrappingKey = wrappingKeyOf(file, keys, secrets.right, random);
      if (wrappingKey === undefined) {
        db.right.close();
        return E.left(unavailable('the secret is not the one that this vault was made with'));
      }
      return E.right(vaultOver({ file, keys, secrets: secrets.right, wrappingKey, random }, options));
    } catch (error) {
      db.right.close();
      return E.left(asVaultFault(toOpeningFault(error)));
    }
  };

// -------------------------------------------------------------------------------------
// keys
// -------------------------------------------------------------------------------------

const wrappingAad = (subject: SubjectId, keyId: string): string => `${keyId}.${subject}`;

const unwrap = (vault: Vault, subject: SubjectId, row: WrappedKey | undefined): SubjectKey | undefined => {
  if (row === undefined) return undefined;
  const key = decrypt(vault.wrappingKey, wrappingAad(subject, row.keyId), row.wrapped);
  if (key === undefined) throw damagedKey;
  return { id: row.keyId, key: createSecretKey(key) };
};

const keyInUse = (vault: Vault, subject: SubjectId): SubjectKey | undefined =>
  unwrap(vault, subject, vault.keys.inUse(subject));

/** Makes the subject a key when none is in use; for the inside of a transaction. */
const ensureKey = (vault: Vault, subject: SubjectId): SubjectKey => {
  const known = keyInUse(vault, subject);
  if (known !== undefined) return known;
  const made = newSubjectKey(vault.secrets, subject, vault.random);
  const iv = vault.random(ivLength);
  const wrapped = encrypt(vault.wrappingKey, iv, wrappingAad(subject, made.id), made.key.export());
  vault.keys.add(subject, { keyId: made.id, wrapped });
  return made;
};

// -------------------------------------------------------------------------------------
// vault
// -------------------------------------------------------------------------------------

const vaultOver = (vault: Vault, options: SqliteKeyVaultOptions): SqliteKeyVault => {
  const { file, keys, secrets, random } = vault;
  // Another process that writes may have forgotten somebody.
  const cache = versionedCache<SubjectId, SubjectKey>(
    options.cachedKeys ?? 10_000,
    oncePerTurn(keys.version),
  );
  const patience = options.busyTimeoutMilliseconds ?? defaultBusyTimeout;

  const lookUp = (subject: SubjectId): SubjectKey | undefined =>
    cache.get(subject) ?? cache.put(subject, keyInUse(vault, subject));

  const find =
    (subject: SubjectId) =>
    (keyId: string): SubjectKey | undefined => {
      const cached = cache.get(subject);
      if (cached?.id === keyId) return cached;
      const row = keys.find(subject, keyId);
      const key = unwrap(vault, subject, row);
      // Retired keys wait for their end, and are not kept where the one in use has its place.
      return row?.retired === 0 ? cache.put(subject, key) : key;
    };

  const using =
    <A>(work: () => Promise<E.Either<VaultFault, A>> | E.Either<VaultFault, A>): TaskEither<VaultFault, A> =>
    async () => {
      if (file.isClosed()) return E.left(asVaultFault(closedFault));
      try {
        const answer = work();
        return answer instanceof Promise ? await answer : answer;
      } catch (error) {
        return E.left(asVaultFault(toFault(error)));
      }
    };

  const writing = async <A>(work: () => A): Promise<E.Either<VaultFault, A>> =>
    E.mapLeft(asVaultFault)(await file.writing(work)());

  const seal = async (
    subject: SubjectId,
    aad: string,
    plain: string,
  ): Promise<E.Either<VaultFault, string>> => {
    const known = lookUp(subject);
    if (known !== undefined) return E.right(sealWith(known, random, aad, plain));
    // Not put into the cache: by the time this goes on, the subject may have been forgotten again.
    const made = await writing(() => ensureKey(vault, subject));
    return E.map((key: SubjectKey) => sealWith(key, random, aad, plain))(made);
  };

  const retire = (subject: SubjectId, keyId: string): Promise<E.Either<VaultFault, boolean>> =>
    writing(() => {
      cache.drop(subject);
      return keys.retire(subject, keyId);
    });

  const emptyLog = async (): Promise<boolean> => {
    for (const since = performance.now(); performance.now() - since < patience; await pause(pauseWhenBusy)) {
      if (keys.emptyLog()) return true;
    }
    return false;
  };

  const forget = async (subject: SubjectId, keyId: string): Promise<E.Either<VaultFault, boolean>> => {
    const overwritten = await writing(() => {
      cache.drop(subject);
      return keys.forget(subject, keyId);
    });
    if (E.isLeft(overwritten) || !overwritten.right) return overwritten;
    if (!(await emptyLog())) {
      const detail = 'the key is out of use, but a reader holds an older state of the file; forget again';
      return E.left(unavailable(detail));
    }
    return E.map(() => true)(await writing(() => keys.forgotten(subject, keyId)));
  };

  return {
    pseudonym: (kind, value) => using(() => E.right(secrets.pseudonym(kind, value))),
    seal: (subject, aad, plain) => using(() => seal(subject, aad, plain)),
    open: (subject, aad, sealed) => using(() => openWith(secrets, subject, find(subject), aad, sealed)),
    keyOf: (subject) => using(() => E.right(lookUp(subject)?.id)),
    retiredKeysOf: (subject) => using(() => E.right(keys.retired(subject))),
    retire: (subject, keyId) => using(() => retire(subject, keyId)),
    forget: (subject, keyId) => using(() => forget(subject, keyId)),
    backup: (copy) => using(async () => E.mapLeft(asVaultFault)(await file.backup(copy)())),
    verify: () => using(async () => E.mapLeft(asVaultFault)(await file.verify()())),
    close: file.close,
  };
};
