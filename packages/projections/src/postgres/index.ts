/**
 * `@mandate/projections/postgres`: read models on PostgreSQL, shared by several runners. It needs the package `pg`.
 *
 * @packageDocumentation
 */

export type { PostgresDatabase } from './connect.js';
export { postgresReadModelsExist } from './exist.js';
export { type OpenPostgresReadModels, openPostgresReadModels, type PostgresReadModels } from './read.js';
export { createPostgresRunner, type PostgresRunner, type PostgresRunnerSettings } from './runner.js';
export type { PartitionStatus, PostgresProjectionStatus } from './status.js';
