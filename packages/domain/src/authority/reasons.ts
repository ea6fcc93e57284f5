/**
 * The chain of reasons behind a decision, read back from the events that counted.
 *
 * @packageDocumentation
 */
import { type IdentityProof, MatchedIdentity } from '../credential/credential.js';
import {
  agencyWord,
  agencyWords,
  clerkWord,
  clerkWords,
  foldAgency,
  foldClerk,
  proofIn,
  replacedHolder,
  versionIn,
} from './fold.js';
import { beginsClerk, type Kind } from './journal.js';
import type { Scope } from './lanes.js';
import type { Ledger } from './ledger.js';
import type {
  AgencyReason,
  ClerkReason,
  DecisionCode,
  EntryReasons,
  EventReason,
  GrantedBy,
  GrantReason,
  ManagerReason,
  Reasons,
  RefusalReasons,
  TermsReason,
} from './model.js';

/** A decision to be explained. */
export interface Case {
  readonly agency: number;
  /** Agency code. */
  readonly code: string;
  /** 0 where the decision is about no clerk. */
  readonly clerk: number;
  readonly permission: number | undefined;
  readonly refusal: DecisionCode | undefined;
  readonly holder: RefusalReasons['holder'];
  readonly scope: Scope;
  /** The last row when it was decided: reasons that are asked for later stay as they were. */
  readonly last: number;
}

export interface Explainer {
  readonly entry: (decided: Case) => EntryReasons;
  readonly permission: (decided: Case) => Reasons;
  /** The grant alone. */
  readonly grant: (decided: Case) => GrantedBy;
  readonly refusal: (decided: Case) => RefusalReasons;
}

/** What tells how well a clerk and the certificate belong together. */
const tellsProof: ReadonlySet<Kind> = new Set<Kind>([
  'ClerkAuthorized',
  'HistoryImported',
  'CredentialActivated',
  'ClerkCredentialProved',
  'CertificateReplaced',
]);

/** The last row of this sort, 0 where there is none. */
const last = (rows: ReadonlyArray<number>, isIt: (row: number) => boolean): number =>
  rows.findLast(isIt) ?? 0;

