/**
 * Which functions of the latest menu somebody holds, agency by agency.
 *
 * @packageDocumentation
 */
import type { StoredEvent } from '@mandate/domain';
import { defineProjection, type ProjectionTx, type Table } from '../projection.js';
import { type AgencyKey, agencyOf, portalOf } from '../support/rows.js';

const agencies: Table = {
  name: 'agencies',
  columns: { portal: 'TEXT NOT NULL', agency: 'TEXT NOT NULL', name: 'TEXT NOT NULL' },
  key: ['portal', 'agency'],
  scope: 'agency',
};

/** The functions of the latest menu. `since`: the version in which it came. `place`: its order in the menu. */
const functions: Table = {
  name: 'functions',
  columns: {
    portal: 'TEXT NOT NULL',
    code: 'TEXT NOT NULL',
    since: 'INTEGER NOT NULL',
    place: 'INTEGER NOT NULL',
    zh: 'TEXT NOT NULL',
    en: 'TEXT NOT NULL',
  },
  key: ['portal', 'code'],
  scope: 'portal',
};

const holders: Table = {
  name: 'holders',
  columns: {
    portal: 'TEXT NOT NULL',
    agency: 'TEXT NOT NULL',
    code: 'TEXT NOT NULL',
    clerk: 'TEXT NOT NULL',
  },
  key: ['portal', 'agency', 'code', 'clerk'],
  indexes: [['portal', 'agency', 'clerk']],
  scope: 'agency',
};

const events = [
  'AgencyRegistered',
  'AgencyDeregistered',
  'ClerkAuthorized',
  'HistoryImported',
  'ClerkPermissionsChanged',
  'ClerkRevoked',
  'CataloguePublished',
] as const;

type Event = Extract<StoredEvent, { readonly type: (typeof events)[number] }>;

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

const grant = (
  tx: ProjectionTx,
  { portal, agency }: AgencyKey,
  clerk: string,
  codes: ReadonlyArray<string>,
): void => {
  for (const code of codes) {
    tx.run(
      'INSERT OR IGNORE INTO {holders} (portal, agency, code, clerk) VALUES (?, ?, ?, ?)',
      portal,
      agency,
      code,
      clerk,
    );
  }
};

const publish = (
  tx: ProjectionTx,
  portal: string,
  { version, entries }: Extract<Event, { readonly type: 'CataloguePublished' }>['data'],
): void => {
  const before = tx.all<{ code: string; since: number }>(
    'SELECT code, since FROM {functions} WHERE portal = ?',
    portal,
  );
  const known = new Map(before.map(({ code, since }) => [code, since]));
  tx.run('DELETE FROM {functions} WHERE portal = ?', portal);
  for (const [place, { code, kind, zh, en }] of entries.entries()) {
    if (kind !== 'function') continue;
    tx.run(
      'INSERT OR REPLACE INTO {functions} (portal, code, since, place, zh, en) VALUES (?, ?, ?, ?, ?, ?)',
      portal,
      code,
      known.get(code) ?? version,
      place,
      zh,
      en,
    );
  }
};

// -------------------------------------------------------------------------------------
// apply
// -------------------------------------------------------------------------------------

const apply = (tx: ProjectionTx, event: Event): void => {
  if (event.type === 'CataloguePublished') {
    publish(tx, portalOf(event.meta), event.data);
    return;
  }
  const key = agencyOf(event.meta);
  if (key === undefined) return;
  const { portal, agency } = key;
  switch (event.type) {
    case 'AgencyRegistered':
      tx.run(
        'INSERT OR REPLACE INTO {agencies} (portal, agency, name) VALUES (?, ?, ?)',
        portal,
        agency,
        event.data.name,
      );
      return;
    case 'AgencyDeregistered':
      tx.run('DELETE FROM {agencies} WHERE portal = ? AND agency = ?', portal, agency);
      tx.run('DELETE FROM {holders} WHERE portal = ? AND agency = ?', portal, agency);
      return;
    case 'ClerkAuthorized':
    case 'HistoryImported':
      grant(tx, key, event.data.clerk, event.data.permissions);
      return;
    case 'ClerkPermissionsChanged':
      for (const code of event.data.revoked) {
        tx.run(
          'DELETE FROM {holders} WHERE portal = ? AND agency = ? AND code = ? AND clerk = ?',
          portal,
          agency,
          code,
          event.data.clerk,
        );
      }
      grant(tx, key, event.data.clerk, event.data.granted);
      return;
    case 'ClerkRevoked':
      tx.run(
        'DELETE FROM {holders} WHERE portal = ? AND agency = ? AND clerk = ?',
        portal,
        agency,
        event.data.clerk,
      );
      return;
  }
};

/** Registered agencies, the latest menu, and who holds what of it. */
export const functionHolders = defineProjection({
  name: 'function-holders',
  version: 1,
  tables: [agencies, functions, holders],
  needsPersonal: false,
  events,
  apply,
});
