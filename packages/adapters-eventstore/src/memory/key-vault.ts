/**
 * A key vault in memory: for tests, demonstrations and prototypes.
 *
 * @packageDocumentation
 */
import type { KeyVault, SubjectId, VaultFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type DerivedSecrets, deriveSecrets } from '../vault/secret.js';
import {
  newSubjectKey,
  openWith,
  type RandomBytes,
  type SubjectKey,
  sealWith,
  systemRandom,
} from '../vault/subject-key.js';

/** Options of {@link memoryKeyVault}. */
export interface MemoryKeyVaultOptions {
  /** The portal's secret, at least 32 bytes; with a shorter one every call answers `VAULT_UNAVAILABLE`. */
  readonly secret: Uint8Array;
  /** Random bytes for tests that need the same ones twice; never give it in a portal. */
  readonly random?: RandomBytes;
}

/** Makes an empty {@link KeyVault} that lives as long as the process; AES-256-GCM and HMAC-SHA-256. */
export const memoryKeyVault = (options: MemoryKeyVaultOptions): KeyVault => {
  const derived = deriveSecrets(options.secret);
  const random = options.random ?? systemRandom;
  const keys = new Map<SubjectId, SubjectKey>();

  const using =
    <A>(work: (secrets: DerivedSecrets) => E.Either<VaultFault, A>): TaskEither<VaultFault, A> =>
    async () =>
      E.isLeft(derived) ? derived : work(derived.right);

  const keyFor = (secrets: DerivedSecrets, subject: SubjectId): SubjectKey => {
    const known = keys.get(subject);
    if (known !== undefined) return known;
    const made = newSubjectKey(secrets, subject, random);
    keys.set(subject, made);
    return made;
  };

  return {
    pseudonym: (kind, value) => using((secrets) => E.right(secrets.pseudonym(kind, value))),
    seal: (subject, aad, plain) =>
      using((secrets) => E.right(sealWith(keyFor(secrets, subject), random, aad, plain))),
    open: (subject, aad, sealed) =>
      using((secrets) => openWith(secrets, subject, keys.get(subject), aad, sealed)),
    keyOf: (subject) => using(() => E.right(keys.get(subject)?.id)),
    forget: (subject, key) => using(() => E.right(keys.get(subject)?.id === key && keys.delete(subject))),
  };
};
