/**
 * Asking the history: what happened, who could act when, which event let them, what changed between two dates.
 *
 * Two times count: from when a change holds, and when it was written down. A question names the first, and the second
 * (`knownAt`) where it is about what the register knew then.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { ProjectionFault } from '../fault.js';
import { all, orRefuse, type Question } from '../reading/question.js';
import type { Answer, Answering, ReadModelsOf } from '../reading/read-models.js';
import { fromJson } from '../support/rows.js';
import { instantOf } from '../support/time.js';
import { within } from '../support/within.js';
import { diffOf } from './diff.js';
import { counting, fold, type Scope, toAuthorityAt } from './fold.js';
import type { AuthorityAt, AuthorityChange, AuthorityDiff, Blame, Cause, EventReference } from './model.js';
import { permissionHistory } from './projection.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface HistoryPage {
  /** Only changes of this clerk's entry. */
  readonly clerk?: string;
  /** Begins after this revision. @defaultValue the beginning */
  readonly after?: number;
  /** 1 to 10,000. @defaultValue 1000 */
  readonly limit?: number;
}

export interface BlameOptions {
  /** ISO 8601. @defaultValue whatever takes effect, ever */
  readonly at?: string;
  /** ISO 8601. @defaultValue everything that was recorded */
  readonly knownAt?: string;
}

/** The history of one portal. */
export interface PermissionHistory<F extends Answering = 'Either'> {
  /** Changes of an agency, in the order in which they were written down. */
  readonly list: (agencyCode: string, page?: HistoryPage) => Answer<F, ReadonlyArray<AuthorityChange>>;
  /** Changes about a person (pseudonym) as manager or clerk, in all agencies of the portal. */
  readonly ofPerson: (person: string) => Answer<F, ReadonlyArray<AuthorityChange>>;
  /** Who could do what at `at`, by what had been recorded by `knownAt`. */
  readonly asOf: (agencyCode: string, at: string, knownAt?: string) => Answer<F, AuthorityAt>;
  /** Which event gave a clerk a function, and which took it away; `undefined` where the clerk never held it. */
  readonly blame: (
    agencyCode: string,
    clerk: string,
    fn: string,
    asOf?: BlameOptions,
  ) => Answer<F, Blame | undefined>;
  /** What differs between two instants, by what had been recorded by `knownAt`. */
  readonly diff: (agencyCode: string, from: string, to: string, knownAt?: string) => Answer<F, AuthorityDiff>;
}

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

interface Row {
  readonly agency: string;
  readonly revision: number;
  readonly type: AuthorityChange['type'];
  readonly clerk: string | null;
  readonly person: string | null;
  readonly event_id: string;
  readonly command_id: string;
  readonly recorded_at: string;
  readonly effective_at: string;
  readonly actor: string;
  readonly evidence: string;
  readonly confirmation: string | null;
  readonly data: string;
}

const toChange = (row: Row): AuthorityChange =>
  // `data` belongs to `type`: both were written from one event.
  ({
    eventId: row.event_id,
    type: row.type,
    revision: row.revision,
    commandId: row.command_id,
    recordedAt: row.recorded_at,
    effectiveAt: row.effective_at,
    actor: fromJson(row.actor),
    evidence: fromJson(row.evidence),
    confirmation: row.confirmation,
    agencyCode: row.agency,
    clerk: row.clerk,
    person: row.person,
    data: fromJson(row.data),
  }) as AuthorityChange;

function* allOf(portal: string, agencyCode: string): Question<ReadonlyArray<AuthorityChange>> {
  const sql = 'SELECT * FROM {changes} WHERE portal = ? AND agency = ? ORDER BY revision';
  const rows = yield* all<Row>(sql, portal, agencyCode);
  return rows.map(toChange);
}

// SQLite plans anew whenever a bare `LIMIT ?` is bound.
const limited = 'LIMIT ? + 0';

function* listed(
  portal: string,
  agencyCode: string,
  { clerk, after = -1, limit = 1000 }: HistoryPage,
): Question<ReadonlyArray<AuthorityChange>> {
  const most = within(limit, 1000, 1, 10_000);
  const rows =
    clerk === undefined
      ? yield* all<Row>(
          `SELECT * FROM {changes} WHERE portal = ? AND agency = ? AND revision > ? ORDER BY revision ${limited}`,
          portal,
          agencyCode,
          after,
          most,
        )
      : yield* all<Row>(
          `SELECT * FROM {changes} WHERE portal = ? AND agency = ? AND clerk = ? AND revision > ?
           ORDER BY revision ${limited}`,
          portal,
          agencyCode,
          clerk,
          after,
          most,
        );
  return rows.map(toChange);
}

