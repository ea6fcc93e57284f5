/**
 * What the portal's staff does and looks at, as data.
 *
 * @packageDocumentation
 */
import {
  EvidenceBundle,
  Hex64,
  Instant,
  oneOf,
  staffCommands,
  strict,
  t,
  UnitCode,
  Uuid,
} from '@mandate/domain';
import { describe } from '../description.js';
import { PageOf } from '../pages/cursor.js';
import { queryNumber } from '../pages/query-number.js';
import type { ErrorCode } from '../problem.js';
import { AgencyDataReview } from '../rows/agency-data.js';
import { ForecastHolderRow, LockoutRow, UnassignedInAgency } from '../rows/certificates.js';
import { orNull } from '../rows/credential.js';
import { ExecutedAnswer } from '../rows/executed.js';
import { People } from '../rows/people.js';
import { QueuedReview, ReviewStatusRow } from '../rows/registrations.js';
import { paged } from './history-routes.js';

// -------------------------------------------------------------------------------------
// reading
// -------------------------------------------------------------------------------------

const reads = { method: 'GET', tag: 'staff', status: 200, waits: true, access: ['staff'] } as const;
const readFaults = ['UNAVAILABLE', 'READ_MODEL_BEHIND'] as const;

const reviewers = ['reviewer', 'auditor'] as const;

/** Somebody in a forecast; `lockout` is `null` for whose certificate nobody has seen, so that nobody knows when it ends. */
const ForecastEntry = t.strict({ who: ForecastHolderRow, lockout: orNull(LockoutRow) }, 'ForecastEntry');

const counts = t.strict({ lockouts: t.number, already: t.number, undated: t.number });

export const whichForecast = ['lockouts', 'already', 'undated'] as const;

export const staffReadRoutes = {
  reviews: describe({
    ...reads,
    id: 'reviews',
    path: '/staff/reviews',
    roles: reviewers,
    summary: { zh: '審核案件清單', en: 'Reviews, the longest waiting first' },
    query: strict(
      {},
      { status: oneOf(...Object.keys(ReviewStatusRow.keys)), agencyCode: UnitCode, ...paged },
    ),
    answer: PageOf(QueuedReview, 'ReviewPage'),
    errors: ['INVALID_INPUT', 'CURSOR_INVALID', ...readFaults],
  }),
  review: describe({
    ...reads,
    id: 'review',
    path: '/staff/reviews/{reviewId}',
    roles: reviewers,
    summary: { zh: '審核案件', en: 'One review' },
    params: strict({ reviewId: Uuid }),
    answer: QueuedReview,
    errors: ['INVALID_INPUT', 'REVIEW_NOT_FOUND', ...readFaults],
  }),
  agencyDataRequests: describe({
    id: 'agencyDataRequests',
    method: 'GET',
    path: '/staff/agencies/{agencyCode}/data-requests',
    tag: 'staff',
    access: ['staff'],
    roles: reviewers,
    summary: { zh: '單位資料變更申請', en: 'Changes of its own data that an agency asked for' },
    params: strict({ agencyCode: UnitCode }),
    answer: t.strict({ requests: t.readonlyArray(AgencyDataReview) }, 'AgencyDataReviews'),
    status: 200,
    errors: ['AGENCY_UNKNOWN', 'STORE_UNAVAILABLE', 'STORE_CORRUPT', 'VAULT_UNAVAILABLE'],
  }),
  staffForecast: describe({
    ...reads,
    id: 'staffForecast',
    path: '/staff/forecast',
    summary: {
      zh: '全部機關的憑證到期預測',
      en: 'Who of all agencies will be locked out, the first first',
    },
    query: strict({}, { which: oneOf(...whichForecast), from: Instant, to: Instant, ...paged }),
    answer: t.strict(
      { ...PageOf(ForecastEntry, 'ForecastPage').type.props, counts, people: People },
      'StaffForecast',
    ),
    errors: ['INVALID_INPUT', 'CURSOR_INVALID', ...readFaults],
  }),
  staffUnassignedFunctions: describe({
    ...reads,
    id: 'staffUnassignedFunctions',
    path: '/staff/unassigned-functions',
    summary: {
      zh: '各機關尚未指派的功能',
      en: 'Agencies in which functions of the latest menu are held by nobody',
    },
    query: strict({}, { since: queryNumber(1, 1e9 - 1), ...paged }),
    answer: PageOf(UnassignedInAgency, 'UnassignedPage'),
    errors: ['INVALID_INPUT', 'CURSOR_INVALID', ...readFaults],
  }),
  evidence: describe({
    id: 'evidence',
    method: 'GET',
    path: '/staff/evidence/{hash}',
    tag: 'staff',
    access: ['staff'],
    roles: ['auditor'],
    summary: { zh: '憑證使用之憑據', en: 'The evidence of a use of a card, by the hash that events name' },
    params: strict({ hash: Hex64 }),
    answer: t.strict(
      {
        /** `forgotten`: the person was; that there was evidence remains. */
        state: t.keyof({ kept: null, forgotten: null, missing: null }),
        bundle: orNull(EvidenceBundle),
      },
      'EvidenceAnswer',
    ),
    status: 200,
    errors: ['INVALID_INPUT', 'STORE_UNAVAILABLE', 'STORE_CORRUPT', 'VAULT_UNAVAILABLE'],
  }),
  evidenceList: describe({
    id: 'evidenceList',
    method: 'GET',
    path: '/staff/evidence/{hash}/lists/{list}',
    tag: 'staff',
    access: ['staff'],
    roles: ['auditor'],
    summary: {
      zh: '憑據所依據之憑證廢止清冊',
      en: 'A revocation list on which evidence rests, by its SHA-256: bundles name lists and do not hold them',
    },
    params: strict({ hash: Hex64, list: Hex64 }),
    answer: { media: 'application/pkix-crl' },
    status: 200,
    errors: ['INVALID_INPUT', 'NOT_FOUND', 'STORE_UNAVAILABLE', 'STORE_CORRUPT', 'VAULT_UNAVAILABLE'],
  }),
};

