/**
 * The registered credentials of one organisation.
 *
 * @packageDocumentation
 */
import type { SealedPart } from '../events/define.js';
import { copies, type Drafts } from '../events/drafts.js';
import type { StoredEvent } from '../events/table.js';

export interface RegisteredCredential {
  readonly id: string;
  /** Pseudonym. */
  readonly person: string;
  readonly kind: string;
  readonly cardKind: string;
  readonly ca: string;
  readonly serial1: string;
  readonly serial2: string;
  readonly proof: 'read' | 'typedByHand';
  /** From when to when it is active, ISO, UTC; `undefined` where it is not. */
  readonly active: { readonly from: string; readonly to: string } | undefined;
  readonly holder: SealedPart;
}

/** In the order of registration; rows stay (DOC-10). */
export type RegisteredCredentials = ReadonlyMap<string, RegisteredCredential>;

export const initialCredentials: RegisteredCredentials = new Map();

const update = (
  state: RegisteredCredentials,
  id: string,
  drafts: Drafts,
  active: RegisteredCredential['active'],
): RegisteredCredentials => {
  const row = state.get(id);
  return row === undefined ? state : drafts.map(state).set(id, { ...row, active });
};

/** {@link evolveCredentials} for a fold that takes what it changes from its drafts. */
export const evolveCredentialsIn = (
  state: RegisteredCredentials,
  event: StoredEvent,
  drafts: Drafts,
): RegisteredCredentials => {
  switch (event.type) {
    case 'CredentialRegistered': {
      const { credential: id, ...row } = event.data;
      return drafts.map(state).set(id, { id, ...row, active: undefined, holder: event.sealed });
    }
    case 'CredentialActivated': {
      const { credential, from, to } = event.data;
      return update(state, credential, drafts, { from, to });
    }
    case 'CredentialDeactivated':
      return update(state, event.data.credential, drafts, undefined);
    default:
      return state;
  }
};

/** Events of other aggregates leave the state as it is. */
export const evolveCredentials = (state: RegisteredCredentials, event: StoredEvent): RegisteredCredentials =>
  evolveCredentialsIn(state, event, copies);
