/**
 * The history of an agency as the register writes it: through its own codec, sealed and chained.
 */
import {
  agencyStream,
  createRegisterCodec,
  derivedId,
  type EventToAppend,
  type KeyVault,
  type NewEvent,
  type SeenCredential,
  type Sha256,
} from '@mandate/domain';
import { right } from '../lib/either.js';
import { agencyCode, nationalId, personName, serial } from './people.js';

/** The cards that act in every agency: one of an agency, one of a manager. */
export interface ActingCards {
  readonly agency: SeenCredential;
  readonly organisation: { readonly kind: 'oid'; readonly value: string };
  readonly manager: SeenCredential;
  readonly managerId: string;
}

/** A clerk of an agency that {@link historyWriter} made. */
export interface MadeClerk {
  readonly id: string;
  readonly nationalId: string;
  readonly name: string;
  readonly serial: string;
}

export const clerksPerAgency = 4;
const functions = [
  'premium-edit',
  'premium-send',
  'premium-print',
  'premium-query',
  'benefit-claim',
  'benefit-query',
  'seniority-query',
];

/** Milliseconds between two events of an agency. */
export const historyStep = 4 * 3_600_000;
/** Milliseconds since 1970 of the first event. */
export const historyStart = Date.parse('2026-02-02T01:00:00.000Z');

const person = (agency: number, clerk: number): number => agency * clerksPerAgency + clerk;

export const clerkOf = (agency: number, clerk: number): MadeClerk => {
  const index = person(agency, clerk);
  return {
    id: derivedId(commandOf(agency, 3 + clerk), 'clerk'),
    nationalId: nationalId(index),
    name: personName(index),
    serial: serial(index),
  };
};

const commandOf = (agency: number, revision: number): string => derivedId(`history-${agency}`, revision);

/** Which functions a clerk holds after `changes` changes: two of them, and each change puts another in place of one. */
export const permissionsAfter = (changes: number): ReadonlyArray<string> =>
  [changes % functions.length, (changes + 1) % functions.length]
    .map((index) => functions[index] ?? '')
    .sort();

const changeTo = (changes: number): { granted: ReadonlyArray<string>; revoked: ReadonlyArray<string> } => {
  const before = permissionsAfter(changes - 1);
  const after = permissionsAfter(changes);
  return {
    granted: after.filter((code) => !before.includes(code)),
    revoked: before.filter((code) => !after.includes(code)),
  };
};

/** Which change of a clerk's permissions stands at a revision, if one does. Every sixth event replaces a certificate. */
const isReplacement = (revision: number): boolean => revision % 6 === 5;

/** How many changes of permissions a clerk of an agency with so many events went through. */
export const changesOf = (clerk: number, events: number): number => {
  let changes = 0;
  for (let revision = 3 + clerksPerAgency; revision < events; revision++) {
    if (!isReplacement(revision) && revision % clerksPerAgency === clerk) changes++;
  }
  return changes;
};

/** Writes the histories of agencies, part by part. */
export const historyWriter = async (options: {
  readonly portal: string;
  readonly sha256: Sha256;
  readonly vault: KeyVault;
  readonly cards: ActingCards;
}): Promise<
  (
    agency: number,
    from: number,
    to: number,
    previous: string | undefined,
  ) => Promise<ReadonlyArray<EventToAppend>>
> => {
  const { portal, sha256, vault, cards } = options;
  const codec = createRegisterCodec(sha256);
  const manager: string = right(await vault.pseudonym('person', cards.managerId)());
  const hash = sha256('terms');
  /** As the manager read it: a decision by certificate counts no serial that was only typed. */
  const cardOf = (clerk: MadeClerk): SeenCredential =>
    ({
      ...cards.manager,
      serial: clerk.serial,
      proof: 'read',
      fingerprint: sha256(clerk.serial),
    }) as SeenCredential;

  const newEvent = async (agency: number, revision: number, at: string): Promise<NewEvent> => {
    const code = agencyCode(agency);
    if (revision === 0) {
      const data = { purpose: 'first-registration', version: 1, hash, presentedAt: at, acceptedAt: at };
      return { type: 'TermsAccepted', data };
    }
    if (revision === 1) {
      const { organisation, agency: credential } = cards;
      const data = { code, name: `示範機關 ${code}`, organisation, credential, review: null };
      return { type: 'AgencyRegistered', data };
    }
    if (revision === 2) {
      const contact = { name: '林示範', email: 'a@example.gov.tw', phone: '02-23456789', extension: null };
      return {
        type: 'ManagerAppointed',
        data: { person: manager, credential: cards.manager, identityProof: 'last4', previous: null },
        personal: { nationalId: cards.managerId, contact },
        subject: manager,
      };
    }
    if (revision < 3 + clerksPerAgency) {
      const clerk = clerkOf(agency, revision - 3);
      const pseudonym = right(await vault.pseudonym('person', clerk.nationalId)());
      return {
        type: 'ClerkAuthorized',
        data: {
          clerk: clerk.id,
          person: pseudonym,
          credential: cardOf(clerk),
          identityProof: 'last4',
          permissions: permissionsAfter(0),
          catalogueVersion: 1,
        },
        personal: { nationalId: clerk.nationalId, name: clerk.name },
        subject: pseudonym,
      };
    }
    const index = revision % clerksPerAgency;
    const clerk = clerkOf(agency, index);
    if (isReplacement(revision)) {
      const credential = cardOf(clerk);
      return {
        type: 'CertificateReplaced',
        data: {
          holder: 'clerk',
          clerk: clerk.id,
          previous: credential,
          next: credential,
          identityProof: 'last4',
          cause: 'unknown',
          organisation: null,
          review: null,
        },
      };
    }
    const change = changeTo(changesOf(index, revision + 1));
    return { type: 'ClerkPermissionsChanged', data: { clerk: clerk.id, ...change, catalogueVersion: 1 } };
  };

  return async (agency, from, to, previous) => {
    const stream = agencyStream(portal, agencyCode(agency));
    const written: EventToAppend[] = [];
    let last = previous ?? `genesis:${stream}`;
    for (let revision = from; revision < to; revision++) {
      const recordedAt = new Date(historyStart + revision * historyStep).toISOString();
      const context = {
        stream,
        revision,
        previous: last,
        recordedAt,
        actor: { kind: 'manager', person: manager },
        commandId: commandOf(agency, revision),
        commandDigest: hash,
        causationId: commandOf(agency, revision - 1),
        evidence: [hash, manager],
        confirmation: hash,
      } as const;
      for (const event of right(
        await codec.encode(context, [await newEvent(agency, revision, recordedAt)], vault),
      )) {
        written.push(event);
        last = event.hash;
      }
    }
    return written;
  };
};
