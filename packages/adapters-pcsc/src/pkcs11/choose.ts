/** Which token, and which of its certificates: named or told by what they are for, never the first that comes. */
import { decodeCertificate } from '@mandate/certificates';
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

import type { StoredCertificate } from './objects.js';
import { cardFault } from './return-values.js';
import type { Pkcs11Token, TokenList } from './token.js';

/** Both must hold where both are given. With neither, the only token there is. */
export interface TokenName {
  readonly label?: string;
  readonly serial?: string;
}

export const chooseToken = (
  { slots, tokens }: TokenList,
  { label, serial }: TokenName,
): E.Either<CardFault, Pkcs11Token> => {
  if (slots === 0) return E.left(cardFault('NO_READER', 'the module has no slot'));
  const named = tokens.filter(
    (token) =>
      (label === undefined || token.label === label.trimEnd()) &&
      (serial === undefined || token.serial === serial.trimEnd()),
  );
  const [token, another] = named;
  if (token === undefined)
    return E.left(cardFault('NO_CARD', `${tokens.length} tokens in ${slots} slots, none of that name`));
  // Two cards of one vendor have one label: whose PIN it is must not hang on the order of readers.
  return another === undefined
    ? E.right(token)
    : E.left(cardFault('NO_CARD', `${named.length} tokens of that name: a serial number is needed`));
};

/** A certificate that can be read, with what it says it is for. */
export interface ReadCertificate extends StoredCertificate {
  readonly issues: boolean;
  readonly signs: boolean;
  readonly commits: boolean;
  readonly encrypts: boolean;
}

const readOne = async (stored: StoredCertificate): Promise<ReadonlyArray<ReadCertificate>> => {
  const decoded = await decodeCertificate(stored.der)();
  if (E.isLeft(decoded)) return [];
  const { keyUsage, basicConstraints } = decoded.right;
  return [
    {
      ...stored,
      issues: basicConstraints?.ca === true || keyUsage?.has('keyCertSign') === true,
      signs: keyUsage?.has('digitalSignature') === true,
      commits: keyUsage?.has('nonRepudiation') === true,
      encrypts: keyUsage?.has('keyEncipherment') === true || keyUsage?.has('dataEncipherment') === true,
    },
  ];
};

/** The certificates of the holder: those of CAs, and what is no certificate, are passed over. */
export const holderCertificates = async (
  stored: ReadonlyArray<StoredCertificate>,
): Promise<ReadonlyArray<ReadCertificate>> =>
  (await Promise.all(stored.map(readOne))).flat().filter(({ issues }) => !issues);

/** CKA_ID of the signing key on cards of the GPKI: SIGN in ASCII. SIGN02 beside it is another. */
export const hicosSigningId = '5349474e';

const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

type Narrowing = (certificate: ReadCertificate) => boolean;

/** Each is asked only while several are left, and binds only where one answers to it. */
const narrowings: ReadonlyArray<Narrowing> = [
  ({ encrypts }) => !encrypts,
  ({ id }) => id === hicosSigningId,
  // A PIV card has one for logging in and one for documents (digitalSignature alone, and with nonRepudiation).
  ({ commits }) => commits,
];

/** Certificates by key usage: digitalSignature and, if there are several, the one for signatures alone. */
export const chooseSigning = (
  certificates: ReadonlyArray<ReadCertificate>,
  id: string | undefined,
): E.Either<CardFault, StoredCertificate> => {
  let left = certificates.filter((one) => one.signs && (id === undefined || one.id === id.toLowerCase()));
  if (left.length === 0)
    return E.left(
      cardFault(
        'SIGNING_UNSUPPORTED',
        `${certificates.length} certificates of the holder, none to sign with`,
      ),
    );
  for (const narrowing of narrowings) {
    const fewer = left.filter(narrowing);
    if (fewer.length > 0) left = fewer;
  }
  // One certificate under two ids has one key; which id is named makes no difference, so it is always the same.
  const [one, ...others] = left.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return one !== undefined && others.every((other) => equal(one.der, other.der))
    ? E.right({ id: one.id, label: one.label, der: one.der })
    : E.left(cardFault('SIGNING_UNSUPPORTED', `${left.length} certificates to sign with: an id is needed`));
};
