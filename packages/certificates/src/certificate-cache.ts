/**
 * What has been worked out once and stays true for ever, kept by content and bounded.
 *
 * Decoding is the cost of a login (a certificate is decoded from its octets, and the answer depends on nothing
 * else), and so are the signatures inside a path (a key did sign these octets or it did not). Both are kept by
 * SHA-256. Nothing that depends on a time, a trust store or a revocation answer is ever kept.
 */
import { equalBytes } from './bytes.js';
import type { Certificate } from './certificate.js';

export interface CertificateCache {
  readonly certificate: (fingerprint: string) => Certificate | undefined;
  /** The certificate of exactly these octets, found without a digest: WebCrypto's takes longer than all the rest. */
  readonly certificateOf: (der: Uint8Array) => Certificate | undefined;
  readonly keepCertificate: (certificate: Certificate) => void;
  /** Whether the key signed the certificate; undefined when nobody has tried. */
  readonly signature: (fingerprint: string, signerKey: string) => boolean | undefined;
  readonly keepSignature: (fingerprint: string, signerKey: string, holds: boolean) => void;
}

/** First in, first out: an attacker who floods it costs the others one decoding, never memory. */
const boundedMap = <A>(limit: number, maxBytes: number, sizeOf: (value: A) => number) => {
  const entries = new Map<string, A>();
  let bytes = 0;
  const drop = (key: string): void => {
    const value = entries.get(key);
    if (value !== undefined) bytes -= sizeOf(value);
    entries.delete(key);
  };
  return {
    get: (key: string): A | undefined => entries.get(key),
    set: (key: string, value: A): void => {
      drop(key);
      entries.set(key, value);
      bytes += sizeOf(value);
      while (entries.size > limit || bytes > maxBytes) {
        const oldest = entries.keys().next();
        if (oldest.done === true) return;
        drop(oldest.value);
      }
    },
  };
};

/** The end of a certificate is the end of its signature. Chosen to collide, it finds a record that is compared and not taken. */
const tailOf = (der: Uint8Array): string => String.fromCharCode(...der.subarray(-24));

/**
 * A cache of at most `maxEntries` certificates (default 1,000) of together at most `maxBytes` octets of DER (default
 * 8 MiB; a record takes about five times its DER), and of four times as many signature results. Share one between trust
 * stores to share the work; pass 0 to keep nothing.
 */
export const certificateCache = ({
  maxEntries = 1_000,
  maxBytes = 8 * 1024 * 1024,
}: {
  readonly maxEntries?: number;
  readonly maxBytes?: number;
} = {}): CertificateCache => {
  if (maxEntries <= 0) {
    const nothing = () => undefined;
    return {
      certificate: nothing,
      certificateOf: nothing,
      keepCertificate: nothing,
      signature: nothing,
      keepSignature: nothing,
    };
  }
  const sizeOf = ({ der }: Certificate): number => der.length;
  const certificates = boundedMap<Certificate>(maxEntries, maxBytes, sizeOf);
  const byTail = boundedMap<Certificate>(maxEntries, maxBytes, sizeOf);
  const signatures = boundedMap<boolean>(maxEntries * 4, Number.POSITIVE_INFINITY, () => 0);
  return {
    certificate: certificates.get,
    certificateOf: (der) => {
      const found = byTail.get(tailOf(der));
      return found !== undefined && equalBytes(found.der, der) ? found : undefined;
    },
    keepCertificate: (certificate) => {
      certificates.set(certificate.fingerprint, certificate);
      byTail.set(tailOf(certificate.der), certificate);
    },
    signature: (fingerprint, signerKey) => signatures.get(`${fingerprint}/${signerKey}`),
    keepSignature: (fingerprint, signerKey, holds) => {
      const key = `${fingerprint}/${signerKey}`;
      if (signatures.get(key) === undefined) signatures.set(key, holds);
    },
  };
};
