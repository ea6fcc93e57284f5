/**
 * What a register stands on: everything that a portal chooses.
 *
 * @packageDocumentation
 */
import type { RevocationSource, TrustStore } from '@mandate/certificates';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { PortalPolicy } from '../policy/policy.js';
import type { Accounts } from '../ports/accounts.js';
import type { AgencyDirectory } from '../ports/agency-directory.js';
import type { Calendar } from '../ports/calendar.js';
import type { ChallengeStore } from '../ports/challenge-store.js';
import type { Clock, Ids, Sha256 } from '../ports/clock.js';
import type { EventStore } from '../ports/event-store.js';
import type { EvidenceStore } from '../ports/evidence-store.js';
import type { DependencyFault } from '../ports/faults.js';
import type { IdentityMatch } from '../ports/identity-match.js';
import type { KeyVault } from '../ports/key-vault.js';
import type { RegisteredCards } from '../ports/registered-cards.js';

export interface RegisterSettings {
  readonly policy: PortalPolicy;
  readonly store: EventStore;
  readonly vault: KeyVault;
  readonly evidence: EvidenceStore;
  readonly challenges: ChallengeStore;
  readonly directory: AgencyDirectory;
  readonly trust: TrustStore;
  readonly revocation: RevocationSource;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly calendar: Calendar;
  readonly sha256: Sha256;
  /** Full match of national IDs; without it the last four characters are compared and recorded as such. */
  readonly identity?: IdentityMatch;
  /** Where a pack has steps that a registered card proves; without it they answer `MEANS_UNAVAILABLE`. */
  readonly registeredCards?: RegisteredCards;
  /** Where a pack has steps that an account proves; without it they answer `MEANS_UNAVAILABLE`. */
  readonly accounts?: Accounts;
  /** Whether a person is still manager or clerk anywhere; without it a person can be forgotten at any time. */
  readonly isActive?: (person: string) => TaskEither<DependencyFault, boolean>;
  /** How often a command is decided anew after a conflict before it answers `CONFLICT`. Default 3. */
  readonly retries?: number;
  /**
   * How far the clock may stand before what is recorded: an event is then recorded at the later of both times. Beyond it
   * nothing is appended (`CLOCK_BEHIND`). Milliseconds, default 5,000. See docs/replay-and-audit.md before it is raised.
   */
  readonly clockToleranceMilliseconds?: number;
  /** How many folded streams are kept in memory. Default 10,000; 0 turns the cache off. */
  readonly cacheSize?: number;
  /**
   * How many events the streams that are kept may have together. Default 1,000,000: some thirty bytes each, and a
   * kilobyte for each clerk. The agency that was used last is kept whatever it has; one that has more than this is read
   * from its beginning whenever another was used in between.
   */
  readonly cacheEvents?: number;
}
