/**
 * HiCOS of the first generation, model T7S (docs/cards.md).
 *
 * A PIN in clear text is refused by such a card and may cost a try: there is no way back to it here, and no loop over PIN
 * references.
 *
 * @packageDocumentation
 */
import { randomBytes } from 'node:crypto';
import * as E from 'fp-ts/lib/Either.js';
import { cardFault } from '../apdu/card-fault.js';
import { dataOf, exchange } from '../apdu/exchange.js';
import { equalOctets, joined } from '../apdu/octets.js';
import type { CardSession } from '../transport/transport.js';
import type { CardKeys, SigningKey } from './data.js';
import type { CardDriver, CardSigner, Outcome } from './driver.js';
import { hicosCertificates, hicosFiles, type PlacedCertificate } from './hicos-certificates.js';
import { type HicosDialect, readText, selectFile } from './hicos-files.js';
import { keyReferenceOf } from './t7s-key.js';
import { transportKeyLength, wrappedPin } from './t7s-pin.js';
import { verifyOnce } from './verify.js';

const dialect: HicosDialect = {
  cla: 0x80,
  root: { cla: 0x80, ins: 0xa4, p1: 0, p2: 0, data: Uint8Array.of(0x3f, 0x00) },
  select: { p2: 0 },
};

/** What a T7S card says in its version file. */
const t7sVersion = 'CHT V32N';
const cardNumberLength = 16;

/** RSA of 2,048 bits in two halves. */
const half = 128;

const verify = async (session: CardSession, key: Uint8Array, pin: Uint8Array): Outcome<void> => {
  // The PIN is wrapped while the card looks for the file.
  const selecting = selectFile(session, dialect, ...hicosFiles.keys);
  const data = wrappedPin(key, randomBytes(8), pin);
  const selected = await selecting;
  if (E.isLeft(selected)) {
    data?.fill(0);
    return selected;
  }
  if (data === undefined) {
    return E.left(cardFault('SIGNING_UNSUPPORTED', { detail: 'this machine does not offer 3DES' }));
  }
  return verifyOnce(session, { cla: 0x8c, ins: 0x20, p1: 0, p2: 1, data });
};

/** The block in halves, and the result in halves. */
const power = async (session: CardSession, reference: number, block: Uint8Array): Outcome<Uint8Array> => {
  const header = { cla: 0x80, ins: 0xea, p2: reference } as const;
  const first = dataOf(
    await exchange(session, { ...header, p1: 0x82, data: block.subarray(0, half) }),
    'SIGN 1',
  );
  if (E.isLeft(first)) return first;
  const upper = dataOf(
    await exchange(session, { ...header, p1: 0x02, data: block.subarray(half) }),
    'SIGN 2',
  );
  if (E.isLeft(upper)) return upper;
  const rest = await exchange(session, { cla: 0x80, ins: 0xc1, p1: 0, p2: half, le: half });
  const lower = dataOf(rest, 'SIGN 3');
  if (E.isLeft(lower)) return lower;
  const signature = joined(upper.right, lower.right);
  return signature.length === 2 * half
    ? E.right(signature)
    : E.left(cardFault('CARD_FAULT', { detail: `signature of ${signature.length} octets` }));
};

const signerOf = async (
  session: CardSession,
  placed: ReadonlyArray<PlacedCertificate>,
  { der, modulus }: SigningKey,
  { pinTransportKey }: CardKeys,
): Outcome<CardSigner | undefined> => {
  if (pinTransportKey?.length !== transportKeyLength) return E.right(undefined);
  if (modulus.length !== 2 * half) return E.right(undefined);
  const id = placed.find((one) => equalOctets(one.der, der))?.id;
  const found = await keyReferenceOf(session, dialect, modulus, id);
  if (E.isLeft(found)) return found;
  const reference = found.right;
  if (reference === undefined) return E.right(undefined);
  return E.right({
    verify: (pin) => verify(session, pinTransportKey, pin),
    power: (block) => power(session, reference, block),
  });
};

/** By its TokenInfo: 6 to 8 characters, digits on the cards of citizens. */
const pinForm = { min: 6, max: 8, digitsOnly: false } as const;

export const t7s: CardDriver = {
  kind: 'T7S',

  // Its MF is a name that many cards answer to; 5030 is its own.
  probe: async (session) => {
    const selected = await selectFile(session, dialect, '5030');
    if (E.isLeft(selected)) return selected.left.code === 'CARD_FAULT' ? E.right(false) : selected;
    return E.right(true);
  },

  open: async (session) => {
    const cardNumber = await readText(session, dialect, cardNumberLength, ...hicosFiles.cardNumber);
    if (E.isLeft(cardNumber)) return cardNumber;
    const version = await readText(session, dialect, 64, ...hicosFiles.version);
    if (E.isLeft(version)) return version;
    const placed = await hicosCertificates(session, dialect);
    if (E.isLeft(placed)) return placed;
    const model = version.right?.includes(t7sVersion) === true ? 'T7S' : version.right;
    return E.right({
      shown: {
        kind: 'T7S',
        ...(model === undefined ? {} : { model }),
        cardNumber: cardNumber.right,
        certificates: placed.right.map(({ der }) => der),
      },
      pin: pinForm,
      signer: (key, keys) => signerOf(session, placed.right, key, keys),
    });
  },
};
