/**
 * What happens to an agency itself. Storage formats: see `events/define.ts` before changing one.
 *
 * @packageDocumentation
 */
import { Credential, IdentityProof, ReplacementCause, SeenCredential } from '../credential/credential.js';
import { clear, type NewEventOf, type StoredEventOf } from '../events/define.js';
import { Hex64 } from '../events/hex.js';
import { t } from '../schema.js';
import { AgencyCode, Instant, Uuid } from '../values/index.js';
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
  /** First registration succeeded (GEPI-22, GEPI-29). `review` where an approval made it possible (GEPI-25). */
  AgencyRegistered: clear(
    t.strict({
      code: AgencyCode,
      name: t.string,
      organisation: Organisation,
      credential: SeenCredential,
      review: t.union([Uuid, t.null]),
    }),
  ),
  /**
   * One certificate took the place of another (GEPI-42…48). A clerk's carries the clerk's id; `identityProof` is null
   * for an agency's; `organisation` and `review` are those of an agency's new certificate where they differ from what
   * was registered.
   */
  CertificateReplaced: clear(
    t.strict({
      holder: t.keyof({ agency: null, manager: null, clerk: null }),
      clerk: t.union([Uuid, t.null]),
      previous: Credential,
      next: Credential,
      identityProof: t.union([IdentityProof, t.null]),
      cause: ReplacementCause,
      organisation: t.union([Organisation, t.null]),
      review: t.union([Uuid, t.null]),
    }),
  ),
  /** The portal closed the agency's access for the time being. `reason` is a code of the portal. */
  AgencySuspended: clear(t.strict({ reason: t.string })),
  AgencyReopened: clear(t.strict({ reason: t.string })),
  /** The agency was abolished or left; its service ends (GEPI-15, clause 9). */
  AgencyDeregistered: clear(t.strict({ reason: t.string })),
};

export type AgencyEvent = NewEventOf<typeof agencyEvents>;
export type StoredAgencyEvent = StoredEventOf<typeof agencyEvents>;
