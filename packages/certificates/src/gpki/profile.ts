import type { Certificate } from '../certificate.js';
import { type CertificateError, certificateError } from '../errors.js';
import type { PathReport } from '../path/path-report.js';
import { anyPolicy } from '../path/policy-graph.js';
import type { PathDemands } from '../path/request.js';
import { type CheckResult, passedCheck, refusedCheck } from '../report.js';
import type { GpkiFacts } from './facts.js';
import { type Ca, issuersOfType, type SubjectType } from './oids.js';

/**
 * What a role accepts, as data: it comes from the portal's policy pack. Empty lists accept nothing.
 * Example, a manager's card: citizens of MOICA at assurance level 3, for signing (checklist GEPI-9).
 */
export interface CertificateProfile {
  readonly subjectTypes: ReadonlyArray<SubjectType>;
  readonly cas: ReadonlyArray<Ca>;
  /** The path must hold for one of these: in the certificate itself, and in every CA certificate above it. */
  readonly policies: ReadonlyArray<string>;
  /** `sign`: the signing certificate of the card, told by key usage. `any`: either certificate of the card. */
  readonly use: 'sign' | 'any';
  readonly minRsaBits: number;
  /** Extended key usages, one of which a certificate that has any must have. Default: `cardPurposes`. */
  readonly purposes?: ReadonlyArray<string>;
}

/** What a person's or an agency's card is for: logging in, mail and documents; never a server, code or time. */
export const cardPurposes: ReadonlyArray<string> = [
  // TLS client authentication
  '1.3.6.1.5.5.7.3.2',
  // e-mail protection
  '1.3.6.1.5.5.7.3.4',
  // document signing (RFC 9336)
  '1.3.6.1.5.5.7.3.36',
  // logging in with a smart card
  '1.3.6.1.4.1.311.20.2.2',
];

/** What the path of a certificate of this role must hold for. */
export const pathDemands = ({ policies, purposes = cardPurposes }: CertificateProfile): PathDemands => ({
  policies: { accepted: policies, explicit: true },
  purposes,
});

/** A certificate whose path holds, save perhaps for the role's policies. */
interface Judged {
  readonly certificate: Certificate;
  readonly facts: GpkiFacts;
  readonly path: PathReport;
  readonly profile: CertificateProfile;
}

interface Demand {
  readonly check: string;
  readonly field: keyof CertificateProfile;
  readonly fault: (judged: Judged) => CertificateError | undefined;
}

/** A card says its level itself: that its CA may issue for every policy is no level. */
const onlyAnyPolicy = ({ certificate: { policies }, profile }: Judged): boolean =>
  policies.includes(anyPolicy) && !policies.some((policy) => profile.policies.includes(policy));

const demands: ReadonlyArray<Demand> = [
  {
    check: 'issuer',
    field: 'cas',
    fault: ({ facts, profile }) =>
      profile.cas.includes(facts.ca) ? undefined : certificateError('ISSUER_NOT_ACCEPTED', facts.ca),
  },
  {
    check: 'subjectType',
    field: 'subjectTypes',
    fault: ({ facts: { ca, subjectType }, profile }) =>
      profile.subjectTypes.includes(subjectType) && issuersOfType[subjectType].includes(ca)
        ? undefined
        : certificateError('SUBJECT_TYPE_NOT_ACCEPTED', `${subjectType} of ${ca}`),
  },
  {
    check: 'policy',
    field: 'policies',
    fault: (judged) =>
      judged.path.indication === 'passed' && !onlyAnyPolicy(judged)
        ? undefined
        : certificateError('POLICY_NOT_ACCEPTED', judged.facts.policies.join(' ')),
  },
  {
    check: 'use',
    field: 'use',
    fault: ({ facts: { use }, profile }) =>
      profile.use === 'any' || use === 'sign' || use === 'both'
        ? undefined
        : certificateError('KEY_USAGE_NOT_ACCEPTED', `certificate is for: ${use}`),
  },
  {
    check: 'keySize',
    field: 'minRsaBits',
    fault: ({ certificate: { publicKeyInfo }, profile }) =>
      publicKeyInfo.key.type === 'rsa' && publicKeyInfo.key.bits < profile.minRsaBits
        ? certificateError('KEY_NOT_ACCEPTED', `RSA of ${publicKeyInfo.key.bits} bits`)
        : undefined,
  },
];

/** The demands of the profile, and the first that is not met. */
export const judgeProfile = (
  judged: Judged,
): { readonly checks: ReadonlyArray<CheckResult>; readonly error: CertificateError | undefined } => {
  const checks: CheckResult[] = [];
  let error: CertificateError | undefined;
  for (const { check, field, fault: faultIn } of demands) {
    const fault = faultIn(judged);
    const source = `CertificateProfile.${field}`;
    const subject = judged.certificate.fingerprint;
    checks.push(
      fault === undefined ? passedCheck(check, subject, source) : refusedCheck(check, subject, source, fault),
    );
    error ??= fault;
  }
  return { checks, error };
};
