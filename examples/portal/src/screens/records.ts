/**
 * 查詢憑證註冊收件紀錄 (GEPI-50, 51): an agency code in, what was received and what became of it out. No card is needed, and
 * nothing personal is shown.
 *
 * @packageDocumentation
 */
import { textField } from '../parts/field.js';
import { layout } from '../parts/layout.js';
import { errorAt, type Shortfall, summary } from '../parts/notice.js';
import { type Column, dataTable } from '../parts/table.js';
import { type Html, html, nothing } from '../site/html.js';
import { shortDay, shortTime } from '../site/times.js';
import type { View } from '../site/view.js';

/** A line of the records. */
export interface RecordLine {
  readonly receivedAt: string;
  readonly item: string;
  readonly newManager: boolean;
  readonly status: 'completed' | 'pending' | 'approved' | 'rejected' | 'used' | 'superseded';
  readonly validFrom: string | null;
}

export interface Records {
  readonly agencyCode: string;
  readonly agencyName: string;
  readonly items: ReadonlyArray<RecordLine>;
}

/** Which text says it, and how it is coloured. */
const states: Readonly<Record<RecordLine['status'], readonly [key: string, tone: string]>> = {
  completed: ['record.done', 'good'],
  pending: ['record.reviewing', 'warn'],
  approved: ['record.approved', 'good'],
  rejected: ['record.rejected', 'bad'],
  used: ['records.used', 'good'],
  superseded: ['records.superseded', 'plain-tag'],
};

const stateOf = ({ words: { say, lang } }: View, { status, validFrom }: RecordLine): Html => {
  const [key, tone] = states[status];
  return html`<span class="tag ${tone}">${say(key)}</span>${
    status === 'approved' && validFrom !== null
      ? html`<br><span class="hint">${say('records.validFrom')} ${shortDay(validFrom, lang)}</span>`
      : nothing
  }`;
};

const itemOf = ({ pack, words: { say, pick } }: View, { item, newManager }: RecordLine): string => {
  const purpose = pack.purposes.find(({ id }) => id === item);
  const name = purpose === undefined ? say('records.newManager') : pick(purpose.label);
  return newManager && purpose !== undefined ? `${name}(${say('records.newManager')})` : name;
};

const result = (view: View, { agencyCode, agencyName, items }: Records): Html => {
  const { say, lang } = view.words;
  const columns: ReadonlyArray<Column> = [
    { label: say('column.receivedAt'), kind: 'number' },
    { label: say('column.item'), kind: 'head' },
    { label: say('column.status') },
  ];
  return html`<section aria-labelledby="found"><h2 id="found">${say('records.of')}</h2><dl class="facts panel"><div><dt>${say(
    'column.agencyCode',
  )}</dt><dd>${agencyCode}</dd></div><div><dt>${say('column.agencyName')}</dt><dd>${agencyName}</dd></div></dl>${dataTable(
    {
      caption: say('records.of'),
      quiet: true,
      columns,
      rows: [...items]
        .reverse()
        .map((line) => [
          html`<time datetime="${line.receivedAt}">${shortTime(line.receivedAt, lang)}</time>`,
          itemOf(view, line),
          stateOf(view, line),
        ]),
      empty: say('message.noRecords'),
    },
  )}</section>`;
};

export interface RecordsQuestion {
  readonly agencyCode: string;
  /** `undefined` where nothing was asked, or the asking was refused. */
  readonly found: Records | 'none' | undefined;
  readonly shortfall: Shortfall | undefined;
}

export const recordsPage = (view: View, { agencyCode, found, shortfall }: RecordsQuestion): Html => {
  const { say } = view.words;
  const error = errorAt(view, shortfall, 'agencyCode');
  return layout(view, {
    title: say('screen.records.title'),
    crumbs: [{ label: say('crumb.query') }, { label: say('screen.records.title') }],
    current: 'query-records',
    body: html`${summary(view, shortfall, { agencyCode: 'field.recordsAgencyCode' })}<p class="lead">${say('hint.records')}</p>
<form method="get" action="/query-records" class="panel" role="search">${textField(view, {
      name: 'agencyCode',
      label: 'field.recordsAgencyCode',
      required: true,
      value: agencyCode,
      width: 'short',
      maxlength: 10,
      ...(error === undefined ? {} : { error }),
    })}<div class="buttons"><button class="button">${say('button.query')}</button></div></form>
${
  found === undefined
    ? nothing
    : found === 'none'
      ? html`<div class="notice info" role="status"><p>${say('message.noRecords')}</p></div>`
      : result(view, found)
}`,
  });
};
