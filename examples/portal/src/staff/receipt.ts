/**
 * The receipt of what staff did: for the account that did it, in the browser in which it was done, for a while.
 *
 * @packageDocumentation
 */
import { notice } from '../parts/notice.js';
import { receiptPanel } from '../parts/receipt.js';
import { html } from '../site/html.js';
import { clockTime } from '../site/times.js';
import type { StaffScreen } from './visit.js';

export const staffReceiptPath = (id: string): string => `/staff/receipt/${id}`;

export const showStaffReceipt: StaffScreen = ({ visit, view, session, page }, { id = '' }) => {
  const { say } = view.words;
  const found = visit.receipts.find(visit.request, id);
  if (found?.of !== 'staff' || found.account !== session.member.account) {
    const title = say('receipt.title');
    const body = html`<p class="empty">${say('deed.receiptGone')}</p>`;
    return page({ title, crumbs: [{ label: title }], body }, 404);
  }
  const title = say(found.item);
  return page({
    title,
    crumbs: [{ label: title }, { label: say('receipt.title') }],
    body: html`${notice('good', html`<h2>${say('deed.done')}</h2>`)}${receiptPanel(view, {
      number: found.number,
      at: found.at,
      item: title,
      facts: [
        ...found.facts.map(([label, value]) => [say(label), value] as const),
        [say('staff.account'), found.account],
      ],
      until: clockTime(found.until),
    })}<p class="buttons"><a class="button quiet" href="/staff">${say('staff.home')}</a></p>`,
  });
};
