/**
 * The port under every card driver: readers, cards in them, and octets to and fro. What a card means by them is the
 * drivers' business.
 *
 * @packageDocumentation
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { CardStep } from '../drivers/data.js';

/** Why octets could not be exchanged. `detail` is English and technical, with nothing that a card said. */
export interface TransportFault {
  readonly _tag: 'TransportFault';
  readonly code: /** No PC/SC on this machine, or its service does not run. */
    | 'NO_PCSC'
    | 'NO_READER'
    | 'NO_CARD'
    /** Pulled out; also a response of under two octets, which is what some layers make of it. */
    | 'CARD_REMOVED'
    /** Another program holds it. */
    | 'CARD_BUSY'
    /** Another program reset it: what was selected and verified is gone. */
    | 'CARD_RESET'
    /** The deadline of an exchange passed; the process that hung was ended. */
    | 'TIMEOUT'
    | 'TRANSPORT'
    | 'CLOSED';
  readonly detail: string;
}

export const transportFault = (code: TransportFault['code'], detail: string): TransportFault => ({
  _tag: 'TransportFault',
  code,
  detail,
});

export interface ReaderState {
  /** As PC/SC names it. */
  readonly reader: string;
  /** Answer to reset of the card in it; absent when it is empty. */
  readonly atr?: Uint8Array;
}

export type ReaderEvent =
  | { readonly type: 'reader-added' | 'reader-removed' | 'card-removed'; readonly reader: string }
  | { readonly type: 'card-inserted'; readonly reader: string; readonly atr: Uint8Array }
  /** The service went away, or came back: what was known is asked for anew. */
  | { readonly type: 'service-lost' | 'service-back' };

/** One card, held alone until `end`. */
export interface CardSession {
  readonly atr: Uint8Array;
  /**
   * One C-APDU for one R-APDU of at least two octets. Exchanges of a session follow each other: the next is sent when
   * the one before has been answered.
   *
   * `ahead`: the commands that follow if this one is answered with 9000, and so on; only reading, as they may be sent before
   * they are asked for. Where a card says that it has more (61xx), so may GET RESPONSE then. A transport may leave it be.
   */
  readonly transmit: (
    command: Uint8Array,
    ahead?: ReadonlyArray<Uint8Array>,
  ) => TaskEither<TransportFault, Uint8Array>;
  /** `false`: what is announced is of no use here. */
  readonly anticipates?: false;
  /**
   * Lets the card go, always with a RESET: a PIN that was verified stays verified for the next program otherwise. May be
   * called twice; never fails.
   */
  readonly end: () => Promise<void>;
}

/** A card held alone, with the drivers beside the native code: a step is one question, whatever is exchanged in it. */
export interface CardWork {
  /**
   * One step (`CardStep`); those that are asked for without waiting are done in order. What the other process answered is
   * handed on as it came. Each exchange in it has the deadline of one.
   *
   * `isFollowed`: another step, or the end, is asked for at once behind it; its outcome may come with that one's.
   *
   * Errors: those of the connection, with the first step; those of an exchange that only a process's end can tell.
   */
  readonly ask: (step: CardStep, isFollowed?: true) => TaskEither<TransportFault, unknown>;
  /** As a session's: always with a RESET, after the steps that were asked for. May be called twice; never fails. */
  readonly end: () => Promise<void>;
}

export interface CardTransport {
  readonly list: () => TaskEither<TransportFault, ReadonlyArray<ReaderState>>;
  /** Tells every change from now on, the present state first. */
  readonly watch: (
    listener: (event: ReaderEvent) => void,
  ) => TaskEither<TransportFault, { readonly close: () => Promise<void> }>;
  /** Connects exclusively, in a transaction where the layer has them. */
  readonly connect: (reader: string) => TaskEither<TransportFault, CardSession>;
  /**
   * Connects as `connect` does, and has the drivers work where the card is. Only where that is another process, in which an
   * exchange costs less than a question to it.
   */
  readonly work?: (reader: string) => TaskEither<TransportFault, CardWork>;
  /** Ends every session and process. */
  readonly close: () => Promise<void>;
}
