/**
 * What differs between two days.
 *
 * @packageDocumentation
 */
import { type Html, html, nothing } from '../site/html.js';
import { dateForm } from './date-form.js';
import { type HistoryPlace, tabs } from './place.js';
import { activeList, certificateName, type Difference, fact, functionTags, type Telling } from './telling.js';

export interface DiffQuestion {
  readonly from: string;
  readonly to: string;
  readonly wrong: ReadonlySet<'from' | 'to'>;
}

const section = (title: string, body: Html): Html =>
  html`<section class="panel"><h2>${title}</h2>${body}</section>`;

type Permission = Difference['granted'][number];

/** Functions of each clerk together. */
const byClerk = (telling: Telling, permissions: ReadonlyArray<Permission>, tone: string): Html => {
  const clerks = new Map<string, { readonly person: string; readonly codes: Array<string> }>();
  for (const { clerk, person, function: fn } of permissions) {
    const known = clerks.get(clerk);
    if (known === undefined) clerks.set(clerk, { person, codes: [fn] });
    else known.codes.push(fn);
  }
  return html`<dl class="facts">${[...clerks.values()].map(({ person, codes }) =>
    fact(telling.person(person), functionTags(telling, codes, tone)),
  )}</dl>`;
};

type Clerk = Difference['joined'][number];

const clerkList = (telling: Telling, clerks: ReadonlyArray<Clerk>): Html =>
  html`<dl class="facts">${clerks.map(({ person, credential }) =>
    fact(telling.person(person), certificateName(telling, credential)),
  )}</dl>`;

/** Before and after, of something that there is one of. */
const beforeAfter = <A>(
  telling: Telling,
  change: { readonly from: A | null; readonly to: A | null },
  show: (value: A) => Html | string,
): Html => {
  const { say } = telling.view.words;
  const side = (value: A | null): Html | string => (value === null ? say('diff.nothing') : show(value));
  return html`<dl class="facts">${fact(say('diff.before'), side(change.from))}${fact(say('diff.after'), side(change.to))}</dl>`;
};

const difference = (telling: Telling, diff: Difference): Html => {
  const { say } = telling.view.words;
  const { joined, left, granted, revoked, certificates, activated, deactivated, manager, agency, terms } =
    diff;
  const parts: ReadonlyArray<Html> = [
    ...(agency === null
      ? []
      : [
          section(
            say('diff.agency'),
            beforeAfter(
              telling,
              agency,
              ({ name, status, credential }) =>
                html`${name} <span class="tag plain-tag">${say(`state.${status}`)}</span><br>${certificateName(telling, credential)}`,
            ),
          ),
        ]),
    ...(manager === null
      ? []
      : [
          section(
            say('diff.manager'),
            beforeAfter(
              telling,
              manager,
              ({ person, credential }) =>
                html`${telling.person(person)}<br>${certificateName(telling, credential)}`,
            ),
          ),
        ]),
    ...(terms === null
      ? []
      : [
          section(
            say('diff.terms'),
            beforeAfter(telling, terms, ({ version }) => String(version)),
          ),
        ]),
    ...(joined.length === 0 ? [] : [section(say('diff.joined'), clerkList(telling, joined))]),
    ...(left.length === 0 ? [] : [section(say('diff.left'), clerkList(telling, left))]),
    ...(granted.length === 0 ? [] : [section(say('diff.granted'), byClerk(telling, granted, 'good'))]),
    ...(revoked.length === 0 ? [] : [section(say('diff.revoked'), byClerk(telling, revoked, 'bad'))]),
    ...(certificates.length === 0
      ? []
      : [
          section(
            say('diff.certificates'),
            html`<dl class="facts">${certificates.map(({ holder, from, to }) =>
              fact(
                say(`planner.card.${holder}`),
                html`${certificateName(telling, from)} → ${certificateName(telling, to)}`,
              ),
            )}</dl>`,
          ),
        ]),
    ...(activated.length === 0 ? [] : [section(say('diff.activated'), activeList(telling, activated))]),
    ...(deactivated.length === 0 ? [] : [section(say('diff.deactivated'), activeList(telling, deactivated))]),
  ];
  return parts.length === 0 ? html`<p class="empty">${say('diff.none')}</p>` : html`${parts}`;
};

export const diffBody = (
  telling: Telling,
  place: HistoryPlace,
  { from, to, wrong }: DiffQuestion,
  diff: Difference | undefined,
): Html =>
  html`${tabs(telling.view, place, 'diff')}${dateForm(telling.view, `${place.base}/diff`, [
    { name: 'from', label: 'history.from', value: from, wrong: wrong.has('from'), required: true },
    { name: 'to', label: 'history.to', value: to, wrong: wrong.has('to'), required: true },
  ])}<p class="hint">${telling.view.words.say('history.date.hint')}</p>${
    diff === undefined ? nothing : difference(telling, diff)
  }`;
