/**
 * What a call says when it fails, in the words of the port: whether it may be tried again, and which fault it is.
 *
 * The client's own errors have no message where it matters; here every fault says what was called and what came.
 *
 * @packageDocumentation
 */

import { status } from '@grpc/grpc-js';
import { type StoreFault, storeFault } from '@mandate/domain';

/** Why something was not done. */
export type Trouble =
  /** Whether it was done is not known, or it was not: to be tried again. */
  | { readonly _tag: 'Again'; readonly detail: string }
  /** Trying again changes nothing. */
  | { readonly _tag: 'Final'; readonly fault: StoreFault };

export const again = (detail: string): Trouble => ({ _tag: 'Again', detail });
export const final = (code: StoreFault['code'], detail: string): Trouble => ({
  _tag: 'Final',
  fault: storeFault(code, detail),
});

/** The answer of everything that was closed. */
export const closedFault: StoreFault = storeFault('STORE_CLOSED', 'the store was closed');

/** What is said of a stream that somebody deleted for ever. */
export const tombstoneDetail = (stream: string): string =>
  `stream ${stream} was deleted for ever (a tombstone): events of the register are gone`;

interface CallError {
  readonly code: number | undefined;
  readonly details: string;
  readonly exception: string;
}

const callError = (error: unknown): CallError => {
  const fields = new Map<string, unknown>(
    typeof error === 'object' && error !== null
      ? [
          ['code', Reflect.get(error, 'code')],
          ['details', Reflect.get(error, 'details')],
          ['metadata', Reflect.get(error, 'metadata')],
        ]
      : [],
  );
  const metadata: unknown = fields.get('metadata');
  const get: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'get') : undefined;
  const exception: unknown = typeof get === 'function' ? get.call(metadata, 'exception') : [];
  const code = fields.get('code');
  const details = fields.get('details');
  return {
    code: typeof code === 'number' ? code : undefined,
    details:
      typeof details === 'string' && details !== ''
        ? details
        : error instanceof Error && error.message !== ''
          ? error.message
          : 'an error without a word',
    exception: Array.isArray(exception) ? String(exception[0] ?? '') : '',
  };
};

const passing: ReadonlySet<number> = new Set([
  status.CANCELLED,
  status.UNKNOWN,
  status.DEADLINE_EXCEEDED,
  status.ABORTED,
  status.INTERNAL,
  status.UNAVAILABLE,
]);

/** Judges whatever a call threw or a stream emitted. `doing` says what was called, without personal data. */
export const troubleOf = (error: unknown, doing: string): Trouble => {
  const { code, details, exception } = callError(error);
  const detail = `${doing}: ${exception === '' ? '' : `${exception}: `}${details}`;
  switch (exception) {
    case 'not-leader':
      return again(detail);
    case 'stream-deleted':
      return final('STORE_CORRUPT', `${doing}: a tombstone: events of the register are gone`);
    case 'maximum-append-size-exceeded':
      return final('BATCH_INVALID', detail);
    case 'access-denied':
      return final('STORE_UNAVAILABLE', detail);
    default:
      // No code: the connection could not be made, or was given up in this process.
      return code === undefined || passing.has(code) ? again(detail) : final('STORE_UNAVAILABLE', detail);
  }
};
