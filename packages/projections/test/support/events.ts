/**
 * Events of invented agencies and persons, with what a test does not care about filled in.
 */
import type { IdentityProof, NewEvent } from '@mandate/domain';
import { sha256, uuid } from './world.js';

type Of<K extends NewEvent['type']> = Extract<NewEvent, { readonly type: K }>;
type Certificate = Of<'ManagerAppointed'>['data']['credential'];
type AnyCertificate = Of<'ClerkAuthorized'>['data']['credential'];

export const agency = (code: string): string => `agency-gepi.${code}`;
export const catalogueOf = 'catalogue-gepi';
export const termsOf = 'terms-gepi';

/** The pseudonym of an invented person. */
export const person = (name: string): string => sha256(`person:${name}`);
export const clerkId = (name: string): string => uuid(`clerk ${name}`);

export interface Validity {
  readonly from?: string;
  readonly to?: string;
  readonly proof?: 'signed' | 'read';
}

/** A certificate that was seen. `words` name it: other words, another serial. */
export const certificate = (
  ca: Certificate['ca'],
  words: string,
  { from = '2024-01-01T00:00:00.000Z', to = '2029-01-01T00:00:00.000Z', proof = 'signed' }: Validity = {},
): Certificate => ({
  ca,
  serial: `1${sha256(`serial ${words}`).slice(0, 31).toUpperCase()}`,
  proof,
  generation: 'G3',
  fingerprint: sha256(`certificate ${ca} ${words}`),
  subjectType: ca === 'MOICA' ? 'citizen' : 'agency',
  notBefore: from,
  notAfter: to,
  card: sha256(`card ${words}`),
});

/** A serial that was typed; the same words as a {@link certificate} give the same serial. */
export const typedSerial = (words: string): AnyCertificate => ({
  ca: 'MOICA',
  serial: certificate('MOICA', words).serial,
  proof: 'typedByHand',
});

const organisation = { kind: 'oid', value: '2.16.886.101.20003.20001' } as const;

export const termsAccepted = (version = 1): Of<'TermsAccepted'> => ({
  type: 'TermsAccepted',
  data: {
    purpose: 'first-registration',
    version,
    hash: sha256(`terms ${version}`),
    presentedAt: '2026-01-01T00:00:00.000Z',
    acceptedAt: '2026-01-01T00:00:30.000Z',
  },
});

export const registered = (
  code: string,
  name = `機關${code}`,
  card = `agency ${code}`,
): Of<'AgencyRegistered'> => ({
  type: 'AgencyRegistered',
  data: { code, name, organisation, credential: certificate('GCA', card), review: null },
});

export const appointed = (
  name: string,
  { previous = null, card = name }: { readonly previous?: string | null; readonly card?: string } = {},
): Of<'ManagerAppointed'> => ({
  type: 'ManagerAppointed',
  data: {
    person: person(name),
    credential: certificate('MOICA', card),
    identityProof: 'full',
    previous: previous === null ? null : person(previous),
  },
  personal: { nationalId: `ID of ${name}`, contact: contactOf(name) },
  subject: person(name),
});

const contactOf = (name: string) => ({
  name,
  email: 'office@example.org',
  phone: '0223456789',
  extension: null,
});

export const contactChanged = (who: string, name = who): Of<'ContactChanged'> => ({
  type: 'ContactChanged',
  data: { person: person(who) },
  personal: { contact: contactOf(name) },
  subject: person(who),
});

export const authorized = (
  name: string,
  permissions: ReadonlyArray<string>,
  {
    credential = certificate('MOICA', name),
    id = clerkId(name),
    effectiveAt,
  }: { readonly credential?: AnyCertificate; readonly id?: string; readonly effectiveAt?: string } = {},
): Of<'ClerkAuthorized'> => ({
  type: 'ClerkAuthorized',
  data: {
    clerk: id,
    person: person(name),
    credential,
    identityProof: credential.proof === 'typedByHand' ? 'typed' : 'full',
    permissions,
    catalogueVersion: 1,
  },
  personal: { name, nationalId: `ID of ${name}` },
  subject: person(name),
  ...(effectiveAt === undefined ? {} : { effectiveAt }),
});

/** A row of another system's list; its serial was typed by whoever kept it. */
export const imported = (name: string, permissions: ReadonlyArray<string>): Of<'HistoryImported'> => ({
  type: 'HistoryImported',
  data: {
    clerk: clerkId(name),
    person: person(name),
    credential: { ca: 'MOICA', serial: certificate('MOICA', name).serial, proof: 'typedByHand' },
    permissions,
    catalogueVersion: 1,
    source: 'former portal',
    file: sha256('file'),
    row: 2,
    digest: sha256(`row ${name}`),
  },
  personal: { name, nationalId: `ID of ${name}` },
  subject: person(name),
});

