/**
 * All portals as one `fetch`: the index at the root, each portal under its path, and the addresses that GEPI's pages had when
 * they were alone.
 *
 * @packageDocumentation
 */
import type { Portal } from '../portal.js';
import { assetAnswer, pageAnswer, seeOther } from '../site/answers.js';
import type { Assets } from '../site/assets.js';
import { languageCookie } from '../site/begin-visit.js';
import { cookieOf, setCookie } from '../site/cookies.js';
import { localPath } from '../site/local-path.js';
import { type Mountable, mountAt } from '../site/mount.js';
import { isLang } from '../site/words.js';
import type { Listed } from './entries.js';
import { indexPage } from './index-page.js';

export interface FrontPortal extends Listed {
  readonly portal: Pick<Portal, 'fetch'>;
}

const year = 31_536_000;

const renewalPath = 'renewal';

/** The portal whose addresses are known from before there were others: it answers them without its path. */
const first = 'gepi';

/** `renewal`: the site that answers under `/renewal`. */
export const portalsFront = (
  origin: string,
  assets: Assets,
  portals: ReadonlyArray<FrontPortal>,
  renewal?: Mountable,
): Mountable => {
  const mounted = new Map(
    portals.map(({ id, portal }): [string, Mountable] => [id, mountAt(`/${id}`, portal, origin)]),
  );
  const rest = portals.find(({ id }) => id === first)?.portal;
  const { host } = new URL(origin);

  const own = (request: Request, url: URL): Response | undefined => {
    if (url.pathname === '/language') {
      const to = url.searchParams.get('to');
      const cookies = isLang(to) ? [setCookie(languageCookie, to, year)] : [];
      return seeOther(localPath(url.searchParams.get('back')), cookies);
    }
    if (url.pathname === '/') {
      const chosen = cookieOf(request, languageCookie);
      return pageAnswer(indexPage(isLang(chosen) ? chosen : 'zh', assets, portals));
    }
    const asset = assets.files.get(url.pathname);
    return asset === undefined || url.pathname === assets.drawer
      ? undefined
      : assetAnswer(asset, !url.pathname.endsWith('.svg'));
  };

  return {
    fetch: async (request) => {
      const url = new URL(request.url);
      const alone = async () => rest?.fetch(request) ?? new Response(null, { status: 404 });
      // Under another name of the host: whoever stands at the root leads to the right one, with the path as it came.
      if (url.host !== host) return alone();
      const reads = request.method === 'GET' || request.method === 'HEAD';
      const answer = reads ? own(request, url) : undefined;
      if (answer !== undefined) return answer;
      const [, head = '', ...tail] = url.pathname.split('/');
      if (head === renewalPath && renewal !== undefined) return renewal.fetch(request);
      const portal = mounted.get(head);
      // It stood within a portal before it had a place of its own; a form that was open then is sent on as it is.
      if (portal !== undefined && renewal !== undefined && tail[0] === renewalPath)
        return new Response(null, {
          status: 308,
          headers: { location: `/${tail.join('/')}${url.search}`, 'cache-control': 'no-store' },
        });
      if (portal === undefined) return alone();
      // `/nhi` and `/nhi/` are one page; links within it need the second.
      if (tail.length === 0 && reads) return seeOther(`/${head}/`);
      return portal.fetch(request);
    },
  };
};
