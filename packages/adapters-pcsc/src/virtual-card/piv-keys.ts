/** The keys of a PIV card: GENERAL AUTHENTICATE (NIST SP 800-73-4 part 2, 3.2.4). */
import type { SavedKey } from '@mandate/certificates/test-pki';
import { type Command, sw } from './apdu.js';
import type { CardPin } from './pin.js';
import { cardKey } from './rsa.js';
import { elementsOf, tlv } from './tlv.js';

/** RSA of 2,048 bits (SP 800-78-4 table 6-2). */
const rsa2048 = 0x07;

/** PIV authentication needs a PIN once; digital signature needs it before each one. */
const references = { authentication: 0x9a, signature: 0x9c } as const;

export interface PivKeys {
  readonly authenticate: (command: Command) => { readonly status: number; readonly data?: Uint8Array };
  /** Is told of every command before it is carried out: a signature needs its PIN just before. */
  readonly before: (ins: number) => void;
}

/** The challenge of a dynamic authentication template, where that asks for a response. */
const challengeOf = (data: Uint8Array): Uint8Array | undefined => {
  const [template, ...others] = elementsOf(data) ?? [];
  if (template?.tag !== 0x7c || others.length > 0) return undefined;
  const parts = elementsOf(template.value) ?? [];
  const asks = parts.some(({ tag, value }) => tag === 0x82 && value.length === 0);
  return asks ? parts.find(({ tag }) => tag === 0x81)?.value : undefined;
};

export const pivKeys = (savedKey: SavedKey, pin: CardPin): PivKeys => {
  const key = cardKey(savedKey);
  let last = 0;
  let previous = 0;

  const mayUse = (reference: number): boolean =>
    pin.isVerified() && (reference !== references.signature || previous === 0x20);

  return {
    before: (ins) => {
      previous = last;
      last = ins;
    },
    authenticate: ({ p1, p2, data }) => {
      if (p1 !== rsa2048) return { status: sw.wrongParameters };
      if (p2 !== references.authentication && p2 !== references.signature) {
        return { status: sw.referenceNotFound };
      }
      if (!mayUse(p2)) return { status: sw.securityNotSatisfied };
      const result = key.power(challengeOf(data) ?? new Uint8Array(0));
      return result === undefined
        ? { status: sw.wrongData }
        : { status: sw.ok, data: tlv(0x7c, tlv(0x82, result)) };
    },
  };
};
