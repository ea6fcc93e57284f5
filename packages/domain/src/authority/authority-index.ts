/**
 * Who may act, answered from memory for any instant (docs/architecture.md 6).
 *
 * @packageDocumentation
 */
import type { StoredEvent } from '../events/table.js';
import type { PortalPolicy } from '../policy/policy.js';
import { clerkWord, clerkWords } from './fold.js';
import { createIntake } from './intake.js';
import { createJudge, type Verdict } from './judge.js';
import type { Scope } from './lanes.js';
import { createLedger, type PublishedMenu } from './ledger.js';
import type { AsOf, AuthorityQuestion, Decision, Entry, EntryQuestion, Holder, Refused } from './model.js';
import { type Case, createExplainer } from './reasons.js';
import { msOf } from './time.js';

/** What the index holds; `bytes` are those of its rows. */
export interface AuthoritySize {
  readonly events: number;
  readonly agencies: number;
  readonly clerks: number;
  readonly bytes: number;
}

/**
 * The index of one portal. It is fed with every event of the store in store order, each once; which those are is the
 * feeder's business. It has no clock: a question names its times.
 */
export interface AuthorityIndex {
  readonly apply: (event: StoredEvent) => void;
  /** May this one do this (GEPI-2, GEPI-41, GEPI-42, GEPI-43)? */
  readonly may: (question: AuthorityQuestion) => Decision;
  /** May this one enter, and what for (GEPI-2)? */
  readonly functionsOf: (question: EntryQuestion) => Entry;
  /** Who may do this for the agency, in the order of authorisation (GEPI-30). Empty where a time is none. */
  readonly holders: (agency: string, fn: string, asOf: AsOf) => ReadonlyArray<Holder>;
  /** Functions of the latest menu that no clerk of the agency holds, in the order of the menu. */
  readonly unassignedFunctions: (agency: string, asOf: AsOf) => ReadonlyArray<string>;
  /** Of the last event that was applied. */
  readonly position: () => string | undefined;
  readonly size: () => AuthoritySize;
}

const later =
  <A, B>(explain: (decided: A) => B, decided: A) =>
  (): B =>
    explain(decided);

const everything = Number.POSITIVE_INFINITY;

/** Makes an empty index for the portal of the policy; events of other portals are passed over. */
export const createAuthorityIndex = (policy: PortalPolicy): AuthorityIndex => {
  const ledger = createLedger();
  const intake = createIntake(ledger, policy.portal, policy.credentials);
  const { judge, judgeClerk, isActive } = createJudge(ledger, policy);
  const explain = createExplainer(ledger);
  const { journal, sets, agencies, clerks } = ledger;
  let position: string | undefined;

  /** `undefined` where a time is none. */
  const scopeOf = (asOf: AsOf): Scope | undefined => {
    const at = msOf(asOf.at);
    const knownAt = asOf.knownAt === undefined ? everything : msOf(asOf.knownAt);
    return Number.isNaN(at) || Number.isNaN(knownAt) ? undefined : { at, knownAt };
  };

  const unreadable: Refused = { allowed: false, code: 'INVALID_INPUT', reasons: () => ({}) };

  const caseOf = (
    agency: number,
    code: string,
    permission: number | undefined,
    scope: Scope,
    verdict: Verdict,
  ): Case => ({
    agency,
    code,
    clerk: verdict.clerk,
    permission,
    refusal: verdict.code,
    holder: verdict.holder,
    scope,
    last: journal.count(),
  });

  const may = (question: AuthorityQuestion): Decision => {
    const scope = scopeOf(question);
    if (scope === undefined) return unreadable;
    const agency = ledger.agency(question.agency);
    const permission = sets.numberOf(question.function);
    const verdict = judge(agency, question.who, permission, scope);
    const decided = caseOf(agency, question.agency, permission, scope, verdict);
    return verdict.code === undefined
      ? {
          allowed: true,
          reasons: later(explain.permission, decided),
          grantedBy: later(explain.grant, decided),
        }
      : { allowed: false, code: verdict.code, reasons: later(explain.refusal, decided) };
  };

  const functionsOf = (question: EntryQuestion): Entry => {
    const scope = scopeOf(question);
    if (scope === undefined) return unreadable;
    const agency = ledger.agency(question.agency);
    const verdict = judge(agency, question.who, undefined, scope);
    const decided = caseOf(agency, question.agency, undefined, scope, verdict);
    return verdict.code === undefined
      ? {
          allowed: true,
          functions: sets.codes(verdict.state[clerkWord.permissions] ?? 0),
          reasons: later(explain.entry, decided),
        }
      : { allowed: false, code: verdict.code, reasons: later(explain.refusal, decided) };
  };

  const holders = (code: string, fn: string, asOf: AsOf): ReadonlyArray<Holder> => {
    const scope = scopeOf(asOf);
    const permission = sets.numberOf(fn);
    if (scope === undefined || permission < 0) return [];
    const agency = ledger.agency(code);
    const found: Array<Holder & { readonly authorized: number }> = [];
    for (const clerk of ledger.clerksOf(agency)) {
      const verdict = judgeClerk(agency, clerk, permission, scope);
      if (verdict.code !== undefined || verdict.clerk !== clerk) continue;
      const authorized = verdict.state[clerkWord.authorized] ?? 0;
      const decided = caseOf(agency, code, permission, scope, verdict);
      found.push({
        clerk: ledger.clerkId(clerk),
        person: ledger.person(verdict.state[clerkWord.person] ?? 0),
        reasons: later(explain.permission, decided),
        authorized,
      });
    }
    found.sort((a, b) => a.authorized - b.authorized);
    return found.map(({ clerk, person, reasons }) => ({ clerk, person, reasons }));
  };

  const menuAt = ({ at, knownAt }: Scope): PublishedMenu | undefined => {
    let latest: PublishedMenu | undefined;
    for (const menu of ledger.menus) {
      if (menu.effectiveAt > at || menu.recordedAt > knownAt) continue;
      if (latest === undefined || menu.effectiveAt >= latest.effectiveAt) latest = menu;
    }
    return latest;
  };

  const unassignedFunctions = (code: string, asOf: AsOf): ReadonlyArray<string> => {
    const scope = scopeOf(asOf);
    const menu = scope === undefined ? undefined : menuAt(scope);
    if (scope === undefined || menu === undefined) return [];
    const agency = ledger.agency(code);
    const held = new Set<string>();
    const state = new Uint32Array(clerkWords);
    for (const clerk of ledger.clerksOf(agency)) {
      if (!isActive(agency, clerk, scope)) continue;
      clerks.state(clerk, scope, state);
      for (const fn of sets.codes(state[clerkWord.permissions] ?? 0)) held.add(fn);
    }
    return menu.functions.filter((fn) => !held.has(fn));
  };

  return {
    apply: (event) => {
      intake(event);
      position = event.meta.position;
    },
    may,
    functionsOf,
    holders,
    unassignedFunctions,
    position: () => position,
    size: () => ({
      events: journal.count(),
      agencies: agencies.count(),
      clerks: clerks.count(),
      bytes: ledger.bytes(),
    }),
  };
};
