/**
 * The pages of a portal as a web-standard `fetch`, before the register's own interface at `/api`.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import { type PurposePolicy, purposeOf } from '@mandate/domain';
import { type Context, Hono } from 'hono';
import { renewalPages } from '../renewal/screens.js';
import { showCard, takeCard } from '../screens/card.js';
import { showConfirm, takeConfirm } from '../screens/confirm.js';
import { errorPage } from '../screens/errors.js';
import { helpPage } from '../screens/help.js';
import { homePage } from '../screens/home.js';
import { showResult } from '../screens/result.js';
import { requestReview, showReview } from '../screens/review.js';
import { signedOutPage, signOut } from '../screens/session.js';
import { acceptTerms, startPurpose } from '../screens/terms.js';
import { testModePage } from '../screens/test-mode.js';
import { workPages } from '../screens/work.js';
import { assetAnswer, jsonAnswer } from './answers.js';
import { beginVisit, languageCookie } from './begin-visit.js';
import { setCookie } from './cookies.js';
import { localPath } from './local-path.js';
import { type ReceiptShelf, receiptShelf } from './receipt-shelf.js';
import type { Screen } from './screen.js';
import type { SiteSettings } from './settings.js';
import type { Visit } from './visit.js';
import { isLang } from './words.js';

export interface Site {
  /** Never throws. */
  readonly fetch: (request: Request) => Promise<Response>;
}

const year = 31_536_000;
/** As the interface says it. */
const hsts = `max-age=${year}; includeSubDomains`;

const notFound: Screen = (visit) => visit.notFound();

/** A purpose of the pack; no other word leads anywhere. */
const purposeScreen =
  (show: (visit: Visit, purpose: PurposePolicy, step: string) => Promise<Response>): Screen =>
  (visit, { purpose = '', step = '' }) => {
    const found = purposeOf(visit.settings.pack, purpose);
    return found === undefined ? visit.notFound() : show(visit, found, step);
  };

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

/** Pages over the register's interface. */
export const portalSite = (settings: SiteSettings): Site => {
  const { pack, api, assets, test, onFault } = settings;
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
  app.get('/signed-out', screen(signedOutPage));
  app.post('/sign-out', screen(signOut));
  // Before the purposes, whose addresses are words of the pack.
  const renewal = settings.renewal === undefined ? [] : renewalPages(settings.renewal);
  for (const { method, path, show } of [...workPages, ...renewal]) app.on(method, path, screen(show));
  app.get('/:purpose', screen(purposeScreen(startPurpose)));
  app.post('/:purpose', screen(purposeScreen(acceptTerms)));
  app.get('/:purpose/review', screen(purposeScreen(showReview)));
  app.post('/:purpose/review', screen(purposeScreen(requestReview)));
  app.get('/:purpose/confirm', screen(purposeScreen(showConfirm)));
  app.post('/:purpose/confirm', screen(purposeScreen(takeConfirm)));
  app.get('/:purpose/result', screen(purposeScreen((visit, purpose) => showResult(visit, purpose))));
  app.get('/:purpose/:step', screen(purposeScreen(showCard)));
  app.post('/:purpose/:step', screen(purposeScreen(takeCard)));
  app.notFound(screen(notFound));
  app.onError(async (error, context) => {
    const reference = randomUUID();
    onFault?.({ reference, error });
    return brokenAnswer(settings, receipts, context.req.raw, reference);
  });
  const isApi = (path: string): boolean => path === '/api' || path.startsWith('/api/');
  const { host: own, protocol } = new URL(pack.origin);
  const answered = (request: Request): Response | Promise<Response> => {
    const { host, pathname, search } = new URL(request.url);
    if (host !== own) return elsewhere(request, `${pack.origin}${pathname}${search}`);
    return isApi(pathname) ? api.fetch(request) : app.fetch(request);
  };
  return {
    fetch: async (request) => {
      const answer = await answered(request);
      if (protocol === 'https:') answer.headers.set('strict-transport-security', hsts);
      return answer;
    },
  };
};
