/**
 * Where a register lies, and what of it a command opens.
 *
 * @packageDocumentation
 */
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  type SqliteEventStore,
  type SqliteEvidenceStore,
  type SqliteKeyVault,
  sqliteEventStore,
  sqliteEvidenceStore,
  sqliteKeyVault,
} from '@mandate/adapters-eventstore';
import { type EvidenceStore, type StoreFault, storeFault, type VaultFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import {
  type CliFault,
  cliFault,
  fromFault,
  fromFileError,
  fromStoreFault,
  fromVaultFault,
} from '../fault.js';
import type { EvidenceList } from '../transfer/export.js';
import type { FileCheck } from '../verify/verify.js';
import { eventStoreDbKind } from './eventstoredb.js';
import type { Access, OpenedEvents, StoreKind } from './kind.js';

const isUrl = (address: string): boolean =>
  address.startsWith('@') || /^[a-z][a-z0-9+.-]*:\/\//i.test(address);

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** The fault with the file that has it. */
const ofFile = (file: string, { code, detail }: CliFault): CliFault => cliFault(code, `${file}: ${detail}`);

/** Opens `events.db` of a folder. */
export const openEventFile = async (
  folder: string,
  access: Access,
): Promise<E.Either<CliFault, SqliteEventStore>> => {
  const file = join(folder, 'events.db');
  const opened = await sqliteEventStore({ file, access })();
  return E.isLeft(opened) ? E.left(ofFile(file, fromStoreFault(opened.left))) : opened;
};

/** Opens `evidence.db` of a folder. */
export const openEvidenceFile = async (
  folder: string,
  access: Access,
): Promise<E.Either<CliFault, SqliteEvidenceStore>> => {
  const file = join(folder, 'evidence.db');
  const opened = await sqliteEvidenceStore({ file, access })();
  return E.isLeft(opened) ? E.left(ofFile(file, fromStoreFault(opened.left))) : opened;
};

/** A folder of SQLite files, as `openSqliteAdapters` makes it. */
export const sqliteFolder: StoreKind = {
  isOwn: (address) => !isUrl(address),
  open: async (folder, access) => {
    const file = join(folder, 'events.db');
    if (access !== 'make' && !existsSync(file)) return E.left(cliFault('REGISTER_NOT_FOUND', file));
    try {
      if (access === 'make') mkdirSync(folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      return E.left(fromFileError(error));
    }
    const opened = await openEventFile(folder, access);
    if (E.isLeft(opened)) return opened;
    const { verify, count } = opened.right;
    const checkFile = TE.mapLeft(({ code, detail }: StoreFault) =>
      storeFault(code, `${join(folder, 'events.db')}: ${detail}`),
    );
    return E.right({ events: opened.right, count, checkFile: () => checkFile(verify()) });
  },
};

/** Every kind that this program knows. */
export const storeKinds: ReadonlyArray<StoreKind> = [sqliteFolder, eventStoreDbKind];

/** `@file` stands for what a file holds, so that a password is not seen among the processes of a machine. */
export const addressOf = (given: string): E.Either<CliFault, string> => {
  if (!given.startsWith('@')) return E.right(given);
  try {
    return E.right(readFileSync(given.slice(1), 'utf8').trim());
  } catch (error) {
    return E.left(fromFileError(error));
  }
};

/** Opens the events at an address. */
export const openEvents = async (
  given: string,
  access: Access,
  kinds: ReadonlyArray<StoreKind> = storeKinds,
): Promise<E.Either<CliFault, OpenedEvents>> => {
  const found = addressOf(given);
  if (E.isLeft(found)) return found;
  const address = found.right;
  const kind = kinds.find(({ isOwn }) => isOwn(address));
  // The address may hold a password: its scheme is enough to tell.
  return kind === undefined
    ? E.left(cliFault('ADDRESS_UNKNOWN', address.slice(0, address.indexOf(':'))))
    : kind.open(address, access);
};

/** True where the address is a folder in which evidence and keys lie beside the events. */
export const isRegisterFolder = (address: string): boolean => !isUrl(address);

/** Opens `evidence.db` of a folder; `undefined` where there is none and none may be made. */
export const openEvidence = async (
  folder: string,
  access: Access,
): Promise<E.Either<CliFault, SqliteEvidenceStore | undefined>> => {
  const file = join(folder, 'evidence.db');
  if (access !== 'make' && !existsSync(file)) return E.right(undefined);
  try {
    if (access === 'make' && !isFolder(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    return E.left(fromFileError(error));
  }
  return openEvidenceFile(folder, access);
};

/** Opens `vault.db` of a folder. */
export const openVault = async (
  folder: string,
  secret: Uint8Array,
  access: Exclude<Access, 'make'>,
): Promise<E.Either<CliFault, SqliteKeyVault>> => {
  const file = join(folder, 'vault.db');
  if (!existsSync(file)) return E.left(cliFault('REGISTER_NOT_WHOLE', `${file} is not there`));
  const opened = await sqliteKeyVault({ file, secret, access })();
  return E.isLeft(opened) ? E.left(ofFile(file, fromVaultFault(opened.left))) : opened;
};

/** Checks a whole file; the fault names it. */
export const fileCheck =
  (file: string, verify: () => TaskEither<StoreFault | VaultFault, void>): FileCheck =>
  async () =>
    E.mapLeft((fault: StoreFault | VaultFault) => ofFile(file, fromFault(fault)))(await verify()());

/** The evidence of a register in whose folder there is none: nothing that an event names is there. */
export const noEvidence: EvidenceStore & EvidenceList = {
  put: () => TE.left(storeFault('STORE_UNAVAILABLE', 'there is no evidence.db')),
  get: () => TE.right(undefined),
  list: () => TE.right([]),
};

const hexDigits = /^(?:[0-9a-f]{2}){32,}$/i;

/** Reads the portal's secret: 64 hex digits or more, and white space around them. */
export const readSecret = (file: string): E.Either<CliFault, Uint8Array> => {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return hexDigits.test(text)
      ? E.right(new Uint8Array(Buffer.from(text, 'hex')))
      : E.left(cliFault('SECRET_INVALID', file));
  } catch {
    return E.left(cliFault('SECRET_INVALID', file));
  }
};
