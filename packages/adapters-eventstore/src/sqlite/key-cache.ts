/**
 * Unwrapped keys, for as long as nobody else has written to the vault.
 *
 * @packageDocumentation
 */
import type { SubjectId } from '@mandate/domain';
import type { SubjectKey } from '../vault/subject-key.js';

/** A bounded cache; the key that was used longest ago goes first. */
export interface KeyCache {
  readonly get: (subject: SubjectId) => SubjectKey | undefined;
  /** Keeps a key, if there is one, and hands it back. */
  readonly put: (subject: SubjectId, key: SubjectKey | undefined) => SubjectKey | undefined;
  readonly drop: (subject: SubjectId) => void;
}

/**
 * Makes a {@link KeyCache}.
 *
 * @param version - changes when another process has written: it may have forgotten somebody, so all keys go
 */
export const keyCache = (capacity: number, version: () => number | undefined): KeyCache => {
  const keys = new Map<SubjectId, SubjectKey>();
  let seen = version();
  return {
    get: (subject) => {
      const now = version();
      if (now !== seen) {
        keys.clear();
        seen = now;
      }
      const key = keys.get(subject);
      if (key === undefined) return undefined;
      keys.delete(subject);
      keys.set(subject, key);
      return key;
    },
    put: (subject, key) => {
      if (key === undefined || capacity < 1) return key;
      const oldest = keys.size >= capacity ? keys.keys().next().value : undefined;
      if (oldest !== undefined) keys.delete(oldest);
      keys.set(subject, key);
      return key;
    },
    drop: (subject) => {
      keys.delete(subject);
    },
  };
};
