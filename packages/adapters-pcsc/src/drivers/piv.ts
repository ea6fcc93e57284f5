/**
 * PIV, the open standard (NIST SP 800-73-4).
 *
 * @packageDocumentation
 */
import { gunzipSync } from 'node:zlib';
import * as E from 'fp-ts/lib/Either.js';
import { cardFault } from '../apdu/card-fault.js';
import { dataOf, exchange, exchangeChain } from '../apdu/exchange.js';
import { equalOctets, hexOf, octetsOf } from '../apdu/octets.js';
import { elementValue, nestedValue, tlv } from '../apdu/tlv.js';
import type { CardSession } from '../transport/transport.js';
import type { ManagementKey, SigningKey } from './data.js';
import type { CardDriver, CardSigner, CardWriter, Outcome } from './driver.js';
import {
  authenticateAdministrator,
  isManagementKey,
  putCertificate,
  unconfirmed,
} from './piv-administrator.js';
import { verifyOnce } from './verify.js';

/** Without its version (part 1, 2.2). */
const aid = octetsOf('A00000030800001000');

/** Objects by their tags, with the references of their keys (part 1, tables 4b and 3). */
const slots = [
  { object: octetsOf('5FC10A'), key: 0x9c },
  { object: octetsOf('5FC105'), key: 0x9a },
  { object: octetsOf('5FC10B'), key: 0x9d },
] as const;

/** Those whose keys sign for their holder. */
const signingSlots = slots.filter(({ key }) => key !== 0x9d);

const cardHolderId = octetsOf('5FC102');
const pinForm = { min: 6, max: 8, digitsOnly: true } as const;

/** Algorithm by length of the modulus (SP 800-78-4 table 6-2, SP 800-78-5). */
const algorithms: ReadonlyMap<number, number> = new Map([
  [256, 0x07],
  [384, 0x05],
]);

/** As large as a certificate may be: compressed octets that become more are no certificate. */
const maxCertificate = 16_384;

/** GET DATA (part 2, 3.1.2): the content of the object, `undefined` where the card has none. */
const getData = async (session: CardSession, object: Uint8Array): Outcome<Uint8Array | undefined> => {
  const answered = await exchange(session, {
    cla: 0,
    ins: 0xcb,
    p1: 0x3f,
    p2: 0xff,
    data: tlv(0x5c, object),
    le: 256,
  });
  if (E.isLeft(answered)) return answered;
  const { data, status } = answered.right;
  return E.right(status.kind === 'ok' ? elementValue(data, 0x53) : undefined);
};

const inflated = (octets: Uint8Array): Uint8Array | undefined => {
  try {
    return new Uint8Array(gunzipSync(octets, { maxOutputLength: maxCertificate }));
  } catch {
    return undefined;
  }
};

/** 70: the certificate; 71: whether it is compressed (part 1, appendix A, table 10). */
const certificateOf = (object: Uint8Array): Uint8Array | undefined => {
  const certificate = elementValue(object, 0x70);
  if (certificate === undefined || certificate.length === 0) return undefined;
  const info = elementValue(object, 0x71)?.[0] ?? 0;
  return (info & 0x01) === 0 ? certificate.slice() : inflated(certificate);
};

interface Held {
  readonly der: Uint8Array;
  readonly key: number;
  readonly object: Uint8Array;
}

const certificatesOf = async (session: CardSession): Outcome<ReadonlyArray<Held>> => {
  const held: Held[] = [];
  for (const { object, key } of slots) {
    const data = await getData(session, object);
    if (E.isLeft(data)) return data;
    const der = data.right === undefined ? undefined : certificateOf(data.right);
    if (der !== undefined) held.push({ der, key, object });
  }
  return E.right(held);
};

/** GENERAL AUTHENTICATE (part 2, 3.2.4) with a witness for a signature: challenge in, response out. */
const power = async (
  session: CardSession,
  algorithm: number,
  key: number,
  block: Uint8Array,
): Outcome<Uint8Array> => {
  const data = tlv(0x7c, tlv(0x82), tlv(0x81, block));
  const answered = dataOf(
    await exchangeChain(session, { cla: 0, ins: 0x87, p1: algorithm, p2: key, data, le: 256 }),
    'GENERAL AUTHENTICATE',
  );
  if (E.isLeft(answered)) return answered;
  const signature = nestedValue(answered.right, 0x7c, 0x82);
  return signature?.length === block.length
    ? E.right(signature.slice())
    : E.left(cardFault('CARD_FAULT', { detail: `signature of ${signature?.length ?? 0} octets` }));
};

