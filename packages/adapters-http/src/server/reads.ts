/**
 * The read models that the register over HTTP asks. Shaped as those of `@mandate/projections`, which this package must not
 * import: a portal hands over theirs, and the compiler compares.
 *
 * @packageDocumentation
 */
import type { PortalPolicy, ReviewStatus } from '@mandate/domain';
import type { Either } from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { ForecastRow, HeldCertificate, LockedOut, UnassignedInAgency } from './rows/certificates.js';
import type { AgencyClerkList } from './rows/clerk-list.js';
import type { AuthorityAt, AuthorityChange, AuthorityDiff, Blame } from './rows/history.js';
import type { AgencyRegistrations, QueuedReview } from './rows/registrations.js';

/** What went wrong with a read model; holds nothing personal. `TIME_INVALID` is the caller's, every other our own. */
export interface ReadFault {
  readonly code: string;
  /** English, for operators. */
  readonly detail: string;
}

type Read<A> = Either<ReadFault, A>;

export interface HistoryPage {
  readonly clerk?: string;
  /** Begins after this revision. */
  readonly after?: number;
  readonly limit?: number;
}

export interface BlameOptions {
  readonly at?: string;
  readonly knownAt?: string;
}

export interface ReviewPage {
  readonly status?: ReviewStatus;
  readonly agencyCode?: string;
  readonly review?: string;
  readonly limit?: number;
  readonly offset?: number;
}

export interface UnassignedPage {
  readonly agencyCode?: string;
  readonly since?: number;
  readonly after?: string;
  readonly limit?: number;
}

/** The read models of one portal. */
export interface RegisterReads {
  /** `clerkLists(read, portal)`. */
  readonly clerkLists: {
    readonly ofAgency: (agencyCode: string) => Read<AgencyClerkList | undefined>;
  };
  /** `registrationHistories(read, portal)`. */
  readonly registrations: {
    readonly ofAgency: (agencyCode: string) => Read<AgencyRegistrations | undefined>;
  };
  /** `permissionHistories(read, portal)`. */
  readonly history: {
    readonly list: (agencyCode: string, page?: HistoryPage) => Read<ReadonlyArray<AuthorityChange>>;
    readonly ofPerson: (person: string) => Read<ReadonlyArray<AuthorityChange>>;
    readonly asOf: (agencyCode: string, at: string, knownAt?: string) => Read<AuthorityAt>;
    readonly blame: (
      agencyCode: string,
      clerk: string,
      fn: string,
      asOf?: BlameOptions,
    ) => Read<Blame | undefined>;
    readonly diff: (agencyCode: string, from: string, to: string, knownAt?: string) => Read<AuthorityDiff>;
  };
  /** `reviews(read, portal, vault)`. */
  readonly reviews: {
    readonly list: (page?: ReviewPage) => TaskEither<ReadFault, ReadonlyArray<QueuedReview>>;
    readonly count: (status: ReviewStatus) => Read<number>;
  };
  /** `certificates(read, portal)`. */
  readonly certificates: {
    readonly ofAgency: (agencyCode: string) => Read<ReadonlyArray<HeldCertificate>>;
    readonly lockedOut: (
      at: string,
      holders?: ReadonlyArray<HeldCertificate['holder']>,
    ) => Read<ReadonlyArray<LockedOut>>;
    readonly expiringBetween: (from: string, to: string) => Read<ReadonlyArray<HeldCertificate>>;
    readonly forecast: (question: {
      readonly from: string;
      readonly to: string;
      readonly policy: PortalPolicy;
      readonly agencyCode?: string;
    }) => Read<ForecastRow>;
  };
  /** `(page) => unassignedFunctions(read, portal, page)`. */
  readonly unassignedFunctions: (page?: UnassignedPage) => Read<ReadonlyArray<UnassignedInAgency>>;
  /** `knownPeople(read)`. */
  readonly people: {
    readonly find: (person: string) => Read<
      | {
          readonly person: string;
          readonly name: string | null;
          readonly nationalId: string | null;
        }
      | undefined
    >;
  };
  /** The runner's: answers once the read models know the event at `position`; `WAIT_TIMEOUT` where they do not in time. */
  readonly waitFor: (
    position: string,
    options?: { readonly timeoutMilliseconds?: number },
  ) => TaskEither<ReadFault, void>;
  /** The runner's, for `/ready`: where each model stands. */
  readonly status?: () => Read<
    ReadonlyArray<{
      readonly name: string;
      readonly position: string | undefined;
      readonly fault: ReadFault | undefined;
    }>
  >;
}
