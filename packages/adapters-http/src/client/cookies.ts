/**
 * Cookies where no browser keeps them: in Node, and in a server of pages that stands between a browser and the register.
 *
 * @packageDocumentation
 */

export interface CookieJar {
  /** As `Cookie`; `undefined` where there are none. */
  readonly header: () => string | undefined;
  /** Takes `Set-Cookie`. */
  readonly take: (setCookies: ReadonlyArray<string>) => void;
  /** Every `Set-Cookie` that came, as it came: what a server of pages passes on to the browser. */
  readonly received: () => ReadonlyArray<string>;
}

const pairOf = (text: string): readonly [string, string] | undefined => {
  const at = text.indexOf('=');
  return at <= 0 ? undefined : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
};

/** A jar for one host, whose cookies are all for the whole of it. `initial` is a `Cookie` header. */
export const cookieJar = (initial = ''): CookieJar => {
  const cookies = new Map<string, string>();
  const received: string[] = [];
  for (const part of initial.split(';')) {
    const pair = pairOf(part);
    if (pair !== undefined) cookies.set(...pair);
  }
  return {
    header: () =>
      cookies.size === 0 ? undefined : [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    take: (setCookies) => {
      for (const line of setCookies) {
        const pair = pairOf(line.split(';')[0] ?? '');
        if (pair === undefined) continue;
        received.push(line);
        if (/;\s*max-age\s*=\s*0\s*(?:;|$)/i.test(line)) cookies.delete(pair[0]);
        else cookies.set(...pair);
      }
    },
    received: () => [...received],
  };
};
