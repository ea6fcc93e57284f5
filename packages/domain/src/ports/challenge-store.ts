/**
 * Challenges that cards sign, and what was confirmed by them: short-lived, single-use state beside the events.
 *
 * @packageDocumentation
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { StoreFault } from './event-store.js';

/**
 * A short-lived text under a key: a challenge by its nonce, a confirmation by its id, or beside the confirmations that a
 * command was signed.
 */
export interface TransientRecord {
  readonly key: string;
  /** JSON text, written and read by the register alone. Personal data in it are sealed. */
  readonly text: string;
  /** ISO 8601 UTC; from then on the record is as good as gone and may be purged. */
  readonly expiresAt: string;
}

/** What became of a challenge that somebody answers. */
export type Consumed =
  | { readonly _tag: 'Fresh'; readonly text: string; readonly expiresAt: string }
  | { readonly _tag: 'Used' }
  | { readonly _tag: 'Unknown' };

/** Keeps challenges and confirmations; each of these is atomic, also among several processes. */
export interface ChallengeStore {
  /** Adds a challenge; purges those that expired before `now` along the way. */
  readonly addChallenge: (record: TransientRecord, now: string) => TaskEither<StoreFault, void>;
  /** `Fresh` exactly once, durable before it answers; `Used` until purged; then, or never added, `Unknown`. */
  readonly consumeChallenge: (key: string) => TaskEither<StoreFault, Consumed>;
  /**
   * Adds a confirmation where `replaces` is `undefined` and none stands under its key, or puts it in the place of
   * `replaces`, where the one that stands there has its very text. False, and nothing changed, where neither is so:
   * somebody else was quicker. Durable before it answers.
   */
  readonly saveConfirmation: (
    record: TransientRecord,
    replaces: TransientRecord | undefined,
  ) => TaskEither<StoreFault, boolean>;
  readonly findConfirmation: (key: string) => TaskEither<StoreFault, TransientRecord | undefined>;
  readonly removeConfirmation: (key: string) => TaskEither<StoreFault, void>;
}
