/** What a delta adds to its complete list (RFC 5280 5.2.4, 6.3.3 (c), (h) to (k)). */
import * as E from 'fp-ts/lib/Either.js';
import { equalBytes } from '../../bytes.js';
import { type Certificate, extensionOids } from '../../certificate.js';
import { type AlgorithmPolicy, standardAlgorithms } from '../../crypto/algorithms.js';
import { crlExtensionOids } from '../../der/crl-extensions.js';
import { type CertificateError, certificateError } from '../../errors.js';
import type { RevocationQuestion } from '../source.js';
import type { Judging } from './context.js';
import type { Crl, CrlEntry } from './crl.js';
import { worseEntry } from './entry-index.js';
import { freshnessFault, grantedSkew } from './freshness.js';
import { algorithmFault, isSignedBy } from './signature.js';

/** What the lists say together. */
export interface Combined {
  readonly entry: CrlEntry | undefined;
  /** Absent: the complete list speaks alone. */
  readonly delta?: Crl;
}

/** Numbers as the record has them: upper-case hexadecimal without leading zeros. */
const isLess = (a: string, b: string): boolean => (a.length === b.length ? a < b : a.length < b.length);

const sameExtension = (a: Crl, b: Crl, oid: string): boolean => {
  const left = a.extensions.find((extension) => extension.oid === oid)?.value;
  const right = b.extensions.find((extension) => extension.oid === oid)?.value;
  return left === undefined || right === undefined ? left === right : equalBytes(left, right);
};

/** Same issuer, same scope, same key. */
const isOfList = (delta: Crl, complete: Crl): boolean =>
  delta.baseCrlNumber !== undefined &&
  delta.issuer.normal === complete.issuer.normal &&
  sameExtension(delta, complete, crlExtensionOids.issuingDistributionPoint) &&
  sameExtension(delta, complete, extensionOids.authorityKeyIdentifier);

/** Later in the one sequence of numbers that both share. A delta that is not adds nothing. */
const isLater = (delta: Crl, complete: Crl): boolean =>
  complete.crlNumber === undefined ||
  delta.crlNumber === undefined ||
  isLess(complete.crlNumber, delta.crlNumber);

const deltaFault = async (
  delta: Crl,
  complete: Crl,
  signer: Certificate,
  policy: AlgorithmPolicy,
): Promise<CertificateError | undefined> => {
  if (delta.unknownCritical !== undefined) {
    return certificateError('CRL_EXTENSION_UNKNOWN', `${delta.unknownCritical} in a delta`);
  }
  const algorithm = algorithmFault(delta, policy);
  if (algorithm !== undefined) return algorithm;
  if (!(await isSignedBy(delta, signer.publicKeyInfo))) {
    return certificateError('CRL_SIGNATURE_INVALID', 'delta not signed by the key of its complete list');
  }
  if (complete.crlNumber === undefined || delta.crlNumber === undefined) {
    return certificateError('CRL_DELTA_MISMATCH', 'a list without number');
  }
  // The CA has published a complete list since: this one is known to be behind.
  return delta.baseCrlNumber !== undefined && isLess(complete.crlNumber, delta.baseCrlNumber)
    ? certificateError('CRL_DELTA_MISMATCH', `delta on ${delta.baseCrlNumber}, list ${complete.crlNumber}`)
    : undefined;
};

/**
 * The entry of the newest delta, else that of the complete list. A delta takes a certificate off a list only where it was
 * on hold: nothing else can be undone. One that has ended still tells of revocations, and takes nothing off.
 *
 * A delta that cannot be had is no fault, since the complete list is fresh by itself; one that is there, and is refused,
 * refuses the list.
 */
export const combined = async (
  complete: Crl,
  deltas: ReadonlyArray<Crl>,
  signer: Certificate,
  question: RevocationQuestion,
  { context }: Judging,
): Promise<E.Either<CertificateError, Combined>> => {
  const { certificate } = question;
  const at = question.at.getTime();
  const skew = grantedSkew(context.clockSkew);
  const entry = complete.entry(certificate.issuer, certificate.serialNumber);
  const [delta] = deltas
    .filter((one) => isOfList(one, complete) && isLater(one, complete) && one.thisUpdate <= at + skew)
    .sort((a, b) => b.thisUpdate - a.thisUpdate);
  if (delta === undefined) return E.right({ entry });
  const fault = await deltaFault(delta, complete, signer, context.algorithms ?? standardAlgorithms);
  if (fault !== undefined) return E.left(fault);
  const change = delta.entry(certificate.issuer, certificate.serialNumber);
  if (change === undefined) return E.right({ entry, delta });
  if (change.reason !== 'removeFromCrl') {
    // A date to come must not end a hold before it: the certificate was never free in between.
    return E.right({ entry: entry === undefined ? change : worseEntry(entry, change), delta });
  }
  const released = entry?.reason === 'certificateHold' && freshnessFault(delta, at, skew) === undefined;
  return E.right({ entry: released ? undefined : entry, delta });
};
