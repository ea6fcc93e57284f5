import { concatBytes, forWebCrypto } from '../bytes.js';
import type { PublicKeyInfo } from '../certificate.js';
import { E } from '../der/read.js';
import { contentOf, type DerNode, readDer, tags } from '../der/reader.js';
import type { SignatureScheme } from './algorithms.js';

const coordinateSizes = { 'P-256': 32, 'P-384': 48, 'P-521': 66 } as const;

const coordinate = (node: DerNode | undefined, size: number): Uint8Array | undefined => {
  if (node === undefined || node.tag !== tags.integer) return undefined;
  const content = contentOf(node);
  const magnitude = content[0] === 0 ? content.subarray(1) : content;
  return (content[0] ?? 0x80) >= 0x80 || magnitude.length > size
    ? undefined
    : concatBytes(new Uint8Array(size - magnitude.length), magnitude);
};

/** ECDSA-Sig-Value (RFC 3279 2.2.3) as the fixed-length pair that WebCrypto takes. */
const ecSignature = (signature: Uint8Array, size: number): Uint8Array | undefined => {
  const read = readDer(signature, { maxBytes: 160, maxDepth: 2, maxNodes: 3 });
  if (E.isLeft(read) || read.right.tag !== tags.sequence || read.right.children.length !== 2)
    return undefined;
  const r = coordinate(read.right.children[0], size);
  const s = coordinate(read.right.children[1], size);
  return r && s && concatBytes(r, s);
};

// Importing costs more than verifying; the record is immutable, so its key never changes. By digest, or by curve.
const imported = new WeakMap<PublicKeyInfo, Map<string, Promise<CryptoKey>>>();

const importKey = (
  info: PublicKeyInfo,
  name: string,
  algorithm: RsaHashedImportParams | EcKeyImportParams,
): Promise<CryptoKey> => {
  const keys = imported.get(info) ?? new Map<string, Promise<CryptoKey>>();
  imported.set(info, keys);
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = globalThis.crypto.subtle.importKey('spki', forWebCrypto(info.der), algorithm, false, [
    'verify',
  ]);
  keys.set(name, key);
  return key;
};

/**
 * Whether the key made the signature over the data, by WebCrypto. A key or signature that cannot be read is
 * a signature that does not hold, never an exception.
 */
export const signatureHolds = async (
  scheme: SignatureScheme,
  info: PublicKeyInfo,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> => {
  const { key } = info;
  try {
    if (scheme.key === 'rsa' && key.type === 'rsa') {
      const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: scheme.digest };
      const publicKey = await importKey(info, scheme.digest, algorithm);
      return await globalThis.crypto.subtle.verify(
        algorithm,
        publicKey,
        forWebCrypto(signature),
        forWebCrypto(data),
      );
    }
    if (scheme.key === 'ec' && key.type === 'ec') {
      const raw = ecSignature(signature, coordinateSizes[key.curve]);
      if (raw === undefined) return false;
      const publicKey = await importKey(info, key.curve, { name: 'ECDSA', namedCurve: key.curve });
      const algorithm = { name: 'ECDSA', hash: scheme.digest };
      return await globalThis.crypto.subtle.verify(
        algorithm,
        publicKey,
        forWebCrypto(raw),
        forWebCrypto(data),
      );
    }
    return false;
  } catch {
    return false;
  }
};
