/** Everything of one run as one page. */
import type { Plan } from './plan.js';
import type { Results } from './run.js';
import type { LoginResults } from './run-logins.js';
import { registerTables, verdictTable } from './table.js';
import { hostileTable, loginTable, memoryLine } from './table-logins.js';
import { type Verdict, verdictsOf } from './verdicts.js';
import { loginVerdictsOf } from './verdicts-logins.js';

export interface AllResults {
  /** Absent where only log-ins were asked for. */
  readonly register?: Results;
  readonly logins: LoginResults;
}

export const allVerdicts = ({ register, logins }: AllResults): ReadonlyArray<Verdict> => [
  ...(register === undefined ? [] : verdictsOf(register)),
  ...loginVerdictsOf(logins),
];

export const report = (results: AllResults, plan: Plan, machine: string): string => {
  const { register, logins } = results;
  return [
    `${machine}; medians of ${plan.rounds} rounds`,
    ...(register === undefined ? [] : registerTables(register, plan)),
    loginTable(logins, plan),
    hostileTable(logins),
    memoryLine(logins),
    verdictTable(allVerdicts(results)),
  ].join('\n\n');
};
