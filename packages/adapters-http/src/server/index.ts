/**
 * `@mandate/adapters-http/server`: the register as a web-standard `fetch` handler.
 *
 * @packageDocumentation
 */
export {};
