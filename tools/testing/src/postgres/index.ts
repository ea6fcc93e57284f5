/**
 * `@mandate/testing/postgres`: a PostgreSQL server of one's own.
 *
 * @packageDocumentation
 */
export {
  type PostgresPlace,
  type PostgresServer,
  type PostgresServerOptions,
  postgresNeed,
  startPostgres,
} from './server.js';
