/**
 * `@mandate/adapters-http/client`: the register's HTTP interface, typed, for browsers and Node.
 *
 * @packageDocumentation
 */
export {};
