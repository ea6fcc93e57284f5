/**
 * Every change of authority, for ever, event by event. Nothing personal is in it but pseudonyms.
 *
 * @packageDocumentation
 */
import { defineProjection, type ProjectionTx, type Table } from '../projection.js';
import { type AgencyKey, agencyOf, toJson } from '../support/rows.js';
import { type AuthorityEvent, authorityEvents } from './model.js';

const changes: Table = {
  name: 'changes',
  columns: {
    portal: 'TEXT NOT NULL',
    agency: 'TEXT NOT NULL',
    revision: 'INTEGER NOT NULL',
    type: 'TEXT NOT NULL',
    clerk: 'TEXT',
    person: 'TEXT',
    event_id: 'TEXT NOT NULL',
    command_id: 'TEXT NOT NULL',
    recorded_at: 'TEXT NOT NULL',
    effective_at: 'TEXT NOT NULL',
    actor: 'TEXT NOT NULL',
    evidence: 'TEXT NOT NULL',
    confirmation: 'TEXT',
    data: 'TEXT NOT NULL',
  },
  key: ['portal', 'agency', 'revision'],
  indexes: [
    ['portal', 'agency', 'clerk', 'revision'],
    ['portal', 'person', 'recorded_at'],
  ],
  sought: [['portal', 'agency', 'clerk', 'revision']],
  scope: 'agency',
  touched:
    "type IN ('ManagerAppointed', 'ClerkAuthorized', 'HistoryImported', 'CredentialRegistered', 'CredentialActivated')",
  wide: true,
};

/** Whose entry, or which registered credential, which is an entry of its own. */
const clerkOf = (event: AuthorityEvent): string | null => {
  if ('clerk' in event.data) return event.data.clerk;
  switch (event.type) {
    case 'CredentialRegistered':
    case 'CredentialActivated':
    case 'CredentialDeactivated':
      return event.data.credential;
    default:
      return null;
  }
};

/** Events that name the person behind an entry. */
const namesPerson = (clerk: string | null, type: AuthorityEvent['type']): readonly [string, string] => {
  if (clerk === null) return ['ManagerAppointed', 'ManagerAppointed'];
  return type === 'CredentialDeactivated'
    ? ['CredentialRegistered', 'CredentialActivated']
    : ['ClerkAuthorized', 'HistoryImported'];
};

/** Whom a change is about, where the event itself names the entry alone. */
const personOf = (tx: ProjectionTx, key: AgencyKey, event: AuthorityEvent): string | null => {
  if ('person' in event.data) return event.data.person;
  const clerk = clerkOf(event);
  const isManagers = event.type === 'CertificateReplaced' && event.data.holder === 'manager';
  if (clerk === null && !isManagers) return null;
  const row = tx.get<{ person: string | null }>(
    `SELECT person FROM {changes} WHERE portal = ? AND agency = ? AND clerk IS ? AND type IN (?, ?)
     ORDER BY revision DESC LIMIT 1`,
    key.portal,
    key.agency,
    clerk,
    ...namesPerson(clerk, event.type),
  );
  return row?.person ?? null;
};

const apply = (tx: ProjectionTx, event: AuthorityEvent): void => {
  const key = agencyOf(event.meta);
  if (key === undefined) return;
  const { meta } = event;
  tx.run(
    `INSERT OR REPLACE INTO {changes}
     (portal, agency, revision, type, clerk, person, event_id, command_id, recorded_at, effective_at, actor, evidence, confirmation, data)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    key.portal,
    key.agency,
    meta.revision,
    event.type,
    clerkOf(event),
    personOf(tx, key, event),
    meta.id,
    meta.commandId,
    meta.recordedAt,
    meta.effectiveAt,
    toJson(meta.actor),
    toJson(meta.evidence),
    meta.confirmation,
    toJson(event.data),
  );
};

/** The history of who may do what: nothing in it is ever changed or taken away. */
export const permissionHistory = defineProjection({
  name: 'permission-history',
  version: 3,
  readableFrom: 1,
  tables: [changes],
  needsPersonal: false,
  events: authorityEvents,
  apply,
});
