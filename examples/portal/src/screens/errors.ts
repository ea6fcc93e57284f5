/**
 * Pages for what went wrong, in the manual's words where it has some.
 *
 * @packageDocumentation
 */
import type { ClientFault } from '@mandate/adapters-http/client';
import { layout } from '../parts/layout.js';
import { summary } from '../parts/notice.js';
import { type Html, html, nothing } from '../site/html.js';
import { codeOf, shortfallOf, statusOf } from '../site/refusal.js';
import type { View } from '../site/view.js';
import type { Visit } from '../site/visit.js';

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

/** Which refusals have a page of their own. */
export const pageOf: Readonly<Record<string, ErrorPage>> = {
  OUTSIDE_OPENING_HOURS: 'closed',
  TOO_MANY_REQUESTS: 'tooMany',
  NOT_FOUND: 'notFound',
};

/** 「洽詢承辦人」: a unit that is closed for the time being is told whom to call, where the pack has words for it (NHI-19). */
export const closedUnitPage = async (visit: Visit, fault: ClientFault): Promise<Response> => {
  const view = await visit.view();
  const { say, pick } = view.words;
  const desk = view.pack.helpdesks.find(({ ca }) => ca === null);
  const title = say('suspended.title');
  return visit.page(
    layout(view, {
      title,
      crumbs: [{ label: title }],
      body: html`${summary(view, shortfallOf(fault))}<div class="panel"><p><strong>${say('suspended.ask')}</strong></p>${
        desk === undefined ? nothing : html`<p>${pick(desk.name)} <strong>${desk.phone}</strong></p>`
      }<p class="buttons"><a class="button quiet" href="/">${say('link.home')}</a></p></div>`,
    }),
    { status: statusOf(fault) },
  );
};

/** A refusal where there is no form to show it on. */
export const refusedPage = async (visit: Visit, fault: ClientFault): Promise<Response> => {
  const view = await visit.view();
  const code = codeOf(fault);
  const status = statusOf(fault);
  const kind = Object.hasOwn(pageOf, code) ? pageOf[code] : status >= 500 ? 'broken' : undefined;
  if (kind !== undefined) return visit.page(errorPage(view, kind, shortfallOf(fault).reference), { status });
  const title = view.words.say('errors.refused');
  return visit.page(
    layout(view, { title, crumbs: [{ label: title }], body: summary(view, shortfallOf(fault)) }),
    { status },
  );
};
