/**
 * `@mandate/domain/testing`: given/when/then for deciders, for this package's tests and for a portal's own packs.
 *
 * @packageDocumentation
 */
export { type Deciding, type Folding, type Given, given, type Outcome } from './given.js';
export { type MetaOverrides, recorded } from './record.js';