export const createExplainer = (ledger: Ledger): Explainer => {
  const { journal, credentials, sets, agencies, clerks } = ledger;
  const foldingAgency = foldAgency(journal);
  const foldingClerk = foldClerk(journal, sets);

  const agencyAfter = (rows: ReadonlyArray<number>): Uint32Array => {
    const state = new Uint32Array(agencyWords);
    for (const row of rows) foldingAgency(state, row);
    return state;
  };

  const clerkAfter = (rows: ReadonlyArray<number>): Uint32Array => {
    const state = new Uint32Array(clerkWords);
    for (const row of rows) foldingClerk(state, row);
    return state;
  };

  // -----------------------------------------------------------------------------------
  // links of the chain
  // -----------------------------------------------------------------------------------

  const event = (state: Uint32Array, word: number): EventReason | undefined => {
    const row = state[word] ?? 0;
    return row === 0 ? undefined : journal.read(row);
  };

  const agencyReason = (code: string, state: Uint32Array): AgencyReason | undefined => {
    const registered = event(state, agencyWord.registered);
    return registered === undefined
      ? undefined
      : { code, registered, credential: credentials.read(state[agencyWord.credential] ?? 0) };
  };

  const proofOf = (row: number): IdentityProof | null => proofIn(journal.payload(row, 'd'));

  const isOfManager = (row: number): boolean =>
    journal.kind(row) === 'ManagerAppointed' ||
    (journal.kind(row) === 'CertificateReplaced' && journal.payload(row, 'a') === replacedHolder.manager);

  const managerReason = (rows: ReadonlyArray<number>, state: Uint32Array): ManagerReason | undefined => {
    const row = state[agencyWord.appointed] ?? 0;
    if (row === 0) return undefined;
    const proof = proofOf(last(rows, (each) => isOfManager(each) && MatchedIdentity.is(proofOf(each))));
    return {
      person: journal.persons.text(journal.payload(row, 'a')),
      appointed: journal.read(row),
      credential: credentials.read(state[agencyWord.managerCredential] ?? 0),
      identityProof: proof === 'full' ? 'full' : 'last4',
    };
  };

  const termsReason = (state: Uint32Array): TermsReason | undefined => {
    const row = state[agencyWord.terms] ?? 0;
    const terms = row === 0 ? undefined : ledger.terms(journal.payload(row, 'a'));
    return terms === undefined ? undefined : { ...terms, accepted: journal.read(row) };
  };

  const clerkReason = (clerk: number, rows: ReadonlyArray<number>): ClerkReason | undefined => {
    const state = clerkAfter(rows);
    const proved = last(rows, (row) => tellsProof.has(journal.kind(row)) && proofOf(row) !== null);
    const authorized = state[clerkWord.authorized] ?? 0;
    return authorized === 0
      ? undefined
      : {
          id: ledger.clerkId(clerk),
          person: ledger.person(state[clerkWord.person] ?? 0),
          authorized: journal.read(authorized),
          credential: credentials.read(state[clerkWord.credential] ?? 0),
          identityProof: proofOf(proved) ?? 'typed',
        };
  };

  /** The rows by which the clerk came to hold the permission last, and lost it last; 0 where it never happened. */
  const turns = (
    rows: ReadonlyArray<number>,
    permission: number,
  ): { readonly granted: number; readonly withdrawn: number } => {
    const state = new Uint32Array(clerkWords);
    let granted = 0;
    let withdrawn = 0;
    let held = false;
    for (const row of rows) {
      foldingClerk(state, row);
      const holds = sets.has(state[clerkWord.permissions] ?? 0, permission);
      // An authorisation begins anew, whatever was held before it.
      if (holds && (!held || beginsClerk(journal.kind(row)))) granted = row;
      if (held && !holds) withdrawn = row;
      held = holds;
    }
    return { granted, withdrawn };
  };

  const grantedBy = (granted: number): GrantedBy => ({
    event: journal.read(granted),
    catalogueVersion: versionIn(journal.payload(granted, 'd')),
  });

  const grantReason = (code: string, agencyRows: ReadonlyArray<number>, granted: number): GrantReason => {
    const time = journal.effectiveAt(granted);
    const before = agencyRows.filter((row) => {
      const effectiveAt = journal.effectiveAt(row);
      return effectiveAt < time || (effectiveAt === time && row < granted);
    });
    const state = agencyAfter(before);
    return {
      ...grantedBy(granted),
      agency: agencyReason(code, state),
      manager: managerReason(before, state),
      terms: termsReason(state),
    };
  };

  // -----------------------------------------------------------------------------------
  // what ended it
  // -----------------------------------------------------------------------------------

  const endedBy = (decided: Case, state: Uint32Array, clerkRows: ReadonlyArray<number>): number => {
    switch (decided.refusal) {
      case 'AGENCY_SUSPENDED':
      case 'AGENCY_DEREGISTERED':
        return state[agencyWord.closed] ?? 0;
      case 'NOT_AUTHORIZED': {
        const clerk = clerkAfter(clerkRows);
        if (clerk[clerkWord.authorized] === 0) return 0;
        return clerk[clerkWord.revoked] || (state[agencyWord.ended] ?? 0);
      }
      case 'CREDENTIAL_REPLACED':
        return last(clerkRows, (row) => {
          const kind = journal.kind(row);
          return kind === 'CertificateReplaced' || beginsClerk(kind);
        });
      case 'PERMISSION_NOT_GRANTED':
        return decided.permission === undefined ? 0 : turns(clerkRows, decided.permission).withdrawn;
      default:
        return 0;
    }
  };

  // -----------------------------------------------------------------------------------
  // chains
  // -----------------------------------------------------------------------------------

  const refusal = (decided: Case): RefusalReasons => {
    const { agency: lane, code, clerk: clerkLane, scope, last: upTo } = decided;
    const rows = agencies.rows(lane, scope, upTo);
    const state = agencyAfter(rows);
    const clerkRows = clerkLane === 0 ? [] : clerks.rows(clerkLane, scope, upTo);
    const agency = agencyReason(code, state);
    const manager = managerReason(rows, state);
    const clerk = clerkReason(clerkLane, clerkRows);
    const terms = termsReason(state);
    const ended = endedBy(decided, state, clerkRows);
    return {
      ...(agency === undefined ? {} : { agency }),
      ...(manager === undefined ? {} : { manager }),
      ...(clerk === undefined ? {} : { clerk }),
      ...(terms === undefined ? {} : { terms }),
      ...(ended === 0 ? {} : { endedBy: journal.read(ended) }),
      ...(decided.holder === undefined ? {} : { holder: decided.holder }),
    };
  };

  const entry = (decided: Case): EntryReasons => {
    const { agency, manager, clerk, terms } = refusal(decided);
    // Nobody is let in who is no clerk; the other two stand where the portal has them.
    return { agency, manager, clerk: clerk as ClerkReason, terms };
  };

  const grantOf = ({ clerk, permission, scope, last: upTo }: Case): number =>
    turns(clerks.rows(clerk, scope, upTo), permission ?? -1).granted;

  return {
    entry,
    permission: (decided) => {
      const { agency, scope, code, last: upTo } = decided;
      const grant = grantReason(code, agencies.rows(agency, scope, upTo), grantOf(decided));
      return { ...entry(decided), grant };
    },
    grant: (decided) => grantedBy(grantOf(decided)),
    refusal,
  };
};
