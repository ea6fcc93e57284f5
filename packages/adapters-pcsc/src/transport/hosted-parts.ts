/** What the parts of a hosted transport share. */
import type { Either } from 'fp-ts/lib/Either.js';

import type { Host, HowToAsk } from '../process/host.js';
import type { PcscRequest } from '../process/pcsc-requests.js';
import type { TransportFault } from './transport.js';

/** In milliseconds. */
export interface Deadlines {
  /** Until the child process has loaded its package. */
  readonly start: number;
  /** For one exchange with the card; a key may be made in it. */
  readonly exchange: number;
  /** For one step of the drivers, with all its exchanges: shown a card that is slow every time, somebody still gets an answer. */
  readonly step: number;
  /** For all else that is asked: a list, a connection, its end. */
  readonly other: number;
}

export const defaultDeadlines: Deadlines = { start: 20_000, exchange: 30_000, step: 300_000, other: 10_000 };

/** Asks a process for cards; its own fault and that of the way there are one. */
export type AskPcsc = (
  request: PcscRequest,
  deadline: number,
  how?: HowToAsk,
) => Promise<Either<TransportFault, unknown>>;

/** Starts a host; what it says unasked, and its end, are told. */
export type StartHost = (onEvent: (event: unknown) => void, onOver: (why: TransportFault) => void) => Host;
