/**
 * The conformance kit: what every store and vault must do, as cases that any test runner can run.
 *
 * @packageDocumentation
 */
export { type ConformanceCase, casesFor } from './case.js';
export * from './challenge-store.js';
export { crashWriter } from './event-store/crash-writer.js';
export type { EventStoreCase, StoreHarness, WriterProcess } from './event-store/harness.js';
export { eventStoreConformance } from './event-store/index.js';
export * from './evidence-store.js';
export * from './key-vault.js';
