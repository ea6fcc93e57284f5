/**
 * A projection that writes down which events it saw: an event lost or applied twice stands out.
 */
import { defineProjection, type Projection } from '../../src/index.js';

/** `version` 2 has one more column, so that its tables are others. Without a scope it is one whole. */
export const seenEvents = (version = 1, name = 'seen-events', scoped = true): Projection =>
  defineProjection({
    name,
    version,
    tables: [
      {
        name: 'events',
        columns: {
          stream: 'TEXT NOT NULL',
          revision: 'INTEGER NOT NULL',
          type: 'TEXT NOT NULL',
          times: 'INTEGER NOT NULL',
          ...(version > 1 ? { recorded: 'TEXT NOT NULL' as const } : {}),
        },
        key: ['stream', 'revision'],
        ...(scoped ? { scope: 'stream' as const } : {}),
      },
    ],
    needsPersonal: false,
    events: ['AgencyRegistered', 'AgencySuspended', 'AgencyReopened', 'ManagerAppointed', 'ClerkAuthorized'],
    apply: (tx, { meta, type }) => {
      tx.run(
        `INSERT INTO {events} (stream, revision, type, times${version > 1 ? ', recorded' : ''})
         VALUES (?, ?, ?, 1${version > 1 ? ', ?' : ''})
         ON CONFLICT DO UPDATE SET times = times + 1`,
        meta.stream,
        meta.revision,
        type,
        ...(version > 1 ? [meta.recordedAt] : []),
      );
    },
  });

export interface Seen {
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly times: number;
}

export const seenRows = 'SELECT stream, revision, type, times FROM {events} ORDER BY stream, revision';
