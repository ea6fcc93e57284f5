import type { Certificate } from '../certificate.js';
import { type CertificateError, certificateError } from '../errors.js';
import type { GpkiFacts } from './facts.js';
import { type Ca, issuersOfType, type SubjectType } from './oids.js';

/**
 * What a role accepts, as data: it comes from the portal's policy pack. Empty lists accept nothing.
 * Example, a manager's card: citizens of MOICA at assurance level 3, for signing (checklist GEPI-9).
 */
export interface CertificateProfile {
  readonly subjectTypes: ReadonlyArray<SubjectType>;
  readonly cas: ReadonlyArray<Ca>;
  /** One of these must stand in the certificate and in every CA certificate above it. */
  readonly policies: ReadonlyArray<string>;
  /** `sign`: the signing certificate of the card, told by key usage. `any`: either certificate of the card. */
  readonly use: 'sign' | 'any';
  readonly minRsaBits: number;
}

const anyPolicy = '2.5.29.32.0';

/** The policy holds along the path: in the certificate itself, and in each issuer or as anyPolicy there. */
const policyHolds = (policy: string, path: ReadonlyArray<Certificate>): boolean =>
  path[0]?.policies.includes(policy) === true &&
  path.slice(1, -1).every(({ policies }) => policies.includes(policy) || policies.includes(anyPolicy));

/** The first demand of the profile that a verified path does not meet. */
export const profileFault = (
  facts: GpkiFacts,
  path: ReadonlyArray<Certificate>,
  profile: CertificateProfile,
): CertificateError | undefined => {
  const key = path[0]?.publicKeyInfo.key;
  if (!profile.cas.includes(facts.ca)) return certificateError('ISSUER_NOT_ACCEPTED', facts.ca);
  if (
    !profile.subjectTypes.includes(facts.subjectType) ||
    !issuersOfType[facts.subjectType].includes(facts.ca)
  ) {
    return certificateError('SUBJECT_TYPE_NOT_ACCEPTED', `${facts.subjectType} of ${facts.ca}`);
  }
  if (!profile.policies.some((policy) => policyHolds(policy, path))) {
    return certificateError('POLICY_NOT_ACCEPTED', facts.policies.join(' '));
  }
  if (profile.use === 'sign' && facts.use !== 'sign' && facts.use !== 'both') {
    return certificateError('KEY_USAGE_NOT_ACCEPTED', `certificate is for: ${facts.use}`);
  }
  if (key?.type === 'rsa' && key.bits < profile.minRsaBits) {
    return certificateError('KEY_NOT_ACCEPTED', `RSA of ${key.bits} bits`);
  }
  return undefined;
};
