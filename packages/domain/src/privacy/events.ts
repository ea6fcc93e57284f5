/**
 * That a person was forgotten, and why. Storage formats: see `events/define.ts` before changing one.
 *
 * @packageDocumentation
 */
import { clear, type NewEventOf, type StoredEventOf } from '../events/define.js';
import { Hex64 } from '../events/hex.js';
import { t } from '../schema.js';

export const privacyEvents = {
  /** The person's key is gone: what was sealed about the person can no longer be read by anybody (DESIGN 4). */
  SubjectForgotten: clear(t.strict({ person: Hex64, legalBasis: t.string })),
};

export type PrivacyEvent = NewEventOf<typeof privacyEvents>;
export type StoredPrivacyEvent = StoredEventOf<typeof privacyEvents>;
