/**
 * PC/SC through the package `smartcard`.
 *
 * @packageDocumentation
 */
import { board } from '../transport/board.js';
import { type ReaderState, transportFault } from '../transport/transport.js';
import { type Layer, type LayerCard, LayerFault, longestAnswer, pause } from './layer.js';
import { smartcardFault } from './smartcard-faults.js';

type Package = typeof import('smartcard');
type Context = InstanceType<Package['Context']>;

/** Its own monitor misses a card that comes in with a reader, and aborts the process of a worker: states are asked for. */
const pollEvery = 150;

/** PC/SC says that a card is there before it has been powered; its answer to reset follows. */
const readerState = (reader: ReturnType<Context['listReaders']>[number], present: number): ReaderState =>
  (reader.state & present) === 0
    ? { reader: reader.name }
    : { reader: reader.name, atr: new Uint8Array(reader.atr ?? []) };

export const smartcardLayer = async (): Promise<Layer> => {
  const pcsc = await import('smartcard');
  const seen = board();
  let watching = false;

  /** For each look a fresh one: a context outlives its service without a word. */
  const look = (): ReadonlyArray<ReaderState> => {
    const context = new pcsc.Context();
    try {
      return context.listReaders().map((reader) => readerState(reader, pcsc.SCARD_STATE_PRESENT));
    } finally {
      context.close();
    }
  };

  const show = (states: ReadonlyArray<ReaderState>): void => {
    seen.regain();
    const there = new Set(states.map(({ reader }) => reader));
    for (const { reader } of seen.states()) if (!there.has(reader)) seen.forget(reader);
    for (const { reader, atr } of states) seen.see(reader, atr);
  };

  const keepLooking = async (): Promise<void> => {
    for (;;) {
      await pause(pollEvery);
      try {
        show(look());
      } catch (thrown) {
        if (smartcardFault(thrown).code === 'NO_PCSC') seen.lose();
      }
    }
  };

  const cardOf = (
    context: Context,
    card: Awaited<ReturnType<ReturnType<Context['listReaders']>[number]['connect']>>,
  ): LayerCard => ({
    atr: new Uint8Array(card.atr ?? []),
    transmit: async (command) =>
      new Uint8Array(await card.transmit(Buffer.from(command), { maxRecvLength: longestAnswer })),
    end: async () => {
      try {
        // It leaves the card as it is unless told, with its PIN verified.
        card.disconnect(pcsc.SCARD_RESET_CARD);
      } finally {
        context.close();
      }
    },
  });

  const connect = async (name: string): Promise<LayerCard> => {
    const context = new pcsc.Context();
    try {
      const reader = context.listReaders().find((one) => one.name === name);
      if (reader === undefined) throw new LayerFault(transportFault('NO_READER', 'no reader of that name'));
      const protocols = pcsc.SCARD_PROTOCOL_T0 | pcsc.SCARD_PROTOCOL_T1;
      return cardOf(context, await reader.connect(pcsc.SCARD_SHARE_EXCLUSIVE, protocols));
    } catch (thrown) {
      context.close();
      throw thrown;
    }
  };

  return {
    board: seen,
    list: async () => look(),
    watch: async () => {
      if (watching) return;
      show(look());
      watching = true;
      void keepLooking();
    },
    connect,
    faultOf: smartcardFault,
  };
};
