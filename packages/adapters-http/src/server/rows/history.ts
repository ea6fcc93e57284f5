/**
 * Who could act for an agency, and every event that ever changed it.
 *
 * @packageDocumentation
 */
import {
  HolderCredential,
  IdentityProof,
  MatchedIdentity,
  Organisation,
  RootCredential,
  registerEvents,
  SeenCredential,
  t,
} from '@mandate/domain';
import { ActorRow, orNull } from './credential.js';

// -------------------------------------------------------------------------------------
// changes
// -------------------------------------------------------------------------------------

export const AuthorityEventType = t.keyof(
  {
    TermsAccepted: null,
    AgencyRegistered: null,
    AgencySuspended: null,
    AgencyReopened: null,
    AgencyDeregistered: null,
    ManagerAppointed: null,
    CertificateReplaced: null,
    ClerkAuthorized: null,
    ClerkPermissionsChanged: null,
    ClerkRevoked: null,
    ClerkCredentialProved: null,
    HistoryImported: null,
    CredentialRegistered: null,
    CredentialActivated: null,
    CredentialDeactivated: null,
  },
  'AuthorityEventType',
);
export type AuthorityEventType = t.TypeOf<typeof AuthorityEventType>;

const named = {
  eventId: t.string,
  revision: t.number,
  commandId: t.string,
  recordedAt: t.string,
  effectiveAt: t.string,
  actor: ActorRow,
  evidence: t.readonlyArray(t.string),
  confirmation: orNull(t.string),
};

export const EventReference = t.strict({ ...named, type: AuthorityEventType }, 'EventReference');
export type EventReference = t.TypeOf<typeof EventReference>;

const change = <K extends AuthorityEventType, C extends t.Mixed>(type: K, data: C) =>
  t.strict(
    {
      ...named,
      type: t.literal(type),
      agencyCode: t.string,
      clerk: orNull(t.string),
      person: orNull(t.string),
      data,
    },
    `${type}Change`,
  );

export const AuthorityChange = t.union(
  [
    change('TermsAccepted', registerEvents.TermsAccepted.data),
    change('AgencyRegistered', registerEvents.AgencyRegistered.data),
    change('AgencySuspended', registerEvents.AgencySuspended.data),
    change('AgencyReopened', registerEvents.AgencyReopened.data),
    change('AgencyDeregistered', registerEvents.AgencyDeregistered.data),
    change('ManagerAppointed', registerEvents.ManagerAppointed.data),
    change('CertificateReplaced', registerEvents.CertificateReplaced.data),
    change('ClerkAuthorized', registerEvents.ClerkAuthorized.data),
    change('ClerkPermissionsChanged', registerEvents.ClerkPermissionsChanged.data),
    change('ClerkRevoked', registerEvents.ClerkRevoked.data),
    change('ClerkCredentialProved', registerEvents.ClerkCredentialProved.data),
    change('HistoryImported', registerEvents.HistoryImported.data),
    change('CredentialRegistered', registerEvents.CredentialRegistered.data),
    change('CredentialActivated', registerEvents.CredentialActivated.data),
    change('CredentialDeactivated', registerEvents.CredentialDeactivated.data),
  ],
  'AuthorityChange',
);
export type AuthorityChange = t.TypeOf<typeof AuthorityChange>;

// -------------------------------------------------------------------------------------
// authority at an instant
// -------------------------------------------------------------------------------------

export const AgencyAt = t.strict(
  {
    name: t.string,
    organisation: Organisation,
    status: t.keyof({ registered: null, suspended: null, deregistered: null }),
    credential: RootCredential,
    registered: EventReference,
  },
  'AgencyAt',
);

export const ManagerAt = t.strict(
  {
    person: t.string,
    credential: SeenCredential,
    identityProof: MatchedIdentity,
    appointed: EventReference,
  },
  'ManagerAt',
);

export const TermsAt = t.strict(
  {
    purpose: t.string,
    version: t.number,
    hash: t.string,
    accepted: EventReference,
  },
  'TermsAt',
);

const permissionAt = { function: t.string, catalogueVersion: t.number, granted: EventReference };
export const PermissionAt = t.strict(permissionAt, 'PermissionAt');

export const ClerkAt = t.strict(
  {
    clerk: t.string,
    person: t.string,
    credential: HolderCredential,
    identityProof: IdentityProof,
    authorized: EventReference,
    permissions: t.readonlyArray(PermissionAt),
  },
  'ClerkAt',
);

/** A registered credential that is active (DOC-9). */
export const CredentialAt = t.strict(
  {
    credential: t.string,
    person: t.string,
    ca: t.string,
    serial: t.string,
    from: t.string,
    to: t.string,
    activated: EventReference,
  },
  'CredentialAt',
);

export const AuthorityAt = t.strict(
  {
    agencyCode: t.string,
    agency: orNull(AgencyAt),
    manager: orNull(ManagerAt),
    terms: orNull(TermsAt),
    clerks: t.readonlyArray(ClerkAt),
    credentials: t.readonlyArray(CredentialAt),
  },
  'AuthorityAt',
);
export type AuthorityAt = t.TypeOf<typeof AuthorityAt>;

// -------------------------------------------------------------------------------------
// blame
// -------------------------------------------------------------------------------------

export const Cause = t.strict(
  {
    event: EventReference,
    catalogueVersion: orNull(t.number),
    agencyCredential: orNull(RootCredential),
    manager: orNull(t.strict({ person: t.string, credential: SeenCredential })),
    terms: orNull(t.strict({ purpose: t.string, version: t.number, hash: t.string })),
  },
  'Cause',
);

export const Blame = t.strict(
  {
    clerk: t.string,
    person: t.string,
    function: t.string,
    granted: Cause,
    ended: orNull(Cause),
  },
  'Blame',
);
export type Blame = t.TypeOf<typeof Blame>;

// -------------------------------------------------------------------------------------
// difference
// -------------------------------------------------------------------------------------

const PermissionChange = t.strict({ ...permissionAt, clerk: t.string, person: t.string }, 'PermissionChange');

const CertificateChange = t.strict(
  {
    holder: t.keyof({ agency: null, manager: null, clerk: null }),
    clerk: orNull(t.string),
    kind: t.keyof({ replaced: null, proved: null }),
    from: HolderCredential,
    to: HolderCredential,
    identityProof: orNull(IdentityProof),
  },
  'CertificateChange',
);

const between = <C extends t.Mixed>(codec: C) => orNull(t.strict({ from: orNull(codec), to: orNull(codec) }));

export const AuthorityDiff = t.strict(
  {
    agencyCode: t.string,
    granted: t.readonlyArray(PermissionChange),
    revoked: t.readonlyArray(PermissionChange),
    joined: t.readonlyArray(ClerkAt),
    left: t.readonlyArray(ClerkAt),
    certificates: t.readonlyArray(CertificateChange),
    activated: t.readonlyArray(CredentialAt),
    deactivated: t.readonlyArray(CredentialAt),
    manager: between(ManagerAt),
    agency: between(AgencyAt),
    terms: between(TermsAt),
  },
  'AuthorityDiff',
);
export type AuthorityDiff = t.TypeOf<typeof AuthorityDiff>;
