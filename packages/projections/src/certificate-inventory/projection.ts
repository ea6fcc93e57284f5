/**
 * Every certificate on record: whose, since when, valid until when, and whether it still counts (X-2, GEPI-42).
 *
 * @packageDocumentation
 */
import {
  type HolderCredential,
  type IdentityProof,
  isMeans,
  isSeen,
  type StoredEvent,
} from '@mandate/domain';
import { defineProjection, type ProjectionTx, type Table } from '../projection.js';
import { type AgencyKey, agencyOf } from '../support/rows.js';

const agencies: Table = {
  name: 'agencies',
  columns: { portal: 'TEXT NOT NULL', agency: 'TEXT NOT NULL', name: 'TEXT NOT NULL' },
  key: ['portal', 'agency'],
  scope: 'agency',
};

/**
 * Who acts by means that are no certificate, and so stands in no list of certificates. `clerk` is empty for an agency's own,
 * and `officer` for the officer to whom its certificate is tied.
 */
const byMeans: Table = {
  name: 'by_means',
  columns: {
    portal: 'TEXT NOT NULL',
    agency: 'TEXT NOT NULL',
    clerk: 'TEXT NOT NULL',
    person: 'TEXT NOT NULL',
  },
  key: ['portal', 'agency', 'clerk'],
  indexes: [['person']],
  scope: 'agency',
};

/**
 * One row for each time a certificate was put on record; `revision`: of the event that did. A certificate is (ca,
 * serial); the same one may be held twice, by another holder or again later. Validity is null while nobody has seen it,
 * and so is `seen_from`, since when it was shown: that and no date inside a certificate tells which of two cards is the later.
 */
const held: Table = {
  name: 'held',
  columns: {
    portal: 'TEXT NOT NULL',
    agency: 'TEXT NOT NULL',
    revision: 'INTEGER NOT NULL',
    holder: 'TEXT NOT NULL',
    clerk: 'TEXT',
    person: 'TEXT',
    ca: 'TEXT NOT NULL',
    serial: 'TEXT NOT NULL',
    identity_proof: 'TEXT',
    proof: 'TEXT NOT NULL',
    card: 'TEXT',
    generation: 'TEXT',
    subject_type: 'TEXT',
    fingerprint: 'TEXT',
    not_before: 'TEXT',
    not_after: 'TEXT',
    seen_from: 'TEXT',
    held_from: 'TEXT NOT NULL',
    held_to: 'TEXT',
    status: 'TEXT NOT NULL',
  },
  key: ['portal', 'agency', 'revision'],
  indexes: [
    ['person', 'status'],
    ['portal', 'status', 'not_after'],
    ['ca', 'serial'],
  ],
  sought: [],
  scope: 'agency',
  touched: "status = 'current'",
};

const events = [
  'AgencyRegistered',
  'AgencyDeregistered',
  'ManagerAppointed',
  'ClerkAuthorized',
  'HistoryImported',
  'ClerkCredentialProved',
  'ClerkRevoked',
  'CertificateReplaced',
  'CredentialActivated',
  'CredentialDeactivated',
  'OfficerBound',
] as const;

type Event = Extract<StoredEvent, { readonly type: (typeof events)[number] }>;

interface Holder {
  readonly holder: 'agency' | 'manager' | 'clerk';
  readonly clerk: string | null;
  readonly person: string | null;
  /** How well person and certificate are shown to belong together; null for an agency. */
  readonly identityProof: IdentityProof | null;
}

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

/** What is known of a certificate that an event names, in the order of the columns from `proof` on. */
const facts = (credential: HolderCredential, event: Event): ReadonlyArray<string | null> =>
  isSeen(credential)
    ? [
        credential.proof,
        credential.card,
        credential.generation,
        credential.subjectType,
        credential.fingerprint,
        credential.notBefore,
        credential.notAfter,
        event.meta.effectiveAt,
      ]
    : [credential.proof, null, null, null, null, null, null, null];

/** `known`: in the order of the columns from `proof` on. */
const holdCertificate = (
  tx: ProjectionTx,
  { portal, agency }: AgencyKey,
  event: Event,
  { holder, clerk, person, identityProof }: Holder,
  { ca, serial }: { readonly ca: string; readonly serial: string },
  known: ReadonlyArray<string | null>,
): void => {
  tx.run(
    `INSERT OR REPLACE INTO {held}
     (portal, agency, revision, holder, clerk, person, ca, serial,
      identity_proof, proof, card, generation, subject_type, fingerprint, not_before, not_after, seen_from, held_from, status)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'current')`,
    portal,
    agency,
    event.meta.revision,
    holder,
    clerk,
    person,
    ca,
    serial,
    identityProof,
    ...known,
    event.meta.effectiveAt,
  );
};

const hold = (
  tx: ProjectionTx,
  key: AgencyKey,
  event: Event,
  holder: Holder,
  credential: HolderCredential,
): void => {
  if (!isMeans(credential)) {
    holdCertificate(tx, key, event, holder, credential, facts(credential, event));
    return;
  }
  // An inventory of certificates: other means have no end that could be foreseen.
  tx.run(
    'INSERT OR REPLACE INTO {by_means} (portal, agency, clerk, person) VALUES (?, ?, ?, ?)',
    key.portal,
    key.agency,
    holder.clerk ?? '',
    credential.person,
  );
};

