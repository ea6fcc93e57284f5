/**
 * Connections to PostgreSQL, and what it says in the words of this package.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import pg from 'pg';
import { type ProjectionFault, type ProjectionFaultCode, projectionFault } from '../fault.js';
import { messageOf } from '../support/message.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Where the database is. Its server is PostgreSQL 15 or later, its encoding UTF8. */
export interface PostgresDatabase {
  /** `postgresql://user@host:5432/database`; what stands beside it here comes first. */
  readonly connectionString?: string;
  /** A host, or the folder of a Unix socket. */
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  /** As Node's `tls.connect` has it; `true`: the server's certificate must be one that this machine trusts. */
  readonly ssl?: boolean | { readonly ca?: string; readonly cert?: string; readonly key?: string };
  /** The schema that holds the tables, made where it is not there: lower-case letters, digits, `_`. @defaultValue `mandate` */
  readonly schema?: string;
  /** The most connections of one process. @defaultValue 4 */
  readonly connections?: number;
  /** How long a statement may take before it fails. @defaultValue 60000 */
  readonly statementTimeoutMilliseconds?: number;
}

/** Connections, of which a pooler may give each transaction another: nothing is kept on them from one to the next. */
export type Pool = pg.Pool & {
  /** Statements that begin every transaction, with the limits that hold in it. */
  readonly limits: string;
};
export type Client = pg.PoolClient;

/** Rows as arrays or objects; integers as numbers. */
export type Row = Readonly<Record<string, unknown>>;

// -------------------------------------------------------------------------------------
// faults
// -------------------------------------------------------------------------------------

const sqlState = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const codeOf = (state: string): ProjectionFaultCode => {
  if (state === '53100') return 'DATABASE_FULL';
  return state.startsWith('XX') && state !== 'XX000' ? 'DATABASE_CORRUPT' : 'DATABASE_UNAVAILABLE';
};

/** True where the statement is at fault (syntax, types, unknown names, values), not the server or the way to it. */
export const isOfTheStatement = (error: unknown): boolean => /^(0A|21|22|23|42(?!501))/.test(sqlState(error));

/** A table that was there a moment ago was dropped after a swap. */
export const isGone = (error: unknown): boolean => sqlState(error) === '42P01';

/** The server does not know a statement by its name, or knows it already: another's transactions ran on the connection. */
export const isOfNames = (error: unknown): boolean => /^(?:26000|42P05)$/.test(sqlState(error));

/** The connection is gone, by the server's word or without one. */
export const isCut = (error: unknown): boolean =>
  /^(?:08|57P0|$|E[A-Z]+$)/.test(sqlState(error)) && error instanceof Error;

/** Turns whatever a call threw into a {@link ProjectionFault}. Messages of PostgreSQL hold no values; its details do. */
export const toPostgresFault = (error: unknown): ProjectionFault => {
  const message = messageOf(error);
  const state = sqlState(error);
  return projectionFault(codeOf(state), state === '' ? message : `${state}: ${message}`);
};

// -------------------------------------------------------------------------------------
// connections
// -------------------------------------------------------------------------------------

const int8 = 20;

/** An integer of this package is always a safe one. */
const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (oid, format) =>
  oid === int8 ? Number : pg.types.getTypeParser(oid, format);

/** Opens a pool; nothing is connected before the first question. */
export const openPool = (database: PostgresDatabase, idleInTransactionMilliseconds: number): Pool => {
  const { schema: _, connections = 4, statementTimeoutMilliseconds = 60_000, ssl, ...where } = database;
  const pool = new pg.Pool({
    ...where,
    ...(ssl === undefined ? {} : { ssl }),
    max: connections,
    types: { getTypeParser },
    application_name: 'mandate-projections',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    // Statements that are not waited for go out together; see `write.ts`.
    pipeline: true,
    // A server that is gone without a word is given up too, and so is a single statement that has no transaction's limits.
    query_timeout: statementTimeoutMilliseconds + 5_000,
  });
  const ignore = (): void => {
    // A connection that broke is told by the next question; unheard, the event would end the process.
  };
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return Object.assign(pool, {
    limits: [
      `SET LOCAL statement_timeout = ${statementTimeoutMilliseconds}`,
      // A process that stops in the middle of a transaction shall not keep its locks for ever.
      `SET LOCAL idle_in_transaction_session_timeout = ${idleInTransactionMilliseconds}`,
      // A power cut may undo the last commits, rows, checkpoints and leases together; they are made again.
      'SET LOCAL synchronous_commit = off',
    ].join('; '),
  });
};

/** Runs `work` between `begin`, with the pool's limits, and COMMIT on one connection; what it throws undoes it. */
export const transaction = async <A>(
  pool: Pool,
  begin: string,
  work: (client: Client) => Promise<A>,
): Promise<A> => {
  const client = await pool.connect();
  let broken = true;
  try {
    // In one message. Where a connection begins, a pooler refuses such limits, or is told to forget them.
    await client.query(`${begin}; ${pool.limits}`);
    const answer = await work(client);
    await client.query('COMMIT');
    broken = false;
    return answer;
  } catch (error) {
    try {
      await client.query('ROLLBACK');
      broken = false;
    } catch {
      // The connection is of no more use; the server undoes what it began.
    }
    throw error;
  } finally {
    client.release(broken);
  }
};

/** The same with faults as values. */
export const inTransaction = async <A>(
  pool: Pool,
  begin: string,
  work: (client: Client) => Promise<A>,
): Promise<E.Either<ProjectionFault, A>> => {
  try {
    return E.right(await transaction(pool, begin, work));
  } catch (error) {
    return E.left(toPostgresFault(error));
  }
};
