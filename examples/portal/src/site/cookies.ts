/**
 * The pages' own cookies. The session's belongs to the register's interface and only passes through.
 *
 * @packageDocumentation
 */
const valuesOf = (header: string | null, name: string): ReadonlyArray<string> =>
  (header ?? '').split(';').flatMap((part) => {
    const at = part.indexOf('=');
    return at > 0 && part.slice(0, at).trim() === name ? [part.slice(at + 1).trim()] : [];
  });

/** `undefined` also where there are two: which of them is the browser's own cannot be told. */
export const cookieOf = ({ headers }: Request, name: string): string | undefined => {
  const [only, ...others] = valuesOf(headers.get('cookie'), name);
  return others.length === 0 ? only : undefined;
};

/** Not readable by script, for this site alone; without `seconds` until the browser is closed, with 0 gone at once. */
export const setCookie = (name: string, value: string, seconds?: number): string =>
  `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Strict${seconds === undefined ? '' : `; Max-Age=${seconds}`}`;
