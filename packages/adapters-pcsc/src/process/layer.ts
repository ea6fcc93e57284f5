/**
 * What a package for PC/SC is made into, inside the child process. Here exceptions are let through: they are caught
 * and named at one place, where a request is answered.
 *
 * @packageDocumentation
 */
import type { Board } from '../transport/board.js';
import type { ReaderState, TransportFault } from '../transport/transport.js';

/** A card connected exclusively. */
export interface LayerCard {
  readonly atr: Uint8Array;
  readonly transmit: (command: Uint8Array) => Promise<Uint8Array>;
  /** Lets it go with a RESET. */
  readonly end: () => Promise<void>;
}

export interface Layer {
  readonly list: () => Promise<ReadonlyArray<ReaderState>>;
  /** What it sees is on this board from the first `watch` on. */
  readonly board: Board;
  readonly watch: () => Promise<void>;
  readonly connect: (reader: string) => Promise<LayerCard>;
  /** What an exception of this package means. */
  readonly faultOf: (thrown: unknown) => TransportFault;
}

/** A fault on its way out of a layer. */
export class LayerFault extends Error {
  readonly fault: TransportFault;
  constructor(fault: TransportFault) {
    super(fault.detail);
    this.fault = fault;
  }
}

/**
 * The longest R-APDU of ISO/IEC 7816-4: 65 536 octets and the status word. Both packages offer 258 octets unless told,
 * and say "insufficient buffer" only after the card has done what it was asked.
 */
export const longestAnswer = 65_538;

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
