import { sw } from './apdu.js';
import { sameOctets } from './octets.js';

/** The PIN of a card: tries that outlive a RESET, and a state that does not. */
export interface CardPin {
  /** Compares and counts; gives the status word: 9000, 63Cx or 6983. */
  readonly verify: (octets: Uint8Array) => number;
  /** A try lost for any other reason. */
  readonly burn: () => number;
  /** What VERIFY without data answers (ISO/IEC 7816-4 7.5.6). */
  readonly status: () => number;
  readonly isVerified: () => boolean;
  readonly forget: () => void;
  readonly triesLeft: () => number;
}

/** `reference`: the PIN as the card compares it, padding included. */
export const cardPin = (reference: Uint8Array, tries = 3): CardPin => {
  let left = tries;
  let verified = false;
  const refused = () => (left === 0 ? sw.blocked : 0x63c0 | Math.min(left, 15));
  const burn = () => {
    verified = false;
    left = Math.max(0, left - 1);
    return refused();
  };
  return {
    verify: (octets) => {
      if (left === 0) return sw.blocked;
      if (!sameOctets(octets, reference)) return burn();
      left = tries;
      verified = true;
      return sw.ok;
    },
    burn,
    status: () => (verified ? sw.ok : refused()),
    isVerified: () => verified,
    forget: () => {
      verified = false;
    },
    triesLeft: () => left,
  };
};
