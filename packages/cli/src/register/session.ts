/**
 * Opening for a command, and closing whatever was opened when it is over.
 *
 * @packageDocumentation
 */
import type { EvidenceStore, KeyVault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { Given } from '../command.js';
import type { CliFault } from '../fault.js';
import type { EvidenceList } from '../transfer/export.js';
import type { OpenedEvents } from './kind.js';
import { isRegisterFolder, openEvents, openEvidence, openVault, readSecret } from './open.js';

export interface OpenedRegister extends OpenedEvents {
  /** How many events there are, where that can be told. */
  readonly total: number | undefined;
  /** There where a secret was given. */
  readonly vault: KeyVault | undefined;
  /** There where it lies in the folder, or on the server. */
  readonly evidence: (EvidenceStore & EvidenceList) | undefined;
}

/**
 * Opens the register of `--from`, or of another option, and its vault where `--secret-file` is given: in the folder of `--vault`, or in that of the
 * register. All of it is closed when `work` is over. What `--from` names is only read; nothing is made.
 */
export const withRegister = async <A>(
  given: Given,
  work: (register: OpenedRegister) => Promise<E.Either<CliFault, A>>,
  option: 'from' | 'to' = 'from',
  vaultAccess: 'write' | 'read' = option === 'to' ? 'write' : 'read',
): Promise<E.Either<CliFault, A>> => {
  const from = given.needed(option);
  const secretFile = given.text('secret-file');
  const secret = secretFile === undefined ? E.right(undefined) : readSecret(secretFile);
  if (E.isLeft(secret)) return secret;
  const opened = await openEvents(from, option === 'to' ? 'write' : 'read');
  if (E.isLeft(opened)) return opened;
  const closing: Array<() => Promise<void>> = [opened.right.events.close];
  try {
    const folder = given.text('vault') ?? (isRegisterFolder(from) ? from : undefined);
    const evidence = folder === undefined ? E.right(undefined) : await openEvidence(folder, 'read');
    if (E.isLeft(evidence)) return evidence;
    if (evidence.right !== undefined) closing.push(evidence.right.close);
    const vault =
      folder === undefined || secret.right === undefined
        ? E.right(undefined)
        : await openVault(folder, secret.right, vaultAccess);
    if (E.isLeft(vault)) return vault;
    if (vault.right !== undefined) closing.push(vault.right.close);
    const counted = await opened.right.count?.()();
    const total = counted !== undefined && E.isRight(counted) ? counted.right : undefined;
    return await work({
      ...opened.right,
      total,
      vault: vault.right,
      evidence: evidence.right ?? opened.right.evidence,
    });
  } finally {
    await Promise.all(closing.map((close) => close()));
  }
};
