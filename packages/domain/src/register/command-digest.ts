/**
 * What a command is called: for the card that signs it, and in history (docs/decisions/0042-a-command-that-is-signed.md).
 *
 * @packageDocumentation
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Sha256 } from '../ports/clock.js';
import type { KeyVault, Pseudonym, VaultFault } from '../ports/key-vault.js';
import { canonicalJson } from './canonical.js';

/**
 * SHA-256 of a command's canonical JSON (RFC 8785), in lower-case hex: change a field and it is another command. The
 * confirmation is left out, which is a secret between screen and register, and never one that an auditor has. The values
 * are those that the register has read, each in its one spelling.
 */
export const commandDigest = (sha256: Sha256, command: Readonly<Record<string, unknown>>): string => {
  const { confirmation: _secret, ...told } = command;
  return sha256(canonicalJson(told));
};

/**
 * The `commandDigest` of events: a pseudonym of the digest together with the hash of the confirmation (`null` for staff).
 * Events have more readers than evidence has, and a plain digest lets whoever guesses what was typed know that the guess
 * is right. The hash makes a retry one of the same sitting.
 */
export const recordedDigest = (
  vault: KeyVault,
  digest: string,
  confirmation: string | null,
): TaskEither<VaultFault, Pseudonym> => vault.pseudonym('command', canonicalJson({ confirmation, digest }));
