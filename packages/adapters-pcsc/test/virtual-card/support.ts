import { createTestPki } from '@mandate/certificates/test-pki';
import * as assert from 'uvu/assert';
import type { VirtualCard } from '../../src/virtual-card/index.js';

export const pki = await createTestPki({ cas: ['MOICA'] });
export const citizen = await pki.issueCitizen({
  name: '王小明',
  last4: '6789',
  cardNumber: 'TP12345678901234',
});

export const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex').toUpperCase();
export const octets = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** Sends hexadecimal, gets hexadecimal. */
export const sendTo =
  (card: VirtualCard) =>
  (command: string, data: Uint8Array = new Uint8Array(0)): string =>
    hex(card.process(Uint8Array.from([...octets(command), ...data])));

/** The data of an answer that must be 9000. */
export const dataOf = (answer: string): Uint8Array => {
  assert.is(answer.slice(-4), '9000');
  return octets(answer.slice(0, -4));
};

/** The block that RSASSA-PKCS1-v1_5 signs (RFC 8017 9.2) for a SHA-256 digest. */
export const paddedDigest = (digest: Uint8Array): Uint8Array => {
  const info = [...octets('3031300D060960864801650304020105000420'), ...digest];
  return Uint8Array.from([0, 1, ...new Array<number>(256 - 3 - info.length).fill(0xff), 0, ...info]);
};
