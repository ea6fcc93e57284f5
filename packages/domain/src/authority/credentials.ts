/**
 * Credentials as rows: what a decision compares, and what a reason tells of them.
 *
 * @packageDocumentation
 */
import {
  type HolderCredential,
  IssuerName,
  isMeans,
  isSeen,
  type PersonMeans,
} from '../credential/credential.js';
import { hex64, serialHex } from './hex.js';
import type { CertificateName, CredentialReason } from './model.js';
import { createRecords } from './records.js';
import type { Relation } from './relations.js';
import { remembering } from './remember.js';
import { isoOf, msOf } from './time.js';

export interface Credentials {
  /** A row for this credential of an agency (lane); 0 where it names no certificate. */
  readonly add: (agency: number, credential: HolderCredential) => number;
  /** The number of its certificate among those of the agency. */
  readonly certificate: (credential: number) => number;
  /** The number of a certificate, 0 where no event of the agency named it. */
  readonly find: (agency: number, name: CertificateName) => number;
  /** Whether a credential of an agency is of this certificate. */
  readonly names: (credential: number, agency: number, name: CertificateName) => boolean;
  /** Whether a person typed the serial and no card has proved it. */
  readonly isTyped: (credential: number) => boolean;
  /** Where `at` lies: before the validity, within it (also where it is not known), or after it. */
  readonly validity: (credential: number, at: number) => -1 | 0 | 1;
  readonly read: (credential: number) => CredentialReason;
  readonly bytes: () => number;
}

interface Profile {
  readonly proof: HolderCredential['proof'];
  readonly generation: string;
  readonly subjectType: string;
}

const caNames: ReadonlyArray<IssuerName> = Object.keys(IssuerName.keys).filter(IssuerName.is);
const caNumbers: ReadonlyMap<string, number> = new Map(caNames.map((name, n) => [name, n]));

/** Rows of zeros are of this profile. */
const typedProfile = 0;
const typed: Profile = { proof: 'typedByHand', generation: '', subjectType: '' };

/** Rows of means that are no certificate, whose service answers for them each time. */
const meansProfiles: Readonly<Record<PersonMeans['proof'], number>> = { registeredCard: 1, account: 2 };
const isCertificate = (profile: number): boolean => profile > meansProfiles.account;

// A row: notBefore and notAfter (doubles), certificate, profile. Fingerprints have rows of their own, so that what every
// decision reads lies close together.
const certificateWord = 4;
const profileWord = 5;

/** `notAfter` names a whole second, all of which belongs to the period (RFC 5280 4.1.2.5). */
const outFrom = (notAfter: number): number => (Math.floor(notAfter / 1000) + 1) * 1000;

/** Words of a certificate's key: the CA and the serial. */
export const certificateWords = 1 + serialHex.words;

export const createCredentials = (certificates: Relation): Credentials => {
  const rows = createRecords(6);
  const fingerprints = createRecords(hex64.words);
  const profiles: Profile[] = [typed, { ...typed, proof: 'registeredCard' }, { ...typed, proof: 'account' }];
  const profileNumbers = new Map<string, number>();
  const fingerprint = new Uint32Array(hex64.words);

  const { key } = certificates;
  const readName = (agency: number, { ca, serial }: CertificateName): boolean => {
    const number = caNumbers.get(ca);
    if (number === undefined || !serialHex.parse(serial, key, 2)) return false;
    key[0] = agency;
    key[1] = number;
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
    add: (agency, credential) => {
      if (!readName(agency, credential)) return 0;
      const certificate = certificates.intern();
      const row = rows.add();
      fingerprints.add();
      rows.set(row, certificateWord, certificate);
      if (isMeans(credential)) rows.set(row, profileWord, meansProfiles[credential.proof]);
      if (!isSeen(credential)) return row;
      rows.setDouble(row, 0, msOf(credential.notBefore));
      rows.setDouble(row, 1, msOf(credential.notAfter));
      rows.set(row, profileWord, profileOf(credential));
      hex64.parse(credential.fingerprint, fingerprint, 0);
      for (let n = 0; n < hex64.words; n++) fingerprints.set(row, n, fingerprint[n] ?? 0);
      return row;
    },
    certificate: (credential) => rows.get(credential, certificateWord),
    find: (agency, name) => (readName(agency, name) ? certificates.find() : 0),
    names: (credential, agency, name) => {
      if (!readName(agency, name)) return false;
      const certificate = rows.get(credential, certificateWord);
      for (let n = 0; n < key.length; n++) if (certificates.word(certificate, n) !== key[n]) return false;
      return true;
    },
    isTyped: (credential) => rows.get(credential, profileWord) === typedProfile,
    validity: (credential, at) => {
      if (!isCertificate(rows.get(credential, profileWord))) return 0;
      if (at < rows.getDouble(credential, 0)) return -1;
      return at >= outFrom(rows.getDouble(credential, 1)) ? 1 : 0;
    },
    read: remembering((credential) => {
      const certificate = rows.get(credential, certificateWord);
      const profile = profiles[rows.get(credential, profileWord)] ?? typed;
      const { proof, generation, subjectType } = profile;
      return {
        ca: caNames[certificates.word(certificate, 1)] ?? 'MOICA',
        serial: serialHex.print((n) => certificates.word(certificate, n + 2)),
        proof,
        certificate: !isCertificate(rows.get(credential, profileWord))
          ? undefined
          : Object.freeze({
              generation,
              subjectType,
              fingerprint: hex64.print((n) => fingerprints.get(credential, n)),
              notBefore: isoOf(rows.getDouble(credential, 0)),
              notAfter: isoOf(rows.getDouble(credential, 1)),
            }),
      };
    }),
    bytes: () => rows.bytes() + fingerprints.bytes(),
  };
};
