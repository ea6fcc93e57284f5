import type { Certificate } from '../../certificate.js';
import type { CertificateError } from '../../errors.js';

/** A complete path, every signature already checked: the end certificate first, the anchor last. */
export interface PathUnderCheck {
  readonly path: ReadonlyArray<Certificate>;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** One rule of RFC 5280 section 6.1: the first thing that breaks it, or undefined when it is kept. */
export type PathCheck = (context: PathUnderCheck) => CertificateError | undefined;

/** All but the anchor: an anchor is a name and a key, and its own certificate is not judged (RFC 5280 6.1.1 d). */
export const belowAnchor = ({ path }: PathUnderCheck): ReadonlyArray<Certificate> => path.slice(0, -1);

/** The certificates that issued another one of the path, without the anchor. */
export const intermediates = ({ path }: PathUnderCheck): ReadonlyArray<Certificate> => path.slice(1, -1);

/** How a detail names a certificate: enough to find it, nothing personal. */
export const nameOf = (certificate: Certificate): string => certificate.fingerprint.slice(0, 16);
