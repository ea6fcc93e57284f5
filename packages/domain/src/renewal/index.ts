/**
 * The life of a certificate: opened, extended (展期), replaced (換卡), expired; who is locked out when. Pure functions over
 * data (docs/certificate-life.md).
 *
 * @packageDocumentation
 */
export * from './activation.js';
export * from './ca-rules.js';
export * from './certificate.js';
export * from './forecast.js';
export * from './life.js';
export * from './lockout.js';
export * from './mending.js';
export * from './renew.js';
export * from './succession.js';
export * from './supersession.js';
export * from './usable.js';
export * from './window.js';