/** The PIV PIN in its buffer of eight, filled with FF (part 2, 3.2.1). Never empty: that would ask for the card's state. */
const verify = (session: CardSession, pin: Uint8Array): Outcome<void> => {
  const data = new Uint8Array(8).fill(0xff);
  data.set(pin.subarray(0, 8));
  return verifyOnce(session, { cla: 0, ins: 0x20, p1: 0, p2: 0x80, data });
};

const signerOf = (
  session: CardSession,
  held: ReadonlyArray<Held>,
  { der, modulus }: SigningKey,
): CardSigner | undefined => {
  const key = held.find((one) => equalOctets(one.der, der))?.key;
  const algorithm = algorithms.get(modulus.length);
  if (key === undefined || algorithm === undefined) return undefined;
  return {
    verify: (pin) => verify(session, pin),
    power: (block) => power(session, algorithm, key, block),
  };
};

/** The objects for signing in which that certificate lies, or which hold none that could be meant. */
const placesOf = (held: ReadonlyArray<Held>, replaces: Uint8Array): ReadonlyArray<Uint8Array> => {
  const same = held.filter(({ der }) => equalOctets(der, replaces)).map(({ object }) => object);
  if (same.length > 0) return same;
  // A card whose writing was cut off: its key is there, and no certificate.
  return held.some(({ key }) => signingSlots.some((slot) => slot.key === key))
    ? []
    : signingSlots.map(({ object }) => object);
};

const writerOf = (
  session: CardSession,
  held: ReadonlyArray<Held>,
  replaces: Uint8Array,
  management: ManagementKey | undefined,
): CardWriter | undefined => {
  const places = placesOf(held, replaces);
  if (places.length === 0 || management === undefined || !isManagementKey(management)) return undefined;
  return {
    verify: (pin) => verify(session, pin),
    write: async (certificate) => {
      const authorised = await authenticateAdministrator(session, management);
      if (E.isLeft(authorised)) return authorised;
      for (const place of places) {
        const put = await putCertificate(session, place, certificate);
        if (E.isLeft(put)) return put;
      }
      const [first] = places;
      const data = first === undefined ? E.right(undefined) : await getData(session, first);
      if (E.isLeft(data)) return unconfirmed(data.left);
      const found = data.right === undefined ? undefined : certificateOf(data.right);
      return E.right(found ?? new Uint8Array(0));
    },
  };
};

/** The GUID of the card holder unique identifier: a PIV card has no other number (part 1, 3.1.2). */
const cardNumberOf = async (session: CardSession): Outcome<string | undefined> => {
  const chuid = await getData(session, cardHolderId);
  if (E.isLeft(chuid)) return chuid;
  const guid = chuid.right === undefined ? undefined : elementValue(chuid.right, 0x34);
  return E.right(
    guid?.length === 16 && guid.some((octet) => octet !== 0) ? hexOf(guid).toUpperCase() : undefined,
  );
};

export const piv: CardDriver = {
  kind: 'PIV',
  probe: async (session) => {
    const answered = await exchange(session, { cla: 0, ins: 0xa4, p1: 0x04, p2: 0, data: aid, le: 256 });
    return E.isLeft(answered) ? answered : E.right(answered.right.status.kind === 'ok');
  },
  open: async (session) => {
    const cardNumber = await cardNumberOf(session);
    if (E.isLeft(cardNumber)) return cardNumber;
    const held = await certificatesOf(session);
    if (E.isLeft(held)) return held;
    const certificates = held.right
      .map(({ der }) => der)
      .filter((der, at, all) => all.findIndex((other) => equalOctets(other, der)) === at);
    return E.right({
      shown: { kind: 'PIV', cardNumber: cardNumber.right, certificates },
      pin: pinForm,
      signer: async (key) => E.right(signerOf(session, held.right, key)),
      writer: async (replaces, { management }) =>
        E.right(writerOf(session, held.right, replaces, management)),
    });
  },
};
