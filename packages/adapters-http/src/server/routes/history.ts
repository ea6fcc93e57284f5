/**
 * Questions about the past and the future of an agency's authority, answered.
 *
 * @packageDocumentation
 */
import { t } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Caller } from '../caller.js';
import { historyCells, historyHeading } from '../export/history-table.js';
import { csvOf, jsonLinesOf, streamOf } from '../export/stream.js';
import { namesIn } from '../names.js';
import { cursorsOf, pageOf } from '../pages/cursor.js';
import { httpRefusal, languageOf, type Refusal } from '../problem.js';
import { reading } from '../reading.js';
import type { ReadFault } from '../reads.js';
import { type Reply, type Route, route } from '../route.js';
import type { ForecastRow } from '../rows/certificates.js';
import type { AuthorityChange } from '../rows/history.js';
import type { NamedPerson } from '../rows/people.js';
import type { Scope } from '../scope.js';
import type { App } from '../services.js';
import { agencyHistoryRoutes, historyRoutes, pageLimits } from './history-routes.js';

type Answered<A> = TE.TaskEither<Refusal, Reply<A>>;

// -------------------------------------------------------------------------------------
// answers
// -------------------------------------------------------------------------------------

const named = <A extends object>(
  { app, caller }: Scope,
  body: A,
): TE.TaskEither<Refusal, Reply<A & { readonly people: ReadonlyArray<NamedPerson> }>> =>
  TE.fromEither(
    E.map((people: ReadonlyArray<NamedPerson>) => ({ body: { ...body, people } }))(
      namesIn(app, caller, body),
    ),
  );

interface ListQuery {
  readonly clerk?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

const revision = t.Int;

const list = (scope: Scope, agencyCode: string, { clerk, limit = pageLimits.usual, cursor }: ListQuery) => {
  const cursors = cursorsOf(`history ${agencyCode} ${clerk ?? ''}`, revision);
  const place = cursor === undefined ? E.right(undefined) : cursors.read(cursor);
  if (E.isLeft(place)) return TE.left(httpRefusal('CURSOR_INVALID'));
  const page = {
    ...(clerk === undefined ? {} : { clerk }),
    ...(place.right === undefined ? {} : { after: place.right }),
    // One more tells whether there is a next page.
    limit: limit + 1,
  };
  return pipe(
    reading(scope.app.reads.history.list(agencyCode, page)),
    TE.chain((rows) =>
      named(
        scope,
        pageOf(rows, limit, (row) => cursors.after(row.revision as t.Int)),
      ),
    ),
  );
};

const nowOf = ({ clock }: App): string => new Date(clock.now()).toISOString();

interface AsOfQuery {
  readonly at?: string;
  readonly knownAt?: string;
}

const asOf = (scope: Scope, agencyCode: string, { at, knownAt }: AsOfQuery) =>
  pipe(
    reading(scope.app.reads.history.asOf(agencyCode, at ?? nowOf(scope.app), knownAt)),
    TE.chain((authority) => named(scope, { authority })),
  );

const blame = (
  scope: Scope,
  agencyCode: string,
  query: AsOfQuery & { readonly clerk: string; readonly function: string },
) => {
  const { clerk, function: fn, ...times } = query;
  return pipe(
    reading(scope.app.reads.history.blame(agencyCode, clerk, fn, times)),
    TE.chain((found) => named(scope, { blame: found ?? null })),
  );
};

const diff = (
  scope: Scope,
  agencyCode: string,
  { from, to, knownAt }: { readonly from: string; readonly to: string; readonly knownAt?: string },
) =>
  pipe(
    reading(scope.app.reads.history.diff(agencyCode, from, to, knownAt)),
    TE.chain((found) => named(scope, { diff: found })),
  );

// -------------------------------------------------------------------------------------
// exports
// -------------------------------------------------------------------------------------

const exportPage = 500;

const changesAfter = ({ app }: Scope, agencyCode: string, after: number | undefined) =>
  app.reads.history.list(agencyCode, { ...(after === undefined ? {} : { after }), limit: exportPage });

/** All changes, page by page; `first` was read already, so that a fault of the list is still a refusal. */
const everyPage = async function* (
  scope: Scope,
  agencyCode: string,
  first: ReadonlyArray<AuthorityChange>,
): AsyncGenerator<ReadonlyArray<AuthorityChange>> {
  let page = first;
  for (;;) {
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < exportPage) return;
    const next: E.Either<ReadFault, ReadonlyArray<AuthorityChange>> = changesAfter(
      scope,
      agencyCode,
      last.revision,
    );
    // The answer has begun: breaking it off is all that can still be said.
    if (E.isLeft(next)) throw new Error(next.left.code);
    page = next.right;
  }
};

/** The people of a part of an answer that has begun. */
const peopleIn = ({ app, caller }: Scope, value: unknown): ReadonlyArray<NamedPerson> => {
  const people = namesIn(app, caller, value);
  if (E.isLeft(people)) throw new Error(people.left.code);
  return people.right;
};

const namesOf = (scope: Scope): ((person: string) => string) => {
  const known = new Map<string, string>();
  return (person) => {
    const name = known.get(person) ?? peopleIn(scope, { person })[0]?.name ?? '';
    known.set(person, name);
    return name;
  };
};

