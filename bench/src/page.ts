/** Everything of one run as one page. */
import type { Plan } from './plan.js';
import type { Results } from './run.js';
import type { CrlResults } from './run-crls.js';
import type { HttpResults } from './run-http.js';
import type { LoginResults } from './run-logins.js';
import { registerTables, verdictTable } from './table.js';
import { crlTable, crlVerdictsOf } from './table-crls.js';
import { httpMemoryLine, httpTable, httpVerdictsOf } from './table-http.js';
import { hostileTable, loginTable, memoryLine } from './table-logins.js';
import { type Verdict, verdictsOf } from './verdicts.js';
import { loginVerdictsOf } from './verdicts-logins.js';

export interface AllResults {
  /** Absent where only something else was asked for. */
  readonly register?: Results;
  readonly logins?: LoginResults;
  readonly crls?: CrlResults;
  readonly http?: HttpResults;
}

export const allVerdicts = ({ register, logins, crls, http }: AllResults): ReadonlyArray<Verdict> => [
  ...(register === undefined ? [] : verdictsOf(register)),
  ...(logins === undefined ? [] : loginVerdictsOf(logins)),
  ...(crls === undefined ? [] : crlVerdictsOf(crls)),
  ...(http === undefined ? [] : httpVerdictsOf(http)),
];

export const report = (results: AllResults, plan: Plan, machine: string): string => {
  const { register, logins, crls, http } = results;
  return [
    `${machine}; medians of ${plan.rounds} rounds`,
    ...(register === undefined ? [] : registerTables(register, plan)),
    ...(logins === undefined ? [] : [loginTable(logins, plan), hostileTable(logins), memoryLine(logins)]),
    ...(crls === undefined ? [] : [crlTable(crls)]),
    ...(http === undefined ? [] : [httpTable(http), httpMemoryLine(http)]),
    verdictTable(allVerdicts(results)),
  ].join('\n\n');
};
