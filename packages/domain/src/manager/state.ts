/**
 * The authorised manager (授權管理者): one, or none yet.
 *
 * @packageDocumentation
 */
import { isSeen, MatchedIdentity, type SeenCredential } from '../credential/credential.js';
import type { SealedPart } from '../events/define.js';
import type { StoredEvent } from '../events/table.js';

export interface Manager {
  /** Pseudonym. */
  readonly person: string;
  readonly credential: SeenCredential;
  readonly identityProof: MatchedIdentity;
  /** The latest event that carries the contact data, sealed: `ManagerAppointed` or `ContactChanged`. */
  readonly contact: SealedPart;
  /** The event that appointed the person. */
  readonly appointedBy: string;
  /** The latest event that gave the manager this authority: the appointment or the latest replacement. */
  readonly authority: string;
}

export type ManagerState = Manager | undefined;

export const initialManager: ManagerState = undefined;

/** Events of other aggregates leave the state as it is. */
export const evolveManager = (state: ManagerState, event: StoredEvent): ManagerState => {
  switch (event.type) {
    case 'ManagerAppointed':
      return {
        person: event.data.person,
        credential: event.data.credential,
        identityProof: event.data.identityProof,
        contact: event.sealed,
        appointedBy: event.meta.id,
        authority: event.meta.id,
      };
    case 'ContactChanged':
      return state === undefined ? state : { ...state, contact: event.sealed };
    case 'CertificateReplaced': {
      const { holder, next, identityProof } = event.data;
      return state !== undefined && holder === 'manager' && isSeen(next)
        ? {
            ...state,
            credential: next,
            // A certificate that was seen was matched; no other proof is written beside it.
            identityProof: MatchedIdentity.is(identityProof) ? identityProof : state.identityProof,
            authority: event.meta.id,
          }
        : state;
    }
    case 'AgencyDeregistered':
      return undefined;
    default:
      return state;
  }
};
