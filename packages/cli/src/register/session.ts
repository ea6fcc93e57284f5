/**
 * Opening for a command, and closing whatever was opened when it is over.
 *
 * @packageDocumentation
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EvidenceStore, KeyVault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { Given } from '../command.js';
import type { CliFault } from '../fault.js';
import type { EvidenceList } from '../transfer/export.js';
import type { FileCheck } from '../verify/verify.js';
import type { OpenedEvents } from './kind.js';
import {
  fileCheck,
  isRegisterFolder,
  noEvidence,
  openEvents,
  openEvidenceFile,
  openVault,
  readSecret,
} from './open.js';

export interface OpenedRegister extends OpenedEvents {
  /** How many events there are, where that can be told. */
  readonly total: number | undefined;
  /** There where a secret was given. */
  readonly vault: KeyVault | undefined;
  /** There where it lies in the folder, or on the server; empty where the folder lacks it. */
  readonly evidence: (EvidenceStore & EvidenceList) | undefined;
  /** Checks of the files of keys and evidence; that of one which cannot be opened tells why. */
  readonly files: ReadonlyArray<FileCheck>;
}

/** How a command opens a register. */
export interface RegisterSettings {
  /** The option that names it; what `from` names is only read. @defaultValue `from` */
  readonly option?: 'from' | 'to';
  /** @defaultValue as the events */
  readonly vault?: 'write' | 'read';
  /** True goes on without the keys where their file is damaged, which `files` tells. */
  readonly evenDamaged?: boolean;
}

type Closing = Array<() => Promise<void>>;
type Files = Array<FileCheck>;

const isDamage = (fault: CliFault): boolean => fault.code === 'REGISTER_DAMAGED';

/** The evidence in the first of the folders that has some. A damaged one is left to whoever asks for it in `files`. */
const evidenceOf = async (
  folders: ReadonlyArray<string>,
  closing: Closing,
  files: Files,
): Promise<E.Either<CliFault, (EvidenceStore & EvidenceList) | 'damaged' | undefined>> => {
  const folder = folders.find((each) => existsSync(join(each, 'evidence.db')));
  if (folder === undefined) return E.right(undefined);
  const opened = await openEvidenceFile(folder, 'read');
  if (E.isRight(opened)) {
    closing.push(opened.right.close);
    files.push(fileCheck(join(folder, 'evidence.db'), opened.right.verify));
    return opened;
  }
  if (!isDamage(opened.left)) return opened;
  files.push(async () => opened);
  return E.right('damaged');
};

const vaultOf = async (
  folder: string,
  secret: Uint8Array,
  access: 'write' | 'read',
  closing: Closing,
  files: Files,
): Promise<E.Either<CliFault, KeyVault>> => {
  const opened = await openVault(folder, secret, access);
  if (E.isRight(opened)) {
    closing.push(opened.right.close);
    files.push(fileCheck(join(folder, 'vault.db'), opened.right.verify));
  } else if (isDamage(opened.left)) {
    files.push(async () => opened);
  }
  return opened;
};

/**
 * Opens the register of `--from`, or of another option, and its vault where `--secret-file` is given: in the folder of
 * `--vault`, or in that of the register. All of it is closed when `work` is over, and nothing is made.
 */
export const withRegister = async <A>(
  given: Given,
  work: (register: OpenedRegister) => Promise<E.Either<CliFault, A>>,
  settings: RegisterSettings = {},
): Promise<E.Either<CliFault, A>> => {
  const { option = 'from', evenDamaged = false } = settings;
  const access = option === 'to' ? 'write' : 'read';
  const from = given.needed(option);
  const secretFile = given.text('secret-file');
  const secret = secretFile === undefined ? E.right(undefined) : readSecret(secretFile);
  if (E.isLeft(secret)) return secret;
  const opened = await openEvents(from, access);
  if (E.isLeft(opened)) return opened;
  const closing: Closing = [opened.right.events.close];
  const files: Files = [];
  try {
    const isFolder = isRegisterFolder(from);
    const folders = [given.text('vault'), isFolder ? from : undefined].filter((each) => each !== undefined);
    const [folder] = folders;
    const evidence = await evidenceOf(folders, closing, files);
    if (E.isLeft(evidence)) return evidence;
    const vault =
      folder === undefined || secret.right === undefined
        ? E.right(undefined)
        : await vaultOf(folder, secret.right, settings.vault ?? access, closing, files);
    if (E.isLeft(vault) && !(evenDamaged && isDamage(vault.left))) return vault;
    const counted = await opened.right.count?.()();
    const total = counted !== undefined && E.isRight(counted) ? counted.right : undefined;
    const elsewhere = opened.right.evidence ?? (isFolder ? noEvidence : undefined);
    return await work({
      ...opened.right,
      total,
      vault: E.isRight(vault) ? vault.right : undefined,
      evidence: evidence.right === 'damaged' ? undefined : (evidence.right ?? elsewhere),
      files,
    });
  } finally {
    await Promise.all(closing.map((close) => close()));
  }
};
