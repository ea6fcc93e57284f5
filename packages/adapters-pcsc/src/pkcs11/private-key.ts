/** Which private key belongs to a certificate. */
import { X509Certificate } from 'node:crypto';
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

import { attributes, objectClasses } from './constants.js';
import type { Cryptoki, Handle } from './cryptoki.js';
import { hexOf, idOf, type StoredCertificate } from './objects.js';
import { cardFault, returnedFault } from './return-values.js';

const maxKeys = 32;

/** Without leading zeros, which some modules write. */
const magnitude = (hex: string): string => hex.replace(/^(00)+/, '');

const modulusOf = (der: Uint8Array): string | undefined => {
  try {
    const { n } = new X509Certificate(der).publicKey.export({ format: 'jwk' });
    return n === undefined ? undefined : magnitude(Buffer.from(n, 'base64url').toString('hex'));
  } catch {
    return undefined;
  }
};

/**
 * The key with the certificate's CKA_ID; where several have it, or none, the one with its modulus. Keys are visible after
 * C_Login only.
 */
export const privateKeyFor = (
  cryptoki: Cryptoki,
  session: Handle,
  certificate: StoredCertificate,
): E.Either<CardFault, Handle> => {
  const found = cryptoki.find(session, [[attributes.class, objectClasses.privateKey]], maxKeys);
  if (E.isLeft(found)) return E.left(returnedFault('C_FindObjects', found.left));
  const keys = found.right.slice(0, maxKeys);
  const named = keys.filter(
    (key) => certificate.id !== '' && idOf(cryptoki, session, key) === certificate.id,
  );
  const [one, another] = named;
  if (one !== undefined && another === undefined) return E.right(one);
  const modulus = modulusOf(certificate.der);
  const match = (named.length > 0 ? named : keys).find((key) => {
    const value = cryptoki.attribute(session, key, attributes.modulus);
    return E.isRight(value) && modulus !== undefined && magnitude(hexOf(value.right)) === modulus;
  });
  return match === undefined
    ? E.left(cardFault('SIGNING_UNSUPPORTED', `${keys.length} private keys, none of the certificate`))
    : E.right(match);
};
