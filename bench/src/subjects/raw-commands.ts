/** The yardstick: better-sqlite3 by hand, as little as a correct append needs. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openSqlite } from '../lib/sqlite.js';
import { oneByOne, type Series } from '../lib/timing.js';
import { decidePlain, evolvePlain, initialPlain, type PlainEvent, plainHistory } from './plain-agency.js';

export interface CommandParams {
  /** So many streams get a command one after another; the store holds as many more for commands in flight. */
  readonly streams: number;
  readonly eventsPerStream: number;
  /** Commands before those that are measured, on streams of their own: a register is a program that runs for weeks. */
  readonly warmUp: number;
}

export interface RawParams extends CommandParams {
  /** Events as long as the register's sealed and chained ones, rather than of 400 bytes. */
  readonly longEvents?: boolean;
}

/** About what envelope, sealed part and chain add to an event of the register. */
const padding = 'x'.repeat(630);

const schema = `CREATE TABLE events (
  position INTEGER PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL, data TEXT NOT NULL, UNIQUE (stream, version))`;

export const rawCommands = async (
  folder: string,
  { streams, eventsPerStream, warmUp, longEvents = false }: RawParams,
): Promise<{ readonly oneByOne: Series }> => {
  const db = openSqlite(join(folder, 'raw.db'));
  db.exec(schema);
  const insert = db.prepare('INSERT INTO events (stream, version, id, type, data) VALUES (?, ?, ?, ?, ?)');
  const read = db.prepare('SELECT version, data FROM events WHERE stream = ? ORDER BY version').raw();
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');

  const print = (event: PlainEvent): string => JSON.stringify(longEvents ? { ...event, padding } : event);

  begin.run();
  for (let stream = 0; stream < streams * 2 + warmUp; stream++) {
    for (const [version, event] of plainHistory(`A-${stream}`, eventsPerStream).entries()) {
      insert.run(`A-${stream}`, version, randomUUID(), event.type, print(event));
    }
  }
  commit.run();
  db.pragma('wal_checkpoint(TRUNCATE)');

  const command = (index: number): undefined => {
    const stream = `A-${index}`;
    let state = initialPlain;
    let last = -1;
    for (const [version, text] of read.all(stream) as ReadonlyArray<[number, string]>) {
      state = evolvePlain(state, JSON.parse(text) as PlainEvent);
      last = version;
    }
    const decided = decidePlain(state, stream, index);
    begin.run();
    insert.run(stream, last + 1, randomUUID(), decided.type, print(decided));
    commit.run();
  };
  await oneByOne(warmUp, (index) => command(streams * 2 + index));
  const measured = await oneByOne(streams, command);
  db.close();
  return { oneByOne: measured };
};