const current = `portal = ? AND agency = ? AND status = 'current'`;

/** Ends what a holder had; answers whose it was, `undefined` where there was none. */
const end = (
  tx: ProjectionTx,
  { portal, agency }: AgencyKey,
  event: Event,
  holder: Holder['holder'],
  clerk: string | null,
  status: 'replaced' | 'gone',
): { readonly person: string | null } | undefined => {
  const means = tx.get<{ person: string }>(
    'SELECT person FROM {by_means} WHERE portal = ? AND agency = ? AND clerk = ?',
    portal,
    agency,
    clerk ?? '',
  );
  if (means !== undefined && holder !== 'manager') {
    tx.run(
      'DELETE FROM {by_means} WHERE portal = ? AND agency = ? AND clerk = ?',
      portal,
      agency,
      clerk ?? '',
    );
    return means;
  }
  const row = tx.get<{ revision: number; person: string | null }>(
    `SELECT revision, person FROM {held} WHERE ${current} AND holder = ? AND clerk IS ?`,
    portal,
    agency,
    holder,
    clerk,
  );
  if (row === undefined) return undefined;
  tx.run(
    'UPDATE {held} SET status = ?, held_to = ? WHERE portal = ? AND agency = ? AND revision = ?',
    status,
    event.meta.effectiveAt,
    portal,
    agency,
    row.revision,
  );
  return { person: row.person };
};

// -------------------------------------------------------------------------------------
// apply
// -------------------------------------------------------------------------------------

const apply = (tx: ProjectionTx, event: Event): void => {
  const key = agencyOf(event.meta);
  if (key === undefined) return;
  const { portal, agency } = key;
  switch (event.type) {
    case 'AgencyRegistered':
      tx.run(
        `INSERT INTO {agencies} (portal, agency, name) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET name = excluded.name`,
        portal,
        agency,
        event.data.name,
      );
      end(tx, key, event, 'agency', null, 'replaced');
      hold(
        tx,
        key,
        event,
        { holder: 'agency', clerk: null, person: null, identityProof: null },
        event.data.credential,
      );
      return;
    case 'ManagerAppointed': {
      const { person, credential, identityProof } = event.data;
      end(tx, key, event, 'manager', null, 'gone');
      hold(tx, key, event, { holder: 'manager', clerk: null, person, identityProof }, credential);
      return;
    }
    case 'ClerkAuthorized':
    case 'HistoryImported': {
      const { clerk, person, credential } = event.data;
      const identityProof = event.type === 'HistoryImported' ? 'typed' : event.data.identityProof;
      end(tx, key, event, 'clerk', clerk, 'gone');
      hold(tx, key, event, { holder: 'clerk', clerk, person, identityProof }, credential);
      return;
    }
    case 'CertificateReplaced': {
      const { holder, clerk, next, identityProof } = event.data;
      // As the aggregates have it: agencies and managers hold certificates that were seen.
      if (holder !== 'clerk' && !isSeen(next)) return;
      const ended = end(tx, key, event, holder, clerk, 'replaced');
      if (ended !== undefined) {
        hold(tx, key, event, { holder, clerk, person: ended.person, identityProof }, next);
      }
      return;
    }
    case 'ClerkCredentialProved':
      tx.run(
        `UPDATE {held} SET identity_proof = ?, proof = ?, card = ?, generation = ?, subject_type = ?, fingerprint = ?, not_before = ?, not_after = ?,
           seen_from = ?
         WHERE ${current} AND holder = 'clerk' AND clerk = ?`,
        event.data.identityProof,
        ...facts(event.data.credential, event),
        portal,
        agency,
        event.data.clerk,
      );
      return;
    case 'ClerkRevoked':
      end(tx, key, event, 'clerk', event.data.clerk, 'gone');
      return;
    case 'CredentialActivated': {
      // Other days for a row that is active already are the same certificate once more.
      const { credential: clerk, person, ca, serial1: serial, from, to } = event.data;
      const holder = { holder: 'clerk', clerk, person, identityProof: 'full' } as const;
      end(tx, key, event, 'clerk', clerk, 'replaced');
      // Of a row the days alone are known, and nothing of what stands in the certificate.
      const known = ['read', null, '', '', '', from, to, event.meta.effectiveAt];
      holdCertificate(tx, key, event, holder, { ca, serial }, known);
      return;
    }
    case 'OfficerBound':
      tx.run(
        "INSERT OR REPLACE INTO {by_means} (portal, agency, clerk, person) VALUES (?, ?, 'officer', ?)",
        portal,
        agency,
        event.data.person,
      );
      return;
    case 'CredentialDeactivated':
      end(tx, key, event, 'clerk', event.data.credential, 'replaced');
      return;
    case 'AgencyDeregistered':
      tx.run('DELETE FROM {by_means} WHERE portal = ? AND agency = ?', portal, agency);
      tx.run(
        `UPDATE {held} SET status = 'gone', held_to = ? WHERE ${current}`,
        event.meta.effectiveAt,
        portal,
        agency,
      );
      return;
  }
};

/** Every certificate that was ever on record, with its holder and its end. */
export const certificateInventory = defineProjection({
  name: 'certificate-inventory',
  version: 3,
  tables: [agencies, held, byMeans],
  needsPersonal: false,
  events,
  apply,
});
