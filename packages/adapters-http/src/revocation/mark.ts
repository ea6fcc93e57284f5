/**
 * Which of two lists is the older one, so that nobody can bring back a list from before a revocation.
 *
 * @packageDocumentation
 */
import type { Crl } from '@mandate/certificates';

/** What is remembered of the newest list of a scope that came from an address. */
export interface Mark {
  /** What the list speaks of, and whose key signed it: only numbers of one scope are in one order (RFC 5280 5.2.3). */
  readonly scope: string;
  readonly number: string | undefined;
  readonly thisUpdate: number;
}

const issuingDistributionPoint = '2.5.29.28';

export const markOf = (crl: Crl): Mark => {
  const point = crl.extensions.find(({ oid }) => oid === issuingDistributionPoint);
  const kind = crl.baseCrlNumber === undefined ? 'complete' : 'delta';
  const octets = point === undefined ? '' : Buffer.from(point.value).toString('hex');
  return {
    scope: [kind, crl.aki ?? '', octets, crl.issuer.normal].join(' '),
    number: crl.crlNumber,
    thisUpdate: crl.thisUpdate,
  };
};

/** Hexadecimal without leading zeros: the longer number is the greater one. */
const isLess = (a: string, b: string): boolean => (a.length === b.length ? a < b : a.length < b.length);

export const isOlder = (one: Mark, other: Mark): boolean =>
  one.scope === other.scope &&
  (one.thisUpdate < other.thisUpdate ||
    (one.number !== undefined && other.number !== undefined && isLess(one.number, other.number)));
