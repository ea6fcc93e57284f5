/**
 * The pieces of 單位資料查詢及變更: what is on record, the two forms, and what staff was asked for.
 *
 * @packageDocumentation
 */
import type { AgencyField } from '@mandate/domain';
import { fieldId, textField } from '../parts/field.js';
import { errorAt, type Shortfall } from '../parts/notice.js';
import { csrfField } from '../parts/session-panel.js';
import { dataTable } from '../parts/table.js';
import type { FormFields } from '../site/form.js';
import { type Html, html, nothing } from '../site/html.js';
import { clockTime } from '../site/times.js';
import type { View } from '../site/view.js';
import type { Data } from './model.js';
import { dataPath, filesPath } from './path.js';

const labelOf = ({ pack, words: { pick } }: View, id: string): string => {
  const field = pack.agencyFields?.find((one) => one.id === id);
  return field === undefined ? id : pick(field.label);
};

/** 投保單位基本資料. A value that was saved and does not hold yet is told with its time (NHI-22). */
export const currentTable = (view: View, { fields }: Data): Html => {
  const { say } = view.words;
  return html`<section class="panel" aria-labelledby="current"><h2 id="current">${say('data.current')}</h2><dl class="facts">${fields.map(
    ({ id, value, changesAt }) =>
      html`<div><dt>${labelOf(view, id)}</dt><dd>${value ?? say('data.none')}${
        changesAt === null
          ? nothing
          : html` <span class="hint">${say('data.from')} <time datetime="${changesAt}">${clockTime(changesAt)}</time></span>`
      }</dd></div>`,
  )}</dl></section>`;
};

const own = (view: View, form: FormFields, evidence: AgencyField['evidence']): Html =>
  html`${(view.pack.agencyFields ?? [])
    .filter((field) => field.evidence === evidence)
    .map(
      ({ id, label }) =>
        html`<div class="field"><label for="${fieldId(id)}">${view.words.pick(label)}</label><input id="${fieldId(
          id,
        )}" name="${id}" type="text" class="medium" value="${form.text(id)}" autocomplete="off" spellcheck="false"></div>`,
    )}`;

const hidden = (view: View, commandId: string): Html =>
  html`${csrfField(view)}<input type="hidden" name="commandId" value="${commandId}">`;

/** 基本資料變更-不需證明文件 (NHI-24). */
export const plainForm = (
  view: View,
  form: FormFields,
  commandId: string,
  _shortfall: Shortfall | undefined,
): Html => {
  const { say } = view.words;
  return html`<form method="post" action="${dataPath}" class="panel" novalidate aria-labelledby="plain">${hidden(
    view,
    commandId,
  )}<h2 id="plain">${say('data.noProof')}</h2>${own(view, form, 'none')}<div class="buttons"><button class="button">${say(
    'button.save',
  )}</button></div></form>`;
};

const file = (view: View, name: string, label: string, error: string | undefined): Html => {
  const id = fieldId(name);
  return html`<div class="field${error === undefined ? '' : ' bad'}"><label for="${id}">${view.words.say(label)}</label>${
    error === undefined ? nothing : html`<p class="error" id="${id}-error">${error}</p>`
  }<input id="${id}" name="${name}" type="file" accept="application/pdf,image/*"></div>`;
};

/** 基本資料變更-需證明文件 (NHI-23). */
export const proofForm = (
  view: View,
  form: FormFields,
  commandId: string,
  shortfall: Shortfall | undefined,
): Html => {
  const { say } = view.words;
  const line = (name: string, label: string): Html => {
    const error = errorAt(view, shortfall, name);
    return textField(view, {
      ...{ name, label, required: true, value: form.text(name), width: 'medium' },
      ...(error === undefined ? {} : { error }),
    });
  };
  return html`<form method="post" action="${filesPath}" enctype="multipart/form-data" class="panel" novalidate aria-labelledby="proof">${hidden(
    view,
    commandId,
  )}<h2 id="proof">${say('data.proof')}</h2><p class="hint">${say('data.review')}</p>${own(view, form, 'attachments')}${line(
    'contactName',
    'data.contactName',
  )}${line('contactPhone', 'data.contactPhone')}${file(
    view,
    'document1',
    'data.attachment.one',
    errorAt(view, shortfall, 'document1'),
  )}${file(view, 'document2', 'data.attachment.two', undefined)}<div class="buttons"><button class="button">${say(
    'button.save',
  )}</button></div></form>`;
};

const statusKeys = {
  pending: 'record.reviewing',
  approved: 'record.approved',
  rejected: 'record.rejected',
} as const;

export const requestTable = (view: View, { requests }: Data): Html => {
  const { say } = view.words;
  return requests.length === 0
    ? nothing
    : html`<h2>${say('data.requests')}</h2>${dataTable({
        caption: say('data.requests'),
        quiet: true,
        columns: [{ label: say('column.item'), kind: 'head' }, { label: say('column.status') }],
        rows: requests.map(({ fields, status }) => [
          fields.map((id) => labelOf(view, id)).join('、'),
          say(statusKeys[status]),
        ]),
        empty: '',
      })}`;
};
