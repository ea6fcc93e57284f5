/**
 * The packs: one portal each.
 *
 * @packageDocumentation
 */
export * from './check.js';
export * from './define.js';
export * from './doc.js';
export * from './ecpa.js';
export { frameTexts } from './frame-texts.js';
export * from './gepi.js';
export * from './gepi-catalogue.js';
export * from './gepi-terms.js';
export { type GepiTextKey, gepiTexts } from './gepi-texts.js';
export { historyTexts } from './history-texts.js';
export { moicaRenewal } from './moica.js';
export * from './nhi.js';
export { nhiTexts } from './nhi-texts.js';
export { workTexts } from './work-texts.js';
