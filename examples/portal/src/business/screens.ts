/**
 * 要保機關網路作業 (GEPI-1, 2): what a clerk who is in may use. Every look asks the register anew, as another system would:
 * with a token of its own, and the certificate that the clerk came in with.
 *
 * @packageDocumentation
 */
import { registerClient } from '@mandate/adapters-http/client';
import { menuOf } from '../history/screens.js';
import { layout } from '../parts/layout.js';
import { notice } from '../parts/notice.js';
import type { MenuEntry } from '../parts/permission-tree.js';
import { refusedPage } from '../screens/errors.js';
import { commandOf, pathOf } from '../screens/flow.js';
import type { AnswerOf } from '../site/answer-of.js';
import { type Html, html, nothing } from '../site/html.js';
import type { Page, Screen } from '../site/screen.js';
import type { SessionPanel, View } from '../site/view.js';
import type { Visit } from '../site/visit.js';
import { businessPath } from './path.js';

type Decision = AnswerOf<'decide'>;

const asking = ({ settings: { api, business }, url }: Visit) =>
  registerClient({
    base: `${url.origin}/api`,
    fetch: api.fetch,
    headers: { authorization: `Bearer ${business ?? ''}` },
    csrf: null,
    retries: 0,
  });

/** Of the clerk who is in; for one function, or for all that there are. */
const decide = (visit: Visit, { agencyCode, cards }: SessionPanel, fn?: string) => {
  const [card] = cards;
  return asking(visit).decide({
    body: {
      agency: agencyCode ?? '',
      who: card === undefined ? {} : { certificate: { ca: card.ca, serial: card.serial } },
      ...(fn === undefined ? {} : { function: fn }),
    },
  });
};

const denied = ({ words: { say, pick } }: View, { texts }: Decision): Html =>
  html`<div class="notice bad" role="alert"><h2>${say('business.denied.title')}</h2><p>${
    texts === undefined ? '' : pick(texts)
  }</p><p>${say('login.gate')}</p></div>`;

/** The functions in their groups, as the manager saw them. */
const functionList = (
  { words: { say, pick } }: View,
  entries: ReadonlyArray<MenuEntry>,
  held: ReadonlySet<string>,
): Html => {
  const groups = [...entries.filter(({ kind }) => kind === 'group'), undefined];
  const known = new Set(entries.map(({ code }) => code));
  const gone = [...held].filter((code) => !known.has(code));
  const link = (code: string, label: string): Html =>
    html`<li><a href="${businessPath(code)}">${label}</a></li>`;
  return html`<ul class="cards">${groups.map((group) => {
    const own = entries.filter(
      ({ kind, code, parent }) => kind === 'function' && held.has(code) && parent === (group?.code ?? null),
    );
    const links = [
      ...own.map((entry) => link(entry.code, pick(entry))),
      ...(group === undefined ? gone.map((code) => link(code, code)) : []),
    ];
    return links.length === 0
      ? nothing
      : html`<li class="card"><h3>${group === undefined ? say('business.functions') : pick(group)}</h3><ul class="card-links">${links}</ul></li>`;
  })}</ul>`;
};

/** Pieces of business that a function opens, by the pack's texts: `business.item.enrolment.print-forms` (NHI-26). */
const itemKey = (fn: string, item: string): string => `business.item.${fn}.${item}`;

const itemsOf = ({ pack, words: { say } }: View, fn: string): Html => {
  const items = Object.keys(pack.texts).filter((key) => key.startsWith(itemKey(fn, '')));
  return items.length === 0
    ? nothing
    : html`<ul>${items.map(
        (key) =>
          html`<li><a href="${businessPath(fn, key.slice(itemKey(fn, '').length))}">${say(key)}</a></li>`,
      )}</ul>`;
};

/** Only for a clerk who is in; everybody else is asked for the card. */
const signedIn =
  (
    show: (
      visit: Visit,
      view: View,
      session: SessionPanel,
      asked: { readonly fn: string; readonly item: string },
    ) => Promise<Response>,
  ): Screen =>
  async (visit, { fn = '', item = '' }) => {
    const purpose = visit.settings.pack.purposes.find((one) => commandOf(one) === 'LogIn');
    if (purpose === undefined) return visit.notFound();
    const view = await visit.view();
    const { session } = view;
    return session?.purpose === purpose.id && session.state === 'confirmed'
      ? show(visit, view, session, { fn, item })
      : visit.goTo(pathOf(purpose));
  };

const showAll = signedIn(async (visit, view, session) => {
  const { say } = view.words;
  const answer = await decide(visit, session);
  if (answer._tag === 'Left') return refusedPage(visit, answer.left);
  const { allowed, functions = [] } = answer.right;
  return visit.page(
    layout(view, {
      title: say('login.title'),
      crumbs: [{ label: say('login.title') }],
      area: 'area.business',
      current: 'login',
      body: html`${
        allowed
          ? html`${notice('good', html`<h2>${say('message.loggedIn')}</h2>`)}<h2>${say('business.functions')}</h2>${functionList(
              view,
              await menuOf(visit),
              new Set(functions),
            )}`
          : denied(view, answer.right)
      }<p class="hint">${say('business.nothing')}</p>`,
    }),
    allowed ? {} : { status: 403 },
  );
});

/** A function, or with `item` a piece of the business that it opens: the register is asked for the function either way. */
const showOne = signedIn(async (visit, view, session, { fn, item }) => {
  const { say, pick } = view.words;
  const entry = (await menuOf(visit)).find(({ code, kind }) => code === fn && kind === 'function');
  const answer = await decide(visit, session, fn);
  if (answer._tag === 'Left') return refusedPage(visit, answer.left);
  const { allowed, texts, code } = answer.right;
  const whole = entry === undefined ? fn : pick(entry);
  if (item !== '' && !view.words.has(itemKey(fn, item))) return visit.notFound();
  const title = item === '' ? whole : say(itemKey(fn, item));
  return visit.page(
    layout(view, {
      title,
      crumbs: [
        { label: say('login.title'), href: businessPath() },
        ...(item === '' ? [] : [{ label: whole, href: businessPath(fn) }]),
        { label: title },
      ],
      area: 'area.business',
      current: 'login',
      body: html`${
        allowed
          ? html`${notice('good', html`<h2>${say('business.may')}</h2>`)}${item === '' ? itemsOf(view, fn) : nothing}`
          : html`<div class="notice bad" role="alert"><h2>${say('business.mayNot')}</h2><p>${
              texts === undefined ? '' : pick(texts)
            }</p><p class="reference"><code>${code ?? ''}</code></p></div>`
      }<p class="hint">${say('business.nothing')}</p><p class="buttons"><a class="button quiet" href="${businessPath()}">${say(
        'button.back',
      )}</a></p>`,
    }),
    allowed ? {} : { status: 403 },
  );
});

export const businessPages: ReadonlyArray<Page> = [
  { method: 'GET', path: '/business', show: showAll },
  { method: 'GET', path: '/business/:fn', show: showOne },
  { method: 'GET', path: '/business/:fn/:item', show: showOne },
];
