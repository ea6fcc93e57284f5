/**
 * The fields of 使用者憑證登記, beside those of texts.
 *
 * @packageDocumentation
 */
import type { Text } from '@mandate/domain';
import { fieldId, textField } from '../parts/field.js';
import { errorAt, type Shortfall } from '../parts/notice.js';
import { serialCode } from '../parts/serial.js';
import { flag, type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';
import type { Credential, Officer, Typed } from './model.js';

/** Keys of the labels, in the order of the form (DOC-5). */
export const labels = {
  nationalId: 'credential.user.id',
  kind: 'column.kind',
  serial1: 'column.serial1',
  serial2: 'column.serial2',
  cardKind: 'column.cardKind',
  state: 'column.active',
  from: 'field.from',
  to: 'field.to',
};

export interface Choice {
  readonly id: string;
  readonly label: Text;
}

/** One of few, with its mark and its error. */
export const choiceField = (
  view: View,
  name: 'cardKind' | 'state',
  choices: ReadonlyArray<Choice>,
  chosen: string,
  shortfall: Shortfall | undefined,
  more: Html = nothing,
): Html => {
  const { say, pick } = view.words;
  const id = fieldId(name);
  const error = errorAt(view, shortfall, name);
  return html`<fieldset class="field${error === undefined ? '' : ' bad'}" id="${id}" tabindex="-1"><legend><span class="star" aria-hidden="true">*</span> ${say(
    labels[name],
  )}<span class="mark">${say('mark.required')}</span></legend>${
    error === undefined ? nothing : html`<p class="error">${error}</p>`
  }<div class="choices row">${choices.map(
    (choice) =>
      html`<label class="choice"><input type="radio" name="${name}" value="${choice.id}"${flag('checked', choice.id === chosen)}><span>${pick(
        choice.label,
      )}</span></label>`,
  )}</div>${more}</fieldset>`;
};

const day = (view: View, name: 'from' | 'to', typed: Typed, shortfall: Shortfall | undefined): Html => {
  const error = errorAt(view, shortfall, name);
  return textField(view, {
    ...{ name, label: labels[name], required: true, value: typed[name], width: 'short', maxlength: 20 },
    hint: view.words.say('credential.day.hint'),
    ...(error === undefined ? {} : { error }),
  });
};

/**
 * 啟用狀態, and the days once 啟用 is chosen (DOC-8: 「待最下方的日期出現」): the style sheet hides them until then, so that it works
 * without script. `others`: rows that go out for it (DOC-9).
 */
export const stateFields = (
  view: View,
  typed: Typed,
  others: ReadonlyArray<Credential>,
  shortfall: Shortfall | undefined,
): Html => {
  const { texts } = view.pack;
  const { say } = view.words;
  const named = (key: string): Text => texts[key] ?? { zh: key, en: key };
  return html`${choiceField(
    view,
    'state',
    [
      { id: 'inactive', label: named('state.inactive') },
      { id: 'active', label: named('state.active') },
    ],
    typed.state,
    shortfall,
    html`<p class="hint">${say('form.exclusive')}</p>`,
  )}<div class="once-active">${
    others.length === 0
      ? nothing
      : html`<div class="notice warn"><p>${say('credential.others')}</p><ul>${others.map(
          ({ serial1 }) => html`<li>${serialCode(serial1)}</li>`,
        )}</ul></div>`
  }${day(view, 'from', typed, shortfall)}${day(view, 'to', typed, shortfall)}</div>`;
};

/** 「P0230: 許承辦」 as the manual prints it. */
export const officerText = ({
  account,
  name,
}: Pick<Officer, 'account'> & { readonly name: string | null }): string =>
  [account, name].filter((part) => part !== null && part !== '').join(': ');

export const fact = (label: string, value: Html | string): Html =>
  html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
