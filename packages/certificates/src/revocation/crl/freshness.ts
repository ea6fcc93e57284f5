import { type CertificateError, certificateError } from '../../errors.js';
import type { Crl } from './crl.js';

/** Five minutes: what clocks that are set by network differ by at worst, and a new list takes to be everywhere. */
export const defaultClockSkew = 5 * 60 * 1000;

/** More would be to accept outdated lists. */
const mostSkew = 60 * 60 * 1000;

/** The skew that is granted: within bounds, whatever the caller asks for. */
export const grantedSkew = (asked: number = defaultClockSkew): number =>
  Number.isNaN(asked) ? 0 : Math.min(Math.max(asked, 0), mostSkew);

const text = (time: number): string => new Date(time).toISOString();

/** thisUpdate ≤ at ≤ nextUpdate (RFC 5280 6.3.3 (a)), both with the skew. A list without an end is never fresh. */
export const freshnessFault = (list: Crl, at: number, skew: number): CertificateError | undefined => {
  if (!(list.thisUpdate <= at + skew)) {
    return certificateError('CRL_NOT_YET_VALID', `begins ${text(list.thisUpdate)}`);
  }
  if (list.nextUpdate === undefined) return certificateError('CRL_STALE', 'does not say when it ends');
  return list.nextUpdate >= at - skew
    ? undefined
    : certificateError('CRL_STALE', `ended ${text(list.nextUpdate)}`);
};
