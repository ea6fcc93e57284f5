/**
 * What was done, to print and to keep.
 *
 * @packageDocumentation
 */
import { type Html, html } from '../site/html.js';
import { longTime } from '../site/times.js';
import type { View } from '../site/view.js';

export interface Receipt {
  /** Id of the first event: by it the register finds what happened. */
  readonly number: string;
  /** ISO 8601. */
  readonly at: string;
  readonly item: string;
  /** Label and value of what else there is to say. */
  readonly facts: ReadonlyArray<readonly [label: string, value: Html | string]>;
  /** Until when the page can be loaded again: `20:36`. */
  readonly until: string;
}

export const receiptPanel = (view: View, { number, at, item, facts, until }: Receipt): Html => {
  const { say, pick, lang } = view.words;
  const lines: ReadonlyArray<readonly [string, Html | string]> = [
    [say('receipt.item'), item],
    [say('receipt.time'), longTime(at, lang)],
    ...facts,
    [say('receipt.number'), html`<code class="serial">${number}</code>`],
  ];
  return html`<article class="receipt" aria-labelledby="receipt"><div class="receipt-head"><h2 class="flush" id="receipt">${say(
    'receipt.title',
  )}</h2><p class="flush">${pick(view.pack.name)}</p></div><dl class="facts">${lines.map(
    ([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`,
  )}</dl><p class="hint no-print">${say('receipt.keep')} ${say('receipt.until').replace('{time}', until)}</p><p class="no-print"><button type="button" class="button quiet" data-print hidden>${say(
    'frame.print',
  )}</button></p></article>`;
};
