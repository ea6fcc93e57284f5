/**
 * Who asks an identity service.
 *
 * @packageDocumentation
 */
import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import * as E from 'fp-ts/lib/Either.js';
import {
  type CertificateFile,
  readCertificateFile,
  type SignatureAlgorithm,
  signWith,
  thumbprintOf,
} from './signatures.js';

/** A portal as the service knows it. Made by `clientCredential`, or by hand where an HSM signs. */
export interface ClientCredential {
  /** The thumbprint of its certificate. */
  readonly clientId: string;
  readonly algorithm: SignatureAlgorithm;
  readonly sign: (octets: Uint8Array) => Promise<Uint8Array>;
}

export interface CredentialFault {
  readonly code: 'CREDENTIAL_INVALID';
  /** English, for operators; nothing of the key. */
  readonly detail: string;
}

export interface CredentialInput {
  readonly certificate: CertificateFile;
  /** PEM of an RSA private key. */
  readonly key: string;
  readonly passphrase?: string;
  /** Default `SHA256withRSA`. */
  readonly algorithm?: SignatureAlgorithm;
  /** Of which digest the ClientID is. Default `sha256`. */
  readonly thumbprint?: 'sha256' | 'sha1';
}

const refuse = (detail: string): E.Either<CredentialFault, never> =>
  E.left({ code: 'CREDENTIAL_INVALID', detail });

const readKey = ({ key, passphrase }: CredentialInput): KeyObject | undefined => {
  try {
    return createPrivateKey({ key, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    return undefined;
  }
};

const fits = (certificate: X509Certificate, key: KeyObject): boolean => {
  try {
    return certificate.checkPrivateKey(key);
  } catch {
    return false;
  }
};

/** Errors: `CREDENTIAL_INVALID` where a part cannot be read, is not RSA, or does not belong to the other. */
export const clientCredential = (input: CredentialInput): E.Either<CredentialFault, ClientCredential> => {
  const { algorithm = 'SHA256withRSA', thumbprint = 'sha256' } = input;
  const certificate = readCertificateFile(input.certificate);
  if (certificate === undefined) return refuse('no certificate of an RSA key');
  const key = readKey(input);
  if (key === undefined) return refuse('the private key cannot be read');
  if (!fits(certificate, key)) return refuse('the private key is not that of the certificate');
  return E.right({
    clientId: thumbprintOf(certificate, thumbprint),
    algorithm,
    sign: signWith(key, algorithm),
  });
};
