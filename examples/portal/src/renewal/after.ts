/**
 * 展期之後: where the old certificate is on record, and what mends that (MOICA-16, GEPI-42…48).
 *
 * @packageDocumentation
 */
import { type Lockout, purposeOf } from '@mandate/domain';
import type { HolderOnRecord } from '@mandate/projections';
import { dataTable } from '../parts/table.js';
import { type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';

/** What the portal's own pack calls an operation; the way to it is one press. */
const operations = (portal: View, { mending }: Lockout<HolderOnRecord>): Html =>
  html`${(mending?.operations ?? []).map(({ purpose }) => {
    const found = purposeOf(portal.pack, purpose);
    return found === undefined
      ? nothing
      : html`<a href="/${found.id}">${portal.words.pick(found.label)}</a> `;
  })}`;

/** `portal`: the view with the portal's pack, whose operations these are. */
export const afterBody = (
  { words: { say } }: View,
  portal: View,
  lockouts: ReadonlyArray<Lockout<HolderOnRecord>>,
): Html =>
  html`<section aria-labelledby="after"><h2 id="after">${say('renewal.after.title')}</h2><p>${say('renewal.after.text')}</p>${
    lockouts.length === 0
      ? nothing
      : dataTable({
          caption: portal.words.pick(portal.pack.name),
          columns: [
            { label: say('column.agencyName'), kind: 'head' },
            { label: say('renewal.after.role') },
            { label: say('planner.operations') },
          ],
          rows: lockouts.map((lockout) => [
            `${lockout.who.agencyName} (${lockout.who.agencyCode})`,
            say(`planner.card.${lockout.who.holder}`),
            operations(portal, lockout),
          ]),
          empty: '',
        })
  }</section>`;
