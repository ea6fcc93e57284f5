/**
 * 授權經辦人清單 (GEPI-32), kept for all agencies.
 *
 * @packageDocumentation
 */
import type { OpenedEvent } from '@mandate/domain';
import { defineProjection, type ProjectionTx, type Table } from '../projection.js';
import { type AgencyKey, agencyOf, fromJson, sorted, toJson } from '../support/rows.js';

const agencies: Table = {
  name: 'agencies',
  columns: {
    portal: 'TEXT NOT NULL',
    agency: 'TEXT NOT NULL',
    name: 'TEXT NOT NULL',
    status: 'TEXT NOT NULL',
    opens_at: 'TEXT',
    manager: 'TEXT',
    manager_name: 'TEXT',
  },
  key: ['portal', 'agency'],
  indexes: [['manager']],
  scope: 'agency',
  persons: ['manager'],
};

/** Clerks who may act; who was deleted has no row. `since`: revision of the authorisation, the order of the list. */
const clerks: Table = {
  name: 'clerks',
  columns: {
    portal: 'TEXT NOT NULL',
    agency: 'TEXT NOT NULL',
    clerk: 'TEXT NOT NULL',
    since: 'INTEGER NOT NULL',
    person: 'TEXT NOT NULL',
    name: 'TEXT',
    national_id: 'TEXT',
    credential: 'TEXT NOT NULL',
    identity_proof: 'TEXT NOT NULL',
    permissions: 'TEXT NOT NULL',
  },
  key: ['portal', 'agency', 'clerk'],
  indexes: [['person']],
  scope: 'agency',
  persons: ['person'],
};

const events = [
  'AgencyRegistered',
  'AgencySuspended',
  'AgencyReopened',
  'AgencyDeregistered',
  'ManagerAppointed',
  'ContactChanged',
  'ClerkAuthorized',
  'HistoryImported',
  'ClerkPermissionsChanged',
  'ClerkDetailsChanged',
  'ClerkRevoked',
  'ClerkCredentialProved',
  'CertificateReplaced',
  'SubjectForgotten',
] as const;

type Event = Extract<OpenedEvent, { readonly type: (typeof events)[number] }>;

// -------------------------------------------------------------------------------------
// agencies
// -------------------------------------------------------------------------------------

const setStatus = (
  tx: ProjectionTx,
  { portal, agency }: AgencyKey,
  status: string,
  opensAt: string | null = null,
): void => {
  tx.run(
    'UPDATE {agencies} SET status = ?, opens_at = ? WHERE portal = ? AND agency = ?',
    status,
    opensAt,
    portal,
    agency,
  );
};

/** An agency that staff opened from a later time on can be used from then on (NHI-19). */
const opensAtOf = ({ effectiveAt, recordedAt }: OpenedEvent['meta']): string | null =>
  effectiveAt > recordedAt ? effectiveAt : null;

const setManager = (
  tx: ProjectionTx,
  { portal, agency }: AgencyKey,
  person: string | null,
  name: string | null,
): void => {
  tx.run(
    'UPDATE {agencies} SET manager = ?, manager_name = ? WHERE portal = ? AND agency = ?',
    person,
    name,
    portal,
    agency,
  );
};

// -------------------------------------------------------------------------------------
// clerks
// -------------------------------------------------------------------------------------

