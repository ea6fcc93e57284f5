/**
 * Who could do what on a day, by what is known now or was known then.
 *
 * @packageDocumentation
 */
import { type Column, dataTable } from '../parts/table.js';
import { type Html, html, nothing } from '../site/html.js';
import { shortTime } from '../site/times.js';
import { dateForm } from './date-form.js';
import { type HistoryPlace, tabs } from './place.js';
import { type Authority, activeList, certificateName, fact, type Telling } from './telling.js';

export interface AsOfQuestion {
  /** Days, as they were typed. */
  readonly at: string;
  readonly knownAt: string;
  readonly wrong: ReadonlySet<'at' | 'knownAt'>;
}

export const asOfForm = (
  { view }: Pick<Telling, 'view'>,
  { base }: HistoryPlace,
  question: AsOfQuestion,
): Html =>
  dateForm(view, `${base}/as-of`, [
    {
      ...{ name: 'at', label: 'history.date', hint: 'history.date.hint', value: question.at },
      ...{ wrong: question.wrong.has('at'), required: true },
    },
    {
      ...{ name: 'knownAt', label: 'history.knownAt', hint: 'history.knownAt.hint', value: question.knownAt },
      ...{ wrong: question.wrong.has('knownAt'), required: false },
    },
  ]);

const agencyPanel = (telling: Telling, { agency, manager, terms }: Authority): Html => {
  const { say, lang } = telling.view.words;
  if (agency === null) return html`<p class="empty">${say('asOf.none')}</p>`;
  return html`<section class="panel" aria-labelledby="agency"><h2 id="agency">${agency.name}</h2><dl class="facts">${fact(
    say('asOf.state'),
    html`<span class="tag ${agency.status === 'registered' ? 'good' : 'warn'}">${say(`state.${agency.status}`)}</span>`,
  )}${fact(say('panel.agencyCertificate'), certificateName(telling, agency.credential))}${
    manager === null
      ? nothing
      : html`${fact(say('column.managerName'), telling.person(manager.person))}${fact(
          say('panel.managerCertificate'),
          certificateName(telling, manager.credential),
        )}`
  }${
    terms === null
      ? nothing
      : fact(say('change.terms'), `${terms.version}(${shortTime(terms.accepted.recordedAt, lang)})`)
  }</dl></section>`;
};

const blameAt = ({ base }: HistoryPlace, clerk: string, fn: string, { at, knownAt }: AsOfQuestion): string =>
  `${base}/blame?${new URLSearchParams({
    ...{ clerk, function: fn, at },
    ...(knownAt === '' ? {} : { knownAt }),
  })}`;

const clerkTable = (
  telling: Telling,
  place: HistoryPlace,
  { clerks }: Authority,
  question: AsOfQuestion,
): Html => {
  const { say } = telling.view.words;
  const columns: ReadonlyArray<Column> = [
    { label: say('column.name'), kind: 'head' },
    { label: say('clerks.serial') },
    { label: `${say('column.functions')} — ${say('asOf.why')}` },
  ];
  return dataTable({
    caption: say('screen.clerkList.title'),
    columns,
    rows: clerks.map(({ clerk, person, credential, permissions }) => [
      telling.person(person),
      certificateName(telling, credential),
      html`<ul class="cell-list">${permissions.map(
        ({ function: fn }) =>
          html`<li><a href="${blameAt(place, clerk, fn, question)}">${telling.fn(fn)}</a></li>`,
      )}</ul>`,
    ]),
    empty: say('asOf.noClerks'),
  });
};

export const asOfBody = (
  telling: Telling,
  place: HistoryPlace,
  question: AsOfQuestion,
  authority: Authority | undefined,
): Html =>
  html`${tabs(telling.view, place, 'asOf')}${asOfForm(telling, place, question)}${
    authority === undefined
      ? nothing
      : html`${agencyPanel(telling, authority)}${
          authority.agency === null ? nothing : clerkTable(telling, place, authority, question)
        }${
          authority.credentials.length === 0
            ? nothing
            : html`<h2>${telling.view.words.say('asOf.credentials')}</h2>${activeList(telling, authority.credentials)}`
        }`
  }`;
