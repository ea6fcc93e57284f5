/**
 * What every site of pages has: its files, its language, answers to what is not there and to what nobody foresaw.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { errorPage } from '../screens/errors.js';
import { assetAnswer, jsonAnswer } from './answers.js';
import { beginVisit, languageCookie } from './begin-visit.js';
import { setCookie } from './cookies.js';
import { localPath } from './local-path.js';
import { type ReceiptShelf, receiptShelf } from './receipt-shelf.js';
import type { Screen } from './screen.js';
import type { SiteSettings } from './settings.js';
import { isLang } from './words.js';

export interface Site {
  /** Never throws. */
  readonly fetch: (request: Request) => Promise<Response>;
}

/** Adds a page. */
export type Adding = (method: 'GET' | 'POST', path: string, show: Screen) => void;

const year = 31_536_000;
/** As the interface says it. */
const hsts = `max-age=${year}; includeSubDomains`;

const notFound: Screen = (visit) => visit.notFound();

const changeLanguage: Screen = (visit) => {
  const to = visit.url.searchParams.get('to');
  if (isLang(to)) visit.setCookie(setCookie(languageCookie, to, year));
  return visit.goTo(localPath(visit.url.searchParams.get('back')));
};

/** The page for what nobody foresaw; bare where that is broken too. */
const brokenAnswer = async (
  settings: SiteSettings,
  receipts: ReceiptShelf,
  { url, headers }: Request,
  reference: string,
): Promise<Response> => {
  try {
    const visit = await beginVisit(settings, receipts, new Request(url, { headers }));
    if (visit !== undefined)
      return visit.page(errorPage(await visit.view(), 'broken', reference), { status: 500 });
  } catch {
    // It is the page's frame that is broken.
  }
  return new Response(null, { status: 500 });
};

/**
 * Another name of this host, such as 127.0.0.1: cards sign for the one that the pack names, and a page under a name that
 * somebody else may have given to this address gets nothing.
 */
const elsewhere = ({ method }: Request, place: string): Response =>
  method === 'GET' || method === 'HEAD'
    ? new Response(null, { status: 308, headers: { location: place, 'cache-control': 'no-store' } })
    : new Response(null, { status: 421 });

/** A site with the pages that `add` adds; `inner` answers what is under `/api`. */
export const framedSite = (
  settings: SiteSettings,
  addPages: (add: Adding) => void,
  inner?: SiteSettings['api'],
): Site => {
  const { pack, assets, test, onFault } = settings;
  const receipts = receiptShelf(settings.now);
  const screen =
    (show: Screen) =>
    async (context: Context): Promise<Response> => {
      const visit = await beginVisit(settings, receipts, context.req.raw);
      if (visit === undefined) return new Response('not a form', { status: 415 });
      return show(visit, context.req.param());
    };
  const app = new Hono();
  for (const [path, asset] of assets.files) {
    if (path === assets.drawer && test === undefined) continue;
    app.get(path, () => assetAnswer(asset, !path.endsWith('.svg')));
  }
  app.get('/language', screen(changeLanguage));
  if (test !== undefined) app.get(test.cardsAt ?? '/test-mode/cards', () => jsonAnswer(test.drawer.played));
  addPages((method, path, show) => {
    app.on(method, path, screen(show));
  });
  app.notFound(screen(notFound));
  app.onError(async (error, context) => {
    const reference = randomUUID();
    onFault?.({ reference, error });
    return brokenAnswer(settings, receipts, context.req.raw, reference);
  });
  const isInner = (path: string): boolean => path === '/api' || path.startsWith('/api/');
  const { host: own, protocol } = new URL(pack.origin);
  const answered = (request: Request): Response | Promise<Response> => {
    const { host, pathname, search } = new URL(request.url);
    if (host !== own) return elsewhere(request, `${pack.origin}${pathname}${search}`);
    return inner !== undefined && isInner(pathname) ? inner.fetch(request) : app.fetch(request);
  };
  return {
    fetch: async (request) => {
      const answer = await answered(request);
      if (protocol === 'https:') answer.headers.set('strict-transport-security', hsts);
      return answer;
    },
  };
};
