/**
 * 終止機關使用 (GEPI-15: the agency was abolished; NHI-18: it registers anew with another kind of certificate).
 *
 * @packageDocumentation
 */
import { textField } from '../parts/field.js';
import { errorAt } from '../parts/notice.js';
import { html } from '../site/html.js';
import type { Deed } from './deed.js';

export const deregistration: Deed = {
  path: '/staff/agencies/:code/deregistration',
  title: 'deed.deregister',
  labels: { reason: 'agency.reason' },
  form: async ({ view, visit }, _, shortfall) => {
    const error = errorAt(view, shortfall, 'reason');
    return html`<p>${view.words.say('deed.deregister.text')}</p>${textField(view, {
      ...{ name: 'reason', label: 'agency.reason', required: true, value: visit.form.text('reason') },
      ...{ hint: view.words.say('agency.reason.hint'), width: 'medium' },
      ...(error === undefined ? {} : { error }),
    })}`;
  },
  prepare: async ({ view, visit }, code) => {
    const { say } = view.words;
    const reason = visit.form.text('reason').trim();
    const found = await visit.client.agencyHistoryAsOf({ params: { agencyCode: code } });
    const authority = found._tag === 'Right' ? found.right.authority : undefined;
    const name = authority?.agency?.name ?? '';
    const clerks = authority?.clerks.length ?? 0;
    const facts = [
      ['column.agencyCode', code],
      ['column.agencyName', name],
      ['agency.reason', reason],
    ] as const;
    return {
      _tag: 'Right',
      right: {
        told: html`<dl class="facts">${facts.map(
          ([label, value]) => html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`,
        )}<div><dt>${say('planner.card.clerk')}</dt><dd>${say('clerks.all').replace('{n}', String(clerks))}</dd></div></dl><p>${say(
          'deed.deregister.text',
        )}</p>`,
        send: (options) =>
          visit.client.deregisterAgency({ params: { agencyCode: code }, body: { reason } }, options),
        facts,
      },
    };
  },
};
