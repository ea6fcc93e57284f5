/**
 * The clerks (經辦人) of one agency.
 *
 * @packageDocumentation
 */
import {
  type HolderCredential,
  type IdentityProof,
  type IssuerName,
  sameCertificate,
} from '../credential/credential.js';
import type { SealedPart } from '../events/define.js';
import { copies, type Drafts } from '../events/drafts.js';
import type { StoredEvent } from '../events/table.js';

export interface Clerk {
  readonly id: string;
  /** Pseudonym. */
  readonly person: string;
  readonly credential: HolderCredential;
  readonly identityProof: IdentityProof;
  readonly permissions: ReadonlySet<string>;
  /** The latest event that carries name and ID, sealed. */
  readonly details: SealedPart;
}

/**
 * Those who may act now, by clerk id, in the order of authorisation. Whose entry ended is not kept: ids are never given
 * twice, and nothing is decided by who was a clerk once. The history of an agency is in its events.
 */
export type ClerkState = ReadonlyMap<string, Clerk>;

export const initialClerks: ClerkState = new Map();

const update = (
  state: ClerkState,
  id: string,
  drafts: Drafts,
  change: (clerk: Clerk) => Clerk,
): ClerkState => {
  const clerk = state.get(id);
  return clerk === undefined ? state : drafts.map(state).set(id, change(clerk));
};

const remove = (state: ClerkState, id: string, drafts: Drafts): ClerkState => {
  if (!state.has(id)) return state;
  const left = drafts.map(state);
  left.delete(id);
  return left;
};

/** What a clerk holds after a change. */
export const changedPermissions = (
  held: ReadonlySet<string>,
  change: { readonly granted: ReadonlyArray<string>; readonly revoked: ReadonlyArray<string> },
): ReadonlySet<string> => {
  const next = new Set(held);
  for (const code of change.revoked) next.delete(code);
  for (const code of change.granted) next.add(code);
  return next;
};

/** {@link evolveClerks} for a fold that takes what it changes from its drafts. */
export const evolveClerksIn = (state: ClerkState, event: StoredEvent, drafts: Drafts): ClerkState => {
  switch (event.type) {
    case 'ClerkAuthorized': {
      const { clerk, person, credential, identityProof, permissions } = event.data;
      return drafts.map(state).set(clerk, {
        id: clerk,
        person,
        credential,
        identityProof,
        permissions: new Set(permissions),
        details: event.sealed,
      });
    }
    case 'HistoryImported': {
      const { clerk, person, credential, permissions } = event.data;
      return drafts.map(state).set(clerk, {
        id: clerk,
        person,
        credential,
        identityProof: 'typed',
        permissions: new Set(permissions),
        details: event.sealed,
      });
    }
    case 'ClerkPermissionsChanged':
      return update(state, event.data.clerk, drafts, (clerk) => ({
        ...clerk,
        permissions: changedPermissions(clerk.permissions, event.data),
      }));
    case 'ClerkDetailsChanged':
      return update(state, event.data.clerk, drafts, (clerk) => ({ ...clerk, details: event.sealed }));
    case 'ClerkCredentialProved':
      return update(state, event.data.clerk, drafts, (clerk) => ({
        ...clerk,
        credential: event.data.credential,
        identityProof: event.data.identityProof,
      }));
    case 'CertificateReplaced':
      return event.data.holder === 'clerk' && event.data.clerk !== null
        ? update(state, event.data.clerk, drafts, (clerk) => ({
            ...clerk,
            credential: event.data.next,
            identityProof: event.data.identityProof ?? clerk.identityProof,
          }))
        : state;
    case 'ClerkRevoked':
      return remove(state, event.data.clerk, drafts);
    case 'AgencyDeregistered':
      return initialClerks;
    default:
      return state;
  }
};

/** Events of other aggregates leave the state as it is, but for the end of the agency, which ends its clerks. */
export const evolveClerks = (state: ClerkState, event: StoredEvent): ClerkState =>
  evolveClerksIn(state, event, copies);

/** Those who may act now, in the order of authorisation. */
export const activeClerks = (state: ClerkState): ReadonlyArray<Clerk> => [...state.values()];

/** The clerk on record with this certificate, or these means. */
export const clerkWithCertificate = (
  state: ClerkState,
  certificate: { readonly ca: IssuerName; readonly serial: string },
): Clerk | undefined =>
  activeClerks(state).find(({ credential }) => sameCertificate(credential, certificate));

/** The clerk who this person is. */
export const clerkOfPerson = (state: ClerkState, person: string): Clerk | undefined =>
  activeClerks(state).find((clerk) => clerk.person === person);