const exported = (
  scope: Scope,
  agencyCode: string,
  extension: 'csv' | 'jsonl',
  write: (pages: AsyncIterable<ReadonlyArray<AuthorityChange>>) => AsyncIterable<string>,
): Answered<ReadableStream<Uint8Array>> =>
  pipe(
    reading(changesAfter(scope, agencyCode, undefined)),
    TE.map((first) => ({
      body: streamOf(write(everyPage(scope, agencyCode, first))),
      headers: { 'content-disposition': `attachment; filename="history-${agencyCode}.${extension}"` },
    })),
  );

const csv = (scope: Scope, agencyCode: string) => {
  const language = languageOf(scope.request.headers.get('accept-language'));
  const cells = historyCells(language, namesOf(scope));
  return exported(scope, agencyCode, 'csv', (pages) => csvOf(historyHeading[language], pages, cells));
};

const jsonLines = (scope: Scope, agencyCode: string) =>
  exported(scope, agencyCode, 'jsonl', (pages) =>
    jsonLinesOf(pages, (change) => ({ ...change, people: peopleIn(scope, change) })),
  );

// -------------------------------------------------------------------------------------
// what is to come
// -------------------------------------------------------------------------------------

/** A half year ahead, where nobody says otherwise. */
const usualSpan = 180 * 86_400_000;

export const spanOf = (app: App, { from, to }: { readonly from?: string; readonly to?: string }) => {
  const first = from ?? nowOf(app);
  return { from: first, to: to ?? new Date(Date.parse(first) + usualSpan).toISOString() };
};

const keyOf = ({ ca, serial }: { readonly ca: string; readonly serial: string }): string => `${ca}:${serial}`;

/** A later card of a clerk that only another agency has on record is that agency's to tell. */
const ofOwnCards = (caller: Caller, forecast: ForecastRow, own: ReadonlySet<string>): ForecastRow => {
  if (caller.kind !== 'session') return forecast;
  const shown = (rows: ForecastRow['lockouts']): ForecastRow['lockouts'] =>
    rows.map((row) =>
      row.supersededBy === null || own.has(keyOf(row.supersededBy)) ? row : { ...row, supersededBy: null },
    );
  return { ...forecast, lockouts: shown(forecast.lockouts), already: shown(forecast.already) };
};

const forecast = (
  scope: Scope,
  agencyCode: string,
  query: { readonly from?: string; readonly to?: string },
) => {
  const { app, caller } = scope;
  const { certificates } = app.reads;
  const question = { ...spanOf(app, query), policy: app.register.policy, agencyCode };
  return pipe(
    reading(certificates.forecast(question)),
    TE.bindTo('found'),
    TE.bind('held', () => reading(certificates.ofAgency(agencyCode))),
    TE.chain(({ found, held }) => named(scope, ofOwnCards(caller, found, new Set(held.map(keyOf))))),
  );
};

const unassigned = ({ app }: Scope, agencyCode: string, { since }: { readonly since?: number }) =>
  pipe(
    reading(app.reads.unassignedFunctions({ agencyCode, ...(since === undefined ? {} : { since }) })),
    TE.map(([agency]) => ({ body: { functions: agency?.functions ?? [] } })),
  );

// -------------------------------------------------------------------------------------
// routes
// -------------------------------------------------------------------------------------

const own = historyRoutes;
const any = agencyHistoryRoutes;

export const historyHandlers: ReadonlyArray<Route> = [
  route(own.history, ({ query }, scope) => list(scope, scope.caller.agencyCode, query)),
  route(own.historyAsOf, ({ query }, scope) => asOf(scope, scope.caller.agencyCode, query)),
  route(own.historyBlame, ({ query }, scope) => blame(scope, scope.caller.agencyCode, query)),
  route(own.historyDiff, ({ query }, scope) => diff(scope, scope.caller.agencyCode, query)),
  route(own.historyCsv, (_, scope) => csv(scope, scope.caller.agencyCode)),
  route(own.historyJsonLines, (_, scope) => jsonLines(scope, scope.caller.agencyCode)),
  route(own.forecast, ({ query }, scope) => forecast(scope, scope.caller.agencyCode, query)),
  route(own.unassignedFunctions, ({ query }, scope) => unassigned(scope, scope.caller.agencyCode, query)),

  route(any.agencyHistory, ({ params, query }, scope) => list(scope, params.agencyCode, query)),
  route(any.agencyHistoryAsOf, ({ params, query }, scope) => asOf(scope, params.agencyCode, query)),
  route(any.agencyHistoryBlame, ({ params, query }, scope) => blame(scope, params.agencyCode, query)),
  route(any.agencyHistoryDiff, ({ params, query }, scope) => diff(scope, params.agencyCode, query)),
  route(any.agencyHistoryCsv, ({ params }, scope) => csv(scope, params.agencyCode)),
  route(any.agencyHistoryJsonLines, ({ params }, scope) => jsonLines(scope, params.agencyCode)),
  route(any.agencyForecast, ({ params, query }, scope) => forecast(scope, params.agencyCode, query)),
  route(any.agencyUnassignedFunctions, ({ params, query }, scope) =>
    unassigned(scope, params.agencyCode, query),
  ),
];
