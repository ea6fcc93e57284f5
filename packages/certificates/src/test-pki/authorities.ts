/** The CAs of the small GPKI: one name and several keys for the roots and for MOICA, as in the real one. */

import { fromHex, toHex } from '../bytes.js';
import { sha256 } from '../crypto/digest.js';
import {
  authorityKeyExtension,
  basicConstraintsExtension,
  crlPointsExtension,
  encodeName,
  keyUsageExtension,
  type NameSpec,
  policiesExtension,
  subjectKeyExtension,
} from '../der/encode-certificate.js';
import type { Ca } from '../gpki/oids.js';
import { gpkiPolicies } from '../gpki/oids.js';
import { nameTypes } from '../name.js';
import { type AuthorityId, carlAddressOf } from './addresses.js';
import { makeKey, restoreKey, type SavedKey, type TestKey } from './keys.js';
import { type CertificateSpec, makeCertificate } from './make-certificate.js';
import { newSerial, type Random } from './numbers.js';

type Octets = Uint8Array<ArrayBuffer>;

export interface TestAuthority {
  readonly id: AuthorityId;
  readonly key: TestKey;
  /** DER. */
  readonly certificate: Octets;
  /** DER of its name. */
  readonly name: Octets;
  readonly keyIdentifier: Octets;
}

interface Plan {
  readonly id: AuthorityId;
  readonly name: ReadonlyArray<NameSpec>;
  readonly parent?: AuthorityId;
  readonly notBefore: string;
  readonly notAfter: string;
}

const grca: ReadonlyArray<NameSpec> = [
  { type: nameTypes.country, value: 'TW' },
  { type: nameTypes.organisation, value: '(測試用) Government Root Certification Authority' },
];

const underExecutiveYuan = (unit: string): ReadonlyArray<NameSpec> => [
  { type: nameTypes.country, value: 'TW' },
  { type: nameTypes.organisation, value: '行政院' },
  { type: nameTypes.organisationalUnit, value: `(測試用) ${unit}` },
];

const subordinate = (ca: Ca, generation: string, unit: string, from: string, to: string): Plan => ({
  id: `${ca} ${generation}`,
  name: underExecutiveYuan(unit),
  parent: 'GRCA G2',
  notBefore: from,
  notAfter: to,
});

const roots: ReadonlyArray<Plan> = [
  { id: 'GRCA G1', name: grca, notBefore: '2002-12-05T13:23:33Z', notAfter: '2032-12-05T13:23:33Z' },
  { id: 'GRCA G2', name: grca, notBefore: '2012-09-28T08:58:51Z', notAfter: '2037-12-31T15:59:59Z' },
];

/** docs/gpki.md 2: names (marked 測試用), validity and the generations that share a name. */
const subordinates: ReadonlyArray<Plan> = [
  subordinate('GCA', 'G2', '政府憑證管理中心', '2013-01-31T03:00:00Z', '2033-01-31T03:00:00Z'),
  subordinate('XCA', 'G2', '組織及團體憑證管理中心', '2013-01-31T03:10:00Z', '2033-01-31T03:10:00Z'),
  subordinate('MOEACA', 'G2', '工商憑證管理中心', '2013-01-31T03:20:00Z', '2033-01-31T03:20:00Z'),
  subordinate('HCA', 'G2', '醫事憑證管理中心', '2013-01-31T03:30:00Z', '2033-01-31T03:30:00Z'),
  subordinate('MOICA', 'G2', '內政部憑證管理中心', '2014-01-02T02:00:00Z', '2034-01-02T02:00:00Z'),
  subordinate('MOICA', 'G3', '內政部憑證管理中心', '2024-01-23T06:30:45Z', '2044-01-23T15:59:59Z'),
];

/** SHA-1 of the key is the custom; the first 20 octets of SHA-256 serve as well (RFC 7093). */
const identifierOf = async (key: TestKey): Promise<Octets> =>
  new Uint8Array((await sha256(key.publicKey)).slice(0, 20));

/** G1's root has a basicConstraints that is not critical, and no key usage: a strict validator must live with it. */
const rootExtensions = (id: AuthorityId, keyIdentifier: Uint8Array): CertificateSpec['extensions'] =>
  id === 'GRCA G1'
    ? [subjectKeyExtension(keyIdentifier), basicConstraintsExtension(true, undefined, false)]
    : [
        subjectKeyExtension(keyIdentifier),
        keyUsageExtension(['keyCertSign', 'cRLSign']),
        basicConstraintsExtension(true),
      ];

export interface AuthorityTools {
  readonly random: Random;
  /** Key identifiers to write in place of the real ones: how a look-alike imitates. */
  readonly identifiers?: ReadonlyMap<AuthorityId, Uint8Array>;
}

