/**
 * The one module that names io-ts, so that the decoder can be replaced (docs/architecture.md 3).
 *
 * Everything else in the house imports `t` from here.
 *
 * @packageDocumentation
 */
export * as t from 'io-ts';
