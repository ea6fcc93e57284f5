/**
 * A copy of a register in use, in a folder that gets its name when all of it is there.
 *
 * @packageDocumentation
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openSqliteAdapters } from '@mandate/adapters-eventstore';
import * as E from 'fp-ts/lib/Either.js';
import { type CliFault, cliFault, fromFileError, fromStoreFault, fromVaultFault } from '../fault.js';
import { nameDirectory, partialOf, sweep, sync } from '../transfer/place.js';

/** The files of a backup, in the order in which they are copied: events first. */
export const backupFiles = ['events.db', 'evidence.db', 'vault.db'] as const;

/** Copies events, then evidence and keys, while they are in use. `TARGET_EXISTS` where `to` is there. */
export const backupRegister = async (settings: {
  readonly from: string;
  readonly to: string;
  readonly secret: Uint8Array;
}): Promise<E.Either<CliFault, void>> => {
  const { from, to, secret } = settings;
  if (existsSync(to)) return E.left(cliFault('TARGET_EXISTS', to));
  const partial = partialOf(to);
  try {
    await sweep(to);
    const opened = await openSqliteAdapters({ directory: from, secret })();
    const told = (fault: Parameters<typeof fromStoreFault>[0] | Parameters<typeof fromVaultFault>[0]) =>
      fault._tag === 'StoreFault' ? fromStoreFault(fault) : fromVaultFault(fault);
    if (E.isLeft(opened)) return E.left(told(opened.left));
    const copied = await opened.right.backup(partial)();
    await opened.right.close();
    if (E.isLeft(copied)) return E.left(told(copied.left));
    for (const name of backupFiles) await sync(join(partial, name));
    await sync(partial);
    return (await nameDirectory(partial, to)) ? E.right(undefined) : E.left(cliFault('TARGET_EXISTS', to));
  } catch (error) {
    return E.left(fromFileError(error));
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
};
