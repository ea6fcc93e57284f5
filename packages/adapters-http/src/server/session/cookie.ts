/**
 * The cookie of a session. `__Host-`: from this very host, over TLS, for all of it (RFC 6265bis 4.1.3.2).
 *
 * @packageDocumentation
 */

/** 256 random bits in base64url. */
const token = /^[A-Za-z0-9_-]{43}$/;

/**
 * The token that a request brings; `undefined` where there is none, where it cannot be one, or where there are two: which of
 * them is the browser's own and which somebody else has put beside it cannot be told.
 */
export const tokenOf = ({ headers }: Request, name: string): string | undefined => {
  const cookies = headers.get('cookie');
  if (cookies === null) return undefined;
  const found = cookies
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
  const [only, ...others] = found;
  return only !== undefined && others.length === 0 && token.test(only) ? only : undefined;
};

const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** Ends with the browser; the server ends it earlier. */
export const cookieWith = (name: string, value: string): string => `${name}=${value}; ${attributes}`;

export const cookieWithout = (name: string): string => `${name}=; Max-Age=0; ${attributes}`;