export const permissionsChanged = (
  clerk: string,
  granted: ReadonlyArray<string>,
  revoked: ReadonlyArray<string>,
  catalogueVersion = 1,
): Of<'ClerkPermissionsChanged'> => ({
  type: 'ClerkPermissionsChanged',
  data: { clerk, granted, revoked, catalogueVersion },
});

export const detailsChanged = (clerk: string, who: string, name: string): Of<'ClerkDetailsChanged'> => ({
  type: 'ClerkDetailsChanged',
  data: { clerk, person: person(who) },
  personal: { name, nationalId: `ID of ${who}` },
  subject: person(who),
});

export const revoked = (
  clerk: string,
  cause: 'deleted' | 'personChanged' = 'deleted',
): Of<'ClerkRevoked'> => ({ type: 'ClerkRevoked', data: { clerk, cause } });

export const proved = (clerk: string, words: string): Of<'ClerkCredentialProved'> => ({
  type: 'ClerkCredentialProved',
  data: { clerk, credential: certificate('MOICA', words), identityProof: 'full' },
});

export const replaced = (
  holder: 'agency' | 'manager' | 'clerk',
  previous: AnyCertificate,
  next: AnyCertificate,
  clerk: string | null = null,
  identityProof: IdentityProof | null = holder === 'agency' ? null : 'last4',
): Of<'CertificateReplaced'> => ({
  type: 'CertificateReplaced',
  data: { holder, clerk, previous, next, identityProof, cause: 'reissue', organisation: null, review: null },
});

/** Both serials of a card; `row` names it. */
const serialsOf = (row: string) => ({
  serial1: certificate('MOICA', row).serial,
  serial2: certificate('MOICA', `${row} 2`).serial,
});

export const credentialRegistered = (row: string, name: string): Of<'CredentialRegistered'> => ({
  type: 'CredentialRegistered',
  data: {
    ...{ credential: uuid(row), person: person(name), kind: 'electronic-id', cardKind: 'regular' },
    ...{ ca: 'MOICA', ...serialsOf(row), proof: 'read' },
  },
  personal: { nationalId: `ID of ${name}`, name, account: `P ${name}` },
  subject: person(name),
});

export const credentialActivated = (row: string, name: string): Of<'CredentialActivated'> => ({
  type: 'CredentialActivated',
  data: {
    ...{ credential: uuid(row), person: person(name), ca: 'MOICA', serial1: serialsOf(row).serial1 },
    ...{ from: '2026-01-01T00:00:00.000Z', to: '2031-01-01T15:59:59.000Z' },
  },
});

export const credentialDeactivated = (
  row: string,
  cause: 'byHand' | 'otherActivated',
): Of<'CredentialDeactivated'> => ({
  type: 'CredentialDeactivated',
  data: { credential: uuid(row), cause },
});

export const suspended: Of<'AgencySuspended'> = { type: 'AgencySuspended', data: { reason: 'audit' } };
export const reopened: Of<'AgencyReopened'> = { type: 'AgencyReopened', data: { reason: 'done' } };
export const deregistered: Of<'AgencyDeregistered'> = {
  type: 'AgencyDeregistered',
  data: { reason: 'abolished' },
};

export const reviewRequested = (
  words: string,
  code: string,
  purpose = 'first-registration',
): Of<'RegistrationReviewRequested'> => ({
  type: 'RegistrationReviewRequested',
  data: {
    review: uuid(`review ${words}`),
    code,
    agencyName: `機關${code}`,
    purpose,
    credential: certificate('GCA', `presented ${words}`),
    presented: { kind: 'oid', value: '2.16.886.101.20003.20009' },
    expected: organisation,
  },
  personal: { name: `applicant ${words}`, phone: '0223456789', extension: '12' },
  subject: `review.${uuid(`review ${words}`)}`,
});

export const reviewDecided = (
  words: string,
  outcome: 'approved' | 'rejected',
): Of<'RegistrationReviewDecided'> => ({
  type: 'RegistrationReviewDecided',
  data: {
    review: uuid(`review ${words}`),
    outcome,
    validFrom: outcome === 'approved' ? '2026-02-01T00:00:00.000Z' : null,
  },
  personal: { note: `note on ${words}` },
  subject: `review.${uuid(`review ${words}`)}`,
});

/** The same event, let in by a review. */
export const through = <E extends Of<'AgencyRegistered'> | Of<'CertificateReplaced'>>(
  words: string,
  event: E,
): E => ({ ...event, data: { ...event.data, review: uuid(`review ${words}`) } });

export const cataloguePublished = (
  version: number,
  functions: ReadonlyArray<string>,
): Of<'CataloguePublished'> => ({
  type: 'CataloguePublished',
  data: {
    version,
    entries: functions.map((code) => ({
      code,
      kind: 'function',
      parent: null,
      zh: `功能 ${code}`,
      en: `function ${code}`,
    })),
  },
});
