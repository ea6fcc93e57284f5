/**
 * An agency as its events made it.
 *
 * @packageDocumentation
 */
import type { RootCredential } from '../credential/credential.js';
import { credentialKey, isSeen, sameCertificate } from '../credential/credential.js';
import { copies, type Drafts } from '../events/drafts.js';
import type { StoredEvent } from '../events/table.js';
import type { Organisation } from './organisation.js';

export type AgencyState =
  | { readonly status: 'unregistered' }
  | {
      readonly status: 'registered' | 'suspended' | 'deregistered';
      readonly code: string;
      readonly name: string;
      readonly organisation: Organisation;
      readonly credential: RootCredential;
      /** Keys of the certificates that others took the place of, in this registration and in those before it. */
      readonly former: ReadonlySet<string>;
      /** The event that registered it. */
      readonly since: string;
      /** Whose account the agency's certificate was tied to, by pseudonym, where the portal ties it to one (ECPA-2). */
      readonly officer?: string;
      /** From when it can be used again, where staff opened it from a later time on (NHI-19); ISO, UTC. */
      readonly opensAt?: string;
    };

/** An agency that is registered, or was. */
export type RegisteredAgency = Exclude<AgencyState, { readonly status: 'unregistered' }>;

export const initialAgency: AgencyState = { status: 'unregistered' };

/** An agency whose service ended comes back with the certificate that it had, or leaves it behind for another. */
const retired = (
  { credential, former }: RegisteredAgency,
  next: RootCredential,
  drafts: Drafts,
): ReadonlySet<string> =>
  sameCertificate(credential, next) ? former : drafts.set(former).add(credentialKey(credential));

const withoutOpening = ({ opensAt: _opensAt, ...state }: RegisteredAgency): RegisteredAgency => state;

/** The agency at an instant (ISO, UTC): one that staff opened from a later time on is suspended until then. */
export const agencyAt = (state: AgencyState, at: string): AgencyState =>
  state.status === 'registered' && state.opensAt !== undefined && at < state.opensAt
    ? { ...state, status: 'suspended' }
    : state;

/** {@link evolveAgency} for a fold that takes what it changes from its drafts. */
export const evolveAgencyIn = (state: AgencyState, event: StoredEvent, drafts: Drafts): AgencyState => {
  if (event.type === 'AgencyRegistered') {
    const { code, name, organisation, credential } = event.data;
    const former = state.status === 'unregistered' ? new Set<string>() : retired(state, credential, drafts);
    return { status: 'registered', code, name, organisation, credential, former, since: event.meta.id };
  }
  if (state.status === 'unregistered') return state;
  switch (event.type) {
    case 'CertificateReplaced':
      return event.data.holder === 'agency' && isSeen(event.data.next)
        ? {
            ...state,
            credential: event.data.next,
            former: retired(state, event.data.next, drafts),
            organisation: event.data.organisation ?? state.organisation,
          }
        : state;
    case 'OfficerBound':
      return { ...state, officer: event.data.person };
    case 'AgencySuspended':
      return { ...withoutOpening(state), status: 'suspended' };
    case 'AgencyReopened':
      return {
        ...withoutOpening(state),
        status: 'registered',
        ...(event.meta.effectiveAt > event.meta.recordedAt ? { opensAt: event.meta.effectiveAt } : {}),
      };
    case 'AgencyDeregistered':
      return { ...withoutOpening(state), status: 'deregistered' };
    default:
      return state;
  }
};

/** Events of other aggregates leave the state as it is. */
export const evolveAgency = (state: AgencyState, event: StoredEvent): AgencyState =>
  evolveAgencyIn(state, event, copies);
