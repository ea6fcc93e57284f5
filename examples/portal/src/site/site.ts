/**
 * The pages of a portal as a web-standard `fetch`, before the register's own interface at `/api`.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { errorPage } from '../screens/errors.js';
import { helpPage } from '../screens/help.js';
import { homePage } from '../screens/home.js';
import { testModePage } from '../screens/test-mode.js';
import { assetAnswer, jsonAnswer } from './answers.js';
import { setCookie } from './cookies.js';
import { localPath } from './local-path.js';
import type { SiteSettings } from './settings.js';
import { beginVisit, languageCookie, type Visit } from './visit.js';
import { isLang } from './words.js';

export interface Site {
  /** Never throws. */
  readonly fetch: (request: Request) => Promise<Response>;
}

type Screen = (visit: Visit, path: Readonly<Record<string, string>>) => Promise<Response> | Response;

const year = 31_536_000;

const notFound: Screen = async (visit) =>
  visit.page(errorPage(await visit.view(), 'notFound'), { status: 404 });

const changeLanguage: Screen = (visit) => {
  const to = visit.url.searchParams.get('to');
  if (isLang(to)) visit.setCookie(setCookie(languageCookie, to, year));
  return visit.goTo(localPath(visit.url.searchParams.get('back')));
};

/** Pages over the register's interface. */
export const portalSite = (settings: SiteSettings): Site => {
  const { api, assets, test, onFault } = settings;
  const screen =
    (show: Screen) =>
    async (context: Context): Promise<Response> => {
      const visit = await beginVisit(settings, context.req.raw);
      if (visit === undefined) return new Response('not a form', { status: 415 });
      return show(visit, context.req.param());
    };
  const app = new Hono();
  for (const [path, asset] of assets.files) {
    if (path === assets.drawer && test === undefined) continue;
    app.get(path, () => assetAnswer(asset, !path.endsWith('.svg')));
  }
  app.get(
    '/',
    screen(async (visit) => visit.page(homePage(await visit.view()))),
  );
  app.get(
    '/help',
    screen(async (visit) => visit.page(helpPage(await visit.view()))),
  );
  app.get('/language', screen(changeLanguage));
  if (test !== undefined) {
    app.get(
      '/test-mode',
      screen(async (visit) => visit.page(testModePage(await visit.view()))),
    );
    app.get('/test-mode/cards', () => jsonAnswer(test.drawer.played));
  }
  app.notFound(screen(notFound));
  app.onError(async (error, context) => {
    const reference = randomUUID();
    onFault?.({ reference, error });
    const bare = new Request(context.req.url, { headers: context.req.raw.headers });
    const visit = await beginVisit(settings, bare);
    return visit === undefined
      ? new Response(null, { status: 500 })
      : visit.page(errorPage(await visit.view(), 'broken', reference), { status: 500 });
  });
  const isApi = (path: string): boolean => path === '/api' || path.startsWith('/api/');
  return {
    fetch: async (request) =>
      isApi(new URL(request.url).pathname) ? api.fetch(request) : app.fetch(request),
  };
};
