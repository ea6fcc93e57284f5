/**
 * Status words as values (ISO/IEC 7816-4 5.1.3).
 *
 * @packageDocumentation
 */

/** What SW1 SW2 of an R-APDU mean, as far as a driver must tell them apart. */
export type Status =
  | { readonly kind: 'ok' }
  /** 61xx: there is more to fetch; 0 stands for 256 or more. */
  | { readonly kind: 'more'; readonly length: number }
  /** 6Cxx: the same again with this length. */
  | { readonly kind: 'length'; readonly length: number }
  /** 63Cx: the PIN was wrong. */
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  /** 6983. */
  | { readonly kind: 'locked' }
  /** 62xx: it was done, and the card remarks something. */
  | { readonly kind: 'warning'; readonly sw: number }
  /** 6A82, 6A83, 6A88: no such file, record or object. */
  | { readonly kind: 'absent'; readonly sw: number }
  /** 6982: a PIN or a key must come first. */
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'refused'; readonly sw: number };

export const statusOf = (sw: number): Status => {
  const low = sw & 0xff;
  switch (sw >> 8) {
    case 0x61:
      return { kind: 'more', length: low };
    case 0x6c:
      return { kind: 'length', length: low };
    case 0x62:
      return { kind: 'warning', sw };
  }
  if ((sw & 0xfff0) === 0x63c0) return { kind: 'wrong', triesLeft: sw & 0x0f };
  switch (sw) {
    case 0x9000:
      return { kind: 'ok' };
    case 0x6983:
      return { kind: 'locked' };
    case 0x6982:
      return { kind: 'forbidden' };
    case 0x6a82:
    case 0x6a83:
    case 0x6a88:
      return { kind: 'absent', sw };
    default:
      return { kind: 'refused', sw };
  }
};

/** Four digits, for `detail`: what a card means by it is public, and nothing of a person is in it. */
export const swText = (sw: number): string => `SW ${sw.toString(16).padStart(4, '0')}`;
