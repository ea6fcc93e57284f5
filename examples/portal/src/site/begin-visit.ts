/**
 * How a visit begins: its form is read, its language known, and a client made that asks in its name.
 *
 * @packageDocumentation
 */
import { forwarding, type RegisterClient, registerClient } from '@mandate/adapters-http/client';
import { passAddress } from '@mandate/adapters-http/node';
import { filesPath } from '../agency-data/path.js';
import { errorPage } from '../screens/errors.js';
import { jsonAnswer, pageAnswer, seeOther } from './answers.js';
import { cookieOf } from './cookies.js';
import { emptyForm, readForm } from './form.js';
import { localPath } from './local-path.js';
import { moreMenu } from './more.js';
import type { ReceiptShelf } from './receipt-shelf.js';
import type { SiteSettings } from './settings.js';
import type { SessionPanel, View } from './view.js';
import type { Visit } from './visit.js';
import { isLang, type Lang, wordsOf } from './words.js';

export const languageCookie = '__Host-portal-language';

const languageOf = (request: Request): Lang => {
  const chosen = cookieOf(request, languageCookie);
  return isLang(chosen) ? chosen : 'zh';
};

type Answered<A> = A extends { readonly _tag: 'Right'; readonly right: infer R } ? R : never;

type SessionView = Answered<Awaited<ReturnType<RegisterClient['session']>>>;

/** The session as pages show it; nothing where nobody is in. */
const panelOf = (session: SessionView | undefined): SessionPanel | undefined => {
  if (session === undefined || session.state === 'none') return undefined;
  const { state, purpose, agencyCode, cards, next, expiresAt } = session;
  if (purpose === null || expiresAt === null) return undefined;
  return { state, purpose, agencyCode, cards, next, until: expiresAt };
};

/** `undefined` where a form was sent that is none. */
export const beginVisit = async (
  settings: SiteSettings,
  receipts: ReceiptShelf,
  request: Request,
): Promise<Visit | undefined> => {
  const takesFiles = new URL(request.url).pathname === filesPath && settings.attachments !== undefined;
  const form = request.method === 'POST' ? await readForm(request, takesFiles) : emptyForm;
  if (form === undefined) return undefined;
  const { pack, api, assets, test } = settings;
  const url = new URL(request.url);
  const words = wordsOf(pack, languageOf(request));
  const forwarded = forwarding(request, form.text('csrf') === '' ? undefined : form.text('csrf'));
  const clientWith = (csrf: string | null): RegisterClient =>
    registerClient({
      ...forwarded,
      csrf,
      base: `${url.origin}/api`,
      fetch: (asked) => {
        passAddress(request, asked);
        return api.fetch(asked);
      },
      retries: 0,
    });
  const client = clientWith(forwarded.csrf);
  const own: Array<string> = [];
  const cookies = (): ReadonlyArray<string> => [...forwarded.cookies.received(), ...own];
  const session = async (): Promise<SessionView | undefined> => {
    const found = await client.session();
    return found._tag === 'Right' && found.right.state !== 'none' ? found.right : undefined;
  };
  const view = async (): Promise<View> => {
    const known = await session();
    return { ...outer(), session: panelOf(known), csrf: known?.csrf ?? '' };
  };
  const outer = (): Omit<View, 'session' | 'csrf'> => ({
    pack,
    words,
    path: request.method === 'GET' ? localPath(`${url.pathname}${url.search}`) : localPath(url.pathname),
    test:
      test === undefined
        ? undefined
        : {
            shown: test.drawer.shown,
            instance: test.instance,
            cardsAt: test.cardsAt ?? '/test-mode/cards',
            anyHour: test.anyHour,
            readerFirst: test.readerFirst,
            healthCards: test.healthCards ?? [],
            testAccounts: test.testAccounts ?? [],
            script: assets.drawer,
          },
    component: settings.component,
    oldestComponent: settings.oldestComponent,
    assets,
    more: moreMenu(pack, words),
  });
  const page: Visit['page'] = (html, options = {}) => pageAnswer(html, { ...options, cookies: cookies() });
  return {
    settings,
    request,
    url,
    words,
    form,
    client,
    begun: (csrf) => clientWith(csrf),
    receipts,
    view,
    setCookie: (cookie) => {
      own.push(cookie);
    },
    page,
    goTo: (path) => seeOther(path, cookies()),
    json: (value) => jsonAnswer(value, cookies()),
    notFound: async () => page(errorPage(await view(), 'notFound'), { status: 404 }),
  };
};
