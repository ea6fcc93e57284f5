/**
 * Folds changes into who could act; the same rules as the aggregates, in the order in which changes take effect.
 *
 * @packageDocumentation
 */
import { type IdentityProof, isSeen, MatchedIdentity, type SeenCredential } from '@mandate/domain';
import type {
  AgencyAt,
  AuthorityAt,
  AuthorityChange,
  ClerkAt,
  CredentialAt,
  EventReference,
  ManagerAt,
  PermissionAt,
  TermsAt,
} from './model.js';

// -------------------------------------------------------------------------------------
// order
// -------------------------------------------------------------------------------------

/** Which changes count: in effect by `at`, recorded by `knownAt`; `undefined`: all. */
export interface Scope {
  readonly at: string | undefined;
  readonly knownAt: string | undefined;
}

/** Earlier effect first; of two at one time the one recorded first. ISO texts compare as times. */
export const inOrder = (a: EventReference, b: EventReference): number => {
  if (a.effectiveAt !== b.effectiveAt) return a.effectiveAt < b.effectiveAt ? -1 : 1;
  return a.revision - b.revision;
};

/** The changes that count, in the order in which they take effect. */
export const counting = (
  changes: ReadonlyArray<AuthorityChange>,
  { at, knownAt }: Scope,
): ReadonlyArray<AuthorityChange> =>
  changes
    .filter(
      (change) =>
        (at === undefined || change.effectiveAt <= at) &&
        (knownAt === undefined || change.recordedAt <= knownAt),
    )
    .sort(inOrder);

// -------------------------------------------------------------------------------------
// state
// -------------------------------------------------------------------------------------

interface ClerkEntry extends Omit<ClerkAt, 'permissions'> {
  readonly permissions: Map<string, PermissionAt>;
}

/** A permission that somebody held once, and what took it away. */
export interface Ended {
  readonly person: string;
  readonly permission: PermissionAt;
  readonly by: EventReference;
}

/** What was folded so far. Changed in place: a history may be long. */
export interface Folded {
  agency: AgencyAt | null;
  manager: ManagerAt | null;
  terms: TermsAt | null;
  readonly clerks: Map<string, ClerkEntry>;
  /** Active ones. */
  readonly credentials: Map<string, CredentialAt>;
  /** By clerk and function, the latest. */
  readonly ended: Map<string, Map<string, Ended>>;
}

/** The change as the name of its event, without what it says. */
export const referenceOf = (change: AuthorityChange): EventReference => {
  const { eventId, type, revision, commandId, recordedAt, effectiveAt, actor, evidence, confirmation } =
    change;
  return { eventId, type, revision, commandId, recordedAt, effectiveAt, actor, evidence, confirmation };
};

const take = (state: Folded, entry: ClerkEntry, permission: PermissionAt, by: EventReference): void => {
  const ended = state.ended.get(entry.clerk) ?? new Map<string, Ended>();
  ended.set(permission.function, { person: entry.person, permission, by });
  state.ended.set(entry.clerk, ended);
  entry.permissions.delete(permission.function);
};

const takeAll = (state: Folded, entry: ClerkEntry, by: EventReference): void => {
  for (const permission of [...entry.permissions.values()]) take(state, entry, permission, by);
  state.clerks.delete(entry.clerk);
};

// -------------------------------------------------------------------------------------
// fold
// -------------------------------------------------------------------------------------

const foldPermissions = (
  state: Folded,
  change: Extract<AuthorityChange, { readonly type: 'ClerkPermissionsChanged' }>,
  event: EventReference,
): void => {
  const { clerk, granted, revoked, catalogueVersion } = change.data;
  const entry = state.clerks.get(clerk);
  if (entry === undefined) return;
  for (const code of revoked) {
    const permission = entry.permissions.get(code);
    if (permission !== undefined) take(state, entry, permission, event);
  }
  for (const code of granted) {
    // What is held already was granted by the earlier event.
    if (entry.permissions.has(code)) continue;
    entry.permissions.set(code, { function: code, catalogueVersion, granted: event });
  }
};

/** What is known of a manager by another certificate; where no match is told, the one before stays. */
export const provedBy = (
  credential: SeenCredential,
  identityProof: IdentityProof | null,
): Pick<ManagerAt, 'credential'> & Partial<Pick<ManagerAt, 'identityProof'>> =>
  MatchedIdentity.is(identityProof) ? { credential, identityProof } : { credential };