const makeRoot = async (plan: Plan, tools: AuthorityTools): Promise<TestAuthority> => {
  const key = await makeKey();
  const name = encodeName(plan.name);
  const keyIdentifier = new Uint8Array(tools.identifiers?.get(plan.id) ?? (await identifierOf(key)));
  const certificate = await makeCertificate({
    serial: newSerial(tools.random),
    issuer: name,
    subject: name,
    notBefore: new Date(plan.notBefore),
    notAfter: new Date(plan.notAfter),
    publicKey: key.publicKey,
    extensions: rootExtensions(plan.id, keyIdentifier),
    signer: key,
    // G1 signed with SHA-1: harmless in an anchor, which is trusted because it is pinned.
    digest: plan.id === 'GRCA G1' ? 'SHA-1' : 'SHA-256',
  });
  return { id: plan.id, key, certificate, name, keyIdentifier };
};

const makeSubordinate = async (
  plan: Plan,
  parent: TestAuthority,
  tools: AuthorityTools,
): Promise<TestAuthority> => {
  const key = await makeKey();
  const name = encodeName(plan.name);
  const keyIdentifier = new Uint8Array(tools.identifiers?.get(plan.id) ?? (await identifierOf(key)));
  const certificate = await makeCertificate({
    serial: newSerial(tools.random),
    issuer: parent.name,
    subject: name,
    notBefore: new Date(plan.notBefore),
    notAfter: new Date(plan.notAfter),
    publicKey: key.publicKey,
    extensions: [
      authorityKeyExtension(parent.keyIdentifier),
      subjectKeyExtension(keyIdentifier),
      keyUsageExtension(['keyCertSign', 'cRLSign']),
      policiesExtension([gpkiPolicies.level3]),
      basicConstraintsExtension(true, 0),
      crlPointsExtension([carlAddressOf('GRCA G2')]),
    ],
    signer: parent.key,
  });
  return { id: plan.id, key, certificate, name, keyIdentifier };
};

/** The second root's key under the first root's signature: trust carried from one key of the name to the next. */
const makeLink = (from: TestAuthority, to: TestAuthority, tools: AuthorityTools): Promise<Octets> =>
  makeCertificate({
    serial: newSerial(tools.random),
    issuer: from.name,
    subject: to.name,
    notBefore: new Date('2012-09-28T09:13:29Z'),
    notAfter: new Date('2032-12-05T13:23:33Z'),
    publicKey: to.key.publicKey,
    extensions: [
      authorityKeyExtension(from.keyIdentifier),
      subjectKeyExtension(to.keyIdentifier),
      keyUsageExtension(['keyCertSign', 'cRLSign']),
      policiesExtension([
        gpkiPolicies.level1,
        gpkiPolicies.level2,
        gpkiPolicies.level3,
        gpkiPolicies.level4,
        gpkiPolicies.test,
      ]),
      basicConstraintsExtension(true),
    ],
    signer: from.key,
  });

export interface Authorities {
  readonly all: ReadonlyMap<AuthorityId, TestAuthority>;
  /** DER of the certificate from G1 to G2. */
  readonly link: Octets;
}

/** Makes the roots, the link, and the CAs asked for (their keys all at once). */
export const makeAuthorities = async (
  cas: ReadonlyArray<Ca>,
  tools: AuthorityTools,
): Promise<Authorities> => {
  const [g1, g2] = await Promise.all(roots.map((plan) => makeRoot(plan, tools)));
  if (g1 === undefined || g2 === undefined) throw new TypeError('two roots expected');
  const wanted = subordinates.filter(({ id }) => cas.some((ca) => id.startsWith(`${ca} `)));
  const issuers = await Promise.all(wanted.map((plan) => makeSubordinate(plan, g2, tools)));
  return {
    all: new Map([g1, g2, ...issuers].map((authority) => [authority.id, authority])),
    link: await makeLink(g1, g2, tools),
  };
};

// -------------------------------------------------------------------------------------
// saving
// -------------------------------------------------------------------------------------

export interface SavedAuthorities {
  readonly link: string;
  readonly authorities: ReadonlyArray<{
    readonly id: string;
    readonly certificate: string;
    readonly keyIdentifier: string;
    readonly key: SavedKey;
  }>;
}

export const saveAuthorities = ({ all, link }: Authorities): SavedAuthorities => ({
  link: toHex(link),
  authorities: [...all.values()].map(({ id, certificate, keyIdentifier, key }) => ({
    id,
    certificate: toHex(certificate),
    keyIdentifier: toHex(keyIdentifier),
    key: key.save(),
  })),
});

const octets = (hex: string): Octets => {
  const bytes = fromHex(hex);
  if (bytes === undefined) throw new TypeError('saved octets are not hexadecimal');
  return bytes;
};

export const restoreAuthorities = (saved: SavedAuthorities): Authorities => {
  const plans = new Map([...roots, ...subordinates].map((plan) => [plan.id as string, plan]));
  const all = saved.authorities.map(({ id, certificate, keyIdentifier, key }): TestAuthority => {
    const plan = plans.get(id);
    if (plan === undefined) throw new TypeError(`no authority ${id} in this version of the test PKI`);
    return {
      id: plan.id,
      key: restoreKey(key),
      certificate: octets(certificate),
      name: encodeName(plan.name),
      keyIdentifier: octets(keyIdentifier),
    };
  });
  return { all: new Map(all.map((authority) => [authority.id, authority])), link: octets(saved.link) };
};
