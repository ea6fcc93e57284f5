/** Who may change a PIV card (NIST SP 800-73-4 part 2, 3.2.4 and appendix A.1): key 9B, AES of 192 bits. */
import { createCipheriv, randomBytes } from 'node:crypto';
import { type Command, sw } from './apdu.js';
import { concat, fromHex, sameOctets } from './octets.js';
import { elementsOf, tlv } from './tlv.js';

/** The key with which test cards are made, and many cards of a maker are delivered: no secret. */
export const testManagementKey: Uint8Array = fromHex('010203040506070801020304050607080102030405060708');

/** AES of 192 bits (SP 800-78-4 table 6-2). */
const aes192 = 0x0a;
const reference = 0x9b;

export interface PivAdministrator {
  readonly isMeant: (command: Command) => boolean;
  readonly authenticate: (command: Command) => { readonly status: number; readonly data?: Uint8Array };
  readonly isThere: () => boolean;
  readonly forget: () => void;
}

export const pivAdministrator = (key: Uint8Array): PivAdministrator => {
  let challenge: Uint8Array | undefined;
  let isThere = false;

  const expected = (block: Uint8Array): Uint8Array => {
    const cipher = createCipheriv('aes-192-ecb', key, null).setAutoPadding(false);
    return concat(new Uint8Array(cipher.update(block)), new Uint8Array(cipher.final()));
  };

  return {
    isMeant: ({ p2 }) => p2 === reference,
    authenticate: ({ p1, data }) => {
      if (p1 !== aes192) return { status: sw.wrongParameters };
      const [template] = elementsOf(data) ?? [];
      const [part] = template?.tag === 0x7c ? (elementsOf(template.value) ?? []) : [];
      if (part?.tag === 0x81 && part.value.length === 0) {
        challenge = new Uint8Array(randomBytes(16));
        return { status: sw.ok, data: tlv(0x7c, tlv(0x81, challenge)) };
      }
      const asked = challenge;
      challenge = undefined;
      isThere = part?.tag === 0x82 && asked !== undefined && sameOctets(part.value, expected(asked));
      return { status: isThere ? sw.ok : sw.securityNotSatisfied };
    },
    isThere: () => isThere,
    forget: () => {
      challenge = undefined;
      isThere = false;
    },
  };
};
