/**
 * 刪除個人資料: what is kept of a person, or of who applied for a review, becomes unreadable for good; the history stays
 * (docs/decisions/0012-forgetting.md). The ID goes from form to form, and into no address, receipt or log.
 *
 * @packageDocumentation
 */
import { type Field, textField } from '../parts/field.js';
import { errorAt, type Shortfall } from '../parts/notice.js';
import { type Html, html } from '../site/html.js';
import type { View } from '../site/view.js';
import type { Deed } from './deed.js';
import type { StaffVisit } from './visit.js';

const fields = (
  { view, visit }: StaffVisit,
  shortfall: Shortfall | undefined,
  lines: ReadonlyArray<Pick<Field, 'name' | 'label' | 'hint' | 'width' | 'maxlength'>>,
): Html =>
  html`${lines.map((line) => {
    const error = errorAt(view, shortfall, line.name);
    return textField(view, {
      ...{ ...line, required: true, value: visit.form.text(line.name) },
      ...(error === undefined ? {} : { error }),
    });
  })}`;

const told = ({ words: { say } }: View, lines: ReadonlyArray<readonly [string, string]>): Html =>
  html`<dl class="facts">${lines.map(
    ([label, value]) => html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`,
  )}</dl><p>${say('deed.forget.text')}</p>`;

const basis = (view: View) =>
  ({
    name: 'legalBasis',
    label: 'deed.legalBasis',
    hint: view.words.say('deed.legalBasis.hint'),
    maxlength: 200,
  }) as const;

export const forgetSubject: Deed = {
  path: '/staff/forgotten-subjects',
  title: 'deed.forgetSubject',
  labels: { nationalId: 'column.nationalId', legalBasis: 'deed.legalBasis' },
  form: async (staff, _, shortfall) =>
    html`<p>${staff.view.words.say('deed.forgetSubject.text')}</p>${fields(staff, shortfall, [
      { name: 'nationalId', label: 'column.nationalId', width: 'short', maxlength: 20 },
      basis(staff.view),
    ])}`,
  prepare: async ({ view, visit }) => {
    const nationalId = visit.form.text('nationalId').trim();
    const legalBasis = visit.form.text('legalBasis').trim();
    return {
      _tag: 'Right',
      right: {
        told: told(view, [
          ['column.nationalId', nationalId],
          ['deed.legalBasis', legalBasis],
        ]),
        send: (options) => visit.client.forgetSubject({ body: { nationalId, legalBasis } }, options),
        // A receipt that said who it was would keep what is to be forgotten.
        facts: [['deed.legalBasis', legalBasis]],
      },
    };
  },
};

export const forgetApplicant: Deed = {
  path: '/staff/forgotten-applicants',
  title: 'deed.forgetApplicant',
  labels: { agencyCode: 'column.agencyCode', review: 'deed.review', legalBasis: 'deed.legalBasis' },
  form: async (staff, _, shortfall) =>
    html`<p>${staff.view.words.say('deed.forgetApplicant.text')}</p>${fields(staff, shortfall, [
      { name: 'agencyCode', label: 'column.agencyCode', width: 'short', maxlength: 10 },
      { name: 'review', label: 'deed.review', hint: staff.view.words.say('deed.review.hint') },
      basis(staff.view),
    ])}`,
  prepare: async ({ view, visit }) => {
    const text = (name: string): string => visit.form.text(name).trim();
    const [agencyCode, review, legalBasis] = [text('agencyCode'), text('review'), text('legalBasis')];
    const lines = [
      ['column.agencyCode', agencyCode],
      ['deed.review', review],
      ['deed.legalBasis', legalBasis],
    ] as const;
    return {
      _tag: 'Right',
      right: {
        told: told(view, lines),
        send: (options) =>
          visit.client.forgetApplicant({ body: { agencyCode, review, legalBasis } }, options),
        facts: lines,
      },
    };
  },
};
