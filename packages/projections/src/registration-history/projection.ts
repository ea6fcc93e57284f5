/**
 * 憑證註冊收件紀錄 (GEPI-50, GEPI-51), kept for all agencies. Nothing personal is in it.
 *
 * @packageDocumentation
 */
import type { StoredEvent } from '@mandate/domain';
import { defineProjection, type ProjectionTx, type Table } from '../projection.js';
import { closeReviews } from '../support/reviews.js';
import { type AgencyKey, agencyOf } from '../support/rows.js';

const agencies: Table = {
  name: 'agencies',
  columns: { portal: 'TEXT NOT NULL', agency: 'TEXT NOT NULL', name: 'TEXT NOT NULL' },
  key: ['portal', 'agency'],
  scope: 'agency',
};

/** One row for everything that was received. `revision`: of its first event, the order in which it was received. */
const items: Table = {
  name: 'items',
  columns: {
    portal: 'TEXT NOT NULL',
    agency: 'TEXT NOT NULL',
    revision: 'INTEGER NOT NULL',
    command: 'TEXT NOT NULL',
    received_at: 'TEXT NOT NULL',
    item: 'TEXT NOT NULL',
    new_manager: 'INTEGER NOT NULL',
    status: 'TEXT NOT NULL',
    review: 'TEXT',
    decided_at: 'TEXT',
    valid_from: 'TEXT',
  },
  key: ['portal', 'agency', 'revision'],
  indexes: [
    ['portal', 'agency', 'command'],
    ['portal', 'agency', 'review'],
  ],
  scope: 'agency',
};

const events = [
  'AgencyRegistered',
  'AgencyDeregistered',
  'CertificateReplaced',
  'ManagerAppointed',
  'RegistrationReviewRequested',
  'RegistrationReviewDecided',
] as const;

type Event = Extract<StoredEvent, { readonly type: (typeof events)[number] }>;

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

const setName = (tx: ProjectionTx, { portal, agency }: AgencyKey, name: string): void => {
  tx.run(
    `INSERT INTO {agencies} (portal, agency, name) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET name = excluded.name`,
    portal,
    agency,
    name,
  );
};

const receive = (
  tx: ProjectionTx,
  { portal, agency }: AgencyKey,
  { meta }: Event,
  row: {
    readonly item: string;
    readonly newManager?: boolean;
    readonly status: string;
    readonly review: string | null;
  },
): void => {
  tx.run(
    `INSERT OR REPLACE INTO {items} (portal, agency, revision, command, received_at, item, new_manager, status, review)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    portal,
    agency,
    meta.revision,
    meta.commandId,
    meta.recordedAt,
    row.item,
    row.newManager === true ? 1 : 0,
    row.status,
    row.review,
  );
};

/** What one command did is one thing that was received (GEPI-48): both certificates, and perhaps a new manager. */
const joinOr = (
  tx: ProjectionTx,
  key: AgencyKey,
  event: Event,
  alone: { readonly item: string; readonly newManager: boolean },
): void => {
  const joined = tx.run(
    `UPDATE {items} SET item = 'replace-both', new_manager = max(new_manager, ?)
     WHERE portal = ? AND agency = ? AND command = ? AND item IN ('replace-agency', 'replace-both')`,
    alone.newManager ? 1 : 0,
    key.portal,
    key.agency,
    event.meta.commandId,
  );
  if (joined === 0) receive(tx, key, event, { ...alone, status: 'completed', review: null });
};

// -------------------------------------------------------------------------------------
// apply
// -------------------------------------------------------------------------------------

const apply = (tx: ProjectionTx, event: Event): void => {
  const key = agencyOf(event.meta);
  if (key === undefined) return;
  switch (event.type) {
    case 'AgencyRegistered':
      setName(tx, key, event.data.name);
      closeReviews(tx, '{items}', key, event.data.review);
      receive(tx, key, event, {
        item: 'first-registration',
        status: 'completed',
        review: event.data.review,
      });
      return;
    case 'AgencyDeregistered':
      closeReviews(tx, '{items}', key, null);
      return;
    case 'CertificateReplaced':
      if (event.data.holder === 'manager') {
        joinOr(tx, key, event, { item: 'replace-manager', newManager: false });
      } else if (event.data.holder === 'agency') {
        closeReviews(tx, '{items}', key, event.data.review);
        receive(tx, key, event, {
          item: 'replace-agency',
          status: 'completed',
          review: event.data.review,
        });
      }
      return;
    case 'ManagerAppointed':
      // The first manager comes with the registration.
      if (event.data.previous !== null) joinOr(tx, key, event, { item: 'new-manager', newManager: true });
      return;
    case 'RegistrationReviewRequested':
      setName(tx, key, event.data.agencyName);
      receive(tx, key, event, {
        item: event.data.purpose,
        status: 'pending',
        review: event.data.review,
      });
      return;
    case 'RegistrationReviewDecided':
      // What an approval led to bears the review too, and is no application.
      tx.run(
        `UPDATE {items} SET status = ?, decided_at = ?, valid_from = ?
         WHERE portal = ? AND agency = ? AND review = ? AND status <> 'completed'`,
        event.data.outcome,
        event.meta.recordedAt,
        event.data.validFrom,
        key.portal,
        key.agency,
        event.data.review,
      );
      return;
  }
};

/** What each agency applied for, and what became of it. */
export const registrationHistory = defineProjection({
  name: 'registration-history',
  version: 1,
  tables: [agencies, items],
  needsPersonal: false,
  events,
  apply,
});
