/** A certificate as this package holds it: own, immutable, decoded once. No type of a decoding library. */
import type { DistributionPoint, GeneralName } from './general-name.js';
import type { Name } from './name.js';

/** An AlgorithmIdentifier. `parameters` keeps apart what RFC 4055 and RFC 5480 require to be exact. */
export interface AlgorithmIdentifier {
  readonly oid: string;
  /** `absent`, `null`, or the lower-case hexadecimal of the DER. */
  readonly parameters: string;
}

/** The subject's public key. */
export interface PublicKeyInfo {
  /** DER of SubjectPublicKeyInfo: what WebCrypto imports, and what two keys are compared by. */
  readonly der: Uint8Array;
  readonly algorithm: AlgorithmIdentifier;
  /** An RSA `exponent` is absent when it is larger than 2⁴⁸: nobody honest has one, and it makes verifying slow. */
  readonly key:
    | { readonly type: 'rsa'; readonly bits: number; readonly exponent?: number }
    | { readonly type: 'ec'; readonly curve: 'P-256' | 'P-384' | 'P-521' }
    | { readonly type: 'other' };
}

/** Bits of the keyUsage extension (RFC 5280 4.2.1.3). */
export type KeyUsage =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly';

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** DER inside the OCTET STRING. */
  readonly value: Uint8Array;
}

/** One attribute of the Subject Directory Attributes extension (RFC 5280 4.2.1.8); values as text or OID text. */
export interface DirectoryAttribute {
  readonly type: string;
  readonly values: ReadonlyArray<string>;
}

/** permitted and excluded subtrees (RFC 5280 4.2.1.10); an absent list says nothing. */
export interface NameConstraints {
  readonly permitted?: ReadonlyArray<GeneralName>;
  readonly excluded?: ReadonlyArray<GeneralName>;
}

/** A policy of the issuer's domain that counts as one of the subject's (RFC 5280 4.2.1.5). */
export interface PolicyMapping {
  readonly issuerDomainPolicy: string;
  readonly subjectDomainPolicy: string;
}

export interface Certificate {
  readonly der: Uint8Array;
  /** SHA-256 of `der`, lower-case hexadecimal. */
  readonly fingerprint: string;
  readonly version: 1 | 2 | 3;
  /** Upper-case hexadecimal without leading zeros; compare as text (checklist X-2: never an identity). */
  readonly serialNumber: string;
  readonly issuer: Name;
  readonly subject: Name;
  /** Milliseconds since 1970, inclusive. */
  readonly notBefore: number;
  /** Milliseconds since 1970, inclusive. GPKI certificates end at 15:59:59Z, the end of a Taipei day. */
  readonly notAfter: number;
  readonly publicKeyInfo: PublicKeyInfo;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  /** DER of TBSCertificate: what the issuer signed. */
  readonly tbs: Uint8Array;
  /** authorityKeyIdentifier.keyIdentifier, lower-case hexadecimal. */
  readonly aki?: string;
  /** authorityCertIssuer and authorityCertSerialNumber: which certificate of the issuer signed; advice for a search. */
  readonly akiIssuer?: { readonly names: ReadonlyArray<GeneralName>; readonly serialNumber: string };
  /** subjectKeyIdentifier, lower-case hexadecimal. */
  readonly ski?: string;
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number };
  readonly keyUsage?: ReadonlySet<KeyUsage>;
  readonly extKeyUsage?: ReadonlyArray<string>;
  /** Policy object identifiers; empty when the extension is absent. */
  readonly policies: ReadonlyArray<string>;
  readonly policyMappings: ReadonlyArray<PolicyMapping>;
  /** Certificates that may still follow before the constraint holds (RFC 5280 4.2.1.11). */
  readonly policyConstraints?: {
    readonly requireExplicitPolicy?: number;
    readonly inhibitPolicyMapping?: number;
  };
  /** Certificates that may still follow before anyPolicy counts for nothing (RFC 5280 4.2.1.14). */
  readonly inhibitAnyPolicy?: number;
  readonly nameConstraints?: NameConstraints;
  readonly subjectAltNames: ReadonlyArray<GeneralName>;
  readonly directoryAttributes: ReadonlyArray<DirectoryAttribute>;
  /** In the order of the certificate: partition first, complete list second in the GPKI. */
  readonly crlPoints: ReadonlyArray<DistributionPoint>;
  /** Where deltas are found (RFC 5280 4.2.1.15). */
  readonly freshestCrl: ReadonlyArray<DistributionPoint>;
  readonly ocspUris: ReadonlyArray<string>;
  readonly extensions: ReadonlyArray<Extension>;
}

export const extensionOids = {
  subjectDirectoryAttributes: '2.5.29.9',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extKeyUsage: '2.5.29.37',
  freshestCrl: '2.5.29.46',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
} as const;

/** Subject and issuer are one name: a root, or a link between two keys of one name. */
export const isSelfIssued = (certificate: Certificate): boolean =>
  certificate.subject.normal === certificate.issuer.normal;