// -------------------------------------------------------------------------------------
// blame
// -------------------------------------------------------------------------------------

const catalogueVersionOf = (change: AuthorityChange | undefined): number | null =>
  change?.type === 'ClerkAuthorized' ||
  change?.type === 'HistoryImported' ||
  change?.type === 'ClerkPermissionsChanged'
    ? change.data.catalogueVersion
    : null;

/** An event with what stood on record when it was written: its own command included, whatever takes effect when. */
const causeOf = (changes: ReadonlyArray<AuthorityChange>, event: EventReference): Cause => {
  const { agency, manager, terms } = fold(changes.filter(({ revision }) => revision <= event.revision));
  return {
    event,
    catalogueVersion: catalogueVersionOf(changes.find(({ eventId }) => eventId === event.eventId)),
    agencyCredential: agency?.credential ?? null,
    manager: manager === null ? null : { person: manager.person, credential: manager.credential },
    terms: terms === null ? null : { purpose: terms.purpose, version: terms.version, hash: terms.hash },
  };
};

const blameOf = (
  changes: ReadonlyArray<AuthorityChange>,
  clerk: string,
  fn: string,
  scope: Scope,
): Blame | undefined => {
  const state = fold(counting(changes, scope));
  const entry = state.clerks.get(clerk);
  const held = entry?.permissions.get(fn);
  if (entry !== undefined && held !== undefined) {
    return {
      clerk,
      person: entry.person,
      function: fn,
      granted: causeOf(changes, held.granted),
      ended: null,
    };
  }
  const past = state.ended.get(clerk)?.get(fn);
  return past === undefined
    ? undefined
    : {
        clerk,
        person: past.person,
        function: fn,
        granted: causeOf(changes, past.permission.granted),
        ended: causeOf(changes, past.by),
      };
};

// -------------------------------------------------------------------------------------
// queries
// -------------------------------------------------------------------------------------

const optional = (time: string | undefined): E.Either<ProjectionFault, string | undefined> =>
  time === undefined ? E.right(undefined) : instantOf(time);

const scopeOf = (at: string | undefined, knownAt: string | undefined): E.Either<ProjectionFault, Scope> =>
  E.chain((effective: string | undefined) =>
    E.map((recorded: string | undefined): Scope => ({ at: effective, knownAt: recorded }))(optional(knownAt)),
  )(optional(at));

const at = (changes: ReadonlyArray<AuthorityChange>, agencyCode: string, scope: Scope): AuthorityAt =>
  toAuthorityAt(agencyCode, fold(counting(changes, scope)));

/** Asks the live `permission-history` of a portal. */
export const permissionHistories = <F extends Answering>(
  read: ReadModelsOf<F>,
  portal: string,
): PermissionHistory<F> => ({
  list: (agencyCode, page = {}) => read.ask(permissionHistory, () => listed(portal, agencyCode, page)),
  ofPerson: (person) =>
    read.ask(permissionHistory, function* () {
      const sql =
        'SELECT * FROM {changes} WHERE portal = ? AND person = ? ORDER BY recorded_at, agency, revision';
      const rows = yield* all<Row>(sql, portal, person);
      return rows.map(toChange);
    }),
  asOf: (agencyCode, time, knownAt) =>
    read.ask(permissionHistory, function* () {
      const scope = yield* orRefuse(scopeOf(time, knownAt));
      return at(yield* allOf(portal, agencyCode), agencyCode, scope);
    }),
  blame: (agencyCode, clerk, fn, asOf = {}) =>
    read.ask(permissionHistory, function* () {
      const scope = yield* orRefuse(scopeOf(asOf.at, asOf.knownAt));
      return blameOf(yield* allOf(portal, agencyCode), clerk, fn, scope);
    }),
  diff: (agencyCode, from, to, knownAt) =>
    read.ask(permissionHistory, function* () {
      const first = yield* orRefuse(scopeOf(from, knownAt));
      const second = yield* orRefuse(scopeOf(to, knownAt));
      const changes = yield* allOf(portal, agencyCode);
      return diffOf(at(changes, agencyCode, first), at(changes, agencyCode, second));
    }),
});
