/**
 * The drawer of test cards, playing in the browser: which card is in the reader, how many tries each has left, and what a
 * card signs. The PIN stays here, as it would with a real card.
 *
 * @packageDocumentation
 */

import { hipkiFault } from '@mandate/adapters-http/hipki';
import { decodeCertificate } from '@mandate/certificates';
import { makeSignedData, restoreKey } from '@mandate/certificates/test-pki';
import type { PlayedCard } from '../cards/drawer.js';
import { type CardSource, left, type Outcome, type RenewalSource, right } from './card-source.js';

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
const readStore = <A>(name: string): Record<string, A> => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, A>) : {};
  } catch {
    return {};
  }
};

/**
 * What was written to cards since they were dealt, by the serial that they had then. A card that lies in the drawers of several
 * portals is one card: written in one, it is written in all.
 */
const writtenAt = 'mandate-drawer-written';

/** A card as it is now, with the serial that it was dealt with. */
type HeldCard = PlayedCard & { readonly dealt: string };

/** In hexadecimal. */
type Written = Pick<PlayedCard, 'certificate' | 'serial'>;

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

const writeStore = (name: string, value: Record<string, unknown>): void => {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // The cards forget their tries with the page, then.
  }
};

/** A drawer whose cards lie at an address; `instance` keeps the tries of one data folder from those of another. */
export const openDrawer = (cardsAt: string, instance: string): Drawer => {
  const store = `mandate-drawer-${instance}`;
  const tries = readStore<number>(store);
  let inside: string | undefined;
  let cards: Promise<ReadonlyArray<PlayedCard>> | undefined;

  const card = async (): Promise<HeldCard | undefined> => {
    cards ??= fetch(cardsAt).then((answer) => answer.json());
    const id = inside;
    const dealt = (await cards).find((one) => one.id === id);
    // Asked each time: another window may have written it.
    return dealt === undefined
      ? undefined
      : { ...dealt, ...readStore<Written>(writtenAt)[dealt.serial], dealt: dealt.serial };
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

  /** A card with its PIN, or why not. */
  const inHand = async (pin: string): Promise<Outcome<HeldCard>> => {
    const played = await card();
    if (played === undefined) return left(hipkiFault('no-card'));
    const open = opened(played, pin);
    return open._tag === 'Left' ? open : right(played);
  };

  const renewal: RenewalSource = {
    signRaw: async (text, pin) => {
      const held = await inHand(pin);
      if (held._tag === 'Left') return held;
      const { key, certificate } = held.right;
      const signature = await restoreKey(key).sign('SHA-256', fromBase64(text));
      return right({ signature: toBase64(signature), certificate: toBase64(octets(certificate)) });
    },
    write: async (text, replaces, pin) => {
      const now = await card();
      // Before its PIN is asked: a try of another card is not to be spent.
      if (now !== undefined && toBase64(octets(now.certificate)) !== replaces)
        return left(hipkiFault('wrong-card'));
      const held = await inHand(pin);
      if (held._tag === 'Left') return held;
      const der = fromBase64(text);
      const decoded = await decodeCertificate(der)();
      if (decoded._tag === 'Left') return left(hipkiFault('component'));
      const written: Written = { certificate: hexOf(der), serial: decoded.right.serialNumber };
      writeStore(writtenAt, { ...readStore<Written>(writtenAt), [held.right.dealt]: written });
      return right(undefined);
    },
  };

  return {
    renewal,
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
        : right([
            {
              der: toBase64(octets(played.certificate)),
              cardNumber: played.cardNumber,
              encryption: toBase64(octets(played.encryption)),
            },
          ]);
    },
  };
};
