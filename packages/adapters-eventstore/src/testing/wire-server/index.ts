/**
 * A wire-level test server: it speaks EventStoreDB's protocol, keeps its rules, and breaks when it is told to. It is not
 * EventStoreDB, and nothing but tests should run on it.
 *
 * @packageDocumentation
 */
export type { Member } from './context.js';
export { type Door, openDoor } from './door.js';
export type { Fault, FaultCall, Faults } from './faults.js';
export { noJournal } from './journal.js';
export type { Log, LogRecord, Proposed } from './log.js';
export { type Decision, decide, type Expected, stateOf } from './rules.js';
export { defaultMaxAppendSize, startWireServer, type WireServer, type WireServerOptions } from './server.js';
export { type WireStore, type Written, wireStore } from './store.js';
