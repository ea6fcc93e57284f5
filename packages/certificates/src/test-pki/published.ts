import type { Certificate } from '../certificate.js';
import type { CrlSource, OcspTransport } from '../revocation/material.js';
import type { RevocationEntry } from '../revocation/memory.js';
import type { TestAuthority } from './authorities.js';

/** What the small GPKI publishes: what `revocationSource` asks, in place of the network. */
export interface Publications {
  /** Partition and complete list of each CA, and each root's list of revoked CAs, as they are at the time asked. */
  readonly crls: CrlSource;
  /** A responder for each CA, with a certificate that the CA has named it by. It answers for any serial. */
  readonly ocsp: OcspTransport;
}

export interface PublishOptions {
  /** What the responders' clocks say: OCSP asks about no time. Default: the PKI's `now`. */
  readonly at?: Date | (() => Date);
}

/** A CA with its record. */
export type PublishedAuthority = Omit<TestAuthority, 'certificate'> & { readonly certificate: Certificate };

/** What was done to the certificates of an issuer of this name, those of one certificate together. */
export type RevocationRecord = (issuerName: string) => ReadonlyArray<ReadonlyArray<RevocationEntry>>;
