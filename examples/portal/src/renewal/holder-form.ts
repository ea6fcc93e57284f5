/**
 * 步驟二: ID number, and the date of birth from lists, also before the Republic (MOICA-4).
 *
 * @packageDocumentation
 */
import { textField } from '../parts/field.js';
import { errorAt, type Shortfall, summary } from '../parts/notice.js';
import type { FormFields } from '../site/form.js';
import { flag, type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';
import { base } from './frame.js';

/** What was chosen, as `RocDate` takes it: 「民國前2年3月4日」. */
export const birthDateOf = (form: FormFields): string => {
  const part = (name: string): string => form.text(name).trim();
  const era = part('era') === 'before' ? '民國前' : '民國';
  return `${era}${part('year')}年${part('month')}月${part('day')}日`;
};

const select = ({ words: { say } }: View, name: string, values: number, chosen: string): Html =>
  html`<label>${say(`renewal.two.${name}`)} <select name="${name}" id="f-${name}" required><option value=""></option>${Array.from(
    { length: values },
    (_, at) => {
      const value = String(at + 1);
      return html`<option value="${value}"${flag('selected', value === chosen)}>${value}</option>`;
    },
  )}</select></label>`;

/** What the card showed goes along: nothing of a renewal is recorded yet. */
export const shownFields = (form: FormFields): Html =>
  html`${['certificate', 'cardNumber'].map(
    (name) => html`<input type="hidden" name="${name}" value="${form.text(name)}">`,
  )}`;

export const holderForm = (view: View, form: FormFields, shortfall?: Shortfall): Html => {
  const { say } = view.words;
  const error = errorAt(view, shortfall, 'nationalId');
  const birth = errorAt(view, shortfall, 'birthDate');
  const before = form.text('era') === 'before';
  const typed = form.text('nationalId');
  return html`${summary(view, shortfall, { nationalId: 'renewal.two.id', birthDate: 'renewal.two.birth' })}
<form class="panel" method="post" action="${base}/holder" novalidate>${shownFields(form)}
<p>${say('renewal.two.ask')}</p>
${textField(view, {
  name: 'nationalId',
  label: 'renewal.two.id',
  required: true,
  width: 'short',
  maxlength: 20,
  hint: say('renewal.two.id.hint'),
  ...(typed === '' ? {} : { value: typed }),
  ...(error === undefined ? {} : { error }),
})}
<fieldset class="field${birth === undefined ? '' : ' bad'}" id="f-birthDate"><legend>${say('renewal.two.birth')}</legend>${
    birth === undefined ? nothing : html`<p class="error">${birth}</p>`
  }<div class="choices"><label class="choice"><input type="radio" name="era" value="before"${flag('checked', before)}><span>${say(
    'renewal.two.before',
  )}</span></label><label class="choice"><input type="radio" name="era" value="roc"${flag('checked', !before)}><span>${say(
    'renewal.two.roc',
  )}</span></label></div><p class="date-lists">${select(view, 'year', 130, form.text('year'))} ${select(view, 'month', 12, form.text('month'))} ${select(view, 'day', 31, form.text('day'))}</p></fieldset>
<div class="buttons"><button class="button">${say('renewal.button.ok')}</button><a class="button quiet" href="${base}">${say(
    'renewal.button.again',
  )}</a></div></form>`;
};
