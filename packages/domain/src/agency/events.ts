/**
 * What happens to an agency itself. Storage formats: see `events/define.ts` before changing one.
 *
 * @packageDocumentation
 */
import {
  HolderCredential,
  IdentityProof,
  ReplacementCause,
  RootCredential,
} from '../credential/credential.js';
import { clear, type NewEventOf, type StoredEventOf, unchanged, withSealed } from '../events/define.js';
import { Hex64 } from '../events/hex.js';
import { t } from '../schema.js';
import { Instant, UnitCode, Uuid } from '../values/index.js';
import { Organisation } from './organisation.js';

export const agencyEvents = {
  /** The terms were shown and agreed to (GEPI-12…15). `hash` is that of the very text that was shown. */
  TermsAccepted: clear(
    t.strict({
      purpose: t.string,
      version: t.Int,
      hash: Hex64,
      presentedAt: Instant,
      acceptedAt: Instant,
    }),
  ),
  /**
   * First registration succeeded (GEPI-22, GEPI-29). `review` where an approval made it possible (GEPI-25). Schema 1 had
   * codes of five characters and certificates alone, which schema 2 takes as they are.
   */
  AgencyRegistered: clear(
    t.strict({
      code: UnitCode,
      name: t.string,
      organisation: Organisation,
      credential: RootCredential,
      review: t.union([Uuid, t.null]),
    }),
    2,
    { 1: unchanged },
  ),
  /** The agency's certificate was tied to the account of the officer who showed it (ECPA-2). */
  OfficerBound: withSealed(
    t.strict({ person: Hex64 }),
    t.strict({ nationalId: t.string, name: t.string, account: t.string }),
  ),
  /**
   * One certificate took the place of another (GEPI-42…48). A clerk's carries the clerk's id; `identityProof` is null
   * for an agency's; `organisation` and `review` are those of an agency's new certificate where they differ from what
   * was registered. Schema 1 had certificates alone, which schema 2 takes as they are: a clerk may go from one kind of
   * credential to another, an agency may not (NHI-18).
   */
  CertificateReplaced: clear(
    t.strict({
      holder: t.keyof({ agency: null, manager: null, clerk: null }),
      clerk: t.union([Uuid, t.null]),
      previous: HolderCredential,
      next: HolderCredential,
      identityProof: t.union([IdentityProof, t.null]),
      cause: ReplacementCause,
      organisation: t.union([Organisation, t.null]),
      review: t.union([Uuid, t.null]),
    }),
    2,
    { 1: unchanged },
  ),
  /** The portal closed the agency's access for the time being. `reason` is a code of the portal. */
  AgencySuspended: clear(t.strict({ reason: t.string })),
  AgencyReopened: clear(t.strict({ reason: t.string })),
  /** The agency was abolished or left; its service ends (GEPI-15, clause 9). */
  AgencyDeregistered: clear(t.strict({ reason: t.string })),
};

export type AgencyEvent = NewEventOf<typeof agencyEvents>;
export type StoredAgencyEvent = StoredEventOf<typeof agencyEvents>;
