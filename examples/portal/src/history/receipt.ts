/**
 * The receipt of a save, from what was recorded: it can be printed at any time, and says what the register says.
 *
 * @packageDocumentation
 */
import { type Html, html } from '../site/html.js';
import { longTime } from '../site/times.js';
import { changePanel } from './change.js';
import { actorName, type Change, fact, type Telling } from './telling.js';

export interface SavedAgency {
  readonly code: string;
  readonly name: string;
}

export const receiptOf = (
  telling: Telling,
  agency: SavedAgency,
  changes: readonly [Change, ...ReadonlyArray<Change>],
): Html => {
  const { view } = telling;
  const { say, pick, lang } = view.words;
  const [{ recordedAt, actor, commandId }] = changes;
  return html`<article class="receipt" aria-labelledby="receipt"><div class="receipt-head"><h2 id="receipt">${say(
    'receipt.title',
  )}</h2><p>${pick(view.pack.name)}</p></div><dl class="facts">${fact(
    say('column.agencyCode'),
    agency.code,
  )}${fact(say('column.agencyName'), agency.name)}${fact(say('change.by'), actorName(telling, actor))}${fact(
    say('receipt.time'),
    longTime(recordedAt, lang),
  )}${fact(say('receipt.number'), html`<code class="serial">${commandId}</code>`)}</dl>${changes.map(
    (change) => changePanel(telling, change),
  )}<p class="hint no-print">${say('receipt.keep')}</p><p class="no-print"><button type="button" class="button quiet" data-print hidden>${say(
    'frame.print',
  )}</button></p></article>`;
};
