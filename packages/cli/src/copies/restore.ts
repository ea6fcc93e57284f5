/**
 * A backup brought back: copied, verified whole, forgettings carried out again, and only then given its name.
 *
 * @packageDocumentation
 */
import { constants, existsSync, statSync } from 'node:fs';
import { chmod, copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  nodeSha256,
  type SqliteKeyVault,
  sqliteEventStore,
  sqliteEvidenceStore,
  sqliteKeyVault,
} from '@mandate/adapters-eventstore';
import type { Reapplied } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type CliFault, cliFault, fromFileError, fromStoreFault, fromVaultFault } from '../fault.js';
import { fileCheck } from '../register/open.js';
import { nameDirectory, partialOf, sweep, sync } from '../transfer/place.js';
import { type Verified, verifyRegister } from '../verify/verify.js';
import { backupFiles } from './backup.js';
import { reapplyForgettings, sumOf } from './forgettings.js';

export interface RestoreSettings {
  readonly from: string;
  readonly to: string;
  /** Without it the vault is copied and not opened: nothing sealed is tried, no forgetting carried out again. */
  readonly secret: Uint8Array | undefined;
  /** True restores although something was found wrong. */
  readonly acceptFindings: boolean;
  readonly onEvent?: ((done: number) => void) | undefined;
}

export interface Restored {
  readonly verified: Verified;
  /** What was forgotten again, over all portals; `undefined` without the secret. */
  readonly reapplied: Reapplied | undefined;
}

/** Why the folder is not one that `backup` made. */
const wrongBackup = (from: string): CliFault | undefined => {
  for (const name of backupFiles) {
    const file = join(from, name);
    if (!existsSync(file)) return cliFault('BACKUP_NOT_WHOLE', `${file} is not there`);
    const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
    if (log !== undefined && log.size > 0)
      return cliFault('BACKUP_NOT_WHOLE', `${file}-wal: the folder is in use`);
  }
  return undefined;
};

const copyFiles = async (from: string, to: string): Promise<void> => {
  await mkdir(to, { mode: 0o700 });
  for (const name of backupFiles) {
    const copy = join(to, name);
    await copyFile(join(from, name), copy, constants.COPYFILE_EXCL);
    await chmod(copy, 0o600);
  }
};

const verifyCopy = async (
  folder: string,
  settings: RestoreSettings,
): Promise<E.Either<CliFault, Restored>> => {
  const closing: Array<() => Promise<void>> = [];
  const events = await sqliteEventStore({ file: join(folder, 'events.db'), access: 'write' })();
  if (E.isLeft(events)) return E.left(fromStoreFault(events.left));
  closing.push(events.right.close);
  try {
    const evidence = await sqliteEvidenceStore({ file: join(folder, 'evidence.db'), access: 'write' })();
    if (E.isLeft(evidence)) return E.left(fromStoreFault(evidence.left));
    closing.push(evidence.right.close);
    const files = [fileCheck('evidence.db', evidence.right.verify)];
    let vault: SqliteKeyVault | undefined;
    if (settings.secret !== undefined) {
      const file = join(folder, 'vault.db');
      const opened = await sqliteKeyVault({ file, secret: settings.secret, access: 'write' })();
      if (E.isLeft(opened)) return E.left(fromVaultFault(opened.left));
      vault = opened.right;
      closing.push(vault.close);
      files.push(fileCheck('vault.db', vault.verify));
    }
    const store = events.right;
    const verified = await verifyRegister({
      events: store,
      sha256: nodeSha256,
      checkFile: store.verify,
      files,
      vault,
      evidence: evidence.right,
      onEvent: settings.onEvent,
    });
    if (E.isLeft(verified)) return verified;
    const [finding] = verified.right.findings;
    if (finding !== undefined && !settings.acceptFindings) {
      const place = finding.stream === null ? '' : ` ${finding.stream}@${finding.revision}`;
      return E.left(cliFault('REGISTER_DAMAGED', `${finding.code}${place}: ${finding.detail}`));
    }
    if (vault === undefined) return E.right({ verified: verified.right, reapplied: undefined });
    const { portals } = verified.right;
    const again = await reapplyForgettings({ events: store, vault, portals });
    if (E.isLeft(again)) return again;
    return E.right({ verified: verified.right, reapplied: sumOf(again.right) });
  } finally {
    await Promise.all(closing.map((close) => close()));
  }
};

/** Restores into a folder that is not there yet. The backup is only read. */
export const restoreRegister = async (settings: RestoreSettings): Promise<E.Either<CliFault, Restored>> => {
  const { from, to } = settings;
  if (existsSync(to)) return E.left(cliFault('TARGET_EXISTS', to));
  const wrong = wrongBackup(from);
  if (wrong !== undefined) return E.left(wrong);
  const partial = partialOf(to);
  try {
    await sweep(to);
    await copyFiles(from, partial);
    const verified = await verifyCopy(partial, settings);
    if (E.isLeft(verified)) return verified;
    for (const name of backupFiles) await sync(join(partial, name));
    await sync(partial);
    return (await nameDirectory(partial, to)) ? verified : E.left(cliFault('TARGET_EXISTS', to));
  } catch (error) {
    return E.left(fromFileError(error));
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
};
