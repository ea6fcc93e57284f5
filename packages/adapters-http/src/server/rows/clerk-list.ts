/**
 * 授權經辦人清單 as a read model has it.
 *
 * @packageDocumentation
 */
import { HolderCredential, IdentityProof, t } from '@mandate/domain';
import { orNull } from './credential.js';

export const ClerkRow = t.strict(
  {
    /** 序號, from 1. */
    number: t.number,
    clerk: t.string,
    /** Pseudonym. */
    person: t.string,
    /** `null` where the person was forgotten. */
    name: orNull(t.string),
    nationalId: orNull(t.string),
    credential: HolderCredential,
    identityProof: IdentityProof,
    permissions: t.readonlyArray(t.string),
  },
  'ClerkRow',
);
export type ClerkRow = t.TypeOf<typeof ClerkRow>;

export const AgencyClerkList = t.strict(
  {
    agencyCode: t.string,
    agencyName: t.string,
    agencyStatus: t.keyof({ registered: null, suspended: null, deregistered: null }),
    /** From when it can be used, where it was opened again from a later time on (NHI-19). */
    opensAt: orNull(t.string),
    managerName: orNull(t.string),
    rows: t.readonlyArray(ClerkRow),
  },
  'AgencyClerkList',
);
export type AgencyClerkList = t.TypeOf<typeof AgencyClerkList>;
