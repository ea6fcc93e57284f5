import * as E from 'fp-ts/lib/Either.js';
import type { Certificate } from '../certificate.js';
import { decodeCertificate } from '../decode.js';
import type { MemoryRevocation, RevocationEntry } from '../revocation/memory.js';
import type { TestAuthority } from './authorities.js';
import type { Random } from './numbers.js';
import { publishedCrls } from './publish-crls.js';
import { publishedOcsp } from './publish-ocsp.js';
import type { Publications, PublishedAuthority, PublishOptions, RevocationRecord } from './published.js';

const recordOf =
  (revocation: MemoryRevocation): RevocationRecord =>
  (issuerName) => {
    const bySerial = new Map<string, RevocationEntry[]>();
    for (const entry of revocation.entries()) {
      if (entry.issuerName !== issuerName) continue;
      const known = bySerial.get(entry.serial) ?? [];
      known.push(entry);
      bySerial.set(entry.serial, known);
    }
    return [...bySerial.values()];
  };

const decodedAuthority = async (authority: TestAuthority): Promise<PublishedAuthority> => {
  const certificate: E.Either<unknown, Certificate> = await decodeCertificate(authority.certificate)();
  if (E.isLeft(certificate)) throw new TypeError(`the certificate of ${authority.id} cannot be read`);
  return { ...authority, certificate: certificate.right };
};

/** What CAs publish of what was done to their certificates, now and later. */
export const publish = (
  all: ReadonlyArray<TestAuthority>,
  revocation: MemoryRevocation,
  { random, now }: { readonly random: Random; readonly now: Date },
  { at = now }: PublishOptions = {},
): Publications => {
  let decoded: Promise<ReadonlyArray<PublishedAuthority>> | undefined;
  const authorities = (): Promise<ReadonlyArray<PublishedAuthority>> => {
    decoded ??= Promise.all(all.map(decodedAuthority));
    return decoded;
  };
  const clock = at instanceof Date ? () => at : at;
  const record = recordOf(revocation);
  return {
    crls: publishedCrls(authorities, record),
    ocsp: publishedOcsp(authorities, record, clock, random),
  };
};
