/**
 * An answer to *who may do what*, with its chain of reasons.
 *
 * @packageDocumentation
 */
import { IdentityProof, IssuerName, strict, t } from '@mandate/domain';
import { ActorRow } from './credential.js';

const EventReason = t.strict(
  {
    id: t.string,
    type: t.string,
    recordedAt: t.string,
    effectiveAt: t.string,
    actor: ActorRow,
    evidence: t.readonlyArray(t.string),
  },
  'EventReason',
);

const CredentialReason = strict(
  {
    ca: IssuerName,
    serial: t.string,
    proof: t.keyof({ signed: null, read: null, typedByHand: null, registeredCard: null, account: null }),
  },
  {
    certificate: t.strict({
      generation: t.string,
      subjectType: t.string,
      fingerprint: t.string,
      notBefore: t.string,
      notAfter: t.string,
    }),
  },
  'CredentialReason',
);

const AgencyReason = strict(
  { code: t.string, registered: EventReason, credential: CredentialReason },
  {},
  'AgencyReason',
);

const ManagerReason = strict(
  { person: t.string, appointed: EventReason, credential: CredentialReason, identityProof: IdentityProof },
  {},
  'ManagerReason',
);

const ClerkReason = strict(
  {
    id: t.string,
    person: t.string,
    authorized: EventReason,
    credential: CredentialReason,
    identityProof: IdentityProof,
  },
  {},
  'ClerkReason',
);

const TermsReason = t.strict(
  { purpose: t.string, version: t.number, hash: t.string, accepted: EventReason },
  'TermsReason',
);

/** What there is of the chain; of a refusal also what broke it. Nothing, where no reasons were asked for. */
export const DecisionReasons = strict(
  {},
  {
    agency: AgencyReason,
    manager: ManagerReason,
    clerk: ClerkReason,
    terms: TermsReason,
    grant: strict(
      { event: EventReason, catalogueVersion: t.number },
      { agency: AgencyReason, manager: ManagerReason, terms: TermsReason },
    ),
    endedBy: EventReason,
    holder: t.keyof({ agency: null, manager: null, clerk: null }),
  },
  'DecisionReasons',
);

export const DecisionAnswer = strict(
  { allowed: t.boolean, reasons: DecisionReasons },
  {
    /** Why not: a code of the one table, and its texts. */
    code: t.string,
    texts: t.strict({ zh: t.string, en: t.string }),
    /** What may be done, where no function was asked about. */
    functions: t.readonlyArray(t.string),
  },
  'Decision',
);
export type DecisionAnswer = t.TypeOf<typeof DecisionAnswer>;
