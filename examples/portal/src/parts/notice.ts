/**
 * What a page has to say before its work: that something was refused, is done, or should be known.
 *
 * @packageDocumentation
 */
import type { Text } from '@mandate/domain';
import { type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';
import { bareLabel, type Words } from '../site/words.js';
import { fieldId } from './field.js';

/** A refusal as a page shows it: nothing personal, and nobody's stack. */
export interface Shortfall {
  readonly text: Text;
  readonly fields: ReadonlyArray<{ readonly path: string; readonly text: Text }>;
  readonly helpdesk?: { readonly name: Text; readonly phone: string; readonly url: string | null };
  /** For the helpdesk. */
  readonly reference?: string;
}

/** The error beside a field; `undefined` where it is right. */
export const errorAt = (view: View, shortfall: Shortfall | undefined, path: string): string | undefined => {
  const found = shortfall?.fields.find((field) => field.path === path);
  return found === undefined ? undefined : view.words.pick(found.text);
};

/** Keys of the labels by the names of the fields, in the order of the form. */
export type Labels = Readonly<Record<string, string>>;

const lineOf = ({ say, pick }: Words, labels: Labels, path: string, text: Text): string => {
  const key = Object.hasOwn(labels, path) ? labels[path] : undefined;
  return key === undefined ? pick(text) : `${bareLabel(say(key))}: ${pick(text)}`;
};

/** As the fields stand on the page, which is how their labels are listed. */
const inOrder = (fields: Shortfall['fields'], labels: Labels): Shortfall['fields'] => {
  const names = Object.keys(labels);
  const placeOf = (path: string): number => (names.includes(path) ? names.indexOf(path) : names.length);
  return [...fields].sort((a, b) => placeOf(a.path) - placeOf(b.path));
};

/** At the top, where it takes the focus; each line names its field and leads to it. */
export const summary = (view: View, shortfall: Shortfall | undefined, labels: Labels = {}): Html => {
  if (shortfall === undefined) return nothing;
  const { say, pick } = view.words;
  const { fields, helpdesk, reference } = shortfall;
  return html`<div class="notice bad" role="alert" tabindex="-1" data-focus autofocus><h2>${say(
    fields.length > 0 ? 'errors.title' : 'errors.refused',
  )}</h2>${
    fields.length > 0
      ? html`<ul>${inOrder(fields, labels).map(
          ({ path, text }) =>
            html`<li><a href="#${fieldId(path)}">${lineOf(view.words, labels, path, text)}</a></li>`,
        )}</ul>`
      : html`<p>${pick(shortfall.text)}</p>`
  }${
    helpdesk === undefined
      ? nothing
      : html`<p class="desk">${say('errors.helpdesk')} <strong>${pick(helpdesk.name)}</strong> ${helpdesk.phone}${
          helpdesk.url === null
            ? nothing
            : html` <a href="${helpdesk.url}" rel="noreferrer">${say('help.site')}</a>`
        }</p>`
  }${reference === undefined ? nothing : html`<p class="reference">${say('errors.reference')}: <code>${reference}</code></p>`}</div>`;
};

export const notice = (kind: 'good' | 'info' | 'warn', body: Html): Html =>
  html`<div class="notice ${kind}" role="status">${body}</div>`;
