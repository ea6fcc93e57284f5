/**
 * Name, mail and telephone: of the manager (GEPI-28, 46, 47), or of whoever applies for a review (GEPI-23).
 *
 * @packageDocumentation
 */

import type { FormFields } from '../site/form.js';
import { type Html, html } from '../site/html.js';
import type { View } from '../site/view.js';
import { type Field, textField } from './field.js';
import { errorAt, type Labels, type Shortfall } from './notice.js';

type Line = Pick<
  Field,
  'name' | 'label' | 'required' | 'type' | 'autocomplete' | 'inputmode' | 'maxlength' | 'width'
>;

const contactLines: ReadonlyArray<Line> = [
  { name: 'contact.name', label: 'field.name', required: true, autocomplete: 'name', width: 'medium' },
  {
    name: 'contact.email',
    label: 'field.email',
    required: true,
    type: 'email',
    autocomplete: 'email',
    inputmode: 'email',
  },
  {
    name: 'contact.phone',
    label: 'field.phone',
    required: true,
    type: 'tel',
    autocomplete: 'tel',
    inputmode: 'tel',
    width: 'medium',
  },
  {
    name: 'contact.extension',
    label: 'field.extension',
    required: false,
    inputmode: 'numeric',
    width: 'short',
  },
];

const applicantLines: ReadonlyArray<Line> = [
  {
    name: 'applicant.name',
    label: 'field.applicantName',
    required: true,
    autocomplete: 'name',
    width: 'medium',
  },
  {
    name: 'applicant.phone',
    label: 'field.applicantPhone',
    required: true,
    type: 'tel',
    autocomplete: 'tel',
    inputmode: 'tel',
    width: 'medium',
  },
  {
    name: 'applicant.extension',
    label: 'field.extension',
    required: false,
    inputmode: 'numeric',
    width: 'short',
  },
];

const linesOf = { contact: contactLines, applicant: applicantLines };

/** Keys of their labels, for the list of what is wrong. */
export const personLabels = (kind: keyof typeof linesOf): Labels =>
  Object.fromEntries(linesOf[kind].map(({ name, label }) => [name, label]));

/** The fields of a person, with what was typed before. */
export const personFields = (
  view: View,
  kind: keyof typeof linesOf,
  typed: FormFields,
  shortfall: Shortfall | undefined,
): Html =>
  html`${linesOf[kind].map((line) => {
    const error = errorAt(view, shortfall, line.name);
    return textField(view, {
      ...line,
      value: typed.text(line.name),
      ...(error === undefined ? {} : { error }),
    });
  })}`;

/** As a command brings it; an empty extension is none. */
export interface ContactFields {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly extension?: string;
}

const extensionOf = (typed: FormFields, kind: keyof typeof linesOf): { readonly extension?: string } => {
  const extension = typed.text(`${kind}.extension`).trim();
  return extension === '' ? {} : { extension };
};

export const contactOf = (typed: FormFields): ContactFields => ({
  name: typed.text('contact.name'),
  email: typed.text('contact.email'),
  phone: typed.text('contact.phone'),
  ...extensionOf(typed, 'contact'),
});

export const applicantOf = (typed: FormFields): Omit<ContactFields, 'email'> => ({
  name: typed.text('applicant.name'),
  phone: typed.text('applicant.phone'),
  ...extensionOf(typed, 'applicant'),
});
