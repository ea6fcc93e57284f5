/**
 * A form that asks for days.
 *
 * @packageDocumentation
 */
import { type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';

export interface DayField {
  readonly name: string;
  /** Key of the label. */
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly wrong: boolean;
  readonly required: boolean;
}

const dayField = (
  { words: { say } }: View,
  { name, label, hint, value, wrong, required }: DayField,
): Html => {
  const id = `f-${name}`;
  const described = [...(hint === undefined ? [] : [`${id}-hint`]), ...(wrong ? [`${id}-error`] : [])];
  return html`<div class="field${wrong ? ' bad' : ''}"><label for="${id}">${say(label)}</label>${
    hint === undefined ? nothing : html`<p class="hint" id="${id}-hint">${say(hint)}</p>`
  }${
    wrong ? html`<p class="error" role="alert" id="${id}-error">${say('history.date.wrong')}</p>` : nothing
  }<input id="${id}" name="${name}" type="date" class="short" value="${value}"${
    described.length === 0 ? nothing : html` aria-describedby="${described.join(' ')}"`
  }${required ? html` required` : nothing}${wrong ? html` aria-invalid="true"` : nothing}></div>`;
};

export const dateForm = (view: View, action: string, fields: ReadonlyArray<DayField>): Html =>
  html`<form method="get" action="${action}" class="panel filter" novalidate>${fields.map((field) =>
    dayField(view, field),
  )}<button class="button">${view.words.say('history.show')}</button></form>`;
