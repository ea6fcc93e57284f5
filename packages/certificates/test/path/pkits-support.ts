/**
 * NIST PKITS 1.0.1 as data: its 249 cases, its certificates, and one case's path. What a case says of revocation is
 * asked by a hook, so that the sections about paths and those about CRLs run the same way.
 */
import { readFileSync } from 'node:fs';
import { sharedData } from '@mandate/testing';
import * as E from 'fp-ts/lib/Either.js';
import {
  type Certificate,
  type CertificateError,
  decodeCertificate,
  type PathRequest,
  type ProvedPath,
  trustStore,
  validatePath,
} from '../../src/index.js';
import { memoise } from '../support.js';

export interface PkitsCase {
  /** Such as `4.13.2`; several parts of one test have the same number and differ in `title`. */
  readonly number: string;
  readonly title: string;
  /** Names of certificates: the anchor first, the end certificate last, between them whatever comes along. */
  readonly certs: ReadonlyArray<string>;
  /** Names of CRLs. */
  readonly crls: ReadonlyArray<string>;
  /** Names of policies, as `pkitsPolicies` has them; `anyPolicy` alone is no demand. */
  readonly initialPolicySet: ReadonlyArray<string>;
  readonly initialExplicitPolicy: boolean;
  readonly initialPolicyMappingInhibit: boolean;
  readonly initialInhibitAnyPolicy: boolean;
  readonly userConstrainedPolicySet: ReadonlyArray<string>;
  readonly validationTime: string;
  readonly shouldValidate: boolean;
}

interface CaseFile {
  readonly policyOids: Readonly<Record<string, string>>;
  readonly cases: ReadonlyArray<PkitsCase>;
}

export const pkitsNeed = {
  available: sharedData('pkits') !== undefined,
  reason: 'no PKITS in ../shared/data',
  remedy: 'put pkits (NIST PKITS 1.0.1 with pkits-cases.json) into ../shared/data',
};

const caseFile = memoise(
  (name): CaseFile => JSON.parse(readFileSync(sharedData('pkits', name) ?? '', 'utf8')),
);
const all = (): CaseFile => caseFile('pkits-cases.json');

/** All cases; only where `pkitsNeed.available`. */
export const pkitsCases = (): ReadonlyArray<PkitsCase> => all().cases;

/** `4.13` of `4.13.2`. */
export const sectionOf = ({ number }: PkitsCase): string => number.split('.').slice(0, 2).join('.');

/** The object identifier of a policy's name. */
export const pkitsPolicy = (name: string): string => all().policyOids[name] ?? name;

export const pkitsOctets = (folder: 'certs' | 'crls', file: string): Uint8Array =>
  new Uint8Array(readFileSync(sharedData('pkits', folder, file) ?? ''));

/** Read once by name, or why it cannot be read. */
export const pkitsCertificate = memoise(
  (name: string): Promise<E.Either<CertificateError, Certificate>> =>
    decodeCertificate(pkitsOctets('certs', `${name}.crt`))(),
);

/** What a case asks of a path: a certificate that the gate refuses refuses its case. */
export const pkitsRequest = async (one: PkitsCase): Promise<E.Either<CertificateError, PathRequest>> => {
  const [anchor, ...rest] = await Promise.all(one.certs.map(pkitsCertificate));
  if (anchor === undefined || E.isLeft(anchor)) throw new Error('the anchor cannot be read');
  const extra: Certificate[] = [];
  for (const read of rest) {
    if (E.isLeft(read)) return read;
    extra.push(read.right);
  }
  const certificate = extra.pop();
  if (certificate === undefined) throw new Error('no certificate');
  const { der, fingerprint } = anchor.right;
  const trust = await trustStore({ anchors: [{ der, fingerprint }], issuers: [] })();
  if (E.isLeft(trust)) return trust;
  return E.right({
    certificate,
    extra,
    trust: trust.right,
    at: new Date(one.validationTime),
    policies: {
      accepted: one.initialPolicySet.map(pkitsPolicy),
      explicit: one.initialExplicitPolicy,
      inhibitMapping: one.initialPolicyMappingInhibit,
      inhibitAny: one.initialInhibitAnyPolicy,
    },
  });
};

/** Judges a path that holds, by the CRLs of the case: the request has every certificate that came along. */
export type PkitsRevocation = (
  path: ReadonlyArray<Certificate>,
  request: PathRequest,
  one: PkitsCase,
) => Promise<E.Either<CertificateError, unknown>>;

/** The path of a case; without a hook nothing is asked about revocation. */
export const runPkitsCase = async (
  one: PkitsCase,
  revocation?: PkitsRevocation,
): Promise<E.Either<CertificateError, ProvedPath>> => {
  const request = await pkitsRequest(one);
  if (E.isLeft(request)) return request;
  const report = await validatePath(request.right)();
  if (report.indication !== 'passed') return E.left(report.error);
  if (revocation === undefined) return E.right(report);
  const answer = await revocation(report.path, request.right, one);
  return E.isLeft(answer) ? answer : E.right(report);
};
