import * as E from 'fp-ts/lib/Either.js';
import type { Certificate } from '../certificate.js';
import { standardAlgorithms } from '../crypto/algorithms.js';
import { type CertificateError, certificateError } from '../errors.js';
import { candidatesFor, mayHaveIssued } from './candidates.js';
import { nameOf } from './checks/fault.js';
import { judge, type PathVerdict } from './checks/index.js';
import { processPolicies } from './policies.js';
import { type PathRequest, pathBudget } from './request.js';
import { checkSignature } from './signature.js';

/** How far the search came on one way: what a report is made of. */
export interface Attempt {
  /** Certificates whose signatures were checked, each by the key of the next. */
  readonly chain: ReadonlyArray<Certificate>;
  /** What ended it; undefined for a path that holds. */
  readonly error: CertificateError | undefined;
  /** The issuer whose signature was not found on the last of the chain. */
  readonly issuer?: Certificate;
  /** What the rules say, where an anchor was reached. */
  readonly verdict?: PathVerdict;
  /** user-constrained-policy-set, where the path holds. */
  readonly policies: ReadonlyArray<string>;
}

/** How much an end says: a path that breaks a rule more than a budget, and that more than a key that did not sign. */
const weight = ({ error, verdict }: Attempt): number => {
  if (verdict !== undefined) return 4 + verdict.kept;
  switch (error?.code) {
    case 'ISSUER_UNKNOWN':
      return 0;
    case 'CERTIFICATE_SIGNATURE_INVALID':
      return 1;
    case 'PATH_BUDGET_EXCEEDED':
      return 3;
    default:
      return 2;
  }
};

/** Of several attempts the one that came closest to a path is told; of equals the longest, then the first. */
const isCloser = (attempt: Attempt, than: Attempt): boolean => {
  const difference = weight(attempt) - weight(than);
  return difference > 0 || (difference === 0 && attempt.chain.length > than.chain.length);
};

/**
 * Looks for a path that holds, the likeliest issuers first, and answers it, or else the attempt that came closest. What
 * it may cost is bounded by `pathBudget`: the signatures looked at, and with them the paths that are judged.
 */
export const searchPath = async (request: PathRequest): Promise<Attempt> => {
  const { certificate, trust, algorithms = standardAlgorithms, extra = [] } = request;
  const at = request.at.getTime();
  const pool = [...trust.issuers.map((issuer) => issuer.certificate), ...trust.links, ...extra];
  let signatures = 0;
  const issuerUnknown = (chain: ReadonlyArray<Certificate>, last: Certificate): Attempt => ({
    chain,
    error: certificateError('ISSUER_UNKNOWN', `issuer of ${nameOf(last)}`),
    policies: [],
  });
  let closest = issuerUnknown([certificate], certificate);
  const note = (attempt: Attempt): void => {
    if (isCloser(attempt, closest)) closest = attempt;
  };
  const exceeded = (chain: ReadonlyArray<Certificate>, what: string): void =>
    note({ chain, error: certificateError('PATH_BUDGET_EXCEEDED', what), policies: [] });

  const signed = async (
    chain: ReadonlyArray<Certificate>,
    last: Certificate,
    issuer: Certificate,
  ): Promise<boolean> => {
    signatures += 1;
    if (signatures > pathBudget.signatures) {
      exceeded(chain, `${pathBudget.signatures} signatures`);
      return false;
    }
    const checked = await checkSignature(last, issuer, algorithms, trust.cache);
    if (E.isLeft(checked)) note({ chain, error: checked.left, issuer, policies: [] });
    return E.isRight(checked);
  };

  const judged = (path: ReadonlyArray<Certificate>): Attempt => {
    const policies = processPolicies(path, request.policies);
    const verdict = judge({ path, at, demands: request, policies });
    return { chain: path, error: verdict.error, verdict, policies: policies.accepted };
  };

  const search = async (
    chain: ReadonlyArray<Certificate>,
    last: Certificate,
  ): Promise<Attempt | undefined> => {
    for (const anchor of trust.anchors) {
      if (!mayHaveIssued(anchor, last) || !(await signed(chain, last, anchor))) continue;
      const attempt = judged([...chain, anchor]);
      if (attempt.error === undefined) return attempt;
      note(attempt);
    }
    const candidates = candidatesFor(chain, last, pool, at);
    if (candidates.length === 0) note(issuerUnknown(chain, last));
    for (const issuer of candidates) {
      if (chain.length + 1 >= pathBudget.certificates) {
        exceeded(chain, `longer than ${pathBudget.certificates} certificates`);
        return undefined;
      }
      if (signatures > pathBudget.signatures) return undefined;
      if (!(await signed(chain, last, issuer))) continue;
      const attempt = await search([...chain, issuer], issuer);
      if (attempt !== undefined) return attempt;
    }
    return undefined;
  };

  return (await search([certificate], certificate)) ?? closest;
};
