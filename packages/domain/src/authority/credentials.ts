/**
 * Credentials as rows: what a decision compares, and what a reason tells of them.
 *
 * @packageDocumentation
 */
import { CaName, type Credential, type CredentialProof, isSeen } from '../credential/credential.js';
import { hex64, serialHex } from './hex.js';
import { createKeyTable } from './keys.js';
import type { CertificateName, CredentialReason } from './model.js';
import { createRecords } from './records.js';
import { isoOf, msOf } from './time.js';

export interface Credentials {
  /** A row for this credential; 0 where it names no certificate. */
  readonly add: (credential: Credential) => number;
  /** The number of its certificate. */
  readonly certificate: (credential: number) => number;
  /** The number of a certificate, 0 where no event named it. */
  readonly find: (name: CertificateName) => number;
  /** Where `at` lies: before the validity, within it (also where it is not known), or after it. */
  readonly validity: (credential: number, at: number) => -1 | 0 | 1;
  readonly read: (credential: number) => CredentialReason;
  readonly bytes: () => number;
}

interface Profile {
  readonly proof: CredentialProof;
  readonly generation: string;
  readonly subjectType: string;
}

const caNames: ReadonlyArray<CaName> = Object.keys(CaName.keys).filter(CaName.is);
const caNumbers: ReadonlyMap<string, number> = new Map(caNames.map((name, n) => [name, n]));

const typed: Profile = { proof: 'typedByHand', generation: '', subjectType: '' };

// A row: notBefore and notAfter (doubles), certificate, profile, fingerprint.
const certificateWord = 4;
const profileWord = 5;
const fingerprintWord = 6;

export const createCredentials = (): Credentials => {
  const rows = createRecords(14);
  const certificates = createKeyTable(6);
  const profiles: Profile[] = [typed];
  const profileNumbers = new Map<string, number>();
  const key = new Uint32Array(6);
  const fingerprint = new Uint32Array(8);

  const readName = ({ ca, serial }: CertificateName): boolean => {
    const number = caNumbers.get(ca);
    if (number === undefined || !serialHex.parse(serial, key, 1)) return false;
    key[0] = number;
    return true;
  };

  const profileOf = (credential: Profile): number => {
    const { proof, generation, subjectType } = credential;
    const text = JSON.stringify([proof, generation, subjectType]);
    const known = profileNumbers.get(text);
    if (known !== undefined) return known;
    profileNumbers.set(text, profiles.length);
    profiles.push({ proof, generation, subjectType });
    return profiles.length - 1;
  };

  return {
    add: (credential) => {
      if (!readName(credential)) return 0;
      const certificate = certificates.intern(key);
      const row = rows.add();
      rows.set(row, certificateWord, certificate);
      if (!isSeen(credential)) return row;
      rows.setDouble(row, 0, msOf(credential.notBefore));
      rows.setDouble(row, 1, msOf(credential.notAfter));
      rows.set(row, profileWord, profileOf(credential));
      hex64.parse(credential.fingerprint, fingerprint, 0);
      for (let n = 0; n < 8; n++) rows.set(row, fingerprintWord + n, fingerprint[n] ?? 0);
      return row;
    },
    certificate: (credential) => rows.get(credential, certificateWord),
    find: (name) => (readName(name) ? certificates.find(key) : 0),
    validity: (credential, at) => {
      if (rows.get(credential, profileWord) === 0) return 0;
      if (at < rows.getDouble(credential, 0)) return -1;
      return at > rows.getDouble(credential, 1) ? 1 : 0;
    },
    read: (credential) => {
      const certificate = rows.get(credential, certificateWord);
      const profile = profiles[rows.get(credential, profileWord)] ?? typed;
      const { proof, generation, subjectType } = profile;
      return {
        ca: caNames[certificates.word(certificate, 0)] ?? 'MOICA',
        serial: serialHex.print((n) => certificates.word(certificate, n + 1)),
        proof,
        certificate:
          profile === typed
            ? undefined
            : {
                generation,
                subjectType,
                fingerprint: hex64.print((n) => rows.get(credential, fingerprintWord + n)),
                notBefore: isoOf(rows.getDouble(credential, 0)),
                notAfter: isoOf(rows.getDouble(credential, 1)),
              },
      };
    },
    bytes: () => rows.bytes() + certificates.bytes(),
  };
};
