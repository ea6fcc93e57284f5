/**
 * The frame of the renewal's pages: another programme than the portal's, with words of its own pack.
 *
 * @packageDocumentation
 */
import type { RegisterError, RenewalPack } from '@mandate/domain';
import { layout } from '../parts/layout.js';
import type { Shortfall } from '../parts/notice.js';
import { type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';
import type { Visit } from '../site/visit.js';
import { wordsOf } from '../site/words.js';

export const base = '/renewal';

/** What a page is told, with the words of the renewal's pack before the portal's. */
export const renewalView = async (visit: Visit, { name, texts, helpdesk }: RenewalPack): Promise<View> => {
  const view = await visit.view();
  const pack = {
    ...view.pack,
    name,
    texts: { ...view.pack.texts, ...texts },
    helpdesks: [{ ...helpdesk, ca: null }],
    menu: [],
    purposes: [],
  };
  return { ...view, pack, words: wordsOf(pack, view.words.lang), session: undefined };
};

const side = ({ words: { say } }: View): Html =>
  html`<nav class="menu" aria-label="${say('frame.menu')}"><ul class="menu-groups"><li class="menu-group"><span class="menu-label">${say(
    'renewal.title',
  )}</span><ul><li><a href="${base}">${say('renewal.one.title')}</a></li></ul></li><li class="menu-group menu-back"><ul><li><a href="/">${say(
    'link.home',
  )}</a></li></ul></li></ul></nav>`;

export const renewalPage = (view: View, title: string, body: Html): Html =>
  layout(view, {
    title,
    crumbs: [{ label: title }],
    area: 'renewal.title',
    other: { menu: side(view), panel: nothing, home: { label: view.words.say('renewal.title'), href: base } },
    body,
  });

/** A refusal as a page shows it. */
export const shortfallOf = (error: RegisterError, { helpdesk }: RenewalPack): Shortfall => ({
  text: error,
  fields: (error.fields ?? []).map(({ path, zh, en }) => ({ path, text: { zh, en } })),
  ...(error.helper === 'none' ? {} : { helpdesk }),
});
