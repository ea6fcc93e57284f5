/**
 * Stores for Mandate: memory, and SQLite as the embedded default.
 *
 * @packageDocumentation
 */
export type { Closeable } from './closeable.js';
export * from './memory/challenge-store.js';
export * from './memory/event-store.js';
export * from './memory/evidence-store.js';
export * from './memory/key-vault.js';
export * from './node/clock.js';
export * from './node/ids.js';
export * from './node/sha256.js';
export * from './sqlite/adapters.js';
export {
  type SqliteChallengeStore,
  type SqliteChallengeStoreOptions,
  sqliteChallengeStore,
} from './sqlite/challenge-store.js';
export {
  type SqliteEventStore,
  type SqliteEventStoreOptions,
  sqliteEventStore,
} from './sqlite/event-store.js';
export { type KeptEvidence, type SqliteEvidenceStore, sqliteEvidenceStore } from './sqlite/evidence-store.js';
export { type SqliteKeyVault, type SqliteKeyVaultOptions, sqliteKeyVault } from './sqlite/key-vault.js';
export type { SqliteAccess, SqliteOptions, Synchronous } from './sqlite/open.js';
export type { RandomBytes } from './vault/subject-key.js';
