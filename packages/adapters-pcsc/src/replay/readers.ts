/**
 * Readers that play a script: no process, no PC/SC.
 *
 * @packageDocumentation
 */
import { startHere } from '../process/here.js';
import { type Layer, type LayerCard, LayerFault } from '../process/layer.js';
import { board } from '../transport/board.js';
import { hostedTransport } from '../transport/hosted.js';
import { type Deadlines, defaultDeadlines } from '../transport/hosted-parts.js';
import { type CardTransport, type TransportFault, transportFault } from '../transport/transport.js';
import { playSession } from './play.js';
import { octetsOf, type ReplayReader, type ReplayScript } from './script.js';

/** The readers of one script, and hands to work them. What is done to a reader that is not there does nothing. */
export interface ReplayReaders {
  /** A program of its own on these readers: what one holds is busy for the others. */
  readonly transport: (deadlines?: Partial<Deadlines>) => CardTransport;
  /** Puts a card in; its answer to reset in hexadecimal. */
  readonly insert: (reader: string, atr: string) => void;
  readonly pull: (reader: string) => void;
  readonly addReader: (reader: ReplayReader) => void;
  readonly removeReader: (reader: string) => void;
  readonly loseService: () => void;
  readonly restoreService: () => void;
}

interface Slot {
  readonly sessions: ReplayReader['sessions'];
  atr: Uint8Array | undefined;
  /** Goes up with each card put in or pulled out: a session belongs to one. */
  card: number;
  played: number;
  held: boolean;
}

const slotOf = ({ atr, sessions }: ReplayReader): Slot => ({
  sessions,
  atr: atr === undefined ? undefined : octetsOf(atr),
  card: 0,
  played: 0,
  held: false,
});

const fail = (code: TransportFault['code'], detail: string): never => {
  throw new LayerFault(transportFault(code, detail));
};

const faultOf = (thrown: unknown): TransportFault =>
  thrown instanceof LayerFault ? thrown.fault : transportFault('TRANSPORT', 'the script cannot be played');

export const replayReaders = (script: ReplayScript): ReplayReaders => {
  const slots = new Map(script.readers.map((reader) => [reader.reader, slotOf(reader)]));
  const seen = board();
  let serving = true;

  const showAll = (): void => {
    for (const [reader, { atr }] of slots) seen.see(reader, atr);
  };
  showAll();

  const serve = (): void => {
    if (!serving) fail('NO_PCSC', 'the service of the script is away');
  };

  const put = (reader: string, atr: Uint8Array | undefined): void => {
    const slot = slots.get(reader);
    if (slot === undefined) return;
    slot.atr = atr;
    slot.card++;
    if (serving) seen.see(reader, atr);
  };

  const hold = (reader: string, slot: Slot, atr: Uint8Array): LayerCard => {
    const { card } = slot;
    const exchanges = slot.sessions[slot.played++] ?? [];
    slot.held = true;
    let mine = true;
    const play = playSession(exchanges, () => put(reader, undefined));
    return {
      atr,
      transmit: async (command) => {
        serve();
        if (slot.card !== card) return fail('CARD_REMOVED', 'another card, or none');
        return play(command);
      },
      end: async () => {
        if (mine) slot.held = false;
        mine = false;
      },
    };
  };

  const connect = async (reader: string): Promise<LayerCard> => {
    serve();
    const slot = slots.get(reader);
    if (slot === undefined) return fail('NO_READER', 'no reader of that name');
    if (slot.atr === undefined) return fail('NO_CARD', 'the reader is empty');
    if (slot.held) return fail('CARD_BUSY', 'another transport holds it');
    return hold(reader, slot, slot.atr);
  };

  const layer: Layer = {
    board: seen,
    list: async () => {
      serve();
      return seen.states();
    },
    watch: async () => serve(),
    connect,
    faultOf,
  };

  return {
    transport: (deadlines = {}) =>
      hostedTransport({
        start: (onEvent, onOver) => startHere(layer, { onEvent, onOver }),
        deadlines: { ...defaultDeadlines, ...deadlines },
      }),
    insert: (reader, atr) => put(reader, octetsOf(atr)),
    pull: (reader) => put(reader, undefined),
    addReader: (reader) => {
      const slot = slotOf(reader);
      slots.set(reader.reader, slot);
      if (serving) seen.see(reader.reader, slot.atr);
    },
    removeReader: (reader) => {
      put(reader, undefined);
      slots.delete(reader);
      seen.forget(reader);
    },
    loseService: () => {
      serving = false;
      for (const slot of slots.values()) slot.held = false;
      seen.lose();
    },
    restoreService: () => {
      serving = true;
      seen.regain();
      showAll();
    },
  };
};

/** One program on the readers of a script. */
export const replayTransport = (script: ReplayScript, deadlines?: Partial<Deadlines>): CardTransport =>
  replayReaders(script).transport(deadlines);
