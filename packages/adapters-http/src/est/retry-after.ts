/**
 * How long a server asks to be left alone (RFC 9110 10.2.3).
 *
 * @packageDocumentation
 */

export interface RetryBounds {
  readonly least: number;
  readonly most: number;
  /** Where the server says nothing that can be read. */
  readonly usual: number;
}

/** Seconds from a number or a date of HTTP, within bounds: a server cannot have itself asked without end, or never again. */
export const retrySeconds = (
  header: string | undefined,
  now: number,
  { least, most, usual }: RetryBounds,
): number => {
  const text = header?.trim() ?? '';
  const asked = /^\d{1,9}$/.test(text)
    ? Number(text)
    : /^[A-Z][a-z]{2}, /.test(text)
      ? Math.ceil((Date.parse(text) - now) / 1000)
      : Number.NaN;
  return Math.min(most, Math.max(least, Number.isNaN(asked) ? usual : asked));
};
