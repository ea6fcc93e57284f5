/**
 * The question *who may do what for which agency, at what time* and its answer (docs/architecture.md 1, 6).
 *
 * @packageDocumentation
 */
import type {
  HolderCredential,
  IdentityProof,
  IssuerName,
  MatchedIdentity,
} from '../credential/credential.js';
import type { RuleErrorCode } from '../errors.js';
import type { Actor } from '../events/define.js';

// -------------------------------------------------------------------------------------
// question
// -------------------------------------------------------------------------------------

/**
 * Two times. `at`: for which instant it is asked; `knownAt`: what had been recorded by then, everything where it is
 * left out. An event counts when it was recorded by `knownAt` and takes effect by `at`; of those that count, the one
 * that takes effect later wins, and of two with one effective time the one recorded later.
 */
export interface AsOf {
  /** Instant: ISO 8601, UTC or with an offset. */
  readonly at: string;
  readonly knownAt?: string | undefined;
}

/**
 * A certificate by issuer and serial, the serial in its normal form: upper-case hex without leading zeros. Means of
 * another kind have such a name too.
 */
export interface CertificateName {
  readonly ca: IssuerName;
  readonly serial: string;
}

/**
 * A person by pseudonym, a certificate, or a person who shows that certificate.
 *
 * Whoever names a person has made sure elsewhere who it is: such an answer says what the manager has granted and rests on
 * no certificate. A certificate is itself what the answer rests on, so one whose serial was typed and which no card has
 * proved is refused (`CREDENTIAL_NOT_PROVED`): it may be a mistyped number, and a stranger's (GEPI-35).
 */
export type Who =
  | { readonly person: string; readonly certificate?: CertificateName | undefined }
  | { readonly person?: undefined; readonly certificate: CertificateName };

/** May this one enter for the agency at all (GEPI-2)? */
export interface EntryQuestion extends AsOf {
  /** Agency code. */
  readonly agency: string;
  readonly who: Who;
}

/** May this one do this for the agency? */
export interface AuthorityQuestion extends EntryQuestion {
  /** Code of a function in the catalogue. */
  readonly function: string;
}

// -------------------------------------------------------------------------------------
// answer
// -------------------------------------------------------------------------------------

/** What a refusal can say; `INVALID_INPUT` where a time of the question is none. */
export type DecisionCode = Extract<
  RuleErrorCode,
  | 'INVALID_INPUT'
  | 'AGENCY_NOT_REGISTERED'
  | 'AGENCY_SUSPENDED'
  | 'AGENCY_DEREGISTERED'
  | 'MANAGER_MISSING'
  | 'NOT_AUTHORIZED'
  | 'CREDENTIAL_REPLACED'
  | 'CREDENTIAL_NOT_PROVED'
  | 'CREDENTIAL_EXPIRED'
  | 'CREDENTIAL_NOT_YET_VALID'
  | 'PERMISSION_NOT_GRANTED'
>;

/** An answer. `reasons` are worked out when they are asked for, as they were when the answer was given. */
export type Decision = Allowed | Refused;

export interface Allowed {
  readonly allowed: true;
  readonly reasons: () => Reasons;
  /** The grant alone, for whoever needs no more of the chain: it is most of the work to read the rest. */
  readonly grantedBy: () => GrantedBy;
}

export interface Refused {
  readonly allowed: false;
  readonly code: DecisionCode;
  readonly reasons: () => RefusalReasons;
}

/** What a clerk may do, or why none of it. */
export type Entry =
  | {
      readonly allowed: true;
      /** Codes, sorted. */
      readonly functions: ReadonlyArray<string>;
      readonly reasons: () => EntryReasons;
    }
  | Refused;

/** One who may do a function. */
export interface Holder {
  /** Clerk id. */
  readonly clerk: string;
  /** Pseudonym. */
  readonly person: string;
  readonly reasons: () => Reasons;
}

// -------------------------------------------------------------------------------------
// reasons
// -------------------------------------------------------------------------------------

/** The event that something rests on, with the evidence bundles that it names. */
export interface EventReason {
  readonly id: string;
  readonly type: string;
  readonly recordedAt: string;
  readonly effectiveAt: string;
  readonly actor: Actor;
  /** Hashes, in the order in which the cards were confirmed. */
  readonly evidence: ReadonlyArray<string>;
}

/**
 * A credential on record. `certificate` is `undefined` where nobody has seen it: its serial was typed by hand, or there is
 * none (`registeredCard`, `account`).
 */
export interface CredentialReason extends CertificateName {
  readonly proof: HolderCredential['proof'];
  readonly certificate:
    | {
        readonly generation: string;
        readonly subjectType: string;
        /** SHA-256 of the DER certificate, lower-case hex. */
        readonly fingerprint: string;
        readonly notBefore: string;
        readonly notAfter: string;
      }
    | undefined;
}

export interface AgencyReason {
  readonly code: string;
  readonly registered: EventReason;
  readonly credential: CredentialReason;
}

export interface ManagerReason {
  /** Pseudonym. */
  readonly person: string;
  readonly appointed: EventReason;
  readonly credential: CredentialReason;
  readonly identityProof: MatchedIdentity;
}

export interface ClerkReason {
  readonly id: string;
  /** Pseudonym. */
  readonly person: string;
  readonly authorized: EventReason;
  readonly credential: CredentialReason;
  readonly identityProof: IdentityProof;
}

/** The text that the agency agreed to last. */
export interface TermsReason {
  readonly purpose: string;
  readonly version: number;
  readonly hash: string;
  readonly accepted: EventReason;
}

/** The event by which the clerk came to hold the function, and the version of the menu that it names. */
export interface GrantedBy {
  readonly event: EventReason;
  readonly catalogueVersion: number;
}

/** How the clerk came to hold the function: the event, and what stood behind it when it took effect. */
export interface GrantReason extends GrantedBy {
  /** `undefined` where the agency was not registered when the grant took effect. */
  readonly agency: AgencyReason | undefined;
  /** `undefined` where there was no manager when the grant took effect. */
  readonly manager: ManagerReason | undefined;
  readonly terms: TermsReason | undefined;
}

/**
 * What entry rests on, as it is at the time asked for. Of a portal whose pack has no manager `manager` is `undefined`, and of one
 * that registers no agencies `agency` too.
 */
export interface EntryReasons {
  readonly agency: AgencyReason | undefined;
  readonly manager: ManagerReason | undefined;
  readonly clerk: ClerkReason;
  /** `undefined` where no acceptance is on record. */
  readonly terms: TermsReason | undefined;
}

/** The chain of reasons of a permission. */
export interface Reasons extends EntryReasons {
  readonly grant: GrantReason;
}

/** What there is of the chain, and what broke it. */
export interface RefusalReasons extends Partial<Reasons> {
  /**
   * The event that took it away: the agency was suspended or deregistered, the clerk revoked, the certificate
   * replaced, the permission withdrawn.
   */
  readonly endedBy?: EventReason;
  /** Whose certificate is not valid, where the code says so. */
  readonly holder?: 'agency' | 'manager' | 'clerk';
}
