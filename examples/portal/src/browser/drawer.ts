/**
 * The drawer of test cards, playing in the browser: which card is in the reader, how many tries each has left, and what a
 * card signs. The PIN stays here, as it would with a real card.
 *
 * @packageDocumentation
 */

import { hipkiFault } from '@mandate/adapters-http/hipki';
import { makeSignedData, restoreKey } from '@mandate/certificates/test-pki';
import type { PlayedCard } from '../cards/drawer.js';
import { type CardSource, left, type Outcome, right } from './card-source.js';

const allTries = 3;

const octets = (hex: string): Uint8Array<ArrayBuffer> => {
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Uint8Array.from(even.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
};

const toBase64 = (bytes: Uint8Array): string => {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
};

export interface Drawer extends CardSource {
  readonly insert: (id: string | undefined) => void;
  readonly inserted: () => string | undefined;
  /** Tries left, 0 to 3. */
  readonly left: (id: string) => number;
  /** 鎖卡解碼, as the issuing CA does it. */
  readonly unlock: (id: string) => void;
}

/** What browsers may forget at any time, or forbid. */
const readStore = (name: string): Record<string, number> => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, number>) : {};
  } catch {
    return {};
  }
};

const writeStore = (name: string, value: Record<string, number>): void => {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // The cards forget their tries with the page, then.
  }
};

/** A drawer whose cards lie at an address; `instance` keeps the tries of one data folder from those of another. */
export const openDrawer = (cardsAt: string, instance: string): Drawer => {
  const store = `mandate-drawer-${instance}`;
  const tries = readStore(store);
  let inside: string | undefined;
  let cards: Promise<ReadonlyArray<PlayedCard>> | undefined;

  const card = async (): Promise<PlayedCard | undefined> => {
    cards ??= fetch(cardsAt).then((answer) => answer.json());
    const id = inside;
    return (await cards).find((one) => one.id === id);
  };
  const triesOf = (id: string): number => tries[id] ?? allTries;
  const keep = (id: string, count: number): void => {
    tries[id] = count;
    writeStore(store, tries);
  };

  /** What the card says to a PIN. */
  const opened = ({ id, pin }: PlayedCard, given: string): Outcome<void> => {
    const leftNow = triesOf(id);
    if (leftNow === 0) return left(hipkiFault('pin-locked', { triesLeft: 0 }));
    if (given === '') return left(hipkiFault('pin-missing'));
    if (!/^[\x21-\x7e]{6,8}$/.test(given)) return left(hipkiFault('pin-format'));
    if (given === pin) {
      keep(id, allTries);
      return right(undefined);
    }
    keep(id, leftNow - 1);
    return left(
      leftNow === 1
        ? hipkiFault('pin-locked', { triesLeft: 0 })
        : hipkiFault('pin-wrong', { triesLeft: leftNow - 1 }),
    );
  };

  const sign = async (played: PlayedCard, challenge: string): Promise<string> => {
    const { cardNumber, certificate, issuer, serial, key } = played;
    const signer = {
      key: restoreKey(key),
      certificate: octets(certificate),
      issuer: octets(issuer),
      serial: octets(serial),
      cardNumber,
    };
    const options = { withCardNumber: true, signingTime: new Date() };
    return toBase64(await makeSignedData(signer, new TextEncoder().encode(challenge), options));
  };

  return {
    insert: (id) => {
      inside = id;
    },
    inserted: () => inside,
    left: triesOf,
    unlock: (id) => keep(id, allTries),
    sign: async (challenge, pin) => {
      const [text, played] = await Promise.all([challenge, card()]);
      if (text === undefined) return left(hipkiFault('cancelled'));
      if (played === undefined) return left(hipkiFault('no-card'));
      const open = opened(played, pin);
      return open._tag === 'Left' ? open : right(await sign(played, text));
    },
    read: async () => {
      const played = await card();
      return played === undefined
        ? left(hipkiFault('no-card'))
        : right([{ der: toBase64(octets(played.certificate)), cardNumber: played.cardNumber }]);
    },
  };
};
