/**
 * Stores for Mandate: memory, and SQLite as the embedded default.
 *
 * @packageDocumentation
 */
export * from './memory/event-store.js';
export * from './node/clock.js';
export * from './node/ids.js';
export * from './node/sha256.js';
export {
  type SqliteEventStore,
  type SqliteEventStoreOptions,
  sqliteEventStore,
} from './sqlite/event-store.js';
export type { SqliteOptions, Synchronous } from './sqlite/open.js';
