/**
 * Where the proof of a card's use is kept, by the hash that events name.
 *
 * @packageDocumentation
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { StoreFault } from './event-store.js';

/**
 * The subject of what is nobody's: revocation lists, which a CA publishes to all. They are put unsealed, as base64, under the
 * SHA-256 of their DER, and forgetting a person leaves them. One may have 20 MB.
 */
export const publicEvidence = 'public';

/**
 * Appends only. What is put is already sealed, or public; the hash is that of the *unsealed* bundle, so that it can be
 * named by an event for ever and tells nothing once the key is gone.
 */
export interface EvidenceStore {
  /** Durable when it answers. Putting a hash again leaves the first text and succeeds. */
  readonly put: (hash: string, subject: string, sealed: string) => TaskEither<StoreFault, void>;
  readonly get: (
    hash: string,
  ) => TaskEither<StoreFault, { readonly subject: string; readonly sealed: string } | undefined>;
}
