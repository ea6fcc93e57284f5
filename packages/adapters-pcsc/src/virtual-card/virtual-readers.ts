/** Readers that exist in this process alone, for tests that need neither a card service nor a card. */
import type { CardTransport, ReaderEvent, TransportFault } from '../transport/transport.js';
import { type Misbehaving, type Mischief, misbehaving } from './mischief.js';
import type { VirtualCard } from './virtual-card.js';
import { present, type Slot, transportOn, type World } from './virtual-transport.js';

/** What a hand, or another program, does to readers. A reader that is not there is a mistake in the test: it throws. */
export interface VirtualReaders {
  /** A program of its own among those that use the readers: exclusiveness holds between them. */
  readonly transport: () => CardTransport;
  readonly insert: (reader: string, card: VirtualCard) => void;
  readonly pull: (reader: string) => void;
  readonly addReader: (reader: string, card?: VirtualCard) => void;
  readonly removeReader: (reader: string) => void;
  /** As another program would: what the holder had selected and verified is gone. */
  readonly resetCard: (reader: string) => void;
  readonly stopService: () => void;
  readonly startService: () => void;
  readonly misbehave: (reader: string, mischief: Mischief) => void;
  readonly behave: (reader: string) => void;
}

/** `cards`: reader names, as PC/SC would tell them, with what lies in each. */
export const virtualReaders = (
  cards: Readonly<Record<string, VirtualCard | undefined>> | ReadonlyMap<string, VirtualCard | undefined>,
): VirtualReaders => {
  const entries = cards instanceof Map ? [...cards] : Object.entries(cards);
  const world: World = { running: true, slots: new Map(), listeners: new Set() };

  const slotOf = (reader: string): Slot => {
    const slot = world.slots.get(reader);
    if (slot === undefined) throw new RangeError(`there is no reader ${reader}`);
    return slot;
  };
  const cardOf = (reader: string): Misbehaving => {
    const { inside } = slotOf(reader);
    if (inside === undefined) throw new RangeError(`there is no card in ${reader}`);
    return inside;
  };
  const tell = (event: ReaderEvent): void => {
    if (world.running || event.type === 'service-lost')
      for (const listener of [...world.listeners]) listener(event);
  };
  const emptied = (slot: Slot, code: TransportFault['code']): void => {
    slot.holder?.lose(code);
    slot.inside = undefined;
    slot.holder = undefined;
  };
  const put = (reader: string, slot: Slot, card: VirtualCard): void => {
    card.reset();
    slot.inside = misbehaving(card);
    tell({ type: 'card-inserted', reader, atr: card.atr });
  };
  const pull = (reader: string): void => {
    const slot = slotOf(reader);
    if (slot.inside === undefined) return;
    emptied(slot, 'CARD_REMOVED');
    tell({ type: 'card-removed', reader });
  };
  const addReader: VirtualReaders['addReader'] = (reader, card) => {
    if (world.slots.has(reader)) throw new RangeError(`there is a reader ${reader} already`);
    const slot: Slot = { inside: undefined, holder: undefined };
    world.slots.set(reader, slot);
    tell({ type: 'reader-added', reader });
    if (card !== undefined) put(reader, slot, card);
  };

  for (const [reader, card] of entries) addReader(reader, card);

  return {
    transport: () => transportOn(world, pull),
    insert: (reader, card) => {
      pull(reader);
      put(reader, slotOf(reader), card);
    },
    pull,
    addReader,
    removeReader: (reader) => {
      pull(reader);
      world.slots.delete(reader);
      tell({ type: 'reader-removed', reader });
    },
    resetCard: (reader) => {
      cardOf(reader).card.reset();
      slotOf(reader).holder?.lose('CARD_RESET');
    },
    stopService: () => {
      for (const slot of world.slots.values()) {
        slot.holder?.lose('NO_PCSC');
        slot.holder = undefined;
        slot.inside?.card.reset();
      }
      world.running = false;
      tell({ type: 'service-lost' });
    },
    startService: () => {
      world.running = true;
      tell({ type: 'service-back' });
      for (const event of present(world)) tell(event);
    },
    misbehave: (reader, mischief) => cardOf(reader).misbehave(mischief),
    behave: (reader) => cardOf(reader).behave(),
  };
};

/** As vpcd names its readers. */
export const virtualReaderName = (index: number): string =>
  `Virtual PCD 00 ${String(index).padStart(2, '0')}`;

/** One program with a reader for each card: `Virtual PCD 00 00` and so on; `undefined` is an empty reader. */
export const virtualTransport = (
  cards: ReadonlyArray<VirtualCard | undefined>,
): CardTransport & { readonly readers: VirtualReaders } => {
  const readers = virtualReaders(new Map(cards.map((card, index) => [virtualReaderName(index), card])));
  return { ...readers.transport(), readers };
};
