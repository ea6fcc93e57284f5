/**
 * What staff does to an agency: 暫停使用 and 恢復使用 (GEPI-15: closed for the time being), 終止機關使用 (GEPI-15: it was abolished;
 * NHI-18: it registers anew with another kind of certificate). Each with a reason that is a code and never a story about a
 * person.
 *
 * @packageDocumentation
 */
import type { RegisterClient } from '@mandate/adapters-http/client';
import { textField } from '../parts/field.js';
import { errorAt } from '../parts/notice.js';
import { html } from '../site/html.js';
import type { Deed } from './deed.js';

type Send = RegisterClient['suspendAgency' | 'reopenAgency' | 'deregisterAgency'];

interface AgencyDeed {
  /** Last word of its address. */
  readonly word: string;
  readonly title: string;
  /** Key of what follows from it. */
  readonly text: string;
  readonly canBeUndone: boolean;
  readonly send: (client: RegisterClient) => Send;
}

const agencyDeed = ({ word, title, text, canBeUndone, send }: AgencyDeed): Deed => ({
  path: `/staff/agencies/:code/${word}`,
  title,
  canBeUndone,
  labels: { reason: 'agency.reason' },
  form: async ({ view, visit }, _, shortfall) => {
    const error = errorAt(view, shortfall, 'reason');
    return html`<p>${view.words.say(text)}</p>${textField(view, {
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
          text,
        )}</p>`,
        send: (options) => send(visit.client)({ params: { agencyCode: code }, body: { reason } }, options),
        facts,
      },
    };
  },
});

export const suspension = agencyDeed({
  word: 'suspension',
  title: 'agency.suspend',
  text: 'agency.suspend.text',
  canBeUndone: true,
  send: ({ suspendAgency }) => suspendAgency,
});

export const reopening = agencyDeed({
  word: 'reopening',
  title: 'agency.reopen',
  text: 'agency.reopen.text',
  canBeUndone: true,
  send: ({ reopenAgency }) => reopenAgency,
});

export const deregistration = agencyDeed({
  word: 'deregistration',
  title: 'deed.deregister',
  text: 'deed.deregister.text',
  canBeUndone: false,
  send: ({ deregisterAgency }) => deregisterAgency,
});
