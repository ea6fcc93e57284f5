/** The certificates on a token. They are shown without a PIN; none is believed before it is decoded. */
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

import { attributes, objectClasses } from './constants.js';
import type { Cryptoki, Handle } from './cryptoki.js';
import { returnedFault } from './return-values.js';

export interface StoredCertificate {
  /** CKA_ID, lower-case hexadecimal; its key has the same. `5349474e` is HiCOS' SIGN. */
  readonly id: string;
  readonly label: string;
  readonly der: Uint8Array;
}

const maxCertificates = 32;
/** As much as a certificate may have to be read at all (docs/decisions/0015). */
const maxCertificateOctets = 16 * 1024;
const maxIdOctets = 64;
const maxLabelOctets = 256;

const octetsUpTo = (
  cryptoki: Cryptoki,
  session: Handle,
  object: Handle,
  type: number,
  limit: number,
): Uint8Array => {
  const value = cryptoki.attribute(session, object, type);
  // An attribute that is missing or too long is as if it were not there: the object may still be what is wanted.
  return E.isRight(value) && value.right.length <= limit ? Uint8Array.from(value.right) : new Uint8Array(0);
};

export const hexOf = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');

export const idOf = (cryptoki: Cryptoki, session: Handle, object: Handle): string =>
  hexOf(octetsUpTo(cryptoki, session, object, attributes.id, maxIdOctets));

const stored = (cryptoki: Cryptoki, session: Handle, object: Handle): StoredCertificate => ({
  id: idOf(cryptoki, session, object),
  label: new TextDecoder().decode(octetsUpTo(cryptoki, session, object, attributes.label, maxLabelOctets)),
  der: octetsUpTo(cryptoki, session, object, attributes.value, maxCertificateOctets),
});

/** At most 32 certificates of at most 16 KiB, in the module's order, which means nothing. */
export const certificatesIn = (
  cryptoki: Cryptoki,
  session: Handle,
): E.Either<CardFault, ReadonlyArray<StoredCertificate>> => {
  const found = cryptoki.find(session, [[attributes.class, objectClasses.certificate]], maxCertificates);
  if (E.isLeft(found)) return E.left(returnedFault('C_FindObjects', found.left));
  return E.right(
    found.right
      .slice(0, maxCertificates)
      .map((object) => stored(cryptoki, session, object))
      .filter(({ der }) => der.length > 0),
  );
};

/** Something done in a session of its own, which is closed whatever comes of it. */
export const inSession = <A>(
  cryptoki: Cryptoki,
  slot: Handle,
  use: (session: Handle) => E.Either<CardFault, A>,
): E.Either<CardFault, A> => {
  const session = cryptoki.openSession(slot);
  if (E.isLeft(session)) return E.left(returnedFault('C_OpenSession', session.left));
  const result = use(session.right);
  cryptoki.closeSession(session.right);
  return result;
};
