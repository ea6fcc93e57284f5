/**
 * Where a history is shown: that of the session's own agency, or that of any agency for staff. The pages are the same; who
 * asks, where the pages lie and what stands around them is not.
 *
 * @packageDocumentation
 */
import type { ClientFault } from '@mandate/adapters-http/client';
import type { Either } from 'fp-ts/lib/Either.js';
import type { Crumb } from '../parts/layout.js';
import type { AnswerOf } from '../site/answer-of.js';
import { attribute, type Html, html } from '../site/html.js';
import type { View } from '../site/view.js';

type Ask<Q, A> = (query: Q) => Promise<Either<ClientFault, A>>;

export interface HistoryPlace {
  /** `/history`, `/staff/agencies/DM003/history`. */
  readonly base: string;
  /** Where the register's own tables are fetched. */
  readonly exports: { readonly csv: string; readonly jsonLines: string };
  readonly evidenceAt: ((hash: string) => string) | undefined;
  /** Puts the frame around a page. */
  readonly frame: (
    view: View,
    page: { readonly title: string; readonly crumbs: ReadonlyArray<Crumb>; readonly body: Html },
  ) => Html;
  readonly list: Ask<{ clerk?: string; limit?: string; cursor?: string }, AnswerOf<'history'>>;
  readonly asOf: Ask<{ at?: string; knownAt?: string }, AnswerOf<'historyAsOf'>>;
  readonly blame: Ask<
    { clerk: string; function: string; at?: string; knownAt?: string },
    AnswerOf<'historyBlame'>
  >;
  readonly diff: Ask<{ from: string; to: string; knownAt?: string }, AnswerOf<'historyDiff'>>;
}

export type Tab = 'list' | 'asOf' | 'diff';

const paths: Readonly<Record<Tab, string>> = { list: '', asOf: '/as-of', diff: '/diff' };

/** 異動歷程 / 某日狀態 / 兩日差異. */
export const tabs = ({ words: { say } }: View, { base }: HistoryPlace, current: Tab): Html =>
  html`<nav aria-label="${say('history.title')}"><ul class="tabs">${(['list', 'asOf', 'diff'] as const).map(
    (tab) =>
      html`<li><a class="tab" href="${base}${paths[tab]}"${attribute('aria-current', tab === current ? 'page' : undefined)}>${say(
        `history.tab.${tab}`,
      )}</a></li>`,
  )}</ul></nav>`;
