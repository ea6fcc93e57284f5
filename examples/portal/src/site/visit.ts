/**
 * One request of a browser: what it sent, in which language it reads, and the register's interface in its name.
 *
 * @packageDocumentation
 */
import { forwarding, type RegisterClient, registerClient } from '@mandate/adapters-http/client';
import { type AnswerOptions, jsonAnswer, pageAnswer, seeOther } from './answers.js';
import { cookieOf } from './cookies.js';
import { emptyForm, type FormFields, readForm } from './form.js';
import type { Html } from './html.js';
import { localPath } from './local-path.js';
import type { SiteSettings } from './settings.js';
import type { View } from './view.js';
import { isLang, type Lang, type Words, wordsOf } from './words.js';

export const languageCookie = '__Host-portal-language';

export interface Visit {
  readonly settings: SiteSettings;
  readonly request: Request;
  readonly url: URL;
  readonly words: Words;
  /** What was sent by POST; empty for everything else. */
  readonly form: FormFields;
  /** The register over HTTP, asked with the browser's cookies and the token of its form. */
  readonly client: RegisterClient;
  /** What every page is told; asks who is in. */
  readonly view: () => Promise<View>;
  /** Goes out with the answer. */
  readonly setCookie: (cookie: string) => void;
  readonly page: (page: Html, options?: Pick<AnswerOptions, 'status' | 'headers'>) => Response;
  readonly goTo: (path: string) => Response;
  readonly json: (value: unknown) => Response;
}

const languageOf = (request: Request): Lang => {
  const chosen = cookieOf(request, languageCookie);
  return isLang(chosen) ? chosen : 'zh';
};

/** `undefined` where a form was sent that is none. */
export const beginVisit = async (settings: SiteSettings, request: Request): Promise<Visit | undefined> => {
  const form = request.method === 'POST' ? await readForm(request) : emptyForm;
  if (form === undefined) return undefined;
  const { pack, api, assets, test } = settings;
  const url = new URL(request.url);
  const words = wordsOf(pack, languageOf(request));
  const forwarded = forwarding(request, form.has('csrf') ? form.text('csrf') : undefined);
  const client = registerClient({
    ...forwarded,
    base: `${url.origin}/api`,
    fetch: (asked) => api.fetch(asked),
    retries: 0,
  });
  const own: Array<string> = [];
  const cookies = (): ReadonlyArray<string> => [...forwarded.cookies.received(), ...own];
  const view = async (): Promise<View> => ({
    pack,
    words,
    path: request.method === 'GET' ? localPath(`${url.pathname}${url.search}`) : localPath(url.pathname),
    test:
      test === undefined
        ? undefined
        : { shown: test.drawer.shown, instance: test.instance, anyHour: test.anyHour, script: assets.drawer },
    session: undefined,
    csrf: '',
    assets,
    more: [],
  });
  return {
    settings,
    request,
    url,
    words,
    form,
    client,
    view,
    setCookie: (cookie) => {
      own.push(cookie);
    },
    page: (page, options = {}) => pageAnswer(page, { ...options, cookies: cookies() }),
    goTo: (path) => seeOther(path, cookies()),
    json: (value) => jsonAnswer(value, cookies()),
  };
};
