/**
 * Pages for what went wrong, in the manual's words where it has some.
 *
 * @packageDocumentation
 */
import { layout } from '../parts/layout.js';
import { type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';

export type ErrorPage = 'notFound' | 'closed' | 'broken' | 'request' | 'tooMany';

export const errorPage = (view: View, kind: ErrorPage, reference?: string): Html => {
  const { say } = view.words;
  const title = say(`error.${kind}.title`);
  return layout(view, {
    title,
    crumbs: [{ label: title }],
    body: html`<div class="panel"><p>${say(`error.${kind}.text`)}</p>${
      kind === 'closed' ? html`<p><strong>${say('login.hours')}</strong></p>` : nothing
    }${
      reference === undefined
        ? nothing
        : html`<p class="reference">${say('errors.reference')}: <code>${reference}</code></p>`
    }<p class="buttons"><a class="button" href="/">${say('link.home')}</a><a class="button quiet" href="/help">${say(
      'help.title',
    )}</a></p></div>`,
  });
};
