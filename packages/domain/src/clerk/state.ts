/**
 * The clerks (經辦人) of one agency.
 *
 * @packageDocumentation
 */
import type { Credential } from '../credential/credential.js';
import type { SealedPart } from '../events/define.js';
import type { StoredEvent } from '../events/table.js';

export interface Clerk {
  readonly id: string;
  /** Pseudonym. */
  readonly person: string;
  readonly credential: Credential;
  readonly identityProof: 'full' | 'last4' | 'typed';
  readonly permissions: ReadonlySet<string>;
  readonly status: 'active' | 'revoked';
  /** The latest event that carries name and ID, sealed. */
  readonly details: SealedPart;
}

/** By clerk id, in the order of authorisation. Clerks who were deleted stay, as `revoked`. */
export type ClerkState = ReadonlyMap<string, Clerk>;

export const initialClerks: ClerkState = new Map();

const update = (state: ClerkState, id: string, change: (clerk: Clerk) => Clerk): ClerkState => {
  const clerk = state.get(id);
  return clerk === undefined ? state : new Map(state).set(id, change(clerk));
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

/** Events of other aggregates leave the state as it is, but for the end of the agency, which ends its clerks. */
export const evolveClerks = (state: ClerkState, event: StoredEvent): ClerkState => {
  switch (event.type) {
    case 'ClerkAuthorized': {
      const { clerk, person, credential, identityProof, permissions } = event.data;
      return new Map(state).set(clerk, {
        id: clerk,
        person,
        credential,
        identityProof,
        permissions: new Set(permissions),
        status: 'active',
        details: event.sealed,
      });
    }
    case 'ClerkPermissionsChanged':
      return update(state, event.data.clerk, (clerk) => ({
        ...clerk,
        permissions: changedPermissions(clerk.permissions, event.data),
      }));
    case 'ClerkDetailsChanged':
      return update(state, event.data.clerk, (clerk) => ({ ...clerk, details: event.sealed }));
    case 'ClerkCredentialProved':
      return update(state, event.data.clerk, (clerk) => ({
        ...clerk,
        credential: event.data.credential,
        identityProof: event.data.identityProof,
      }));
    case 'CertificateReplaced':
      return event.data.holder === 'clerk' && event.data.clerk !== null
        ? update(state, event.data.clerk, (clerk) => ({ ...clerk, credential: event.data.next }))
        : state;
    case 'ClerkRevoked':
      return update(state, event.data.clerk, (clerk) => ({ ...clerk, status: 'revoked' }));
    case 'AgencyDeregistered':
      return new Map([...state].map(([id, clerk]) => [id, { ...clerk, status: 'revoked' }]));
    default:
      return state;
  }
};

/** Those who may act now. */
export const activeClerks = (state: ClerkState): ReadonlyArray<Clerk> =>
  [...state.values()].filter((clerk) => clerk.status === 'active');
