/**
 * The pages' own cookies. The session's belongs to the register's interface and only passes through.
 *
 * @packageDocumentation
 */
const pairs = (header: string | null): ReadonlyMap<string, string> =>
  new Map(
    (header ?? '').split(';').flatMap((part): ReadonlyArray<[string, string]> => {
      const at = part.indexOf('=');
      return at <= 0 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1).trim()]];
    }),
  );

export const cookieOf = ({ headers }: Request, name: string): string | undefined =>
  pairs(headers.get('cookie')).get(name);

/** Not readable by script, for this site alone; without `seconds` until the browser is closed, with 0 gone at once. */
export const setCookie = (name: string, value: string, seconds?: number): string =>
  `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Strict${seconds === undefined ? '' : `; Max-Age=${seconds}`}`;
