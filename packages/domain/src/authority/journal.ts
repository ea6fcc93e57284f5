/**
 * What is kept of each event that bears on a decision: one row of 64 bytes, a line of the processor's cache.
 *
 * @packageDocumentation
 */
import type { Actor, EventMeta } from '../events/define.js';
import type { RegisterEventType } from '../events/table.js';
import { hex64, uuid } from './hex.js';
import type { EventReason } from './model.js';
import { createRecords } from './records.js';
import { remembering } from './remember.js';
import { createTextLists, createTextTable, type TextTable } from './texts.js';
import { isoOf, msOf } from './time.js';

// -------------------------------------------------------------------------------------
// kinds
// -------------------------------------------------------------------------------------

const kinds = [
  'TermsAccepted',
  'AgencyRegistered',
  'AgencySuspended',
  'AgencyReopened',
  'AgencyDeregistered',
  'ManagerAppointed',
  'CertificateReplaced',
  'ClerkAuthorized',
  'ClerkPermissionsChanged',
  'ClerkRevoked',
  'ClerkCredentialProved',
  'HistoryImported',
  'CredentialActivated',
  'CredentialDeactivated',
] as const satisfies ReadonlyArray<RegisterEventType>;

/** The types of events that are kept. */
export type Kind = (typeof kinds)[number];

/** Whether an event of this kind makes somebody a clerk. */
export const beginsClerk = (kind: Kind): boolean =>
  kind === 'ClerkAuthorized' || kind === 'HistoryImported' || kind === 'CredentialActivated';

const kindNumbers: ReadonlyMap<string, number> = new Map(kinds.map((kind, n) => [kind, n]));

// -------------------------------------------------------------------------------------
// journal
// -------------------------------------------------------------------------------------

/** What an event says, as numbers; which ones depends on the kind (see `fold.ts`). */
export interface Payload {
  readonly a?: number;
  readonly b?: number;
  readonly c?: number;
  readonly d?: number;
}

/** Rows are numbered in store order, from 1. Times are milliseconds since 1970. */
export interface Journal {
  /** `sibling`: an event of the same agency, whose evidence is likely to be the same. */
  readonly add: (kind: Kind, meta: EventMeta, payload: Payload, previous: number, sibling: number) => number;
  readonly count: () => number;
  readonly kind: (row: number) => Kind;
  readonly effectiveAt: (row: number) => number;
  readonly recordedAt: (row: number) => number;
  /** The row before in the same lane, 0 at its beginning. */
  readonly previous: (row: number) => number;
  readonly payload: (row: number, field: 'a' | 'b' | 'c' | 'd') => number;
  readonly read: (row: number) => EventReason;
  readonly persons: TextTable;
  readonly bytes: () => number;
}

const previousWord = 4;
const kindWord = 5;
const actorWord = 6;
const evidenceWord = 7;
const payloadWords = { a: 8, b: 9, c: 10, d: 11 } as const;
const idWord = 12;

const actorKinds = ['agency', 'system', 'manager', 'clerk', 'staff', 'officer'] as const;

/** An event whose time cannot be read has happened all the same: it counts at any time. */
const timeOf = (text: string): number => {
  const ms = msOf(text);
  return Number.isNaN(ms) ? Number.NEGATIVE_INFINITY : ms;
};

export const createJournal = (): Journal => {
  const rows = createRecords(16);
  const persons = createTextTable(hex64);
  const accounts: string[] = [];
  const accountNumbers = new Map<string, number>();
  const evidence = createTextLists(hex64);
  const id = new Uint32Array(4);
  const otherIds = new Map<number, string>();

  const accountOf = (account: string): number => {
    const known = accountNumbers.get(account);
    if (known !== undefined) return known;
    accountNumbers.set(account, accounts.length);
    accounts.push(account);
    return accounts.length - 1;
  };

  const actorOf = (actor: Actor): number => {
    const kind = actorKinds.indexOf(actor.kind);
    if (actor.kind === 'staff') return kind + accountOf(actor.account) * 8;
    return 'person' in actor ? kind + persons.intern(actor.person) * 8 : kind;
  };

  const readActor = (number: number): Actor => {
    const kind = actorKinds[number % 8] ?? 'system';
    const who = Math.floor(number / 8);
    switch (kind) {
      case 'manager':
      case 'clerk':
      case 'officer':
        return { kind, person: persons.text(who) };
      case 'staff':
        return { kind, account: accounts[who] ?? '' };
      default:
        return { kind };
    }
  };

  const kindOf = (row: number): Kind => kinds[rows.get(row, kindWord)] ?? 'TermsAccepted';

  return {
    add: (kind, meta, payload, previous, sibling) => {
      const row = rows.add();
      rows.setDouble(row, 0, timeOf(meta.effectiveAt));
      rows.setDouble(row, 1, timeOf(meta.recordedAt));
      rows.set(row, previousWord, previous);
      rows.set(row, kindWord, kindNumbers.get(kind) ?? 0);
      rows.set(row, actorWord, actorOf(meta.actor));
      const shared = rows.get(sibling, evidenceWord);
      rows.set(row, evidenceWord, evidence.is(shared, meta.evidence) ? shared : evidence.add(meta.evidence));
      rows.set(row, payloadWords.a, payload.a ?? 0);
      rows.set(row, payloadWords.b, payload.b ?? 0);
      rows.set(row, payloadWords.c, payload.c ?? 0);
      rows.set(row, payloadWords.d, payload.d ?? 0);
      if (!uuid.parse(meta.id, id, 0)) otherIds.set(row, meta.id);
      for (let n = 0; n < 4; n++) rows.set(row, idWord + n, id[n] ?? 0);
      return row;
    },
    count: rows.count,
    kind: kindOf,
    effectiveAt: (row) => rows.getDouble(row, 0),
    recordedAt: (row) => rows.getDouble(row, 1),
    previous: (row) => rows.get(row, previousWord),
    payload: (row, field) => rows.get(row, payloadWords[field]),
    read: remembering((row) => ({
      id: otherIds.get(row) ?? uuid.print((n) => rows.get(row, idWord + n)),
      type: kindOf(row),
      recordedAt: isoOf(rows.getDouble(row, 1)),
      effectiveAt: isoOf(rows.getDouble(row, 0)),
      actor: Object.freeze(readActor(rows.get(row, actorWord))),
      evidence: Object.freeze(evidence.texts(rows.get(row, evidenceWord))),
    })),
    persons,
    bytes: () => rows.bytes() + persons.bytes() + evidence.bytes(),
  };
};
