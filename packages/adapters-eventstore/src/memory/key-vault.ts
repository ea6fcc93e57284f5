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

interface Keys {
  inUse: SubjectKey | undefined;
  /** By id, in the order in which they were retired. */
  readonly retired: Map<string, SubjectKey>;
}

/** Makes an empty {@link KeyVault} that lives as long as the process; AES-256-GCM and HMAC-SHA-256. */
export const memoryKeyVault = (options: MemoryKeyVaultOptions): KeyVault => {
  const derived = deriveSecrets(options.secret);
  const random = options.random ?? systemRandom;
  const subjects = new Map<SubjectId, Keys>();

  const using =
    <A>(work: (secrets: DerivedSecrets) => E.Either<VaultFault, A>): TaskEither<VaultFault, A> =>
    async () =>
      E.isLeft(derived) ? derived : work(derived.right);

  const keyFor = (secrets: DerivedSecrets, subject: SubjectId): SubjectKey => {
    const keys = subjects.get(subject) ?? { inUse: undefined, retired: new Map() };
    subjects.set(subject, keys);
    keys.inUse ??= newSubjectKey(secrets, subject, random);
    return keys.inUse;
  };

  const find =
    (subject: SubjectId) =>
    (key: string): SubjectKey | undefined => {
      const keys = subjects.get(subject);
      return keys?.inUse?.id === key ? keys.inUse : keys?.retired.get(key);
    };

  const retire = (subject: SubjectId, key: string): boolean => {
    const keys = subjects.get(subject);
    if (keys?.inUse?.id !== key) return keys?.retired.has(key) === true;
    keys.retired.set(key, keys.inUse);
    keys.inUse = undefined;
    return true;
  };

  return {
    pseudonym: (kind, value) => using((secrets) => E.right(secrets.pseudonym(kind, value))),
    seal: (subject, aad, plain) =>
      using((secrets) => E.right(sealWith(keyFor(secrets, subject), random, aad, plain))),
    open: (subject, aad, sealed) =>
      using((secrets) => openWith(secrets, subject, find(subject), aad, sealed)),
    keyOf: (subject) => using(() => E.right(subjects.get(subject)?.inUse?.id)),
    retiredKeysOf: (subject) => using(() => E.right([...(subjects.get(subject)?.retired.keys() ?? [])])),
    retire: (subject, key) => using(() => E.right(retire(subject, key))),
    forget: (subject, key) =>
      using(() => E.right(retire(subject, key) && subjects.get(subject)?.retired.delete(key) === true)),
  };
};
