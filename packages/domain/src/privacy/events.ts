/**
 * That somebody was forgotten, and why. Storage formats: see `events/define.ts` before changing one.
 *
 * @packageDocumentation
 */
import { clear, type NewEventOf, type StoredEventOf } from '../events/define.js';
import { Hex64 } from '../events/hex.js';
import { t } from '../schema.js';
import { AgencyCode, Uuid } from '../values/index.js';

const forgetting = {
  /** The ids of the keys that are deleted: a later key of the same subject is another one. */
  keys: t.readonlyArray(t.string),
  legalBasis: t.string,
};

export const privacyEvents = {
  /** The person's keys are gone: what was sealed about the person can be read by nobody (docs/architecture.md 4). */
  SubjectForgotten: clear(t.strict({ person: Hex64, ...forgetting })),
  /** The same of who applied for a review and left name and telephone (GEPI-23), known by the review alone. */
  ApplicantForgotten: clear(t.strict({ agency: AgencyCode, review: Uuid, ...forgetting })),
};

export type PrivacyEvent = NewEventOf<typeof privacyEvents>;
export type StoredPrivacyEvent = StoredEventOf<typeof privacyEvents>;
