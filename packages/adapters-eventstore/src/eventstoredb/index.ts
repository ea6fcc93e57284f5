/**
 * The register on EventStoreDB. Needs `@eventstore/db-client` 6.2.1 and `@grpc/grpc-js`, which are optional peers.
 *
 * @packageDocumentation
 */
export { type EventStoreDbEventStore, type EventStoreDbOptions, eventStoreDb } from './event-store.js';
export { type EventStoreDbEvidenceStore, eventStoreDbEvidenceStore } from './evidence-store.js';
export type { FollowItem, StoreNotice } from './subscribe.js';
export type { Tampering } from './tampering.js';
