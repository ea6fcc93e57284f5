/**
 * All that is kept of a portal's events: their rows, the lanes they belong to, and what finds a lane.
 *
 * @packageDocumentation
 */
import type { EventMeta } from '../events/define.js';
import { createCodes } from './codes.js';
import { type Credentials, certificateWords, createCredentials } from './credentials.js';
import { agencyWords, clerkWords, foldAgency, foldClerk } from './fold.js';
import { hex64, uuid } from './hex.js';
import { createJournal, type Journal, type Kind, type Payload } from './journal.js';
import { createKeyTable } from './keys.js';
import { createLanes, type Lanes } from './lanes.js';
import { createRelation, type Relation } from './relations.js';
import { createPermissionSets, type PermissionSets } from './sets.js';

/** A menu as it was published. Times are milliseconds since 1970. */
export interface PublishedMenu {
  readonly recordedAt: number;
  readonly effectiveAt: number;
  /** Functions alone, in the order of the menu. */
  readonly functions: ReadonlyArray<string>;
}

export interface AcceptedTerms {
  readonly purpose: string;
  readonly version: number;
  readonly hash: string;
}

export interface Ledger {
  readonly journal: Journal;
  readonly credentials: Credentials;
  readonly sets: PermissionSets;
  readonly agencies: Lanes;
  readonly clerks: Lanes;
  readonly persons: Relation;
  readonly certificates: Relation;
  /** The number of a person among those of an agency, 0 where no event made the person a clerk. */
  readonly findPerson: (agency: number, person: string) => number;
  /** The same, a new one where there was none; 0 where it is no pseudonym. */
  readonly personNumber: (agency: number, person: string) => number;
  /** The pseudonym. */
  readonly person: (number: number) => string;
  /** The lane of an agency, 0 where no event named it. */
  readonly agency: (code: string) => number;
  /** The lane of an agency, a new one where no event named it. */
  readonly agencyLane: (code: string) => number;
  readonly clerkId: (clerk: number) => string;
  /** The clerk lanes of an agency, the latest first. */
  readonly clerksOf: (agency: number) => Iterable<number>;
  readonly terms: (number: number) => AcceptedTerms | undefined;
  readonly termsNumber: (accepted: AcceptedTerms) => number;
  readonly menus: PublishedMenu[];
  readonly recordAgency: (kind: Kind, meta: EventMeta, agency: number, payload: Payload) => void;
  /** In the lane of the clerk of this id; finds it by the person (`c`) and certificate (`b`) of the payload as well. */
  readonly recordClerk: (kind: Kind, meta: EventMeta, agency: number, id: string, payload: Payload) => void;
  readonly bytes: () => number;
}

/** Kinds whose payload names a person or a credential. */
const namesPerson = new Set<Kind>(['ClerkAuthorized', 'HistoryImported', 'CredentialActivated']);
const namesCredential = new Set<Kind>([
  'CredentialActivated',
  'ClerkAuthorized',
  'HistoryImported',
  'CertificateReplaced',
  'ClerkCredentialProved',
]);

export const createLedger = (): Ledger => {
  const journal = createJournal();
  const sets = createPermissionSets();
  const agencies = createLanes(journal, agencyWords, foldAgency(journal));
  const clerks = createLanes(journal, clerkWords, foldClerk(journal, sets));
  const persons = createRelation(hex64.words);
  const certificates = createRelation(certificateWords);
  const credentials = createCredentials(certificates);
  const codes = createCodes();
  // Clerk ids are told apart by agency, so that none can speak for another's clerk.
  const clerkKeys = createKeyTable(1 + uuid.words);
  const clerkKey = new Uint32Array(1 + uuid.words);
  const terms: AcceptedTerms[] = [];
  const termsNumbers = new Map<string, number>();
  const menus: PublishedMenu[] = [];
  /** The latest row of each agency: its evidence is likely to be that of the next one. */
  const siblings: number[] = [];

  const agencyLane = (code: string): number => {
    const known = codes.find(code);
    if (known !== 0) return known;
    const lane = agencies.add();
    codes.put(code, lane);
    return lane;
  };

  /** The lane has the number of its key. An agency's clerks are linked through their notes. */
  const clerkLane = (agency: number, id: string): number => {
    clerkKey[0] = agency;
    if (!uuid.parse(id, clerkKey, 1)) return 0;
    const lane = clerkKeys.intern(clerkKey);
    if (lane > clerks.count()) {
      clerks.add();
      clerks.setNote(lane, agencies.note(agency));
      agencies.setNote(agency, lane);
    }
    return lane;
  };

  const readPerson = (agency: number, person: string): boolean => {
    persons.key[0] = agency;
    return hex64.parse(person, persons.key, 1);
  };

  const termsNumber = (accepted: AcceptedTerms): number => {
    const text = JSON.stringify([accepted.purpose, accepted.version, accepted.hash]);
    const known = termsNumbers.get(text);
    if (known !== undefined) return known;
    termsNumbers.set(text, terms.length);
    terms.push(accepted);
    return terms.length - 1;
  };

  const record = (
    lanes: Lanes,
    lane: number,
    agency: number,
    kind: Kind,
    meta: EventMeta,
    payload: Payload,
  ): void => {
    const row = journal.add(kind, meta, payload, lanes.head(lane), siblings[agency] ?? 0);
    siblings[agency] = row;
    lanes.append(lane, row);
  };

  return {
    journal,
    credentials,
    sets,
    agencies,
    clerks,
    persons,
    certificates,
    findPerson: (agency, person) => (readPerson(agency, person) ? persons.find() : 0),
    personNumber: (agency, person) => (readPerson(agency, person) ? persons.intern() : 0),
    person: (number) => hex64.print((n) => persons.word(number, n + 1)),
    agency: codes.find,
    agencyLane,
    clerkId: (clerk) => uuid.print((n) => clerkKeys.get(clerk, n + 1)),
    *clerksOf(agency) {
      for (let clerk = agencies.note(agency); clerk !== 0; clerk = clerks.note(clerk)) yield clerk;
    },
    terms: (number) => terms[number],
    termsNumber,
    menus,
    recordAgency: (kind, meta, agency, payload) => record(agencies, agency, agency, kind, meta, payload),
    recordClerk: (kind, meta, agency, id, payload) => {
      const clerk = clerkLane(agency, id);
      if (clerk === 0) return;
      record(clerks, clerk, agency, kind, meta, payload);
      if (namesCredential.has(kind)) {
        certificates.add(credentials.certificate(payload.b ?? 0), clerk);
      }
      if (namesPerson.has(kind)) persons.add(payload.c ?? 0, clerk);
    },
    bytes: () =>
      journal.bytes() +
      credentials.bytes() +
      agencies.bytes() +
      clerks.bytes() +
      persons.bytes() +
      certificates.bytes() +
      clerkKeys.bytes() +
      codes.bytes(),
  };
};
