import {
  type Credential,
  type IdentityProof,
  isSeen,
  type SeenCredential,
} from '../../src/credential/credential.js';
import type { Actor, EventMeta, StoredEventOf } from '../../src/events/define.js';
import type { RegisterEventTable, StoredEvent } from '../../src/events/table.js';
import { type AuthorityIndex, createAuthorityIndex } from '../../src/index.js';
import { gepiPolicy } from '../../src/policy/packs/index.js';
import type { PortalPolicy } from '../../src/policy/policy.js';

// -------------------------------------------------------------------------------------
// names
// -------------------------------------------------------------------------------------

const hex = (text: string, digits: number): string =>
  [...text]
    .map((letter) => letter.charCodeAt(0).toString(16).padStart(2, '0'))
    .join('')
    .padStart(digits, '0');

/** A pseudonym or hash that stays the same for one word. */
export const hash = (word: string): string => hex(word, 64);

/** A UUID that stays the same for one word. */
export const id = (word: string): string => {
  const h = hex(word, 30).slice(-30);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-5${h.slice(12, 15)}-8${h.slice(15, 18)}-${h.slice(18)}`;
};

// -------------------------------------------------------------------------------------
// credentials
// -------------------------------------------------------------------------------------

/** A card that was read or signed with; `serial` in the normal form. */
export const seen = (
  serial: string,
  more: {
    readonly ca?: SeenCredential['ca'];
    readonly proof?: SeenCredential['proof'];
    readonly from?: string;
    readonly to?: string;
  } = {},
): SeenCredential =>
  ({
    ca: more.ca ?? 'MOICA',
    serial,
    proof: more.proof ?? 'signed',
    generation: 'G3',
    fingerprint: hash(`der ${serial}`),
    subjectType: 'citizen',
    notBefore: more.from ?? '2021-01-01T00:00:00.000Z',
    notAfter: more.to ?? '2026-01-01T00:00:00.000Z',
    card: null,
  }) as SeenCredential;

/** A serial that was typed by hand. */
export const typed = (serial: string): Credential =>
  ({ ca: 'MOICA', serial, proof: 'typedByHand' }) as Credential;

// -------------------------------------------------------------------------------------
// events
// -------------------------------------------------------------------------------------

/** Data as they are written here: brands are for readers. */
type Plain<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends ReadonlyArray<infer U>
      ? ReadonlyArray<Plain<U>>
      : T extends object
        ? { readonly [K in keyof T]: Plain<T[K]> }
        : T;

type DataOf<K extends StoredEvent['type']> = Plain<
  Extract<StoredEventOf<RegisterEventTable>, { readonly type: K }>['data']
>;

export interface When {
  /** Recorded then, and in effect from then unless `effective` says otherwise. Instant or day. */
  readonly on: string;
  readonly effective?: string;
  readonly actor?: Actor;
  readonly evidence?: ReadonlyArray<string>;
  readonly agency?: string;
  /** The whole stream, where it is not that of the agency. */
  readonly stream?: string;
  readonly id?: string;
}

/** `2022-03-01` is its first instant in UTC. */
export const instant = (text: string): string => (text.length === 10 ? `${text}T00:00:00.000Z` : text);

export const agencyCode = '12345';

let events = 0;

/** A stored event; each has the next position. */
export const event = <K extends StoredEvent['type']>(type: K, data: DataOf<K>, when: When): StoredEvent => {
  events += 1;
  const stream = when.stream ?? `agency-gepi.${when.agency ?? agencyCode}`;
  const eventId = when.id ?? id(`event ${events}`);
  const meta: EventMeta = {
    id: eventId,
    schema: 1,
    stream,
    revision: events,
    position: String(events),
    recordedAt: instant(when.on),
    effectiveAt: instant(when.effective ?? when.on),
    actor: when.actor ?? { kind: 'system' },
    commandId: id(`command ${events}`),
    commandDigest: hash(`digest ${events}`),
    causationId: null,
    evidence: when.evidence ?? [],
    confirmation: null,
    chain: { previous: '', hash: hash(`link ${events}`) },
  };
  return { type, data, meta } as unknown as StoredEvent;
};

// -------------------------------------------------------------------------------------
// what happens
// -------------------------------------------------------------------------------------

const organisation = { kind: 'oid', value: '2.16.886.101.20003.20001' } as const;

export const manager: Actor = { kind: 'manager', person: hash('manager Lin') };

export const registered = (when: When, credential: SeenCredential = seen('A1', { ca: 'GCA' })): StoredEvent =>
  event(
    'AgencyRegistered',
    { code: when.agency ?? agencyCode, name: '測試機關', organisation, credential, review: null },
    when,
  );

export const appointed = (
  when: When,
  person = 'manager Lin',
  credential: SeenCredential = seen('B1'),
): StoredEvent =>
  event(
    'ManagerAppointed',
    { person: hash(person), credential, identityProof: 'full', previous: null },
    when,
  );

export const agreed = (when: When, version = 1): StoredEvent =>
  event(
    'TermsAccepted',
    {
      purpose: 'first-registration',
      version,
      hash: hash(`terms ${version}`),
      presentedAt: instant(when.on),
      acceptedAt: instant(when.on),
    },
    when,
  );

export const authorized = (
  when: When,
  clerk: string,
  permissions: ReadonlyArray<string>,
  more: {
    readonly person?: string;
    readonly credential?: Credential;
    readonly catalogueVersion?: number;
  } = {},
): StoredEvent =>
  event(
    'ClerkAuthorized',
    {
      clerk: id(clerk),
      person: hash(more.person ?? clerk),
      credential: more.credential ?? seen('C1'),
      identityProof: more.credential?.proof === 'typedByHand' ? 'typed' : 'full',
      permissions,
      catalogueVersion: more.catalogueVersion ?? 1,
    },
    { actor: manager, ...when },
  );

export const changed = (
  when: When,
  clerk: string,
  granted: ReadonlyArray<string>,
  revoked: ReadonlyArray<string> = [],
  catalogueVersion = 1,
): StoredEvent =>
  event(
    'ClerkPermissionsChanged',
    { clerk: id(clerk), granted, revoked, catalogueVersion },
    { actor: manager, ...when },
  );

export const revoked = (when: When, clerk: string): StoredEvent =>
  event('ClerkRevoked', { clerk: id(clerk), cause: 'deleted' }, { actor: manager, ...when });

export const replaced = (
  when: When,
  holder: 'agency' | 'manager' | 'clerk',
  previous: Credential,
  next: Credential,
  clerk: string | null = null,
  identityProof: IdentityProof | null = holder === 'agency' ? null : isSeen(next) ? 'last4' : 'typed',
): StoredEvent =>
  event(
    'CertificateReplaced',
    {
      holder,
      clerk: clerk === null ? null : id(clerk),
      previous,
      next,
      identityProof,
      cause: 'unknown',
      organisation: null,
      review: null,
    },
    when,
  );

export const proved = (when: When, clerk: string, credential: SeenCredential): StoredEvent =>
  event('ClerkCredentialProved', { clerk: id(clerk), credential, identityProof: 'last4' }, when);

export const suspended = (when: When): StoredEvent => event('AgencySuspended', { reason: 'audit' }, when);
export const reopened = (when: When): StoredEvent => event('AgencyReopened', { reason: 'audit-done' }, when);
export const deregistered = (when: When): StoredEvent =>
  event('AgencyDeregistered', { reason: 'abolished' }, when);

export const published = (when: When, version: number, functions: ReadonlyArray<string>): StoredEvent =>
  event(
    'CataloguePublished',
    {
      version,
      entries: [
        { code: 'group', kind: 'group', parent: null, zh: '群組', en: 'Group' },
        ...functions.map(
          (code) => ({ code, kind: 'function', parent: 'group', zh: code, en: code }) as const,
        ),
      ],
    },
    { stream: 'catalogue-gepi', ...when },
  );

// -------------------------------------------------------------------------------------
// index
// -------------------------------------------------------------------------------------

export const indexOf = (
  happened: ReadonlyArray<StoredEvent>,
  policy: PortalPolicy = gepiPolicy,
): AuthorityIndex => {
  const index = createAuthorityIndex(policy);
  for (const each of happened) index.apply(each);
  return index;
};

/** An agency with its manager, from the first day of 2022. */
export const founded = (when: Partial<When> = {}): ReadonlyArray<StoredEvent> => {
  const all = { on: '2022-01-01', ...when };
  return [agreed(all), registered(all), appointed(all)];
};
