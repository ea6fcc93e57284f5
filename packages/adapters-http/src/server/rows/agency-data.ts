/**
 * A change of an agency's own data, as staff see it who decide (NHI-23).
 *
 * @packageDocumentation
 */
import { t } from '@mandate/domain';
import { orNull } from './credential.js';

export const AgencyDataReview = t.strict(
  {
    id: t.string,
    /** What was asked for; a value is `null` where it can no longer be read. */
    changes: t.readonlyArray(t.strict({ field: t.string, value: orNull(t.string), now: orNull(t.string) })),
    contact: orNull(t.strict({ name: t.string, phone: t.string, extension: orNull(t.string) })),
    /** SHA-256 of each document. */
    attachments: t.readonlyArray(t.string),
    explanation: orNull(t.string),
    /** From when it was asked to hold. */
    from: orNull(t.string),
    status: t.keyof({ pending: null, approved: null, rejected: null }),
    /** What staff told with their decision. */
    note: orNull(t.string),
  },
  'AgencyDataReview',
);
