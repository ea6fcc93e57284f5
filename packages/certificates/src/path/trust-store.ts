import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Certificate } from '../certificate.js';
import { type CertificateCache, certificateCache } from '../certificate-cache.js';
import { decodeCertificate, decodeCertificates } from '../decode.js';
import { type CertificateError, certificateError } from '../errors.js';
import type { Ca } from '../gpki/oids.js';

/** A subordinate CA of the GPKI that the portal knows, with the generation of its key. */
export interface TrustedIssuer {
  readonly ca: Ca;
  /** `G1`, `G2`, … : three generations of MOICA share one name and differ in key. */
  readonly generation: string;
  readonly certificate: Certificate;
}

/**
 * What a verification starts from. An anchor is a name and a key, pinned by the fingerprint of its certificate:
 * the roots G1 and G2 have one name, so a name proves nothing (docs/gpki.md 1).
 *
 * Nothing but the anchors is trusted: an issuer or link is material for a path, and is checked like any other
 * certificate each time.
 */
export interface TrustStore {
  readonly anchors: ReadonlyArray<Certificate>;
  readonly issuers: ReadonlyArray<TrustedIssuer>;
  /** Self-issued certificates that carry trust from one key of a root to another. */
  readonly links: ReadonlyArray<Certificate>;
  readonly cache: CertificateCache;
}

export interface TrustStoreInput {
  /** `fingerprint`: SHA-256 of `der`, hexadecimal in any spelling, taken from another place than `der`. */
  readonly anchors: ReadonlyArray<{ readonly der: Uint8Array; readonly fingerprint: string }>;
  readonly issuers: ReadonlyArray<{ readonly ca: Ca; readonly generation: string; readonly der: Uint8Array }>;
  readonly links?: ReadonlyArray<{ readonly der: Uint8Array }>;
  /** Where decoded certificates and checked signatures are kept; by default a cache of this store's own. */
  readonly cache?: CertificateCache;
}

const normalFingerprint = (text: string): string => text.replace(/[\s:]/g, '').toLowerCase();

const invalid = (detail: string) => E.left(certificateError('TRUST_STORE_INVALID', detail));

/**
 * Reads the anchors, issuers and links once.
 *
 * Errors: `ANCHOR_PIN_MISMATCH` when a certificate is not the one that was pinned, `TRUST_STORE_INVALID` without
 * anchors, with an issuer that is no CA, or with one generation of a CA twice; the errors of `decodeCertificate`.
 */
export const trustStore =
  (input: TrustStoreInput): TaskEither<CertificateError, TrustStore> =>
  async () => {
    const cache = input.cache ?? certificateCache();
    if (input.anchors.length === 0) return invalid('no anchor');

    const anchors: Certificate[] = [];
    for (const { der, fingerprint } of input.anchors) {
      const anchor = await decodeCertificate(der, cache)();
      if (E.isLeft(anchor)) return anchor;
      if (anchor.right.fingerprint !== normalFingerprint(fingerprint)) {
        return E.left(certificateError('ANCHOR_PIN_MISMATCH', `anchor is ${anchor.right.fingerprint}`));
      }
      anchors.push(anchor.right);
    }

    const issuers: TrustedIssuer[] = [];
    for (const { ca, generation, der } of input.issuers) {
      const certificate = await decodeCertificate(der, cache)();
      if (E.isLeft(certificate)) return certificate;
      if (certificate.right.basicConstraints?.ca !== true) return invalid(`${ca} ${generation} is no CA`);
      if (issuers.some((other) => other.ca === ca && other.generation === generation)) {
        return invalid(`${ca} ${generation} twice`);
      }
      issuers.push({ ca, generation, certificate: certificate.right });
    }

    const ders = (input.links ?? []).map(({ der }) => der);
    const links = await decodeCertificates(ders, cache)();
    return E.isLeft(links) ? links : E.right({ anchors, issuers, links: links.right, cache });
  };
