/**
 * A field with its label, mark, hint and error beside it.
 *
 * @packageDocumentation
 */
import { attribute, flag, type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';
import { bareLabel } from '../site/words.js';

export interface Field {
  /** Name in the form, and path in the command: `contact.email`. */
  readonly name: string;
  /** Key of the label in the pack. */
  readonly label: string;
  readonly required: boolean;
  readonly value?: string;
  readonly error?: string;
  readonly hint?: string;
  readonly type?: 'text' | 'email' | 'tel' | 'password';
  readonly autocomplete?: string;
  readonly inputmode?: 'numeric' | 'tel' | 'email' | 'text';
  readonly maxlength?: number;
  /** Filled in by the page's script alone. */
  readonly readonly?: boolean;
  /** `short`, as wide as what belongs into it. */
  readonly width?: 'short' | 'medium' | 'serial' | 'full';
}

/** The id of a field, for the list of errors to lead to. */
export const fieldId = (name: string): string => `f-${name.replaceAll('.', '-')}`;

/** Label with the mark of a mandatory field, 「* 姓名(必填)」 (GEPI-16). */
export const labelOf = ({ words: { say } }: View, key: string, required: boolean, id: string): Html =>
  html`<label for="${id}">${required ? html`<span class="star" aria-hidden="true">*</span> ` : nothing}${bareLabel(
    say(key),
  )}${required ? html`<span class="mark">${say('mark.required')}</span>` : nothing}</label>`;

export const textField = (view: View, field: Field): Html => {
  const id = fieldId(field.name);
  const described = [
    ...(field.hint === undefined ? [] : [`${id}-hint`]),
    ...(field.error === undefined ? [] : [`${id}-error`]),
  ].join(' ');
  return html`<div class="field${field.error === undefined ? '' : ' bad'}">${labelOf(view, field.label, field.required, id)}${
    field.hint === undefined ? nothing : html`<p class="hint" id="${id}-hint">${field.hint}</p>`
  }${
    field.error === undefined ? nothing : html`<p class="error" id="${id}-error">${field.error}</p>`
  }<input id="${id}" name="${field.name}" type="${field.type ?? 'text'}" class="${field.width ?? 'full'}"${attribute(
    'value',
    field.value,
  )}${flag('required', field.required)}${flag('readonly', field.readonly === true)}${attribute('autocomplete', field.autocomplete ?? 'off')}${attribute(
    'inputmode',
    field.inputmode,
  )}${attribute('maxlength', field.maxlength === undefined ? undefined : String(field.maxlength))}${attribute(
    'aria-describedby',
    described === '' ? undefined : described,
  )}${attribute('aria-invalid', field.error === undefined ? undefined : 'true')} spellcheck="false"></div>`;
};
