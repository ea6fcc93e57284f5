/** Everything of one run as one page. */
import type { Plan } from './plan.js';
import type { Results } from './run.js';
import type { AgentResults } from './run-agent.js';
import type { CardResults } from './run-cards.js';
import type { CrlResults } from './run-crls.js';
import type { EventStoreDbResults } from './run-eventstoredb.js';
import type { HttpResults } from './run-http.js';
import type { LargeResults } from './run-large.js';
import type { LoginResults } from './run-logins.js';
import type { PostgresResults } from './run-postgres.js';
import { registerTables, verdictTable } from './table.js';
import { agentMemoryLine, agentTable, agentVerdictsOf } from './table-agent.js';
import { cardTable, cardVerdictsOf } from './table-cards.js';
import { crlTable, crlVerdictsOf } from './table-crls.js';
import { eventStoreDbTable, eventStoreDbVerdictsOf } from './table-eventstoredb.js';
import { httpMemoryLine, httpTable, httpVerdictsOf } from './table-http.js';
import { largeTable } from './table-large.js';
import { hostileTable, loginTable, memoryLine } from './table-logins.js';
import { postgresTable, postgresVerdictsOf } from './table-postgres.js';
import { type Verdict, verdictsOf } from './verdicts.js';
import { loginVerdictsOf } from './verdicts-logins.js';

export interface AllResults {
  /** Absent where only something else was asked for. */
  readonly register?: Results;
  readonly logins?: LoginResults;
  readonly crls?: CrlResults;
  readonly agent?: AgentResults;
  readonly cards?: CardResults;
  readonly http?: HttpResults;
  readonly eventstoredb?: EventStoreDbResults;
  readonly postgres?: PostgresResults;
  /** No line of it must hold: it is there to be calculated with. */
  readonly large?: LargeResults;
}

export const allVerdicts = (results: AllResults): ReadonlyArray<Verdict> => {
  const { register, logins, crls, agent, cards, http, eventstoredb, postgres } = results;
  return [
    ...(register === undefined ? [] : verdictsOf(register)),
    ...(logins === undefined ? [] : loginVerdictsOf(logins)),
    ...(crls === undefined ? [] : crlVerdictsOf(crls)),
    ...(agent === undefined ? [] : agentVerdictsOf(agent)),
    ...(cards === undefined ? [] : cardVerdictsOf(cards)),
    ...(http === undefined ? [] : httpVerdictsOf(http)),
    ...(eventstoredb === undefined ? [] : eventStoreDbVerdictsOf(eventstoredb)),
    ...(postgres === undefined ? [] : postgresVerdictsOf(postgres)),
  ];
};

export const report = (results: AllResults, plan: Plan, machine: string): string => {
  const { register, logins, crls, agent, cards, http, eventstoredb, postgres, large } = results;
  return [
    `${machine}; medians of ${plan.rounds} rounds`,
    ...(register === undefined ? [] : registerTables(register, plan)),
    ...(logins === undefined ? [] : [loginTable(logins, plan), hostileTable(logins), memoryLine(logins)]),
    ...(crls === undefined ? [] : [crlTable(crls)]),
    ...(http === undefined
      ? []
      : [...(http.rows.length === 0 ? [] : [httpTable(http)]), httpMemoryLine(http)]),
    ...(eventstoredb === undefined ? [] : [eventStoreDbTable(eventstoredb, plan)]),
    ...(postgres === undefined ? [] : [postgresTable(postgres)]),
    ...(large === undefined ? [] : [largeTable(large)]),
    ...(agent === undefined ? [] : [agentTable(agent), agentMemoryLine(agent)]),
    ...(cards === undefined ? [] : [cardTable(cards)]),
    verdictTable(allVerdicts(results)),
  ].join('\n\n');
};
