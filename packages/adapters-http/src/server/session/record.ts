/**
 * What is kept of a session, and where.
 *
 * @packageDocumentation
 */
import type { CardStep, IssuerName, StepRole } from '@mandate/domain';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';

/** A confirmed card as its holder may see it (GEPI-28: 憑證資訊). Personal: for this session's own screen alone. */
export interface SessionCard {
  readonly role: StepRole;
  readonly card: CardStep['card'];
  readonly ca: IssuerName;
  /** Normal form: upper-case hex. */
  readonly serial: string;
  readonly displayName: string;
  /** Of means of another kind: what the service calls the account. */
  readonly account?: string;
  readonly nationalId: string | null;
  readonly subjectSerialNumber: string | null;
  /** Of a certificate; `null` of other means. */
  readonly notBefore: string | null;
  readonly notAfter: string | null;
}

/** A challenge that was handed out to this session and to no other. Times are milliseconds since 1970. */
export interface PendingNonce {
  readonly nonce: string;
  readonly expiresAt: number;
}

/**
 * A session. What a browser holds is a random token; this stands under the token's SHA-256, so that whoever reads the store
 * can enter nobody's session.
 */
export interface SessionRecord {
  /** SHA-256 of the token, lower-case hex. */
  readonly key: string;
  /** Another one after each change. */
  readonly version: string;
  readonly portal: string;
  /** What a page of the session sends along with what it does. */
  readonly csrf: string;
  /** SHA-256 of the browser's `User-Agent`, lower-case hex. */
  readonly browser: string;
  readonly purpose: string;
  /** `null` where the purpose needs none (GEPI-53). */
  readonly agencyCode: string | null;
  /** The confirmation: as good as the cards, and in no answer. */
  readonly confirmation: string | null;
  readonly complete: boolean;
  /** The agency's card may be sent to review, and nothing else (GEPI-23). */
  readonly reviewNeeded: boolean;
  readonly next: CardStep | null;
  readonly cards: ReadonlyArray<SessionCard>;
  readonly pending: ReadonlyArray<PendingNonce>;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly lastUsedAt: number;
  /** At the latest. */
  readonly expiresAt: number;
}

/** The place does not answer; English, for operators. */
export interface SessionFault {
  readonly detail: string;
}

/** Keeps sessions; each of these is atomic. */
export interface SessionStore {
  readonly get: (key: string) => TaskEither<SessionFault, SessionRecord | undefined>;
  /**
   * Puts `next` in the place of `previous`, or adds it where that is `undefined`. `next.key` may be another key: then the old
   * one leads nowhere from then on. False, and nothing changed, where another version than `previous` stands there.
   */
  readonly replace: (
    previous: SessionRecord | undefined,
    next: SessionRecord,
  ) => TaskEither<SessionFault, boolean>;
  readonly remove: (key: string) => TaskEither<SessionFault, void>;
  /** Removes those that `matches`; answers them, so that their confirmations can be ended. */
  readonly removeWhere: (
    matches: (record: SessionRecord) => boolean,
  ) => TaskEither<SessionFault, ReadonlyArray<SessionRecord>>;
  /** For measurements; of a store that cannot tell, 0. */
  readonly count: () => number;
}
