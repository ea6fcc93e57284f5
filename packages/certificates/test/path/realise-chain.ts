/** Random chains made real, under one root that narrows nothing. */
import type { Extension } from '../../src/certificate.js';
import {
  basicConstraintsExtension,
  encodeName,
  keyUsageExtension,
  policiesExtension,
} from '../../src/der/encode-certificate.js';
import type { Certificate } from '../../src/index.js';
import {
  alternativeNamesExtension,
  inhibitAnyPolicyExtension,
  type Limits,
  nameConstraintsExtension,
  policyConstraintsExtension,
  policyMappingsExtension,
  purposesExtension,
} from './extensions.js';
import {
  country,
  organisation,
  type RandomCa,
  type RandomCertificate,
  type RandomChain,
} from './random-chains.js';
import { keyNamed, link } from './support.js';

const periods = {
  now: {},
  past: { notAfter: new Date('2025-01-01T00:00:00Z') },
  future: { notBefore: new Date('2027-01-01T00:00:00Z') },
} as const;

const commonExtensions = (spec: RandomCertificate): ReadonlyArray<Extension> => [
  ...(spec.policies.length === 0 ? [] : [policiesExtension(spec.policies)]),
  ...(spec.alternativeNames.length === 0 ? [] : [alternativeNamesExtension(spec.alternativeNames)]),
  ...(spec.purposes === undefined ? [] : [purposesExtension(spec.purposes)]),
  ...(spec.unknownCritical === true ? [{ oid: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) }] : []),
];

const hasLimits = ({ permitted = [], excluded = [] }: Limits): boolean =>
  permitted.length + excluded.length > 0;

const caExtensionsOf = (spec: RandomCa): ReadonlyArray<Extension> => [
  ...(spec.notCa === true ? [] : [basicConstraintsExtension(true, spec.pathLength)]),
  ...(spec.keyUsage.length === 0 ? [] : [keyUsageExtension(spec.keyUsage)]),
  ...commonExtensions(spec),
  ...(spec.mappings.length === 0 ? [] : [policyMappingsExtension(spec.mappings)]),
  ...(spec.requireExplicitPolicy === undefined && spec.inhibitPolicyMapping === undefined
    ? []
    : [policyConstraintsExtension(spec.requireExplicitPolicy, spec.inhibitPolicyMapping)]),
  ...(spec.inhibitAnyPolicy === undefined ? [] : [inhibitAnyPolicyExtension(spec.inhibitAnyPolicy)]),
  ...(spec.limits !== undefined && hasLimits(spec.limits) ? [nameConstraintsExtension(spec.limits)] : []),
];

/** What a certificate says of its time, and by which key it is really signed. */
const changesOf = async ({ period, forged }: RandomCertificate) => ({
  ...periods[period],
  ...(forged === true ? { signer: await keyNamed('another') } : {}),
});

const subjectOf = (spec: RandomCertificate, unit: string) =>
  encodeName([country, organisation(spec.organisation), { type: '2.5.4.11', value: unit }]);

export const rootName = encodeName([country, organisation('a'), { type: '2.5.4.11', value: 'root' }]);

/** The root of every random chain: its name and key, and nothing that narrows. */
export const randomRoot = (): Promise<Certificate> =>
  link({ subject: 'root', issuer: 'root', change: { subject: rootName, issuer: rootName } });

/** The end certificate, and whatever comes along with it. */
export const realise = async (
  chain: RandomChain,
): Promise<{ readonly end: Certificate; readonly extra: ReadonlyArray<Certificate> }> => {
  const extra: Certificate[] = [];
  let issuer = rootName;
  let signer = 'root';
  for (const [level, spec] of chain.cas.entries()) {
    const key = `level ${level}`;
    const subject = spec.selfIssued ? issuer : subjectOf(spec, key);
    const change = { subject, issuer, ...(await changesOf(spec)) };
    const common = { subject: key, issuer: signer, signer, extensions: caExtensionsOf(spec), change };
    if (spec.decoy) extra.push(await link({ ...common, key: 'decoy' }));
    extra.push(await link({ ...common, key }));
    issuer = subject;
    signer = key;
  }
  const end = await link({
    subject: 'end',
    issuer: signer,
    key: 'decoy',
    signer,
    extensions: [keyUsageExtension(['digitalSignature']), ...commonExtensions(chain.end)],
    change: { subject: subjectOf(chain.end, 'end'), issuer, ...(await changesOf(chain.end)) },
  });
  return { end, extra: chain.reversed ? extra.reverse() : extra };
};
