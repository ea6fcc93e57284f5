import type { TrustStore } from '../path/trust-store.js';
import { type Ask, firstConclusive, guarded, worstOfAll } from './answers.js';
import type { CrlContext } from './crl/context.js';
import { crlStatus } from './crl/status.js';
import type { CrlSource, OcspTransport } from './material.js';
import { type OcspContext, ocspStatus } from './ocsp/status.js';
import type { RevocationQuestion, RevocationSource } from './source.js';

/**
 * Who is asked first. `ocspFirst` (default) and `crlFirst`: the other only when the first does not answer for certain.
 * `both`: always both, and the worst of two answers wins.
 */
export type RevocationOrder = 'ocspFirst' | 'crlFirst' | 'both';

export interface RevocationSourceOptions {
  readonly trust: TrustStore;
  /** Where lists come from. Absent: none is asked for. */
  readonly crls?: CrlSource;
  /** How responders are reached. Absent: none is asked. */
  readonly ocsp?: OcspTransport;
  /** Octets that nobody can foresee, for nonces: see `OcspContext.random`. */
  readonly random?: (length: number) => Uint8Array;
  readonly order?: RevocationOrder;
  /** How lists are believed, beyond the trust store. */
  readonly crlTerms?: Omit<CrlContext, 'trust'>;
  /** How answers are believed. By default lists tell whether a responder is revoked. */
  readonly ocspTerms?: Omit<OcspContext, 'random' | 'cache'>;
}

const responderRevocation = (crls: CrlSource, context: CrlContext): RevocationSource => ({
  status: (question) => crlStatus(question, crls, context),
});

const ocspContextOf = (options: RevocationSourceOptions, context: CrlContext): OcspContext => ({
  ...(options.crls === undefined ? {} : { responderRevocation: responderRevocation(options.crls, context) }),
  ...options.ocspTerms,
  ...(options.random === undefined ? {} : { random: options.random }),
  cache: options.trust.cache,
});

/**
 * The source that asks the CAs: their OCSP responders, their revocation lists, or both, by `order`. Cards and CAs are
 * asked about alike. A responder is asked where the certificate names one; a list where `crls` finds one.
 *
 * It fails closed. What was not answered, was answered with *unknown*, or could not be believed is no answer, and when
 * nobody answers for certain the refusal has the most telling code, with all attempts in `detail`. Revoked is final,
 * whoever says it. A responder whose answer speaks twice of the certificate ends the asking with `OCSP_ANSWER_COUNT`: it
 * may have said the worse. Nothing is kept between two questions but what the trust store's cache and `crls` keep.
 *
 * Errors: `REVOCATION_UNKNOWN`, and the `OCSP_…` and `CRL_…` codes.
 */
export const revocationSource = (options: RevocationSourceOptions): RevocationSource => {
  const { crls, ocsp, order = 'ocspFirst', trust } = options;
  const crlContext: CrlContext = { ...options.crlTerms, trust };
  const ocspContext = ocspContextOf(options, crlContext);
  const asksOf = (question: RevocationQuestion): ReadonlyArray<Ask> => {
    const byOcsp = ocsp === undefined ? [] : [guarded(ocspStatus(question, ocsp, ocspContext))];
    const byCrl = crls === undefined ? [] : [guarded(crlStatus(question, crls, crlContext))];
    return order === 'crlFirst' ? [...byCrl, ...byOcsp] : [...byOcsp, ...byCrl];
  };
  const decide = order === 'both' ? worstOfAll : firstConclusive;
  return { status: (question) => () => decide(asksOf(question)) };
};
