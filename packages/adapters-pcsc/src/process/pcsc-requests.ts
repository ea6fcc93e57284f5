import type { Either } from 'fp-ts/lib/Either.js';

import type { CardStep } from '../drivers/data.js';
import type { ReaderEvent, TransportFault } from '../transport/transport.js';

/** What a process for PC/SC is asked. It holds at most one card. */
export type PcscRequest =
  | { readonly op: 'list' }
  /** From now on each change comes as a `PcscEvent` with this number, the present state first. */
  | { readonly op: 'watch'; readonly watcher: number }
  | { readonly op: 'unwatch'; readonly watcher: number }
  /** Answered with the answer to reset. A card that is busy is asked for again for `patience` milliseconds. */
  | {
      readonly op: 'connect';
      readonly reader: string;
      readonly patience: number;
      /** Steps follow: what they need is loaded while the service powers the card. */
      readonly forSteps?: true;
    }
  /** Answered with `Transmitted`. `ahead`: see `CardSession`. */
  | { readonly op: 'transmit'; readonly command: Uint8Array; readonly ahead?: ReadonlyArray<Uint8Array> }
  /** Answered with the outcome of the step. */
  | { readonly op: 'step'; readonly step: CardStep }
  | { readonly op: 'end' };

export interface Transmitted {
  /** Each command that was sent, but the first, with its answer; the answer to the first is alone. */
  readonly first: Uint8Array;
  readonly more: ReadonlyArray<{ readonly command: Uint8Array; readonly answer: Uint8Array }>;
}

export type PcscAnswer = Either<TransportFault, unknown>;

export interface PcscEvent {
  readonly watcher: number;
  readonly event: ReaderEvent;
}
