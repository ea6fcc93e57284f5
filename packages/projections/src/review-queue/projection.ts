/**
 * Reviews (審核) that wait, and those that were decided (GEPI-23…26, GEPI-50).
 *
 * The applicant's name and phone stay sealed in the rows and are opened when they are asked for: nothing readable is
 * kept, and a replay gives the same rows before and after a key was deleted. What is sealed goes when the applicant is
 * forgotten, so that nobody is shown in the time between the event and the end of the key.
 *
 * @packageDocumentation
 */
import { maskPersonalIds, type StoredEvent } from '@mandate/domain';
import { defineProjection, type ProjectionTx, type Table } from '../projection.js';
import { closeReviews } from '../support/reviews.js';
import { agencyOf, portalOf, toJson } from '../support/rows.js';

/** `applicant` and `note` are sealed parts; none where the applicant was forgotten. `revision`: of the request. */
const reviews: Table = {
  name: 'reviews',
  columns: {
    portal: 'TEXT NOT NULL',
    agency: 'TEXT NOT NULL',
    review: 'TEXT NOT NULL',
    revision: 'INTEGER NOT NULL',
    agency_name: 'TEXT NOT NULL',
    purpose: 'TEXT NOT NULL',
    requested_at: 'TEXT NOT NULL',
    credential: 'TEXT NOT NULL',
    presented: 'TEXT',
    expected: 'TEXT',
    status: 'TEXT NOT NULL',
    decided_at: 'TEXT',
    decided_by: 'TEXT',
    valid_from: 'TEXT',
    applicant: 'TEXT',
    note: 'TEXT',
    forgotten_at: 'TEXT',
  },
  key: ['portal', 'agency', 'review'],
  indexes: [['portal', 'status', 'requested_at']],
  sought: [],
  scope: 'agency',
};

const events = [
  'RegistrationReviewRequested',
  'RegistrationReviewDecided',
  'AgencyRegistered',
  'AgencyDeregistered',
  'CertificateReplaced',
  'ApplicantForgotten',
] as const;

type Event = Extract<StoredEvent, { readonly type: (typeof events)[number] }>;

const orNull = (value: unknown): string | null => (value === null ? null : toJson(value));

const forget = (
  tx: ProjectionTx,
  { meta, data }: Extract<Event, { readonly type: 'ApplicantForgotten' }>,
): void => {
  tx.run(
    `UPDATE {reviews} SET applicant = NULL, note = NULL, forgotten_at = ?
     WHERE portal = ? AND agency = ? AND review = ?`,
    meta.recordedAt,
    portalOf(meta),
    data.agency,
    data.review,
  );
};

const apply = (tx: ProjectionTx, event: Event): void => {
  if (event.type === 'ApplicantForgotten') {
    forget(tx, event);
    return;
  }
  const key = agencyOf(event.meta);
  if (key === undefined) return;
  const { portal, agency } = key;
  switch (event.type) {
    case 'RegistrationReviewRequested': {
      const { review, agencyName, purpose, credential, presented, expected } = event.data;
      tx.run(
        `INSERT OR REPLACE INTO {reviews}
         (portal, agency, review, revision, agency_name, purpose, requested_at, credential, presented, expected, status, applicant)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?)`,
        portal,
        agency,
        review,
        event.meta.revision,
        // Small firms and clinics bear names of persons; no number of one may come along.
        maskPersonalIds(agencyName),
        purpose,
        event.meta.recordedAt,
        toJson(credential),
        orNull(presented),
        orNull(expected),
        toJson(event.sealed),
      );
      return;
    }
    case 'RegistrationReviewDecided':
      tx.run(
        `UPDATE {reviews} SET status = ?, decided_at = ?, decided_by = ?, valid_from = ?, note = ?
         WHERE portal = ? AND agency = ? AND review = ?`,
        event.data.outcome,
        event.meta.recordedAt,
        event.meta.actor.kind === 'staff' ? event.meta.actor.account : null,
        event.data.validFrom,
        toJson(event.sealed),
        portal,
        agency,
        event.data.review,
      );
      return;
    case 'CertificateReplaced':
      if (event.data.holder === 'agency') closeReviews(tx, '{reviews}', key, event.data.review);
      return;
    case 'AgencyRegistered':
      closeReviews(tx, '{reviews}', key, event.data.review);
      return;
    case 'AgencyDeregistered':
      closeReviews(tx, '{reviews}', key, null);
      return;
  }
};

/** Every review with its outcome. */
export const reviewQueue = defineProjection({
  name: 'review-queue',
  version: 3,
  tables: [reviews],
  needsPersonal: false,
  events,
  apply,
});
