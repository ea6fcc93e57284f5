/**
 * Invented credentials, people and folds that the tests of the deciders share.
 *
 * @packageDocumentation
 */
import type { Organisation } from '../../src/agency/organisation.js';
import { evolveAgency, initialAgency } from '../../src/agency/state.js';
import { evolveCatalogue, initialCatalogue } from '../../src/catalogue/state.js';
import type { ClerkEntry } from '../../src/clerk/decide.js';
import { evolveClerks, initialClerks } from '../../src/clerk/state.js';
import type { SeenCredential, TypedCredential } from '../../src/credential/credential.js';
import type { NewEvent } from '../../src/events/table.js';
import { evolveManager, initialManager } from '../../src/manager/state.js';
import { gepiPolicy } from '../../src/policy/packs/index.js';
import { evolveAgencyStream, initialAgencyStream } from '../../src/register/agency-stream.js';
import { derivedId } from '../../src/register/codec.js';
import { evolveReviews, initialReviews } from '../../src/review/state.js';
import { evolveTerms, initialTerms } from '../../src/terms/state.js';

// -------------------------------------------------------------------------------------
// folds
// -------------------------------------------------------------------------------------

export const agency = { initial: initialAgency, evolve: evolveAgency };
export const manager = { initial: initialManager, evolve: evolveManager };
export const clerks = { initial: initialClerks, evolve: evolveClerks };
export const reviews = { initial: initialReviews, evolve: evolveReviews };
export const catalogue = { initial: initialCatalogue, evolve: evolveCatalogue };
export const terms = { initial: initialTerms, evolve: evolveTerms };
export const stream = { initial: initialAgencyStream, evolve: evolveAgencyStream };

export const policy = gepiPolicy;

// -------------------------------------------------------------------------------------
// values
// -------------------------------------------------------------------------------------

/** 64 hex digits that a number stands for: a pseudonym, a fingerprint, a hash. */
export const hex64 = (value: number): string => value.toString(16).padStart(64, '0');

export const uuid = (value: number): string => derivedId('test', value);

/** Pseudonyms of invented people. */
export const people = { lin: hex64(0xa1), chang: hex64(0xa2), wang: hex64(0xa3), chen: hex64(0xa4) };

const serialOf = (value: number): string => `5${value.toString(16).toUpperCase().padStart(31, '0')}`;

/** A credential whose certificate was seen; `card` 0 is one that did not tell its number. */
export const seen = (
  ca: 'GCA' | 'MOICA',
  serial: number,
  options: { readonly card?: number; readonly proof?: 'signed' | 'read' } = {},
): SeenCredential =>
  ({
    ca,
    serial: serialOf(serial),
    proof: options.proof ?? 'signed',
    generation: 'G2',
    fingerprint: hex64(serial),
    subjectType: ca === 'GCA' ? 'agency' : 'citizen',
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2031-01-01T15:59:59.000Z',
    card: options.card === 0 ? null : hex64(0xc000 + (options.card ?? serial)),
  }) as SeenCredential;

export const typed = (serial: number): TypedCredential =>
  ({ ca: 'MOICA', serial: serialOf(serial), proof: 'typedByHand' }) as TypedCredential;

export const oid = (last: number): Organisation =>
  ({ kind: 'oid', value: `2.16.886.101.90003.${last}` }) as Organisation;

export const businessNumber = (value: string): Organisation =>
  ({ kind: 'businessNumber', value }) as Organisation;

export const contact = { name: '林示範', email: 'lin@example.gov.tw', phone: '04-22289111', extension: null };

// -------------------------------------------------------------------------------------
// events
// -------------------------------------------------------------------------------------

export const agencyRegistered = (): NewEvent => ({
  type: 'AgencyRegistered',
  data: { code: '10001', name: '示範機關', organisation: oid(1), credential: seen('GCA', 1), review: null },
});

export const managerAppointed = (): NewEvent => ({
  type: 'ManagerAppointed',
  data: { person: people.lin, credential: seen('MOICA', 10), identityProof: 'last4', previous: null },
  personal: { nationalId: 'A223456781', contact },
  subject: people.lin,
});

/** The menu of the tests: a group with two functions, and one function at the top. */
export const menu = [
  { code: 'premium', kind: 'group', parent: null, zh: '保費', en: 'Premiums' },
  { code: 'premium-edit', kind: 'function', parent: 'premium', zh: '登錄', en: 'Enter' },
  { code: 'premium-send', kind: 'function', parent: 'premium', zh: '傳送', en: 'Send' },
  { code: 'query', kind: 'function', parent: null, zh: '查詢', en: 'Query' },
] as const;

export const cataloguePublished = (version = 1, entries: ReadonlyArray<object> = menu): NewEvent =>
  ({ type: 'CataloguePublished', data: { version, entries } }) as NewEvent;

export const entry = (overrides: Partial<ClerkEntry> = {}): ClerkEntry => ({
  person: people.wang,
  details: { nationalId: 'A123456789', name: '王小明' },
  credential: seen('MOICA', 20, { proof: 'read' }),
  identityProof: 'last4',
  permissions: ['premium-edit'],
  ...overrides,
});
