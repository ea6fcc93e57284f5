import type { Ca } from '../gpki/oids.js';

export type RootId = 'GRCA G1' | 'GRCA G2';

export type AuthorityId = RootId | `${Ca} ${string}`;

/** Where the small GPKI would publish: its certificates name these, and nothing is there. */
export interface AuthorityAddresses {
  readonly partition: string;
  readonly complete: string;
  readonly ocsp: string;
  readonly certificates: string;
}

/** Of a CA that issues cards. */
export const addressesOf = (id: AuthorityId): AuthorityAddresses => {
  const host = `http://${id.replace(' ', '-').toLowerCase()}.test.invalid`;
  return {
    partition: `${host}/crl/part-10-8.crl`,
    complete: `${host}/crl/complete.crl`,
    ocsp: `${host}/OCSP/ocsp`,
    certificates: `${host}/certs/IssuedToThisCA.p7b`,
  };
};

/** Of a root: its list of revoked CAs. */
export const carlAddressOf = (id: RootId): string =>
  `http://grca.test.invalid/${id === 'GRCA G1' ? 'CRL' : 'CRL2'}/CA.crl`;

export const isRoot = (id: AuthorityId): id is RootId => id === 'GRCA G1' || id === 'GRCA G2';
