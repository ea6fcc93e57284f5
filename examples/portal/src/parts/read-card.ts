/**
 * 讀取憑證: a clerk's card is read without its PIN, and fills in serial and name (GEPI-33, 34). What is read proves nothing;
 * the register looks at the certificate itself.
 *
 * @packageDocumentation
 */
import { type Html, html } from '../site/html.js';
import type { View } from '../site/view.js';

/** Stands in the clerk's form; the drawer or the reader stand before the form. */
export const readCardPanel = ({ words: { say } }: View): Html =>
  html`<div class="read-card" role="group" aria-labelledby="read-card"><h3 id="read-card">${say(
    'clerk.read.title',
  )}</h3><p>${say('hint.insertClerkCard')} ${say('hint.noClerkPin')}</p><noscript><p class="hint">${say(
    'clerk.read.script',
  )}</p></noscript><button type="button" class="button quiet" data-read-card data-working="${say(
    'clerk.read.working',
  )}" data-done="${say('clerk.read.done')}" data-which="${say('clerk.read.which')}" data-unreachable="${say(
    'card.unreachable',
  )}" hidden>${say('button.readCard')}</button><p class="card-state" role="status" data-read-state></p><div data-read-choice></div></div>`;
