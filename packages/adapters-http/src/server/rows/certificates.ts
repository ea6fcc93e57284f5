/**
 * Certificates on record, who will be locked out, and functions that nobody holds.
 *
 * @packageDocumentation
 */
import { CaName, CredentialProof, IdentityProof, Instant, RocDate, Role, t } from '@mandate/domain';
import { orNull } from './credential.js';

// -------------------------------------------------------------------------------------
// on record
// -------------------------------------------------------------------------------------

const held = {
  agencyCode: t.string,
  agencyName: t.string,
  holder: t.keyof({ agency: null, manager: null, clerk: null }),
  clerk: orNull(t.string),
  person: orNull(t.string),
  ca: CaName,
  serial: t.string,
  proof: CredentialProof,
  identityProof: orNull(IdentityProof),
  certificate: orNull(
    t.strict({
      card: orNull(t.string),
      generation: t.string,
      subjectType: t.string,
      fingerprint: t.string,
      notBefore: t.string,
      notAfter: t.string,
    }),
  ),
  heldFrom: t.string,
  heldTo: orNull(t.string),
  status: t.keyof({ current: null, replaced: null, 'holder-gone': null }),
};

export const HeldCertificate = t.strict(held, 'HeldCertificate');
export type HeldCertificate = t.TypeOf<typeof HeldCertificate>;

export const LockedOut = t.strict(
  {
    ...held,
    reason: t.keyof({ CREDENTIAL_EXPIRED: null, CREDENTIAL_NOT_YET_VALID: null }),
  },
  'LockedOut',
);
export type LockedOut = t.TypeOf<typeof LockedOut>;

// -------------------------------------------------------------------------------------
// forecast
// -------------------------------------------------------------------------------------

export const PlannedCardRow = t.strict(
  { role: Role, which: t.keyof({ new: null, current: null }) },
  'PlannedCardRow',
);

const MendingRow = t.strict(
  {
    operations: t.readonlyArray(
      t.strict({ order: t.number, purpose: t.string, cards: t.readonlyArray(PlannedCardRow) }),
    ),
    cards: t.readonlyArray(PlannedCardRow),
  },
  'MendingRow',
);

/** Somebody with a certificate on record, as a forecast names them. */
export const ForecastHolderRow = t.strict(
  {
    agencyCode: t.string,
    agencyName: t.string,
    holder: Role,
    clerk: orNull(t.string),
    person: orNull(t.string),
    ca: CaName,
    serial: t.string,
  },
  'ForecastHolderRow',
);

export const LockoutRow = t.strict(
  {
    who: ForecastHolderRow,
    cause: t.keyof({ expiry: null, activationOverdue: null, superseded: null }),
    at: Instant,
    day: RocDate,
    supersededBy: orNull(t.strict({ ca: t.string, serial: t.string })),
    remedy: t.keyof({ renew: null, newCard: null, open: null, enterNew: null }),
    window: orNull(t.strict({ opens: RocDate, closes: RocDate, opensAt: Instant, closesAt: Instant })),
    uncertain: t.boolean,
    closesFunctions: t.boolean,
    mending: orNull(MendingRow),
    stillPossible: t.readonlyArray(t.string),
  },
  'LockoutRow',
);

export const ForecastRow = t.strict(
  {
    lockouts: t.readonlyArray(LockoutRow),
    already: t.readonlyArray(LockoutRow),
    undated: t.readonlyArray(ForecastHolderRow),
  },
  'ForecastRow',
);
export type ForecastRow = t.TypeOf<typeof ForecastRow>;

// -------------------------------------------------------------------------------------
// functions
// -------------------------------------------------------------------------------------

export const UnassignedInAgency = t.strict(
  {
    agencyCode: t.string,
    agencyName: t.string,
    functions: t.readonlyArray(t.strict({ code: t.string, zh: t.string, en: t.string, since: t.number })),
  },
  'UnassignedInAgency',
);
export type UnassignedInAgency = t.TypeOf<typeof UnassignedInAgency>;
