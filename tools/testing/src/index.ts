export { sharedData } from './shared-data.js';
export { type Need, suiteNeeding } from './suite-needing.js';
