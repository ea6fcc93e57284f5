/**
 * A field of many lines, with its label, hint and error beside it.
 *
 * @packageDocumentation
 */
import { attribute, type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';
import { fieldId, labelOf } from './field.js';
import { errorAt, type Shortfall } from './notice.js';

export interface TextArea {
  readonly name: string;
  /** Key of the label in the pack. */
  readonly label: string;
  readonly required: boolean;
  readonly value: string;
  readonly rows: number;
  readonly hint?: string;
}

export const textArea = (
  view: View,
  { name, label, required, value, rows, hint }: TextArea,
  shortfall: Shortfall | undefined,
): Html => {
  const id = fieldId(name);
  const error = errorAt(view, shortfall, name);
  const described = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(error === undefined ? [] : [`${id}-error`]),
  ].join(' ');
  // The line end after the tag is none of the value: browsers drop one there.
  return html`<div class="field long${error === undefined ? '' : ' bad'}">${labelOf(view, label, required, id)}${
    hint === undefined ? nothing : html`<p class="hint" id="${id}-hint">${hint}</p>`
  }${error === undefined ? nothing : html`<p class="error" id="${id}-error">${error}</p>`}<textarea id="${id}" name="${name}" rows="${rows}" spellcheck="false"${attribute(
    'aria-describedby',
    described === '' ? undefined : described,
  )}${attribute('aria-invalid', error === undefined ? undefined : 'true')}>
${value}</textarea></div>`;
};
