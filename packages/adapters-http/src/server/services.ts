/**
 * What a register over HTTP stands on.
 *
 * @packageDocumentation
 */
import type { AuthorityIndex, Calendar, Clock, Ids, Register, Sha256 } from '@mandate/domain';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { ChangeSource } from './changes.js';
import type { OpenStreams } from './changes-stream/open-streams.js';
import type { Description } from './description.js';
import type { ReadFault, RegisterReads } from './reads.js';
import type { Sessions } from './session/sessions.js';
import type { ClientPort, StaffPort } from './staff.js';

// -------------------------------------------------------------------------------------
// ports
// -------------------------------------------------------------------------------------

/** The decision index: that of the domain, or the one of `@mandate/projections` that follows a store. */
export interface RegisterAuthority
  extends Pick<AuthorityIndex, 'may' | 'functionsOf' | 'holders' | 'unassignedFunctions'> {
  /** Answers once the index knows the event at `position`. */
  readonly waitFor?: (
    position: string,
    options?: { readonly timeoutMilliseconds?: number },
  ) => TaskEither<ReadFault, void>;
}

/** A line of the log: data, and nothing personal. */
export interface LogRecord {
  readonly message: string;
  readonly requestId?: string;
  readonly route?: string;
  readonly status?: number;
  readonly code?: string;
  readonly milliseconds?: number;
  readonly portal?: string;
  /** Of a fault of the machinery: English, technical, nothing that a caller sent. */
  readonly detail?: string;
}

export interface Logger {
  readonly info: (record: LogRecord) => void;
  readonly warn: (record: LogRecord) => void;
  readonly error: (record: LogRecord) => void;
}

/** Counts requests and says when there are too many. */
export interface RateLimiter {
  /** Takes `cost` (1) from what `key` has under a rule; answers seconds until there is enough again, or `undefined`. */
  readonly take: (key: string, rule: RateRule, cost?: number) => number | undefined;
}

/** So many in so long a time, at most so many at once. */
export interface RateRule {
  readonly name: string;
  readonly amount: number;
  readonly perSeconds: number;
}

export interface Limits {
  /** Octets of a body. @defaultValue 131,072 */
  readonly bodyBytes: number;
  /** Levels of JSON. @defaultValue 32 */
  readonly jsonDepth: number;
  /** Letters of an address with its query. @defaultValue 4,096 */
  readonly urlLength: number;
  /** A session that nobody used so long has ended. @defaultValue 15 */
  readonly idleMinutes: number;
  /** How long a reading request waits for a read model. @defaultValue 5,000 */
  readonly waitMilliseconds: number;
  /** Streams of changes that may be open at a time. @defaultValue 256 */
  readonly streams: number;
  /** The same of one session, member of staff or client. @defaultValue 4 */
  readonly streamsOfOne: number;
  /** A stream says that it is alive after so long without a change. @defaultValue 15,000 */
  readonly heartbeatMilliseconds: number;
  /** A reader of a stream who takes nothing for so long is dropped. @defaultValue 60,000 */
  readonly stalledMilliseconds: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 131_072,
  jsonDepth: 32,
  urlLength: 4_096,
  idleMinutes: 15,
  waitMilliseconds: 5_000,
  streams: 256,
  streamsOfOne: 4,
  heartbeatMilliseconds: 15_000,
  stalledMilliseconds: 60_000,
};

// -------------------------------------------------------------------------------------
// services
// -------------------------------------------------------------------------------------

/** What a portal hands over. */
export interface Services {
  readonly register: Register;
  /** The portal's own, exactly as browsers write them: `https://portal.example`. Unsafe requests come from these alone. */
  readonly origins: ReadonlyArray<string>;
  readonly reads: RegisterReads;
  readonly authority: RegisterAuthority;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly calendar: Calendar;
  /** The program's own, where it has a quick one: `nodeSha256`. @defaultValue WebCrypto */
  readonly sha256?: Sha256;
  /** Without it there is no staff, and their routes refuse everybody. */
  readonly staff?: StaffPort;
  /** Without it there are no clients. */
  readonly clients?: ClientPort;
  /** `null`: none. @defaultValue token buckets in memory */
  readonly rateLimiter?: RateLimiter | null;
  /** Whose request it is, for rate limits: the address, behind a proxy the one that it tells. */
  readonly addressOf?: (request: Request) => string | undefined;
  /** What was committed; {@link changesOf} an event store. Without it sessions end by their times and at the next command. */
  readonly changes?: ChangeSource;
}

/** The same, with what is made from it: what handlers get. */
export interface App extends Services {
  readonly limits: Limits;
  readonly sessions: Sessions;
  readonly logger: Logger;
  readonly basePath: string;
  readonly cookieName: string;
  /** Of every route. */
  readonly descriptions: ReadonlyArray<Description>;
  readonly streams: OpenStreams;
  /** Seconds since which the read models have not known the last event; 0 where they do, or cannot be asked. */
  readonly lagSeconds: () => Promise<number>;
  /** Aborted by `close`: streams end. */
  readonly closing: AbortSignal;
}
