/**
 * The reader: the component is asked when a card is needed, or before, to see whether all is well.
 *
 * @packageDocumentation
 */
import { flag, type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';

/** Shown at once where there is no drawer, and when the reader was chosen where there is one. */
export const readerPanel = ({ test, component, oldestComponent, words: { say, has } }: View): Html =>
  html`<section class="panel reader" aria-labelledby="reader" data-reader data-none="${say(
    'card.reader.none',
  )}" data-empty="${say('card.reader.empty')}" data-ready="${say('card.reader.ready')}" data-own-pin="${say(
    'card.reader.ownPin',
  )}"${component === undefined ? nothing : html` data-component="${component}"`}${
    oldestComponent === undefined ? nothing : html` data-oldest="${oldestComponent}"`
  }${
    has('fault.3003') ? html` data-too-old="${say('fault.3003')}"` : nothing
  }${flag('hidden', test?.readerFirst === false)}><h2 id="reader">${say(
    'card.source.reader',
  )}</h2><p>${say('card.reader.hint')}</p><p><button type="button" class="button quiet" data-look>${say(
    'card.reader.ask',
  )}</button></p><p class="card-state" role="status" data-reader-state></p>${
    has('fault.3003')
      ? html`<p data-environment hidden><a href="/environment">${say('environment.title')}</a></p>`
      : nothing
  }</section>`;
