import { toHex } from '../bytes.js';
import type { AlgorithmIdentifier, PublicKeyInfo } from '../certificate.js';
import { E, type Read, refuse } from './read.js';
import { contentOf, type DerNode, readDer, tags, wholeOf } from './reader.js';
import { bitOctetsOf, oidOf } from './values.js';

/** AlgorithmIdentifier ::= SEQUENCE { algorithm, parameters OPTIONAL }. */
export const algorithmOf = (node: DerNode | undefined): AlgorithmIdentifier | undefined => {
  if (node === undefined || node.tag !== tags.sequence || node.children.length > 2) return undefined;
  const oid = oidOf(node.children[0]);
  const parameters = node.children[1];
  if (oid === undefined) return undefined;
  if (parameters === undefined) return { oid, parameters: 'absent' };
  return { oid, parameters: parameters.tag === tags.null ? 'null' : toHex(wholeOf(parameters)) };
};

const rsaEncryption = '1.2.840.113549.1.1.1';
const ecPublicKey = '1.2.840.10045.2.1';
const curves: ReadonlyMap<string, 'P-256' | 'P-384' | 'P-521'> = new Map([
  ['1.2.840.10045.3.1.7', 'P-256'],
  ['1.3.132.0.34', 'P-384'],
  ['1.3.132.0.35', 'P-521'],
]);

const bitLength = (magnitude: Uint8Array): number => {
  const first = magnitude.findIndex((octet) => octet !== 0);
  return first < 0 ? 0 : (magnitude.length - first - 1) * 8 + (32 - Math.clz32(magnitude[first] ?? 0));
};

const rsaKey = (octets: Uint8Array): PublicKeyInfo['key'] | undefined => {
  const read = readDer(octets, { maxBytes: 4096, maxDepth: 2, maxNodes: 3 });
  if (E.isLeft(read) || read.right.tag !== tags.sequence) return undefined;
  const [modulus, publicExponent, rest] = read.right.children;
  if (modulus?.tag !== tags.integer || publicExponent?.tag !== tags.integer || rest !== undefined)
    return undefined;
  const n = contentOf(modulus);
  const e = contentOf(publicExponent);
  if ((n[0] ?? 0x80) >= 0x80 || (e[0] ?? 0x80) >= 0x80) return undefined;
  const exponent = bitLength(e) > 48 ? undefined : e.reduce((value, octet) => value * 256 + octet, 0);
  return { type: 'rsa', bits: bitLength(n), ...(exponent === undefined ? {} : { exponent }) };
};

/** SubjectPublicKeyInfo. A key type that is not judged here is `other`, never an error. */
export const publicKeyInfoOf = (node: DerNode | undefined): Read<PublicKeyInfo> => {
  const algorithm = algorithmOf(node?.children[0]);
  const octets = bitOctetsOf(node?.children[1]);
  if (node?.tag !== tags.sequence || node.children.length !== 2 || !algorithm || !octets) {
    return refuse('subject public key info');
  }
  const info = { der: wholeOf(node), algorithm };
  if (algorithm.oid === rsaEncryption) {
    const key = rsaKey(octets);
    return key === undefined ? refuse('RSA public key') : E.right({ ...info, key });
  }
  if (algorithm.oid === ecPublicKey) {
    const named = readDer(hexOctets(algorithm.parameters), { maxBytes: 32, maxDepth: 1, maxNodes: 1 });
    const curve = E.isRight(named) ? curves.get(oidOf(named.right) ?? '') : undefined;
    return E.right({ ...info, key: curve === undefined ? { type: 'other' } : { type: 'ec', curve } });
  }
  return E.right({ ...info, key: { type: 'other' } });
};

const hexOctets = (hex: string): Uint8Array =>
  /^([0-9a-f]{2})+$/.test(hex)
    ? Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    : new Uint8Array(0);