const authorize = (
  tx: ProjectionTx,
  { portal, agency }: AgencyKey,
  event: Extract<Event, { readonly type: 'ClerkAuthorized' | 'HistoryImported' }>,
): void => {
  const { clerk, person, credential, permissions } = event.data;
  const identityProof = event.type === 'HistoryImported' ? 'typed' : event.data.identityProof;
  tx.run(
    `INSERT OR REPLACE INTO {clerks} (portal, agency, clerk, since, person, name, national_id, credential, identity_proof, permissions)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    portal,
    agency,
    clerk,
    event.meta.revision,
    person,
    event.personal?.name ?? null,
    event.personal?.nationalId ?? null,
    toJson(credential),
    identityProof,
    toJson(sorted(new Set(permissions))),
  );
};

const changePermissions = (
  tx: ProjectionTx,
  { portal, agency }: AgencyKey,
  data: Extract<Event, { readonly type: 'ClerkPermissionsChanged' }>['data'],
): void => {
  const row = tx.get<{ permissions: string }>(
    'SELECT permissions FROM {clerks} WHERE portal = ? AND agency = ? AND clerk = ?',
    portal,
    agency,
    data.clerk,
  );
  if (row === undefined) return;
  const held = new Set(fromJson<ReadonlyArray<string>>(row.permissions));
  for (const code of data.revoked) held.delete(code);
  for (const code of data.granted) held.add(code);
  tx.run(
    'UPDATE {clerks} SET permissions = ? WHERE portal = ? AND agency = ? AND clerk = ?',
    toJson(sorted(held)),
    portal,
    agency,
    data.clerk,
  );
};

// -------------------------------------------------------------------------------------
// apply
// -------------------------------------------------------------------------------------

const forget = (tx: ProjectionTx, person: string): void => {
  tx.run('UPDATE {agencies} SET manager_name = NULL WHERE manager = ?', person);
  tx.run('UPDATE {clerks} SET name = NULL, national_id = NULL WHERE person = ?', person);
};

const apply = (tx: ProjectionTx, event: Event): void => {
  if (event.type === 'SubjectForgotten') {
    forget(tx, event.data.person);
    return;
  }
  const key = agencyOf(event.meta);
  if (key === undefined) return;
  const { portal, agency } = key;
  switch (event.type) {
    case 'AgencyRegistered':
      tx.run(
        `INSERT INTO {agencies} (portal, agency, name, status) VALUES (?, ?, ?, 'registered')
         ON CONFLICT DO UPDATE SET name = excluded.name, status = excluded.status, opens_at = NULL`,
        portal,
        agency,
        event.data.name,
      );
      return;
    case 'AgencySuspended':
      setStatus(tx, key, 'suspended');
      return;
    case 'AgencyReopened':
      setStatus(tx, key, 'registered', opensAtOf(event.meta));
      return;
    case 'AgencyDeregistered':
      setStatus(tx, key, 'deregistered');
      setManager(tx, key, null, null);
      tx.run('DELETE FROM {clerks} WHERE portal = ? AND agency = ?', portal, agency);
      return;
    case 'ManagerAppointed':
      setManager(tx, key, event.data.person, event.personal?.contact.name ?? null);
      return;
    case 'ContactChanged':
      setManager(tx, key, event.data.person, event.personal?.contact.name ?? null);
      return;
    case 'ClerkAuthorized':
    case 'HistoryImported':
      authorize(tx, key, event);
      return;
    case 'ClerkPermissionsChanged':
      changePermissions(tx, key, event.data);
      return;
    case 'ClerkDetailsChanged':
      tx.run(
        'UPDATE {clerks} SET name = ?, national_id = ? WHERE portal = ? AND agency = ? AND clerk = ?',
        event.personal?.name ?? null,
        event.personal?.nationalId ?? null,
        portal,
        agency,
        event.data.clerk,
      );
      return;
    case 'ClerkCredentialProved':
      tx.run(
        'UPDATE {clerks} SET credential = ?, identity_proof = ? WHERE portal = ? AND agency = ? AND clerk = ?',
        toJson(event.data.credential),
        event.data.identityProof,
        portal,
        agency,
        event.data.clerk,
      );
      return;
    case 'CertificateReplaced':
      if (event.data.holder !== 'clerk') return;
      tx.run(
        `UPDATE {clerks} SET credential = ?, identity_proof = COALESCE(?, identity_proof)
         WHERE portal = ? AND agency = ? AND clerk = ?`,
        toJson(event.data.next),
        event.data.identityProof,
        portal,
        agency,
        event.data.clerk,
      );
      return;
    case 'ClerkRevoked':
      tx.run(
        'DELETE FROM {clerks} WHERE portal = ? AND agency = ? AND clerk = ?',
        portal,
        agency,
        event.data.clerk,
      );
      return;
  }
};

/** The clerks of every agency as its manager sees them; names and IDs of persons who were forgotten are blank. */
export const clerkList = defineProjection({
  name: 'clerk-list',
  version: 2,
  tables: [agencies, clerks],
  needsPersonal: true,
  events,
  apply,
});
