/**
 * An agency as its events made it.
 *
 * @packageDocumentation
 */
import type { SeenCredential } from '../credential/credential.js';
import { isSeen } from '../credential/credential.js';
import type { StoredEvent } from '../events/table.js';
import type { Organisation } from './organisation.js';

export type AgencyState =
  | { readonly status: 'unregistered' }
  | {
      readonly status: 'registered' | 'suspended' | 'deregistered';
      readonly code: string;
      readonly name: string;
      readonly organisation: Organisation;
      readonly credential: SeenCredential;
      /** The event that registered it. */
      readonly since: string;
    };

export const initialAgency: AgencyState = { status: 'unregistered' };

/** Events of other aggregates leave the state as it is. */
export const evolveAgency = (state: AgencyState, event: StoredEvent): AgencyState => {
  if (event.type === 'AgencyRegistered') {
    const { code, name, organisation, credential } = event.data;
    return { status: 'registered', code, name, organisation, credential, since: event.meta.id };
  }
  if (state.status === 'unregistered') return state;
  switch (event.type) {
    case 'CertificateReplaced':
      return event.data.holder === 'agency' && isSeen(event.data.next)
        ? {
            ...state,
            credential: event.data.next,
            organisation: event.data.organisation ?? state.organisation,
          }
        : state;
    case 'AgencySuspended':
      return { ...state, status: 'suspended' };
    case 'AgencyReopened':
      return { ...state, status: 'registered' };
    case 'AgencyDeregistered':
      return { ...state, status: 'deregistered' };
    default:
      return state;
  }
};
