/** One signature, from choosing the mechanism to the octets, with the recoveries that modules are known to need. */
import { createHash } from 'node:crypto';
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

import { attributes, mechanisms, userTypes } from './constants.js';
import type { Cryptoki, Handle, Returned } from './cryptoki.js';
import type { StoredCertificate } from './objects.js';
import { privateKeyFor } from './private-key.js';
import { cardFault, returnedFault, returnValues } from './return-values.js';

/** What is handed to the module, and under which mechanism. */
export interface Preparation {
  readonly mechanism: number;
  readonly octets: Uint8Array;
}

/** DigestInfo of SHA-256 up to the digest (RFC 8017 9.2, note 1). */
const sha256Prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** RSASSA-PKCS1-v1_5 with SHA-256: digested by the token, or here where its mechanism does not. */
const preparations = (data: Uint8Array, offered: ReadonlyArray<number>): ReadonlyArray<Preparation> => {
  const all: ReadonlyArray<Preparation> = [
    { mechanism: mechanisms.sha256RsaPkcs, octets: data },
    {
      mechanism: mechanisms.rsaPkcs,
      octets: Buffer.concat([sha256Prefix, createHash('sha256').update(data).digest()]),
    },
  ];
  return all.filter(({ mechanism }) => offered.includes(mechanism));
};

/** The ways to sign that this token offers; asked before the PIN is. */
export const signingWays = (
  cryptoki: Cryptoki,
  slot: Handle,
  data: Uint8Array,
): E.Either<CardFault, ReadonlyArray<Preparation>> => {
  const offered = cryptoki.mechanisms(slot);
  if (E.isLeft(offered)) return E.left(returnedFault('C_GetMechanismList', offered.left));
  const ways = preparations(data, offered.right);
  return ways.length === 0
    ? E.left(cardFault('SIGNING_UNSUPPORTED', 'neither CKM_SHA256_RSA_PKCS nor CKM_RSA_PKCS'))
    : E.right(ways);
};

/** Octets: RSA of 8,192 bits, and far more than any key has. */
const capacity = 1024;
const largeCapacity = 16 * 1024;

/** CKR_BUFFER_TOO_SMALL leaves the operation active, so it is the same one that is asked again. */
const finish = (cryptoki: Cryptoki, session: Handle, octets: Uint8Array): Returned<Uint8Array> => {
  const signature = cryptoki.sign(session, octets, capacity);
  return E.isLeft(signature) && signature.left === returnValues.bufferTooSmall
    ? cryptoki.sign(session, octets, largeCapacity)
    : signature;
};

/**
 * C_SignInit. An operation that was left active is ended first; a handle that went with another program's logout is
 * looked up again. Each once.
 */
const begin = (
  cryptoki: Cryptoki,
  session: Handle,
  mechanism: number,
  certificate: StoredCertificate,
): E.Either<CardFault, { readonly returned: Returned<void>; readonly key: Handle }> => {
  const found = privateKeyFor(cryptoki, session, certificate);
  if (E.isLeft(found)) return found;
  const returned = cryptoki.signInit(session, mechanism, found.right);
  if (E.isRight(returned)) return E.right({ returned, key: found.right });
  if (returned.left === returnValues.operationActive) {
    cryptoki.sign(session, sha256Prefix, largeCapacity);
    return E.right({ returned: cryptoki.signInit(session, mechanism, found.right), key: found.right });
  }
  if (returned.left !== returnValues.keyHandleInvalid && returned.left !== returnValues.objectHandleInvalid)
    return E.right({ returned, key: found.right });
  const again = privateKeyFor(cryptoki, session, certificate);
  if (E.isLeft(again)) return again;
  return E.right({ returned: cryptoki.signInit(session, mechanism, again.right), key: again.right });
};

/** CKA_ALWAYS_AUTHENTICATE: the key wants the PIN, which was right a moment ago, for each operation (section 4.9). */
const authenticateAgain = (
  cryptoki: Cryptoki,
  session: Handle,
  key: Handle,
  pin: string | undefined,
): Returned<void> => {
  const always = cryptoki.attribute(session, key, attributes.alwaysAuthenticate);
  return pin !== undefined && E.isRight(always) && always.right[0] === 1
    ? cryptoki.login(session, userTypes.contextSpecific, pin)
    : E.right(undefined);
};

/** Signs in a session that is logged in. `pin` is for keys that ask for it at every operation. */
export const signature = (
  cryptoki: Cryptoki,
  session: Handle,
  ways: ReadonlyArray<Preparation>,
  certificate: StoredCertificate,
  pin: string | undefined,
): E.Either<CardFault, Uint8Array> => {
  let refused: CardFault = cardFault('SIGNING_UNSUPPORTED', 'no mechanism');
  for (const { mechanism, octets } of ways) {
    const begun = begin(cryptoki, session, mechanism, certificate);
    if (E.isLeft(begun)) return begun;
    const { returned, key } = begun.right;
    if (E.isLeft(returned)) {
      refused = returnedFault('C_SignInit', returned.left);
      if (returned.left === returnValues.mechanismInvalid) continue;
      return E.left(refused);
    }
    const again = authenticateAgain(cryptoki, session, key, pin);
    if (E.isLeft(again)) return E.left(returnedFault('C_Login for the operation', again.left));
    const made = finish(cryptoki, session, octets);
    return E.isLeft(made) ? E.left(returnedFault('C_Sign', made.left)) : E.right(Uint8Array.from(made.right));
  }
  return E.left(refused);
};
