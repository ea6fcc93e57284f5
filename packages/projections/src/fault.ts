/**
 * What can go wrong with read models, as values.
 *
 * @packageDocumentation
 */

/**
 * - `STORE_UNAVAILABLE`, `VAULT_UNAVAILABLE`, `DATABASE_UNAVAILABLE`, `DATABASE_FULL`: passes by itself or when the
 *   operator made room; nothing is half applied, the next call goes on.
 * - `EVENT_CORRUPT`, `CHAIN_BROKEN`, `SEALED_CORRUPT`, `STORE_CORRUPT`: a stored event is not what was written;
 *   everything before it is applied, nothing after.
 * - `AHEAD_OF_STORE`: the read models know events that the store does not; it was restored from an older copy.
 * - `APPLY_FAILED`: the code of one projection failed on an event; the others go on.
 * - `DEFINITION_CHANGED`: the tables of a projection changed and its version did not.
 * - `SUPERSEDED`: a newer version of the projection is live. `NOT_READY`: it was never complete yet.
 * - `QUERY_FAILED`: the code or SQL of a query failed.
 * - `TIME_INVALID`: a time that was asked for is none.
 * - `DATABASE_CORRUPT`: the file is damaged, of another program, or of another version of this one.
 */
export type ProjectionFaultCode =
  | 'STORE_UNAVAILABLE'
  | 'STORE_CORRUPT'
  | 'EVENT_CORRUPT'
  | 'CHAIN_BROKEN'
  | 'SEALED_CORRUPT'
  | 'VAULT_UNAVAILABLE'
  | 'DATABASE_UNAVAILABLE'
  | 'DATABASE_FULL'
  | 'DATABASE_CORRUPT'
  | 'AHEAD_OF_STORE'
  | 'APPLY_FAILED'
  | 'DEFINITION_CHANGED'
  | 'SUPERSEDED'
  | 'NOT_READY'
  | 'QUERY_FAILED'
  | 'WAIT_TIMEOUT'
  | 'TIME_INVALID'
  | 'CLOSED';

/** Where an event stands. */
export interface EventPlace {
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
}

/** A fault of the read models; holds nothing personal. */
export interface ProjectionFault {
  readonly _tag: 'ProjectionFault';
  readonly code: ProjectionFaultCode;
  /** English, for operators. */
  readonly detail: string;
  /** The projection that it is about, where it is about one. */
  readonly projection?: string;
  /** The event that it is about, where it is about one. */
  readonly place?: EventPlace;
}

/** Makes a {@link ProjectionFault}. */
export const projectionFault = (
  code: ProjectionFaultCode,
  detail: string,
  about: { readonly projection?: string; readonly place?: EventPlace } = {},
): ProjectionFault => ({ _tag: 'ProjectionFault', code, detail, ...about });

/** The place of an event, and nothing else of it. */
export const placeOf = (event: EventPlace): EventPlace => ({
  stream: event.stream,
  revision: event.revision,
  position: event.position,
});

const passing: ReadonlySet<ProjectionFaultCode> = new Set([
  'STORE_UNAVAILABLE',
  'VAULT_UNAVAILABLE',
  'DATABASE_UNAVAILABLE',
  'DATABASE_FULL',
]);

/** True for a fault that may be gone when one tries again. */
export const isPassing = (fault: ProjectionFault): boolean => passing.has(fault.code);