const foldReplacement = (
  state: Folded,
  {
    holder,
    clerk,
    next,
    identityProof,
    organisation,
  }: Extract<AuthorityChange, { readonly type: 'CertificateReplaced' }>['data'],
): void => {
  if (holder === 'clerk') {
    const entry = clerk === null ? undefined : state.clerks.get(clerk);
    if (entry !== undefined) {
      state.clerks.set(entry.clerk, {
        ...entry,
        credential: next,
        identityProof: identityProof ?? entry.identityProof,
      });
    }
  } else if (isSeen(next)) {
    if (holder === 'manager') {
      if (state.manager !== null) state.manager = { ...state.manager, ...provedBy(next, identityProof) };
    } else if (state.agency !== null) {
      const { organisation: before } = state.agency;
      state.agency = { ...state.agency, credential: next, organisation: organisation ?? before };
    }
  }
};

/** Folds one change. */
export const foldChange = (state: Folded, change: AuthorityChange): void => {
  const event = referenceOf(change);
  const setStatus = (status: AgencyAt['status']): void => {
    if (state.agency !== null) state.agency = { ...state.agency, status };
  };
  switch (change.type) {
    case 'TermsAccepted': {
      const { purpose, version, hash } = change.data;
      state.terms = { purpose, version, hash, accepted: event };
      return;
    }
    case 'AgencyRegistered': {
      const { name, organisation, credential } = change.data;
      state.agency = { name, organisation, credential, status: 'registered', registered: event };
      return;
    }
    case 'AgencySuspended':
      setStatus('suspended');
      return;
    case 'AgencyReopened':
      setStatus('registered');
      return;
    case 'AgencyDeregistered':
      setStatus('deregistered');
      state.manager = null;
      for (const entry of [...state.clerks.values()]) takeAll(state, entry, event);
      return;
    case 'ManagerAppointed': {
      const { person, credential, identityProof } = change.data;
      state.manager = { person, credential, identityProof, appointed: event };
      return;
    }
    case 'CertificateReplaced':
      foldReplacement(state, change.data);
      return;
    case 'ClerkAuthorized':
    case 'HistoryImported': {
      const { clerk, person, credential, permissions, catalogueVersion } = change.data;
      const identityProof = change.type === 'HistoryImported' ? 'typed' : change.data.identityProof;
      const held = permissions.map((code): [string, PermissionAt] => [
        code,
        { function: code, catalogueVersion, granted: event },
      ]);
      state.clerks.set(clerk, {
        clerk,
        person,
        credential,
        identityProof,
        authorized: event,
        permissions: new Map(held),
      });
      return;
    }
    case 'ClerkPermissionsChanged':
      foldPermissions(state, change, event);
      return;
    case 'ClerkCredentialProved': {
      const { clerk, credential, identityProof } = change.data;
      const entry = state.clerks.get(clerk);
      if (entry !== undefined) state.clerks.set(clerk, { ...entry, credential, identityProof });
      return;
    }
    case 'CredentialRegistered':
      // A row opens nothing before it is activated (DOC-8).
      return;
    case 'CredentialActivated': {
      const { credential, person, ca, serial1: serial, from, to } = change.data;
      state.credentials.set(credential, { credential, person, ca, serial, from, to, activated: event });
      return;
    }
    case 'CredentialDeactivated':
      state.credentials.delete(change.data.credential);
      return;
    case 'ClerkRevoked': {
      const entry = state.clerks.get(change.data.clerk);
      if (entry !== undefined) takeAll(state, entry, event);
      return;
    }
  }
};

/** Folds changes in the order given. */
export const fold = (changes: ReadonlyArray<AuthorityChange>): Folded => {
  const none = { agency: null, manager: null, terms: null };
  const state: Folded = { ...none, clerks: new Map(), credentials: new Map(), ended: new Map() };
  for (const change of changes) foldChange(state, change);
  return state;
};

export const byFunction = (a: PermissionAt, b: PermissionAt): number =>
  a.function < b.function ? -1 : a.function > b.function ? 1 : 0;

/** The state as it is handed out: clerks by authorisation, permissions by code. */
export const toAuthorityAt = (agencyCode: string, state: Folded): AuthorityAt => ({
  agencyCode,
  agency: state.agency,
  manager: state.manager,
  terms: state.terms,
  clerks: [...state.clerks.values()]
    .map((entry): ClerkAt => ({ ...entry, permissions: [...entry.permissions.values()].sort(byFunction) }))
    .sort((a, b) => inOrder(a.authorized, b.authorized)),
  credentials: [...state.credentials.values()].sort((a, b) => inOrder(a.activated, b.activated)),
});
