/**
 * Whether a schema holds read models, for programs that must not make them.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { ProjectionFault } from '../fault.js';
import { openPool, type PostgresDatabase, toPostgresFault } from './connect.js';

/** True where a runner has made its books in the schema. Changes nothing. Faults: those about the database. */
export const postgresReadModelsExist =
  (database: PostgresDatabase): TaskEither<ProjectionFault, boolean> =>
  async () => {
    const pool = openPool(database, 60_000);
    try {
      const { rows } = await pool.query<{ there: boolean }>(
        `SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = $1 AND tablename = 'mandate_migrations') AS there`,
        [database.schema ?? 'mandate'],
      );
      return E.right(rows[0]?.there === true);
    } catch (error) {
      return E.left(toPostgresFault(error));
    } finally {
      await pool.end();
    }
  };
