/**
 * `@mandate/projections`: read models of the register, and the runner that feeds them.
 *
 * @packageDocumentation
 */

export * from './authority/followed-index.js';
export { builtIn } from './built-in.js';
export type { ForecastQuestion, HolderOnRecord } from './certificate-inventory/forecast.js';
export { certificateInventory } from './certificate-inventory/projection.js';
export * from './certificate-inventory/query.js';
export { clerkList } from './clerk-list/projection.js';
export * from './clerk-list/query.js';
export { type OpenReadModels, openReadModels } from './database/read.js';
export * from './fault.js';
export { functionHolders } from './function-holders/projection.js';
export * from './function-holders/query.js';
export { people } from './people/projection.js';
export * from './people/query.js';
export { applyDiff, diffOf } from './permission-history/diff.js';
export * from './permission-history/model.js';
export { permissionHistory } from './permission-history/projection.js';
export * from './permission-history/query.js';
export * from './projection.js';
export { all, one, orRefuse, type Question, type Refusal, type Statement } from './reading/question.js';
export type { Answer, Answering, ReadModels, ReadModelsOf } from './reading/read-models.js';
export { registrationHistory } from './registration-history/projection.js';
export * from './registration-history/query.js';
export { reviewQueue } from './review-queue/projection.js';
export * from './review-queue/query.js';
export { type RetryRule, retryPassing } from './runner/follow.js';
export * from './runner/model.js';
export * from './runner/runner.js';
