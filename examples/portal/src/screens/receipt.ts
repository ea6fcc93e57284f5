/**
 * What a purpose comes to that ends its session: that it is done, and the receipt (GEPI-29, GEPI-46…48). It has an address of its
 * own, so that it can be loaded again without sending the form again.
 *
 * @packageDocumentation
 */
import { type PurposePolicy, purposeOf } from '@mandate/domain';
import { handingOut } from '../delegation/purpose.js';
import { layout } from '../parts/layout.js';
import { notice } from '../parts/notice.js';
import { receiptPanel } from '../parts/receipt.js';
import { serialCode } from '../parts/serial.js';
import { stepKeys, stepper } from '../parts/steps.js';
import { type Html, html, nothing } from '../site/html.js';
import type { FoundReceipt, HolderReceipt } from '../site/receipt-shelf.js';
import type { Page, Screen } from '../site/screen.js';
import { clockTime } from '../site/times.js';
import type { View } from '../site/view.js';
import { commandOf, crumbsOf } from './flow.js';

const base = '/receipt';

export const receiptPath = (id: string): string => `${base}/${id}`;

/** That it is done, by command. */
const doneKeys: Readonly<Record<string, string>> = {
  RegisterAgency: 'message.agencyRegistered',
  ReplaceAgencyCertificate: 'message.agencyReplaced',
  ReplaceManagerCertificate: 'message.managerReplaced',
  ReplaceBothCertificates: 'message.bothReplaced',
};

const factsOf = (
  { words: { say } }: View,
  { agencyCode, cards, newManager }: HolderReceipt,
): ReadonlyArray<readonly [string, Html | string]> => [
  [say('column.agencyCode'), agencyCode],
  ...cards.flatMap(
    ({ role, displayName, serial }): Array<readonly [string, Html | string]> => [
      [say(role === 'agency' ? 'column.agencyName' : 'column.managerName'), displayName],
      ...(serial === ''
        ? []
        : [[`${say(`planner.card.${role}`)} ${say('certificate.serial')}`, serialCode(serial)] as const]),
    ],
  ),
  ...(newManager === undefined
    ? []
    : [[say('change.kind'), say(newManager ? 'receipt.newManager' : 'receipt.samePerson')] as const]),
];

const receiptPage = (view: View, purpose: PurposePolicy, receipt: FoundReceipt & HolderReceipt): Html => {
  const { say, pick } = view.words;
  const command = commandOf(purpose) ?? '';
  const registered = command === 'RegisterAgency';
  const delegation = handingOut(view.pack);
  return layout(view, {
    title: pick(purpose.label),
    crumbs: crumbsOf(view, purpose, say('step.done')),
    current: purpose.id,
    body: html`${stepper(view, purpose, stepKeys(purpose).at(-1) ?? 'step.done')}
${notice(
  'good',
  html`<h2>${Object.hasOwn(doneKeys, command) ? say(doneKeys[command] ?? '') : ''}</h2>${
    registered ? html`<p class="no-print">${say('message.goOnToDelegation')}</p>` : nothing
  }`,
)}
${receiptPanel(view, {
  number: receipt.number,
  at: receipt.at,
  item: pick(purpose.label),
  facts: factsOf(view, receipt),
  until: clockTime(receipt.until),
})}
<p class="buttons">${
      registered && delegation !== undefined
        ? html`<a class="button" href="/${delegation.id}">${pick(delegation.label)}</a>`
        : nothing
    }<a class="button quiet" href="/">${say('link.home')}</a></p>`,
  });
};

/** It was another browser's, its time is over, or there never was one: all the same from here. */
const gonePage = ({ words, ...view }: View): Html => {
  const { say } = words;
  const title = say('receipt.title');
  return layout(
    { ...view, words },
    {
      title,
      crumbs: [{ label: title }],
      body: html`<div class="panel"><p>${say('receipt.gone')}</p><p class="buttons"><a class="button" href="/query-records">${say(
        'screen.records.title',
      )}</a><a class="button quiet" href="/history">${say('history.title')}</a></p></div>`,
    },
  );
};

const show: Screen = async (visit, { id = '' }) => {
  const view = await visit.view();
  const found = visit.receipts.find(visit.request, id);
  const purpose = found?.of === 'holder' ? purposeOf(view.pack, found.purpose) : undefined;
  return found?.of !== 'holder' || purpose === undefined
    ? visit.page(gonePage(view), { status: 404 })
    : visit.page(receiptPage(view, purpose, found));
};

export const receiptPages: ReadonlyArray<Page> = [{ method: 'GET', path: receiptPath(':id'), show }];
