/**
 * The terms of use with the time at which the page was handed out (GEPI-12, 13, 14): one button, and no way to refuse but to
 * leave.
 *
 * @packageDocumentation
 */
import type { PurposePolicy } from '@mandate/domain';
import { type Html, html, nothing } from '../site/html.js';
import { longTime } from '../site/times.js';
import type { View } from '../site/view.js';
import { type Shortfall, summary } from './notice.js';
import { csrfField } from './session-panel.js';
import { stepper } from './steps.js';

export interface ShownTerms {
  readonly title: string;
  readonly text: string;
  readonly english: string | null;
  readonly hash: string;
  readonly presentedAt: string;
  readonly receipt: string;
}

const paragraphs = (text: string): Html => html`${text.split('\n').map((line) => html`<p>${line}</p>`)}`;

export const termsForm = (
  view: View,
  purpose: PurposePolicy,
  terms: ShownTerms,
  shortfall?: Shortfall,
): Html => {
  const { say, lang } = view.words;
  const { english, text, hash, presentedAt, receipt } = terms;
  return html`${summary(view, shortfall)}${stepper(view, purpose, 'step.terms')}
<p>${say('screen.terms.read')}</p>
<p class="hint">${say('screen.terms.downloadedAt')}<time datetime="${presentedAt}">${longTime(presentedAt, lang)}</time></p>
<section class="terms" tabindex="0" aria-label="${terms.title}">${
    lang === 'en' && english !== null
      ? html`<div lang="en">${paragraphs(english)}</div><p>${say('frame.binding')}</p>`
      : nothing
  }<div lang="zh-Hant-TW">${paragraphs(text)}</div></section>
<form method="post" action="/${purpose.id}">${csrfField(view)}<input type="hidden" name="hash" value="${hash}"><input type="hidden" name="presentedAt" value="${presentedAt}"><input type="hidden" name="receipt" value="${receipt}"><div class="buttons"><button class="button">${say(
    'button.acceptTerms',
  )}</button></div></form>`;
};
