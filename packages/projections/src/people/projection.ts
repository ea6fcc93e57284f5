/**
 * Names behind pseudonyms, for screens that show who did what; the histories themselves hold none.
 *
 * @packageDocumentation
 */
import type { OpenedEvent } from '@mandate/domain';
import { defineProjection, type ProjectionTx, type Table } from '../projection.js';

const peopleTable: Table = {
  name: 'people',
  columns: { person: 'TEXT NOT NULL', name: 'TEXT', national_id: 'TEXT' },
  key: ['person'],
  scope: 'person',
};

const events = [
  'ManagerAppointed',
  'ContactChanged',
  'ClerkAuthorized',
  'HistoryImported',
  'ClerkDetailsChanged',
  'CredentialRegistered',
  'SubjectForgotten',
] as const;

type Event = Extract<OpenedEvent, { readonly type: (typeof events)[number] }>;

const know = (tx: ProjectionTx, person: string, name: string | null, nationalId: string | null): void => {
  tx.run(
    `INSERT INTO {people} (person, name, national_id) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET name = excluded.name, national_id = excluded.national_id`,
    person,
    name,
    nationalId,
  );
};

const apply = (tx: ProjectionTx, event: Event): void => {
  switch (event.type) {
    case 'ManagerAppointed':
      know(tx, event.data.person, event.personal?.contact.name ?? null, event.personal?.nationalId ?? null);
      return;
    case 'ContactChanged':
      tx.run(
        'UPDATE {people} SET name = ? WHERE person = ?',
        event.personal?.contact.name ?? null,
        event.data.person,
      );
      return;
    case 'ClerkAuthorized':
    case 'HistoryImported':
    case 'ClerkDetailsChanged':
    case 'CredentialRegistered':
      know(tx, event.data.person, event.personal?.name ?? null, event.personal?.nationalId ?? null);
      return;
    case 'SubjectForgotten':
      tx.run('UPDATE {people} SET name = NULL, national_id = NULL WHERE person = ?', event.data.person);
      return;
  }
};

/** The latest name and national ID of every person who was ever manager or clerk, or has registered a credential; blank where forgotten. */
export const people = defineProjection({
  name: 'people',
  version: 2,
  readableFrom: 1,
  tables: [peopleTable],
  needsPersonal: true,
  events,
  apply,
});
