/**
 * What an agency says of itself: fields that the pack declares (NHI-22…24). Values may tell of people, so they are sealed.
 * Storage formats: see `events/define.ts` before changing one.
 *
 * @packageDocumentation
 */
import { clear, type NewEventOf, type StoredEventOf, unchanged, withSealed } from '../events/define.js';
import { Hex64 } from '../events/hex.js';
import { t } from '../schema.js';
import { Uuid } from '../values/index.js';

const values = t.record(t.string, t.string);

/** Of a change that was saved or is asked for. */
export const AgencyValues = t.strict({ values });
export type AgencyValues = t.TypeOf<typeof AgencyValues>;

/** Whom to call about a request (NHI-23: 聯絡人姓名, 聯絡電話). */
const contact = t.strict({ name: t.string, phone: t.string, extension: t.union([t.string, t.null]) });

/** Of a change that waits for staff, with whom to call and what is said of the documents (相關證明文件說明). */
export const RequestedValues = t.exact(
  t.intersection([t.type({ values, contact }), t.partial({ explanation: t.string })]),
);

/** Why staff decided as they did, for the agency to read. */
export const DecisionNote = t.strict({ note: t.string });

export const agencyDataEvents = {
  /** Fields that need no proof were saved; `effectiveAt` is from when they hold (NHI-22, NHI-24). */
  AgencyDataChanged: withSealed(t.strict({ fields: t.readonlyArray(t.string) }), AgencyValues),
  /**
   * Fields that need proof shall change; the documents are named by their SHA-256, and `effectiveAt` is 生效日期 where the agency
   * named a day (NHI-23). Schema 1 had no 說明, which schema 2 takes as it is.
   */
  AgencyDataChangeRequested: withSealed(
    t.strict({ request: Uuid, fields: t.readonlyArray(t.string), attachments: t.readonlyArray(Hex64) }),
    RequestedValues,
    2,
    { 1: unchanged },
  ),
  /** Staff decided; `effectiveAt` is from when an approved change holds. */
  AgencyDataChangeDecided: clear(
    t.strict({ request: Uuid, outcome: t.keyof({ approved: null, rejected: null }) }),
  ),
  /** What staff tell the agency with a decision; it may speak of people, so it is sealed with the request. */
  AgencyDataDecisionNoted: withSealed(t.strict({ request: Uuid }), DecisionNote),
};

export type AgencyDataEvent = NewEventOf<typeof agencyDataEvents>;
export type StoredAgencyDataEvent = StoredEventOf<typeof agencyDataEvents>;
