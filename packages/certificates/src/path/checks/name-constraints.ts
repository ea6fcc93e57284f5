import { type Certificate, isSelfIssued, type NameConstraints } from '../../certificate.js';
import type { CertificateErrorCode } from '../../errors.js';
import type { GeneralName } from '../../general-name.js';
import { nameTypes, nameValues } from '../../name.js';
import { isBoundBy, positionOf } from '../names/compare.js';
import { pathBudget } from '../request.js';
import { downwards, type PathRule } from './check.js';
import { faultOf } from './fault.js';

/** Every name by which a certificate can be taken for somebody: subject, addresses in it, alternative names. */
const namesOf = ({ subject, subjectAltNames }: Certificate): ReadonlyArray<GeneralName> => [
  ...(subject.rdns.length === 0 ? [] : [{ type: 'directory', name: subject } as const]),
  ...nameValues(subject, nameTypes.emailAddress).map((value) => ({ type: 'rfc822', value }) as const),
  ...subjectAltNames,
];

/** At least one permitted subtree of the name's form holds it, if there is one; no excluded one touches it. */
const faultOfName = (name: GeneralName, limits: NameConstraints): CertificateErrorCode | undefined => {
  const within = (limits.permitted ?? [])
    .filter((base) => isBoundBy(name, base))
    .map((base) => positionOf(name, base));
  const without = (limits.excluded ?? [])
    .filter((base) => isBoundBy(name, base))
    .map((base) => positionOf(name, base));
  const permitted = within.length === 0 || within.includes('inside');
  if (permitted && without.every((position) => position === 'outside')) return undefined;
  return (permitted ? without : within).includes('unsupported')
    ? 'CONSTRAINT_NOT_SUPPORTED'
    : 'NAME_NOT_PERMITTED';
};

const sizeOf = ({ permitted = [], excluded = [] }: NameConstraints): number =>
  permitted.length + excluded.length;

/**
 * No name outside what the issuers above may name (RFC 5280 6.1.3 b, c; 6.1.4 g). Each issuer's limits are kept as they
 * stand and each name is held against all of them, which is the intersection and the union of the RFC without ever
 * forming either.
 *
 * Self-issued certificates are exempt, the last one excepted. A form of name that no rule compares, such as otherName,
 * refuses a certificate that has such a name below such a subtree, and nothing else.
 */
export const nameConstraintsRule: PathRule = {
  check: 'nameConstraints',
  source: 'RFC 5280 6.1.3 (b) (c), 6.1.4 (g)',
  subjects: downwards,
  fault: (context) => {
    const end = context.path[0];
    const limits: NameConstraints[] = context.demands.names === undefined ? [] : [context.demands.names];
    let comparisons = 0;
    for (const certificate of downwards(context)) {
      if (limits.length > 0 && (certificate === end || !isSelfIssued(certificate))) {
        const names = namesOf(certificate);
        comparisons += names.length * limits.reduce((sum, limit) => sum + sizeOf(limit), 0);
        if (comparisons > pathBudget.nameComparisons) {
          return faultOf(certificate, 'PATH_BUDGET_EXCEEDED', `${comparisons} comparisons of names`);
        }
        for (const name of names) {
          for (const limit of limits) {
            const code = faultOfName(name, limit);
            if (code !== undefined) return faultOf(certificate, code, `name of type ${name.type}`);
          }
        }
      }
      if (certificate.nameConstraints !== undefined) limits.push(certificate.nameConstraints);
    }
    return undefined;
  },
};