// -------------------------------------------------------------------------------------
// commands
// -------------------------------------------------------------------------------------

/** What any command of staff may be refused with. */
const machinery = [
  'INVALID_INPUT',
  'COMMAND_ID_REUSED',
  'COMMAND_TOO_LARGE',
  'CONFLICT',
  'STORE_UNAVAILABLE',
  'STORE_CORRUPT',
  'VAULT_UNAVAILABLE',
  'CLOCK_BEHIND',
] as const satisfies ReadonlyArray<ErrorCode>;

const command = {
  method: 'POST',
  tag: 'staff',
  status: 200,
  access: ['staff'],
  roles: ['operator'],
  command: true,
  answer: ExecutedAnswer,
} as const;

const agencyPath = strict({ agencyCode: UnitCode });
const { reason } = staffCommands.SuspendAgency.required;
const { version, entries } = staffCommands.PublishCatalogue.required;
const terms = staffCommands.PublishTerms;
const { legalBasis, nationalId } = staffCommands.ForgetSubject.required;
const { outcome } = staffCommands.DecideReview.required;
const { note } = staffCommands.DecideReview.optional;

export const staffCommandRoutes = {
  decideReview: describe({
    ...command,
    id: 'decideReview',
    path: '/staff/reviews/{reviewId}/decision',
    roles: ['reviewer'],
    summary: { zh: '審核結果', en: 'Approve or reject an application' },
    params: strict({ reviewId: Uuid }),
    body: strict({ agencyCode: UnitCode, outcome }, { note }),
    errors: ['REVIEW_NOT_FOUND', 'REVIEW_ALREADY_DECIDED', 'NO_BUSINESS_DAY', ...machinery],
  }),
  decideAgencyData: describe({
    ...command,
    id: 'decideAgencyData',
    path: '/staff/agencies/{agencyCode}/data-requests/{requestId}/decision',
    roles: ['reviewer'],
    summary: {
      zh: '單位資料變更審核結果',
      en: 'Approve or reject a change of its own data that an agency asked for',
    },
    params: strict({ agencyCode: UnitCode, requestId: Uuid }),
    body: strict({ outcome: staffCommands.DecideAgencyData.required.outcome }, { note }),
    errors: ['CHANGE_REQUEST_NOT_FOUND', 'CHANGE_REQUEST_DECIDED', ...machinery],
  }),
  suspendAgency: describe({
    ...command,
    id: 'suspendAgency',
    path: '/staff/agencies/{agencyCode}/suspension',
    summary: { zh: '暫時關閉機關', en: 'Close an agency for the time being' },
    params: agencyPath,
    body: strict({ reason }),
    errors: ['AGENCY_NOT_REGISTERED', 'AGENCY_SUSPENDED', 'AGENCY_DEREGISTERED', ...machinery],
  }),
  reopenAgency: describe({
    ...command,
    id: 'reopenAgency',
    path: '/staff/agencies/{agencyCode}/reopening',
    summary: { zh: '重新開放機關', en: 'Open an agency that was closed' },
    params: agencyPath,
    body: strict({ reason }),
    errors: [
      'AGENCY_NOT_REGISTERED',
      'AGENCY_NOT_SUSPENDED',
      'AGENCY_DEREGISTERED',
      'AGENCY_OPENS_SOON',
      ...machinery,
    ],
  }),
  deregisterAgency: describe({
    ...command,
    id: 'deregisterAgency',
    path: '/staff/agencies/{agencyCode}/deregistration',
    summary: { zh: '終止機關使用', en: "End an agency's service" },
    params: agencyPath,
    body: strict({ reason }),
    errors: ['AGENCY_NOT_REGISTERED', 'AGENCY_DEREGISTERED', ...machinery],
  }),
  publishCatalogue: describe({
    ...command,
    id: 'publishCatalogue',
    path: '/staff/catalogue',
    summary: { zh: '公布功能選單', en: 'Publish the next version of the menu' },
    body: strict({ version, entries }),
    errors: ['VERSION_NOT_NEXT', 'CATALOGUE_INVALID', ...machinery],
  }),
  publishTerms: describe({
    ...command,
    id: 'publishTerms',
    path: '/staff/terms',
    summary: { zh: '公布用戶約定條款', en: 'Publish the next version of the terms' },
    body: strict(
      { version: terms.required.version, title: terms.required.title, text: terms.required.text },
      terms.optional,
    ),
    errors: ['VERSION_NOT_NEXT', ...machinery],
  }),
  forgetSubject: describe({
    ...command,
    id: 'forgetSubject',
    path: '/staff/forgotten-subjects',
    summary: {
      zh: '刪除當事人個人資料',
      en: 'Make unreadable what is kept of a person who is active nowhere',
    },
    body: strict({ nationalId, legalBasis }),
    errors: ['PERSON_UNKNOWN', 'PERSON_STILL_ACTIVE', 'DIRECTORY_UNAVAILABLE', ...machinery],
  }),
  forgetApplicant: describe({
    ...command,
    id: 'forgetApplicant',
    path: '/staff/forgotten-applicants',
    summary: { zh: '刪除申請人個人資料', en: 'Make unreadable who applied for a review' },
    body: strict({ agencyCode: UnitCode, review: Uuid, legalBasis }),
    errors: ['REVIEW_NOT_FOUND', 'REVIEW_STILL_PENDING', ...machinery],
  }),
};
