/**
 * `@mandate/domain/testing`: given/when/then for deciders, for this package's tests and for a portal's own packs; and
 * `saveConfirmation`, for a benchmark that has no time to show as many cards as it needs.
 *
 * @packageDocumentation
 */
export { saveConfirmation } from '../register/confirmation-store.js';
export { type Deciding, type Folding, type Given, given, type Outcome } from './given.js';
export { type MetaOverrides, recorded } from './record.js';
