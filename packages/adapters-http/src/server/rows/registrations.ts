/**
 * 收件紀錄 (GEPI-51), and the reviews that wait.
 *
 * @packageDocumentation
 */
import { Applicant, Organisation, SeenCredential, t } from '@mandate/domain';
import { orNull } from './credential.js';

export const ReviewStatusRow = t.keyof(
  {
    pending: null,
    approved: null,
    rejected: null,
    used: null,
    superseded: null,
  },
  'ReviewStatusRow',
);

export const RegistrationStatusRow = t.keyof(
  { completed: null, ...ReviewStatusRow.keys },
  'RegistrationStatusRow',
);

export const RegistrationItem = t.strict(
  {
    /** 收件時間: ISO 8601, UTC. */
    receivedAt: t.string,
    /** 註冊項目: a purpose of the policy, or `new-manager` (GEPI-49). */
    item: t.string,
    newManager: t.boolean,
    status: RegistrationStatusRow,
    review: orNull(t.string),
    decidedAt: orNull(t.string),
    validFrom: orNull(t.string),
  },
  'RegistrationItem',
);
export type RegistrationItem = t.TypeOf<typeof RegistrationItem>;

export const AgencyRegistrations = t.strict(
  {
    agencyCode: t.string,
    agencyName: t.string,
    items: t.readonlyArray(RegistrationItem),
  },
  'AgencyRegistrations',
);
export type AgencyRegistrations = t.TypeOf<typeof AgencyRegistrations>;

const ReviewDifferenceRow = t.strict(
  {
    field: t.keyof({ oid: null, businessNumber: null, name: null }),
    expected: orNull(t.string),
    found: orNull(t.string),
    parting: orNull(
      t.strict({
        shared: t.readonlyArray(t.string),
        expected: t.readonlyArray(t.string),
        found: t.readonlyArray(t.string),
      }),
    ),
    masked: t.boolean,
  },
  'ReviewDifferenceRow',
);

export const QueuedReview = t.strict(
  {
    review: t.string,
    agencyCode: t.string,
    agencyName: t.string,
    purpose: t.string,
    requestedAt: t.string,
    credential: SeenCredential,
    presented: orNull(Organisation),
    expected: orNull(Organisation),
    differences: t.readonlyArray(ReviewDifferenceRow),
    status: ReviewStatusRow,
    decidedAt: orNull(t.string),
    decidedBy: orNull(t.string),
    validFrom: orNull(t.string),
    applicant: orNull(Applicant),
    note: orNull(t.string),
    forgottenAt: orNull(t.string),
  },
  'QueuedReview',
);
export type QueuedReview = t.TypeOf<typeof QueuedReview>;
