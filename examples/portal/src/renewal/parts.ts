/**
 * Pieces of the renewal's pages.
 *
 * @packageDocumentation
 */
import { printRocDate, type RenewalOffer, type RenewalView } from '@mandate/domain';
import { drawerPanel } from '../parts/drawer-panel.js';
import { lockedCard } from '../parts/locked-card.js';
import { readerPanel } from '../parts/reader-panel.js';
import { serialCode } from '../parts/serial.js';
import { type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';

const day = (view: View, date: RenewalOffer['window']['from']): string =>
  view.words.lang === 'zh' ? printRocDate(date, 'long') : date;

const days = (view: View, { from, to }: RenewalOffer['window']): string =>
  `${day(view, from)} ${view.words.say('renewal.to')} ${day(view, to)}`;

/** 可線上展期期間 and 用戶資料, as the manual has them (MOICA-5). */
export const offerFacts = (view: View, offer: RenewalOffer, more: Html = nothing): Html => {
  const { say } = view.words;
  const line = (key: string, value: string): Html => html`<div><dt>${say(key)}</dt><dd>${value}</dd></div>`;
  return html`<dl class="facts">${line('renewal.window', days(view, offer.window))}${line(
    'renewal.cardNumber',
    offer.cardNumber,
  )}${line('renewal.holder', offer.name)}${line('renewal.original', days(view, offer.original))}${line(
    'renewal.extended',
    days(view, offer.extended),
  )}${more}</dl>`;
};

/** Both serials: what has changed (MOICA-16). */
export const serialFacts = ({ words: { say } }: View, { previous, next }: RenewalView): Html =>
  html`<div><dt>${say('renewal.serial.old')}</dt><dd>${serialCode(previous.serial)}</dd></div>${
    next === null
      ? nothing
      : html`<div><dt>${say('renewal.serial.new')}</dt><dd>${serialCode(next.serial)}</dd></div>`
  }`;

/** 注意事項 (MOICA-9). */
export const notes = ({ words: { say } }: View): Html =>
  html`<h2>${say('renewal.notes')}</h2><ol class="hint">${['stay', 'fail', 'counter'].map(
    (key) => html`<li>${say(`renewal.note.${key}`)}</li>`,
  )}</ol>`;

export interface CardWork {
  /** What the page's script does with the card: reads it, has it sign, or writes it and reads it back. */
  readonly work: 'read' | 'sign' | 'write' | 'check';
  readonly action: string;
  readonly button: string;
  /** Key of what the PIN is for; none is asked without it. */
  readonly pin?: string;
  /** What is to be signed, base64. */
  readonly info?: string;
  /** Fingerprint of the certificate before, lower-case hexadecimal: what a card that was not written still holds. */
  readonly previous?: string;
  /** Ways beside the button. */
  readonly others?: Html;
}

const pinField = ({ words: { say } }: View, key: string): Html =>
  // No name: a form sends what has one, and a PIN goes to the card alone.
  html`<h2>${say(key)}</h2><div class="field" data-pin-field><label for="pin">${say('renewal.pin.ask')}</label><p class="hint" id="pin-hint">${say(
    'renewal.pin.default',
  )}</p><p class="error" id="pin-error" data-pin-error hidden></p><input id="pin" type="password" class="short" autocomplete="off" inputmode="numeric" maxlength="8" required aria-describedby="pin-hint pin-error" data-pin></div><p class="hint">${say(
    'renewal.pin.lock',
  )}</p>`;

/** Drawer and reader, and the form whose script asks the card. */
export const cardWork = (
  view: View,
  { work, action, button, pin, info, previous, others }: CardWork,
): Html => {
  const { say } = view.words;
  return html`<noscript><div class="notice warn">${say('card.script')}</div></noscript>
${drawerPanel(view, 'clerk', pin === undefined ? 'show' : 'how')}${readerPanel(view)}
<form class="panel" method="post" action="${action}" novalidate data-renewal-form="${work}" data-working="${say(
    'renewal.busy.sign',
  )}" data-unsupported="${say('renewal.write.unsupported')}" data-unreachable="${say('card.unreachable')}" data-info="${
    info ?? ''
  }" data-previous="${previous ?? ''}" data-announce="${base}/announce"${lockedCard(view, 'citizen')}>
<input type="hidden" name="certificate" data-certificate><input type="hidden" name="cardNumber" data-card-number><input type="hidden" name="signature" data-signature>
${pin === undefined ? nothing : pinField(view, pin)}
<p class="card-state" role="status" data-card-state></p>
<div class="buttons"><button class="button" data-submit>${say(button)}</button>${others ?? nothing}</div></form>`;
};

const base = '/renewal';

/** A form with nothing but its button. */
export const press = ({ words: { say } }: View, action: string, button: string, quiet = false): Html =>
  html`<form class="buttons" method="post" action="${base}/${action}"><button class="button${quiet ? ' quiet' : ''}">${say(button)}</button></form>`;
