/**
 * The headers of every answer, which keep a browser from doing more with it.
 *
 * @packageDocumentation
 */

/** On everything: nothing is kept, guessed at, framed, run or read by others. */
const always: ReadonlyArray<readonly [string, string]> = [
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
  ['cross-origin-resource-policy', 'same-origin'],
  ['referrer-policy', 'no-referrer'],
  ['x-content-type-options', 'nosniff'],
];

/** A year, as browsers' preload lists ask for. */
const hsts = 'max-age=31536000; includeSubDomains';

export interface HeaderTerms {
  readonly requestId: string;
  readonly https: boolean;
}

/** Sets what every answer has; what is set already stays. */
export const setCommonHeaders = (headers: Headers, { requestId, https }: HeaderTerms): void => {
  for (const [name, value] of always) if (!headers.has(name)) headers.set(name, value);
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  if (!headers.has('x-request-id')) headers.set('x-request-id', requestId);
  if (https) headers.set('strict-transport-security', hsts);
};
