/**
 * `@mandate/projections`: read models of the register, and the runner that feeds them.
 *
 * @packageDocumentation
 */

export { clerkList } from './clerk-list/projection.js';
export * from './clerk-list/query.js';
export { type OpenReadModels, openReadModels, type ReadModels } from './database/read.js';
export * from './fault.js';
export * from './projection.js';
export { type RetryRule, retryPassing } from './runner/follow.js';
export * from './runner/model.js';
export * from './runner/runner.js';
