/**
 * Which certificate the signer says that it signs with (RFC 5035): under the signature, so that nobody can put another
 * certificate of the same key into the answer. Cards need not say it; what is said must be true.
 */
import { equalBytes } from '../bytes.js';
import type { Certificate } from '../certificate.js';
import { type DigestName, digest, digestByOid } from '../crypto/digest.js';
import { algorithmOf } from '../der/algorithm.js';
import { generalNamesOf } from '../der/general-names.js';
import { contentOf, type DerNode, tags } from '../der/reader.js';
import { serialOf } from '../der/serial.js';
import type { SignedAttribute } from '../der/signed-data.js';
import { attributeOids } from './attributes.js';

/** ESSCertID or ESSCertIDv2, read. */
interface CertificateIdentifier {
  readonly digest: DigestName;
  readonly hash: Uint8Array;
  readonly issuerSerial?: { readonly issuer: Uint8Array; readonly serialNumber: string };
}

/** IssuerSerial: exactly one name, a directory name. */
const issuerSerialOf = (node: DerNode): CertificateIdentifier['issuerSerial'] => {
  const [name, another] = generalNamesOf(node.children[0]) ?? [];
  const serialNumber = serialOf(node.children[1]);
  return node.tag === tags.sequence &&
    node.children.length === 2 &&
    name?.type === 'directory' &&
    another === undefined &&
    serialNumber !== undefined
    ? { issuer: name.name.der, serialNumber }
    : undefined;
};

const digestOf = (node: DerNode): DigestName | undefined => {
  const algorithm = algorithmOf(node);
  return algorithm?.parameters === 'absent' || algorithm?.parameters === 'null'
    ? digestByOid.get(algorithm.oid)
    : undefined;
};

/** `byDefault`: the digest where none is named; undefined where the structure has no place for a name. */
const identifierOf = (
  node: DerNode | undefined,
  version: { readonly byDefault: DigestName; readonly mayName: boolean },
): CertificateIdentifier | undefined => {
  if (node?.tag !== tags.sequence) return undefined;
  const fields = [...node.children];
  const named = version.mayName && fields[0]?.tag === tags.sequence ? fields.shift() : undefined;
  const hash = fields.shift();
  const issuerNode = fields.shift();
  // The default may be written out: DER forbids it, and components do it.
  const digestName = named === undefined ? version.byDefault : digestOf(named);
  const issuerSerial = issuerNode && issuerSerialOf(issuerNode);
  if (digestName === undefined || hash?.tag !== tags.octetString || fields.length > 0) return undefined;
  if (issuerNode !== undefined && issuerSerial === undefined) return undefined;
  return {
    digest: digestName,
    hash: contentOf(hash),
    ...(issuerSerial === undefined ? {} : { issuerSerial }),
  };
};

/** SigningCertificate and SigningCertificateV2: the first of `certs` is the signer's. */
const firstOf = (attribute: SignedAttribute): DerNode | undefined => {
  const [value, another] = attribute.values;
  const certs = value?.children[0];
  return another === undefined && value?.tag === tags.sequence && certs?.tag === tags.sequence
    ? certs.children[0]
    : undefined;
};

const versions = [
  { type: attributeOids.signingCertificate, byDefault: 'SHA-1', mayName: false },
  { type: attributeOids.signingCertificateV2, byDefault: 'SHA-256', mayName: true },
] as const;

const names = async (identifier: CertificateIdentifier, certificate: Certificate): Promise<boolean> => {
  const { issuerSerial } = identifier;
  const sameSerial =
    issuerSerial === undefined ||
    (issuerSerial.serialNumber === certificate.serialNumber &&
      equalBytes(issuerSerial.issuer, certificate.issuer.der));
  return sameSerial && equalBytes(identifier.hash, await digest(identifier.digest, certificate.der));
};

/** What is wrong with what the attributes say of the signer's certificate; undefined where they say nothing. */
export const signingCertificateProblem = async (
  list: ReadonlyArray<SignedAttribute>,
  certificate: Certificate,
): Promise<string | undefined> => {
  for (const version of versions) {
    const attribute = list.find(({ type }) => type === version.type);
    if (attribute === undefined) continue;
    const identifier = identifierOf(firstOf(attribute), version);
    if (identifier === undefined) return `attribute ${version.type} cannot be read`;
    if (!(await names(identifier, certificate))) return `attribute ${version.type} names another certificate`;
  }
  return undefined;
};
