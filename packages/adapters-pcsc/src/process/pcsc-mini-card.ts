/**
 * One card through `pcsc-mini`: held, or only looked at.
 *
 * @packageDocumentation
 */
import { type LayerCard, longestAnswer, pause } from './layer.js';
import { pcscMiniFault } from './pcsc-mini-faults.js';

export type PcscMini = typeof import('pcsc-mini');
export type Client = InstanceType<PcscMini['Client']>;
export type Reader = InstanceType<PcscMini['Reader']>;
type Card = InstanceType<PcscMini['Card']>;

/** Others look at a new card as well, each for a moment: so often, and so long between, it is asked for. */
const peeks = 10;
const peekEvery = 50;

/** The answer to reset, read from the card: the octets that come with the event are not those of the card. */
const peekOnce = async (pcsc: PcscMini, reader: Reader): Promise<Uint8Array> => {
  const card = await reader.connect(pcsc.CardMode.SHARED);
  try {
    return new Uint8Array((await card.state()).atr);
  } finally {
    await card.disconnect(pcsc.CardDisposition.LEAVE);
  }
};

/**
 * `undefined`: no card after all. Of no length: another program keeps it to itself. A card that the service has told of may
 * not be powered yet, and is none to whoever connects then; it is tried again as long as nothing else was told.
 */
export const peek = async (
  pcsc: PcscMini,
  reader: Reader,
  isStillTold: () => boolean,
): Promise<Uint8Array | undefined> => {
  let found: Uint8Array | undefined;
  for (let left = peeks; left > 0; left--) {
    try {
      return await peekOnce(pcsc, reader);
    } catch (thrown) {
      const { code } = pcscMiniFault(thrown);
      if (code === 'NO_READER') return undefined;
      found = code === 'NO_CARD' || code === 'CARD_REMOVED' ? undefined : new Uint8Array(0);
    }
    if (found === undefined && !isStillTold()) return undefined;
    await pause(peekEvery);
  }
  return found;
};

/** For one answer at a time, as a process holds one card. A new one for each session keeps the collector busy. */
const room = new ArrayBuffer(longestAnswer);

const holdCard = async (pcsc: PcscMini, card: Card): Promise<LayerCard> => {
  const { atr } = await card.state();
  const transaction = await card.transaction();
  return {
    atr: new Uint8Array(atr),
    transmit: async (command) => new Uint8Array(await card.transmit(command, room)),
    end: async () => {
      try {
        await transaction.end(pcsc.CardDisposition.LEAVE);
      } finally {
        await card.disconnect(pcsc.CardDisposition.RESET);
      }
    },
  };
};

/** Connects exclusively, in a transaction. */
export const connectCard = async (pcsc: PcscMini, reader: Reader): Promise<LayerCard> => {
  const card = await reader.connect(pcsc.CardMode.EXCLUSIVE);
  try {
    return await holdCard(pcsc, card);
  } catch (thrown) {
    await card.disconnect(pcsc.CardDisposition.RESET);
    throw thrown;
  }
};
