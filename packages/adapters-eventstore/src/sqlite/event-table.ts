/**
 * The table of events, its statements, and an append inside a transaction.
 *
 * One table. Its key is the position, so a replay reads the file from front to back; `UNIQUE (stream, revision)`
 * and `UNIQUE (id)` are the rules and the indexes at once. Ids and hashes are text: as blobs they would save 3 %
 * of the file and halve the speed of reading.
 *
 * @packageDocumentation
 */
import {
  type AppendResult,
  type EventToAppend,
  type ExpectedRevision,
  type Page,
  type RecordedEvent,
  type StoreFault,
  type StreamName,
  storeFault,
} from '@mandate/domain';
import type { Database, Statement } from 'better-sqlite3';
import * as E from 'fp-ts/lib/Either.js';
import { asExpected, judge } from '../append-rules.js';
import { printPosition } from '../position.js';
import { sqliteCode } from './faults.js';
import type { FileKind } from './open.js';

// -------------------------------------------------------------------------------------
// table
// -------------------------------------------------------------------------------------

/** How an event store's file is recognised. */
export const eventStoreKind: FileKind = {
  name: 'event store',
  applicationId: 0x4d_44_65_76,
  schemaVersion: 1,
  schema: `
    CREATE TABLE events (
      position INTEGER PRIMARY KEY,
      stream TEXT NOT NULL,
      revision INTEGER NOT NULL,
      id TEXT NOT NULL UNIQUE,
      type TEXT NOT NULL,
      body TEXT NOT NULL,
      hash TEXT NOT NULL,
      UNIQUE (stream, revision)
    ) STRICT`,
};

/** A row as it is read: an array is quicker than an object. */
export type Row = [
  position: number,
  stream: StreamName,
  revision: number,
  id: string,
  type: string,
  body: string,
  hash: string,
];

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

const columns = 'position, stream, revision, id, type, body, hash';

// SQLite plans anew whenever a bare `LIMIT ?` is bound, which takes five times as long as to read the end of a stream.
const limit = 'LIMIT ? + 0';

/** Every statement, prepared once. */
export interface Statements {
  readonly insert: Statement<[string, number, string, string, string, string]>;
  readonly remove: Statement<[string, number]>;
  readonly last: Statement<[string], number | null>;
  readonly ids: Statement<[string, number, number], string>;
  readonly positionOf: Statement<[string, number], number>;
  readonly head: Statement<[], number | null>;
  readonly count: Statement<[], number>;
  readonly stream: Statement<[string, number, number], Row>;
  readonly all: Statement<[number, number], Row>;
  readonly dataVersion: Statement<[], number>;
}

/** Prepares {@link Statements}. */
export const statementsOf = (db: Database): Statements => ({
  insert: db.prepare<[string, number, string, string, string, string]>(
    'INSERT INTO events (stream, revision, id, type, body, hash) VALUES (?, ?, ?, ?, ?, ?)',
  ),
  remove: db.prepare<[string, number]>('DELETE FROM events WHERE stream = ? AND revision >= ?'),
  last: db.prepare<[string], number | null>('SELECT max(revision) FROM events WHERE stream = ?').pluck(),
  ids: db
    .prepare<[string, number, number], string>(
      'SELECT id FROM events WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision',
    )
    .pluck(),
  positionOf: db
    .prepare<[string, number], number>('SELECT position FROM events WHERE stream = ? AND revision = ?')
    .pluck(),
  head: db.prepare<[], number | null>('SELECT max(position) FROM events').pluck(),
  count: db.prepare<[], number>('SELECT count(*) FROM events').pluck(),
  stream: db
    .prepare<[string, number, number], Row>(
      `SELECT ${columns} FROM events WHERE stream = ? AND revision >= ? ORDER BY revision ${limit}`,
    )
    .raw(),
  all: db
    .prepare<[number, number], Row>(
      `SELECT ${columns} FROM events WHERE position > ? ORDER BY position ${limit}`,
    )
    .raw(),
  dataVersion: db.prepare<[], number>('PRAGMA data_version').pluck(),
});

const recorded = ([position, stream, revision, id, type, body, hash]: Row): RecordedEvent => ({
  position: printPosition(position),
  stream,
  revision,
  id,
  type,
  body,
  hash,
});

/** A page of at most `limit` rows, of which one more was read: it tells whether there is more, and nothing else. */
export const pageOf = (rows: Array<Row>, limit: number): Page => {
  const end = rows.length <= limit;
  if (!end) rows.pop();
  return { events: rows.map(recorded), end };
};

// -------------------------------------------------------------------------------------
// append
// -------------------------------------------------------------------------------------

/** Inserts all or, when an id is taken, none. Runs inside a transaction that it shares with others. */
const insertAll = (
  statements: Statements,
  stream: StreamName,
  first: number,
  events: ReadonlyArray<EventToAppend>,
): E.Either<StoreFault, number> => {
  let position = 0;
  let revision = first;
  for (const { id, type, body, hash } of events) {
    try {
      position = Number(statements.insert.run(stream, revision, id, type, body, hash).lastInsertRowid);
      revision += 1;
    } catch (error) {
      // The revision was looked at in this very transaction, so the id alone can be taken.
      if (sqliteCode(error) !== 'SQLITE_CONSTRAINT_UNIQUE') throw error;
      if (revision > first) statements.remove.run(stream, first);
      return E.left(storeFault('EVENT_ID_TAKEN', `event ${id} is in the store already`));
    }
  }
  return E.right(position);
};

/** Appends or refuses, by the rules of the port. Runs inside a transaction, and leaves nothing when it refuses. */
export const appendNow = (
  statements: Statements,
  stream: StreamName,
  expected: ExpectedRevision,
  events: ReadonlyArray<EventToAppend>,
): E.Either<StoreFault, AppendResult> => {
  const last = statements.last.get(stream) ?? -1;
  const verdict = judge(last, expected, events, (from, to) => statements.ids.all(stream, from, to));
  if (verdict._tag === 'Refuse') return E.right({ _tag: 'Conflict', actual: asExpected(last) });
  if (verdict._tag === 'Repeat') {
    const position = printPosition(statements.positionOf.get(stream, verdict.last) ?? 0);
    return E.right({ _tag: 'Appended', revision: verdict.last, position, idempotent: true });
  }
  const inserted = insertAll(statements, stream, verdict.first, events);
  return E.isLeft(inserted)
    ? inserted
    : E.right({
        _tag: 'Appended',
        revision: verdict.first + events.length - 1,
        position: printPosition(inserted.right),
        idempotent: false,
      });
};
