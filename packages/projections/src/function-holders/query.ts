/**
 * Asking for functions that nobody has been given: a new function reaches nobody by itself, and people think it is
 * missing.
 *
 * @packageDocumentation
 */
import { all } from '../reading/question.js';
import type { Answer, Answering, ReadModelsOf } from '../reading/read-models.js';
import { within } from '../support/within.js';
import { functionHolders } from './projection.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface UnassignedFunction {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** The version of the menu in which the function came. */
  readonly since: number;
}

/** An agency in which functions of the latest menu are held by no clerk. */
export interface UnassignedInAgency {
  readonly agencyCode: string;
  readonly agencyName: string;
  /** In the order of the menu. */
  readonly functions: ReadonlyArray<UnassignedFunction>;
}

export interface UnassignedPage {
  /** @defaultValue every agency that is registered */
  readonly agencyCode?: string;
  /** Only functions that came with this version of the menu or a later one. @defaultValue 1 */
  readonly since?: number;
  /** Begins after this agency. */
  readonly after?: string;
  /** The most agencies in an answer, 1 to 1000; the next page begins `after` its last. @defaultValue 1000 */
  readonly limit?: number;
}

// -------------------------------------------------------------------------------------
// query
// -------------------------------------------------------------------------------------

interface Row extends UnassignedFunction {
  readonly agency: string;
  readonly name: string;
}

const heldByNobody = (agency: string, fn: string): string =>
  `NOT EXISTS (SELECT 1 FROM {holders} AS h
    WHERE h.portal = @portal AND h.agency = ${agency}.agency AND h.code = ${fn}.code)`;

const grouped = (rows: ReadonlyArray<Row>): ReadonlyArray<UnassignedInAgency> => {
  const byAgency = new Map<string, UnassignedInAgency & { readonly functions: UnassignedFunction[] }>();
  for (const { agency, name, code, zh, en, since } of rows) {
    const entry = byAgency.get(agency) ?? { agencyCode: agency, agencyName: name, functions: [] };
    entry.functions.push({ code, zh, en, since });
    byAgency.set(agency, entry);
  }
  return [...byAgency.values()];
};

/** Agencies of a portal, by code, with the functions of the latest menu that nobody holds; those without are left out. */
export const unassignedFunctions = <F extends Answering>(
  read: ReadModelsOf<F>,
  portal: string,
  { agencyCode, since = 1, after = '', limit = 1000 }: UnassignedPage = {},
): Answer<F, ReadonlyArray<UnassignedInAgency>> =>
  read.ask(functionHolders, function* () {
    return grouped(
      yield* all<Row>(
        // `+ 0`: SQLite plans anew whenever a bare parameter is bound as a limit.
        `SELECT a.agency, a.name, f.code, f.zh, f.en, f.since
         FROM (SELECT agency, name FROM {agencies} AS b
               WHERE portal = @portal AND (@agency IS NULL OR agency = @agency) AND agency > @after AND EXISTS (
                 SELECT 1 FROM {functions} AS g WHERE g.portal = @portal AND g.since >= @since AND ${heldByNobody('b', 'g')})
               ORDER BY agency LIMIT @limit + 0) AS a
         CROSS JOIN {functions} AS f
         WHERE f.portal = @portal AND f.since >= @since AND ${heldByNobody('a', 'f')}
         ORDER BY a.agency, f.place`,
        {
          portal,
          agency: agencyCode ?? null,
          after,
          limit: within(limit, 1000, 1, 1000),
          since: within(since, 1, 1, Number.MAX_SAFE_INTEGER),
        },
      ),
    );
  });
