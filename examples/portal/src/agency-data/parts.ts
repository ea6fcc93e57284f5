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
import { textArea } from '../parts/text-area.js';
import type { FormFields } from '../site/form.js';
import { flag, type Html, html, nothing } from '../site/html.js';
import { clockTime } from '../site/times.js';
import type { View } from '../site/view.js';
import { type Data, type OnRecord, requestNumber } from './model.js';
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

/** An address is given in parts where the pack names them: 縣市, 鄉鎮市區, 村里, 鄰, 街路門號 (NHI-23, NHI-24). */
export const partsOf = ({ has, say }: View['words'], id: string): ReadonlyArray<string> =>
  has(`parts.${id}`) ? say(`parts.${id}`).split('|') : [];

export const partName = (id: string, at: number): string => `${id}.${at + 1}`;

const inputs = (view: View, form: FormFields, { id, label }: AgencyField, described: Html): Html => {
  const parts = partsOf(view.words, id);
  const name = view.words.pick(label);
  return parts.length === 0
    ? html`<label for="${fieldId(id)}">${name}</label>${described}<input id="${fieldId(id)}" name="${id}" type="text" class="medium" value="${form.text(
        id,
      )}" autocomplete="off" spellcheck="false">`
    : html`<fieldset id="${fieldId(id)}" class="parts"><legend>${name}</legend>${described}${parts.map(
        (part, at) => {
          const own = partName(id, at);
          return html`<span class="part"><label for="${fieldId(own)}">${part}</label><input id="${fieldId(own)}" name="${own}" type="text" class="${
            at === parts.length - 1 ? 'medium' : 'short'
          }" value="${form.text(own)}" autocomplete="off" spellcheck="false"></span>`;
        },
      )}</fieldset>`;
};

/** Name of the box that says what is to change (NHI-23: 先勾選變更登記地址). */
export const tickOf = (id: string): string => `tick.${id}`;

const tick = (view: View, form: FormFields, { id, label }: AgencyField): Html =>
  html`<label class="choice"><input type="checkbox" name="${tickOf(id)}" value="yes"${flag(
    'checked',
    form.text(tickOf(id)) === 'yes',
  )}><span>${view.words.pick(label)}</span></label>`;

const before = ({ words: { has, say } }: View, { fields }: Data, id: string): Html => {
  const value = fields.find((field) => field.id === id)?.value ?? say('data.none');
  return has(`data.before.${id}`) ? html`<p class="hint">${say(`data.before.${id}`)}: ${value}</p>` : nothing;
};

interface OwnFields {
  readonly data: Data;
  readonly form: FormFields;
  readonly evidence: AgencyField['evidence'];
  readonly shortfall: Shortfall | undefined;
}

const own = (view: View, { data, form, evidence, shortfall }: OwnFields): Html =>
  html`${(view.pack.agencyFields ?? [])
    .filter((field) => field.evidence === evidence)
    .map((field) => {
      const error = errorAt(view, shortfall, field.id);
      const described =
        error === undefined ? nothing : html`<p class="error" id="${fieldId(field.id)}-error">${error}</p>`;
      return html`${evidence === 'attachments' ? tick(view, form, field) : nothing}<div class="field${
        error === undefined ? '' : ' bad'
      }">${before(view, data, field.id)}${inputs(view, form, field, described)}</div>`;
    })}`;

const hidden = (view: View, commandId: string): Html =>
  html`${csrfField(view)}<input type="hidden" name="commandId" value="${commandId}">`;

export interface DataForm {
  readonly data: Data;
  readonly form: FormFields;
  readonly commandId: string;
  readonly shortfall: Shortfall | undefined;
}

/** 基本資料變更-不需證明文件 (NHI-24). */
export const plainForm = (view: View, { data, form, commandId, shortfall }: DataForm): Html => {
  const { say } = view.words;
  return html`<form method="post" action="${dataPath}" class="panel" novalidate aria-labelledby="plain">${hidden(
    view,
    commandId,
  )}<h2 id="plain">${say('data.noProof')}</h2>${own(view, { data, form, evidence: 'none', shortfall })}<div class="buttons"><button class="button">${say(
    'button.save',
  )}</button></div></form>`;
};

const file = (view: View, name: string, label: string, error: string | undefined): Html => {
  const id = fieldId(name);
  return html`<div class="field${error === undefined ? '' : ' bad'}"><label for="${id}">${view.words.say(label)}</label>${
    error === undefined ? nothing : html`<p class="error" id="${id}-error">${error}</p>`
  }<input id="${id}" name="${name}" type="file" accept="application/pdf,image/*"></div>`;
};

/** Whose change it is, as the form of the manual begins (NHI-23). */
const whose = ({ words: { say } }: View, { agencyCode, agencyName, organisation }: OnRecord): Html => {
  const lines = [
    ['data.number', say('data.number.later')],
    ['data.agencyCode', agencyCode],
    ['data.businessNumber', organisation.value],
    ['data.agencyName', agencyName],
  ] as const;
  return html`<dl class="facts">${lines.map(([key, value]) => html`<div><dt>${say(key)}</dt><dd>${value}</dd></div>`)}</dl>`;
};

const effectiveOn = (view: View, form: FormFields, shortfall: Shortfall | undefined): Html => {
  const { say } = view.words;
  const id = fieldId('effectiveOn');
  const error = errorAt(view, shortfall, 'effectiveOn');
  return html`<div class="field${error === undefined ? '' : ' bad'}"><label for="${id}">${say(
    'data.effectiveOn',
  )}</label><p class="hint" id="${id}-hint">${say('data.effectiveOn.hint')}</p>${
    error === undefined ? nothing : html`<p class="error" id="${id}-error">${error}</p>`
  }<input id="${id}" name="effectiveOn" type="date" class="short" value="${form.text('effectiveOn')}" aria-describedby="${id}-hint"></div>`;
};

/** 基本資料變更-需證明文件 (NHI-23). */
export const proofForm = (view: View, record: OnRecord, asked: DataForm): Html => {
  const { data, form, commandId, shortfall } = asked;
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
  )}<h2 id="proof">${say('data.proof')}</h2><p class="hint">${say('data.review')}</p>${whose(view, record)}${own(
    view,
    {
      ...{ data, form, evidence: 'attachments', shortfall },
    },
  )}${effectiveOn(view, form, shortfall)}${line('contactName', 'data.contactName')}${line(
    'contactPhone',
    'data.contactPhone',
  )}<h3>${say('data.attachments')}</h3>${file(
    view,
    'document1',
    'data.attachment.one',
    errorAt(view, shortfall, 'document1'),
  )}${file(view, 'document2', 'data.attachment.two', undefined)}${textArea(
    view,
    {
      ...{ name: 'explanation', label: 'data.explanation', required: false },
      ...{ value: form.text('explanation'), rows: 3 },
    },
    shortfall,
  )}<div class="buttons"><button class="button">${say('button.save')}</button></div></form>`;
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
        columns: [
          { label: say('data.number'), kind: 'head' },
          { label: say('column.item') },
          { label: say('column.status') },
          { label: say('data.noteOf') },
        ],
        rows: requests.map(({ id, fields, status, note }) => [
          requestNumber(id),
          fields.map((one) => labelOf(view, one)).join('、'),
          say(statusKeys[status]),
          note ?? '',
        ]),
        empty: '',
      })}`;
};
