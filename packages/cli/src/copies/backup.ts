/**
 * A copy of a register in use, in a folder that gets its name when all of it is there.
 *
 * @packageDocumentation
 */
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoreFault, VaultFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type CliFault, cliFault, fromFault, fromFileError } from '../fault.js';
import { openEventFile, openEvidenceFile, openVault } from '../register/open.js';
import { nameDirectory, partialOf, sweep, sync } from '../transfer/place.js';

/** The files of a backup, in the order in which they are copied: events first. */
export const backupFiles = ['events.db', 'evidence.db', 'vault.db'] as const;

/** Why there is nothing to copy whole. A file that is missing is never made: the copy would pass for one of a whole register. */
const lacking = (from: string): CliFault | undefined => {
  const missing = backupFiles.map((name) => join(from, name)).filter((file) => !existsSync(file));
  if (missing.length === 0) return undefined;
  const isNone = missing.includes(join(from, 'events.db'));
  return cliFault(isNone ? 'REGISTER_NOT_FOUND' : 'REGISTER_NOT_WHOLE', `${missing.join(', ')}: not there`);
};

/** What is opened to be copied. */
interface Source {
  readonly backup: (file: string) => TaskEither<StoreFault | VaultFault, void>;
  readonly close: () => Promise<void>;
}

/** Opens all of it to be read, so that a wrong secret is told before anything is copied; then copies one after the other. */
const copyFiles = async (from: string, secret: Uint8Array, to: string): Promise<E.Either<CliFault, void>> => {
  const sources: Array<Source> = [];
  try {
    for (const open of [
      () => openEventFile(from, 'read'),
      () => openEvidenceFile(from, 'read'),
      () => openVault(from, secret, 'read'),
    ]) {
      const opened: E.Either<CliFault, Source> = await open();
      if (E.isLeft(opened)) return opened;
      sources.push(opened.right);
    }
    for (const [index, name] of backupFiles.entries()) {
      const copied = await (sources[index]?.backup(join(to, name))() ?? E.right(undefined));
      if (E.isLeft(copied)) {
        const { code, detail } = fromFault(copied.left);
        return E.left(cliFault(code, `${join(from, name)}: ${detail}`));
      }
      await sync(join(to, name));
    }
    return E.right(undefined);
  } finally {
    await Promise.all(sources.map(({ close }) => close()));
  }
};

/**
 * Copies events, then evidence and keys, while they are in use. `TARGET_EXISTS` where `to` is there; `REGISTER_NOT_WHOLE`
 * where a file is missing.
 */
export const backupRegister = async (settings: {
  readonly from: string;
  readonly to: string;
  readonly secret: Uint8Array;
}): Promise<E.Either<CliFault, void>> => {
  const { from, to, secret } = settings;
  if (existsSync(to)) return E.left(cliFault('TARGET_EXISTS', to));
  const missing = lacking(from);
  if (missing !== undefined) return E.left(missing);
  const partial = partialOf(to);
  try {
    await sweep(to);
    await mkdir(partial, { mode: 0o700 });
    const copied = await copyFiles(from, secret, partial);
    if (E.isLeft(copied)) return copied;
    await sync(partial);
    return (await nameDirectory(partial, to)) ? E.right(undefined) : E.left(cliFault('TARGET_EXISTS', to));
  } catch (error) {
    return E.left(fromFileError(error));
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
};
