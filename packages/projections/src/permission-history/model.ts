/**
 * Who could act for an agency, and every event that ever changed it.
 *
 * @packageDocumentation
 */
import type {
  Actor,
  HolderCredential,
  IdentityProof,
  MatchedIdentity,
  Organisation,
  RootCredential,
  SeenCredential,
  StoredEvent,
} from '@mandate/domain';

// -------------------------------------------------------------------------------------
// changes
// -------------------------------------------------------------------------------------

/** The types of events that bear on authority. Names, contact data and reviews do not. */
export const authorityEvents = [
  'TermsAccepted',
  'AgencyRegistered',
  'AgencySuspended',
  'AgencyReopened',
  'AgencyDeregistered',
  'ManagerAppointed',
  'CertificateReplaced',
  'ClerkAuthorized',
  'ClerkPermissionsChanged',
  'ClerkRevoked',
  'ClerkCredentialProved',
  'HistoryImported',
  'CredentialRegistered',
  'CredentialActivated',
  'CredentialDeactivated',
] as const;

export type AuthorityEventType = (typeof authorityEvents)[number];
export type AuthorityEvent = Extract<StoredEvent, { readonly type: AuthorityEventType }>;

/** An event of the agency's stream by name: when, by whom, with which cards. Times are ISO 8601, UTC. */
export interface EventReference {
  readonly eventId: string;
  readonly type: AuthorityEventType;
  /** Its place in the agency's stream. */
  readonly revision: number;
  readonly commandId: string;
  /** When it was written down. */
  readonly recordedAt: string;
  /** From when it holds. */
  readonly effectiveAt: string;
  readonly actor: Actor;
  /** Hashes of the evidence bundles, in the order in which the cards were confirmed. */
  readonly evidence: ReadonlyArray<string>;
  /** The confirmation under which it was done, by its hash (`confirmationHash`). */
  readonly confirmation: string | null;
}

/** One change of authority, with the data of its event. */
export type AuthorityChange = {
  readonly [K in AuthorityEventType]: EventReference & {
    readonly type: K;
    readonly agencyCode: string;
    /** Whose entry it is about, or which registered credential; `null` where it is about neither. */
    readonly clerk: string | null;
    /** Pseudonym of the clerk or manager whom it is about; `null` where it is about the agency. */
    readonly person: string | null;
    readonly data: Extract<AuthorityEvent, { readonly type: K }>['data'];
  };
}[AuthorityEventType];

// -------------------------------------------------------------------------------------
// authority at an instant
// -------------------------------------------------------------------------------------

export interface AgencyAt {
  readonly name: string;
  readonly organisation: Organisation;
  readonly status: 'registered' | 'suspended' | 'deregistered';
  readonly credential: RootCredential;
  readonly registered: EventReference;
}

export interface ManagerAt {
  /** Pseudonym. */
  readonly person: string;
  readonly credential: SeenCredential;
  readonly identityProof: MatchedIdentity;
  readonly appointed: EventReference;
}

export interface TermsAt {
  readonly purpose: string;
  readonly version: number;
  /** SHA-256 of the text, lower-case hex. */
  readonly hash: string;
  readonly accepted: EventReference;
}

export interface PermissionAt {
  /** Function code. */
  readonly function: string;
  /** The menu under which it was granted. */
  readonly catalogueVersion: number;
  readonly granted: EventReference;
}

export interface ClerkAt {
  readonly clerk: string;
  /** Pseudonym. */
  readonly person: string;
  readonly credential: HolderCredential;
  readonly identityProof: IdentityProof;
  readonly authorized: EventReference;
  /** By function code. */
  readonly permissions: ReadonlyArray<PermissionAt>;
}

/**
 * A registered credential that is active (DOC-9): its holder may do the one function that the pack gives to whoever has one. Like
 * the validity of a certificate, its days are for the reader to compare: it counts from the first to the last of them.
 */
export interface CredentialAt {
  readonly credential: string;
  /** Pseudonym. */
  readonly person: string;
  readonly ca: string;
  /** Of the certificate for signing. */
  readonly serial: string;
  /** ISO 8601, UTC. */
  readonly from: string;
  readonly to: string;
  readonly activated: EventReference;
}

/**
 * Who could do what for an agency. Whether the certificates were valid is a question of its own: their validity stands
 * in the credentials. While the agency is suspended or deregistered nobody can do anything.
 */
export interface AuthorityAt {
  readonly agencyCode: string;
  /** `null` before its registration. */
  readonly agency: AgencyAt | null;
  readonly manager: ManagerAt | null;
  /** The terms that were accepted last. */
  readonly terms: TermsAt | null;
  /** In the order of their authorisation. */
  readonly clerks: ReadonlyArray<ClerkAt>;
  /** In the order of their activation. */
  readonly credentials: ReadonlyArray<CredentialAt>;
}

// -------------------------------------------------------------------------------------
// blame
// -------------------------------------------------------------------------------------

/** An event with what stood on record when it was written: the cards it was done with and the text it was done under. */
export interface Cause {
  readonly event: EventReference;
  /** The menu of the event; `null` where it names none. */
  readonly catalogueVersion: number | null;
  readonly agencyCredential: RootCredential | null;
  readonly manager: { readonly person: string; readonly credential: SeenCredential } | null;
  readonly terms: { readonly purpose: string; readonly version: number; readonly hash: string } | null;
}

/** Where a permission came from and, if it is no longer held, what took it away. */
export interface Blame {
  readonly clerk: string;
  /** Pseudonym. */
  readonly person: string;
  readonly function: string;
  readonly granted: Cause;
  /** `null` while it is held. */
  readonly ended: Cause | null;
}

// -------------------------------------------------------------------------------------
// difference
// -------------------------------------------------------------------------------------

/** A permission of a clerk that one of two instants has and the other has not. */
export interface PermissionChange extends PermissionAt {
  readonly clerk: string;
  /** Pseudonym. */
  readonly person: string;
}

/** What is on record of a clerk's or manager's certificate at both instants. */
export interface CertificateChange {
  readonly holder: 'agency' | 'manager' | 'clerk';
  readonly clerk: string | null;
  /** `replaced`: another certificate. `proved`: the same one, better known. */
  readonly kind: 'replaced' | 'proved';
  readonly from: HolderCredential;
  readonly to: HolderCredential;
  readonly identityProof: IdentityProof | null;
}

/**
 * What differs between two instants; what came and went in between is in neither. Applied to the first it gives the
 * second.
 */
export interface AuthorityDiff {
  readonly agencyCode: string;
  /** Also those of clerks who joined. Granted anew after it was taken away: in both lists. */
  readonly granted: ReadonlyArray<PermissionChange>;
  /** Also those of clerks who left. */
  readonly revoked: ReadonlyArray<PermissionChange>;
  readonly joined: ReadonlyArray<ClerkAt>;
  readonly left: ReadonlyArray<ClerkAt>;
  /** Of those who are there at both instants. */
  readonly certificates: ReadonlyArray<CertificateChange>;
  /** Credentials that the second instant alone has active; other days are another activation. */
  readonly activated: ReadonlyArray<CredentialAt>;
  /** Those that the first instant alone has. */
  readonly deactivated: ReadonlyArray<CredentialAt>;
  /** `null` where it is the same appointment. */
  readonly manager: { readonly from: ManagerAt | null; readonly to: ManagerAt | null } | null;
  /** `null` where registration, name and status are the same. */
  readonly agency: { readonly from: AgencyAt | null; readonly to: AgencyAt | null } | null;
  /** `null` where it is the same acceptance. */
  readonly terms: { readonly from: TermsAt | null; readonly to: TermsAt | null } | null;
}
