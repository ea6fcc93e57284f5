/**
 * The aggregates' `evolve` once more, on words: what a decision needs of agency, manager and clerk, as numbers of
 * rows. A property test holds both to the same.
 *
 * @packageDocumentation
 */
import type { IdentityProof } from '../credential/credential.js';
import { beginsClerk, type Journal } from './journal.js';
import { emptySet, type PermissionSets } from './sets.js';

/** Changes a state by the event of a row. */
export type Fold = (state: Uint32Array, row: number) => void;

// -------------------------------------------------------------------------------------
// agency, manager, terms
// -------------------------------------------------------------------------------------

/** Words of an agency's state. Rows are 0 where there was no such event. */
export const agencyWord = {
  status: 0,
  registered: 1,
  credential: 2,
  /** The appointment of the manager, 0 where there is none. */
  appointed: 3,
  managerCredential: 4,
  terms: 5,
  /** The latest suspension or end. */
  closed: 6,
  /** The latest end: it ended the clerks too. */
  ended: 7,
} as const;

export const agencyWords = 8;

export const agencyStatus = { unregistered: 0, registered: 1, suspended: 2, deregistered: 3 } as const;

/** Whose certificate was replaced. */
export const replacedHolder = { agency: 0, manager: 1, clerk: 2 } as const;

export const foldAgency =
  (journal: Journal): Fold =>
  (state, row) => {
    const known = state[agencyWord.status] !== agencyStatus.unregistered;
    switch (journal.kind(row)) {
      case 'TermsAccepted':
        state[agencyWord.terms] = row;
        return;
      case 'AgencyRegistered':
        state[agencyWord.status] = agencyStatus.registered;
        state[agencyWord.registered] = row;
        state[agencyWord.credential] = journal.payload(row, 'b');
        return;
      case 'ManagerAppointed':
        state[agencyWord.appointed] = row;
        state[agencyWord.managerCredential] = journal.payload(row, 'b');
        return;
      case 'CertificateReplaced':
        if (journal.payload(row, 'a') === replacedHolder.agency) {
          if (known) state[agencyWord.credential] = journal.payload(row, 'b');
        } else if (state[agencyWord.appointed] !== 0) {
          state[agencyWord.managerCredential] = journal.payload(row, 'b');
        }
        return;
      case 'AgencySuspended':
        if (known) state[agencyWord.status] = agencyStatus.suspended;
        state[agencyWord.closed] = row;
        return;
      case 'AgencyReopened':
        if (known) state[agencyWord.status] = agencyStatus.registered;
        return;
      case 'AgencyDeregistered':
        if (known) state[agencyWord.status] = agencyStatus.deregistered;
        state[agencyWord.appointed] = 0;
        state[agencyWord.closed] = row;
        state[agencyWord.ended] = row;
        return;
      default:
    }
  };

// -------------------------------------------------------------------------------------
// clerk
// -------------------------------------------------------------------------------------

/** Words of a clerk's state. */
export const clerkWord = {
  permissions: 0,
  credential: 1,
  /** The authorisation, 0 before it. */
  authorized: 2,
  /** The revocation, 0 where there is none. */
  revoked: 3,
  /** Whom the authorisation names. */
  person: 4,
} as const;

/** Even, as lanes need it. */
export const clerkWords = 6;

export const foldClerk =
  (journal: Journal, sets: PermissionSets): Fold =>
  (state, row) => {
    const kind = journal.kind(row);
    if (beginsClerk(kind)) {
      state[clerkWord.permissions] = journal.payload(row, 'a');
      state[clerkWord.credential] = journal.payload(row, 'b');
      state[clerkWord.authorized] = row;
      state[clerkWord.revoked] = 0;
      state[clerkWord.person] = journal.payload(row, 'c');
      return;
    }
    if (state[clerkWord.authorized] === 0) return;
    switch (kind) {
      case 'ClerkPermissionsChanged':
        state[clerkWord.permissions] = sets.change(
          state[clerkWord.permissions] ?? emptySet,
          journal.payload(row, 'a'),
          journal.payload(row, 'b'),
        );
        return;
      case 'ClerkRevoked':
      case 'CredentialDeactivated':
        state[clerkWord.revoked] = row;
        return;
      case 'CertificateReplaced':
      case 'ClerkCredentialProved':
        state[clerkWord.credential] = journal.payload(row, 'b');
        return;
      default:
    }
  };

const proofs: ReadonlyArray<IdentityProof | null> = ['full', 'last4', 'typed', null];

/** `catalogueVersion` and `identityProof` of an event share a word; 0 where the event has no version. */
export const packVersion = (catalogueVersion: number, proof: IdentityProof | null = null): number =>
  catalogueVersion * 4 + proofs.indexOf(proof);

export const versionIn = (packed: number): number => Math.floor(packed / 4);

/** `null` where the event tells none. */
export const proofIn = (packed: number): IdentityProof | null => proofs[packed % 4] ?? null;
