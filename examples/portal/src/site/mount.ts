/**
 * A portal under a path of a site that has several. Its pages and its interface know nothing of it: what stands in an address
 * is put there, and its cookies get its name, where requests come in and answers go out.
 *
 * @packageDocumentation
 */
import { passAddress } from '@mandate/adapters-http/node';

export interface Mountable {
  readonly fetch: (request: Request) => Promise<Response>;
}

const hostPrefix = '__Host-';

/** One reader has one language, whichever portal is read. */
const shared: ReadonlySet<string> = new Set(['__Host-portal-language']);

const inside = (header: string, own: string): string =>
  header
    .split(';')
    .map((part) => part.trim())
    .flatMap((part) => {
      const name = part.slice(0, part.indexOf('='));
      if (shared.has(name)) return [part];
      return part.startsWith(own) ? [`${hostPrefix}${part.slice(own.length)}`] : [];
    })
    .join('; ');

const outside = (cookie: string, own: string): string =>
  shared.has(cookie.slice(0, cookie.indexOf('=')))
    ? cookie
    : cookie.replace(new RegExp(`^${hostPrefix}`), own);

/**
 * Attributes of pages that hold addresses. What stands in a page as text, or as the value of a field, has no such quotes in
 * it: both are escaped.
 */
const addresses = / (href|action|formaction|src|data-cards|data-drawer|data-[a-z]+-at)="\/(?!\/)/g;

/** `base` is `/nhi`. The cookies of two portals on one origin would else take each other's place. */
export const mountAt = (base: string, site: Mountable, origin: string): Mountable => {
  const own = `${hostPrefix}${base.slice(1)}-`;
  const requestOf = (request: Request): Request => {
    const url = new URL(request.url);
    url.pathname = url.pathname.slice(base.length) || '/';
    const headers = new Headers(request.headers);
    const cookies = inside(headers.get('cookie') ?? '', own);
    if (cookies === '') headers.delete('cookie');
    else headers.set('cookie', cookies);
    const asked = new Request(url, {
      method: request.method,
      headers,
      signal: request.signal,
      ...(request.body === null ? {} : { body: request.body, duplex: 'half' }),
    } as RequestInit);
    passAddress(request, asked);
    return asked;
  };
  const placeOf = (location: string): string => {
    const path = location.startsWith(`${origin}/`) ? location.slice(origin.length) : location;
    return path.startsWith('/') && !path.startsWith('//') ? `${base}${path}` : location;
  };
  return {
    fetch: async (request) => {
      const answer = await site.fetch(requestOf(request));
      const headers = new Headers(answer.headers);
      headers.delete('set-cookie');
      for (const cookie of answer.headers.getSetCookie()) headers.append('set-cookie', outside(cookie, own));
      const location = headers.get('location');
      if (location !== null) headers.set('location', placeOf(location));
      const page = headers.get('content-type')?.startsWith('text/html') === true;
      const body = page ? (await answer.text()).replace(addresses, ` $1="${base}/`) : answer.body;
      return new Response(body, { status: answer.status, headers });
    },
  };
};
