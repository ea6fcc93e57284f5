/**
 * That a person was forgotten, and why. Storage formats: see `events/define.ts` before changing one.
 *
 * @packageDocumentation
 */
import { clear, type NewEventOf, type StoredEventOf } from '../events/define.js';
import { Hex64 } from '../events/hex.js';
import { t } from '../schema.js';

export const privacyEvents = {
  /** The person's key is gone: what was sealed about the person can be read by nobody (docs/architecture.md 4). */
  SubjectForgotten: clear(
    t.strict({
      person: Hex64,
      /** The id of the key that is deleted: a later key of the same person is another one. */
      key: t.string,
      legalBasis: t.string,
    }),
  ),
};

export type PrivacyEvent = NewEventOf<typeof privacyEvents>;
export type StoredPrivacyEvent = StoredEventOf<typeof privacyEvents>;
