/**
 * Readers and cards that are not there: what the agent needs of a drawer of cards, for tests and demonstrations.
 *
 * @packageDocumentation
 */
import type { TestCard } from '@mandate/certificates/test-pki';
import type { CardFault, CardReader, Pin, SigningOptions } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { AgentSlots } from '../agent/slots.js';

export interface DrawerCard {
  readonly card: TestCard;
  readonly pin: string;
  /** Default 3. */
  readonly tries?: number;
  /** `false`: it is read, and does not sign with what is set up. */
  readonly signs?: false;
}

export interface MemoryDrawer {
  readonly slots: AgentSlots;
  readonly addReader: (slotDescription: string) => void;
  readonly insert: (slotDescription: string, card: DrawerCard) => void;
  readonly remove: (slotDescription: string) => void;
  /** Tries left of the card in a reader. */
  readonly tries: (slotDescription: string) => number | undefined;
  /** How often cards were given a PIN, right or wrong. */
  readonly pinsSeen: () => number;
  /** The most signatures that a reader ever made at the same time. */
  readonly mostAtOnce: () => number;
  /** Runs in the middle of every signature: time passes, or a card is pulled out. */
  readonly during: (what: () => Promise<void>) => void;
}

interface Inserted extends DrawerCard {
  left: number;
}

const fault = (code: CardFault['code'], triesLeft?: number): CardFault => ({
  _tag: 'CardFault',
  code,
  ...(triesLeft === undefined ? {} : { triesLeft }),
});

/** Readers in memory, empty at first, with cards of the test PKI that count their tries and lock. */
export const memoryDrawer = (...readers: ReadonlyArray<string>): MemoryDrawer => {
  const kept = new Map<string, Inserted | undefined>(readers.map((name) => [name, undefined]));
  let [pins, atOnce, most] = [0, 0, 0];
  let during = async (): Promise<void> => {};

  /** What the card says to a PIN; nothing where it is the right one. */
  const refused = (inserted: Inserted, pin: Pin, allowLastTry: boolean): CardFault | undefined => {
    const digits = pin.consume() ?? '';
    if (inserted.left === 0) return fault('PIN_LOCKED', 0);
    if (!/^[\x21-\x7e]{6,8}$/.test(digits)) return fault('PIN_FORMAT');
    if (inserted.left === 1 && !allowLastTry) return fault('PIN_LAST_TRY', 1);
    pins += 1;
    if (digits === inserted.pin) {
      inserted.left = inserted.tries ?? 3;
      return undefined;
    }
    inserted.left -= 1;
    return inserted.left === 0 ? fault('PIN_LOCKED', 0) : fault('PIN_WRONG', inserted.left);
  };

  const sign = async (name: string, content: Uint8Array, pin: Pin, options: SigningOptions) => {
    const inserted = kept.get(name);
    if (inserted === undefined) return E.left(fault('NO_CARD'));
    if (inserted.signs === false) return E.left(fault('SIGNING_UNSUPPORTED'));
    const { allowLastTry, signer, ...wanted } = options;
    if (signer !== undefined && Buffer.compare(signer, inserted.card.certificate) !== 0)
      return E.left(fault('CARD_REMOVED'));
    const no = refused(inserted, pin, options.allowLastTry === true);
    if (no !== undefined) return E.left(no);
    atOnce += 1;
    most = Math.max(most, atOnce);
    await during();
    atOnce -= 1;
    if (kept.get(name) !== inserted) return E.left(fault('CARD_REMOVED'));
    return E.right(await inserted.card.sign(content, wanted));
  };

  const readerOf = (name: string): CardReader => ({
    read: () => {
      const inserted = kept.get(name);
      if (inserted === undefined) return TE.left(fault('NO_CARD'));
      const { cardNumber, certificate, encryptionCertificate } = inserted.card;
      return TE.right({
        cardNumber,
        certificates: [encryptionCertificate, certificate],
        ...(inserted.signs === false ? { signs: false } : {}),
      });
    },
    sign:
      (content, pin, options = {}) =>
      () =>
        sign(name, content, pin, options),
  });

  return {
    slots: {
      list: () =>
        TE.right(
          [...kept.keys()].map((slotDescription) => ({ slotDescription, reader: readerOf(slotDescription) })),
        ),
    },
    addReader: (name) => {
      kept.set(name, undefined);
    },
    insert: (name, card) => {
      kept.set(name, { ...card, left: card.tries ?? 3 });
    },
    remove: (name) => {
      kept.set(name, undefined);
    },
    tries: (name) => kept.get(name)?.left,
    pinsSeen: () => pins,
    mostAtOnce: () => most,
    during: (what) => {
      during = what;
    },
  };
};
