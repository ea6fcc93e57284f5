/**
 * `@mandate/testing/card-service`: pcscd with virtual readers in namespaces of its own, and virtual cards in them.
 *
 * @packageDocumentation
 */
export { type Bed, startBed } from './bed.js';
export type { BedCard, BedCardOptions, CardProgram, CardStatus } from './bed-card.js';
export { bedNeed } from './bed-need.js';
export { type RunResult, run } from './run.js';
export { until } from './until.js';
export { within } from './within.js';
