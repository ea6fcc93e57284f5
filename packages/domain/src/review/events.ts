/**
 * What happens to a review (審核). Storage formats: see `events/define.ts` before changing one.
 *
 * @packageDocumentation
 */

import { Organisation } from '../agency/organisation.js';
import { SeenCredential } from '../credential/credential.js';
import { type NewEventOf, type StoredEventOf, withSealed } from '../events/define.js';
import { t } from '../schema.js';
import { AgencyCode, Instant, Uuid } from '../values/index.js';

/** Who asked, for the portal to call back (GEPI-23). */
export const Applicant = t.strict({
  name: t.string,
  phone: t.string,
  extension: t.union([t.string, t.null]),
});
export type Applicant = t.TypeOf<typeof Applicant>;

/** What is waited for: the same words as the purposes of the policy. */
export const ReviewedPurpose = t.string;

export const reviewEvents = {
  /** The agency wants this certificate although it does not fit the portal's records (GEPI-23, GEPI-50). */
  RegistrationReviewRequested: withSealed(
    t.strict({
      review: Uuid,
      code: AgencyCode,
      agencyName: t.string,
      purpose: ReviewedPurpose,
      credential: SeenCredential,
      /** What the certificate says; `null` where it says nothing. */
      presented: t.union([Organisation, t.null]),
      /** What the records or the registration say. */
      expected: t.union([Organisation, t.null]),
    }),
    Applicant,
  ),
  /** Staff decided. `validFrom`: from when an approved certificate may be used to apply again (GEPI-24). */
  RegistrationReviewDecided: withSealed(
    t.strict({
      review: Uuid,
      outcome: t.keyof({ approved: null, rejected: null }),
      validFrom: t.union([Instant, t.null]),
    }),
    t.strict({ note: t.string }),
  ),
};

export type ReviewEvent = NewEventOf<typeof reviewEvents>;
export type StoredReviewEvent = StoredEventOf<typeof reviewEvents>;
