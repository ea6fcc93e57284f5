export { type HandClock, handClock } from './hand-clock.js';
export { sharedData } from './shared-data.js';
export { type Need, suiteNeeding } from './suite-needing.js';
