/**
 * Changing a PIV card: the administrator's key, and PUT DATA (NIST SP 800-73-4 part 2, 3.3.2 and appendix A.1).
 *
 * @packageDocumentation
 */
import { createCipheriv } from 'node:crypto';
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { cardFault } from '../apdu/card-fault.js';
import { dataOf, exchange, exchangeChain } from '../apdu/exchange.js';
import { joined } from '../apdu/octets.js';
import { swText } from '../apdu/status.js';
import { nestedValue, tlv } from '../apdu/tlv.js';
import type { CardSession } from '../transport/transport.js';
import type { ManagementKey } from './data.js';
import type { Outcome } from './driver.js';

/** Reference of the administrator's key (part 1, table 4b). */
const managementReference = 0x9b;

interface Cipher {
  /** SP 800-78-4 table 6-2. */
  readonly algorithm: number;
  readonly name: string;
  readonly block: number;
}

const aes: ReadonlyMap<number, Cipher> = new Map([
  [16, { algorithm: 0x08, name: 'aes-128-ecb', block: 16 }],
  [24, { algorithm: 0x0a, name: 'aes-192-ecb', block: 16 }],
  [32, { algorithm: 0x0c, name: 'aes-256-ecb', block: 16 }],
]);
const tripleDes: Cipher = { algorithm: 0x03, name: 'des-ede3-ecb', block: 8 };

const cipherOf = ({ algorithm, key }: ManagementKey): Cipher | undefined =>
  algorithm === 'AES' ? aes.get(key.length) : key.length === 24 ? tripleDes : undefined;

export const isManagementKey = (key: ManagementKey): boolean =>
  key.key instanceof Uint8Array && cipherOf(key) !== undefined;

const unsupported = (detail: string): E.Either<CardFault, never> =>
  E.left(cardFault('WRITE_UNSUPPORTED', { detail }));

/** `undefined` where this Node does not have the cipher. */
const encrypted = ({ name }: Cipher, key: Uint8Array, block: Uint8Array): Uint8Array | undefined => {
  try {
    const cipher = createCipheriv(name, key, null).setAutoPadding(false);
    return joined(cipher.update(block), cipher.final());
  } catch {
    return undefined;
  }
};

/** The card gives a challenge, and is given it back encrypted: it knows then that the administrator is there. */
export const authenticateAdministrator = async (
  session: CardSession,
  management: ManagementKey,
): Outcome<void> => {
  const cipher = cipherOf(management);
  if (cipher === undefined) return unsupported('a management key of another length');
  const header = { cla: 0, ins: 0x87, p1: cipher.algorithm, p2: managementReference } as const;
  const asked = await exchange(session, { ...header, data: tlv(0x7c, tlv(0x81)), le: 256 });
  if (E.isLeft(asked)) return asked;
  if (asked.right.status.kind !== 'ok') return unsupported(`administrator: ${swText(asked.right.sw)}`);
  const challenge = nestedValue(asked.right.data, 0x7c, 0x81);
  const answer =
    challenge?.length === cipher.block ? encrypted(cipher, management.key, challenge) : undefined;
  if (answer === undefined) return unsupported('administrator: no challenge that can be answered here');
  const told = await exchange(session, { ...header, data: tlv(0x7c, tlv(0x82, answer)), once: true });
  if (E.isLeft(told)) return told;
  return told.right.status.kind === 'ok'
    ? E.right(undefined)
    : unsupported(`administrator: ${swText(told.right.sw)}`);
};

/** A fault from when on the card may have been changed. */
export const unconfirmed = ({ code, detail }: CardFault): E.Either<CardFault, never> =>
  E.left(cardFault('WRITE_UNCONFIRMED', { detail: `${code}: ${detail ?? ''}` }));

/** PUT DATA with a certificate that is not compressed (part 1, appendix A, table 10). */
export const putCertificate = async (
  session: CardSession,
  object: Uint8Array,
  certificate: Uint8Array,
): Outcome<void> => {
  const content = tlv(0x53, tlv(0x70, certificate), tlv(0x71, Uint8Array.of(0)), tlv(0xfe));
  const put = await exchangeChain(session, {
    cla: 0,
    ins: 0xdb,
    p1: 0x3f,
    p2: 0xff,
    data: joined(tlv(0x5c, object), content),
  });
  const done = dataOf(put, 'PUT DATA');
  return E.isLeft(done) ? unconfirmed(done.left) : E.right(undefined);
};
