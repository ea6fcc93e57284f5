/**
 * What is shown at each step of a renewal.
 *
 * @packageDocumentation
 */
import type { RenewalOffer, RenewalTerms, RenewalView } from '@mandate/domain';
import { notice } from '../parts/notice.js';
import type { FormFields } from '../site/form.js';
import { type Html, html, nothing } from '../site/html.js';
import { longTime } from '../site/times.js';
import type { View } from '../site/view.js';
import { base } from './frame.js';
import { shownFields } from './holder-form.js';
import { cardWork, notes, offerFacts, press, serialFacts } from './parts.js';

/** 步驟一 (MOICA-3), with where the CA's own programme is, for cards that cannot be written here (MOICA-1, MOICA-2). */
export const readBody = (view: View): Html => {
  const { say } = view.words;
  return html`<p class="lead">${say('renewal.one.read')}</p>${cardWork(view, {
    work: 'read',
    action: `${base}/card`,
    button: 'renewal.button.ok',
    others: html`<a class="button quiet" href="/help">${say('renewal.button.about')}</a><a class="button quiet" href="/">${say(
      'renewal.button.leave',
    )}</a>`,
  })}<details class="more"><summary>${say('renewal.own.title')}</summary><p>${say('renewal.own.path')}</p><p>${say(
    'renewal.own.install',
  )}</p></details>`;
};

/** 請您確認要做憑證展期的資料 (MOICA-5). */
export const confirmBody = (view: View, offer: RenewalOffer, form: FormFields): Html => {
  const { say } = view.words;
  return html`${offerFacts(view, offer)}${notes(view)}
<form method="post" action="${base}/apply">${shownFields(form)}${[
    'nationalId',
    'era',
    'year',
    'month',
    'day',
  ].map(
    (name) => html`<input type="hidden" name="${name}" value="${form.text(name)}">`,
  )}<div class="buttons"><button class="button">${say('renewal.button.apply')}</button><a class="button quiet" href="${base}">${say(
    'renewal.button.again',
  )}</a><a class="button quiet" href="/">${say('renewal.button.cancel')}</a></div></form><details class="more"><summary>${say(
    'renewal.button.network',
  )}</summary><p>${say('renewal.network.what')}</p></details>`;
};

const paragraphs = (text: string): Html => html`${text.split('\n').map((line) => html`<p>${line}</p>`)}`;

/** 用戶同意條款內容 (MOICA-11). */
export const termsBody = (view: View, terms: RenewalTerms): Html => {
  const { say, lang, pick } = view.words;
  const { text, english, hash, presentedAt } = terms;
  return html`<section class="terms" tabindex="0" aria-label="${pick(terms.title)}">${
    lang === 'en' ? html`<div lang="en">${paragraphs(english)}</div><p>${say('frame.binding')}</p>` : nothing
  }<div lang="zh-Hant-TW">${paragraphs(text)}</div></section>
<div class="buttons"><form method="post" action="${base}/terms"><input type="hidden" name="hash" value="${hash}"><input type="hidden" name="presentedAt" value="${presentedAt}"><button class="button">${say(
    'renewal.button.agree',
  )}</button></form>${press(view, 'disagree', 'renewal.button.disagree', true)}</div>`;
};

/** 展期作業執行中 (MOICA-10): the page asks by itself, and can be asked by hand. */
export const sendBody = (view: View, renewal: RenewalView, waits: number | null): Html => {
  const { say } = view.words;
  const asked = renewal.step === 'submitted';
  // Once by itself; again by itself only when the CA said when.
  const sends = asked ? (waits === null ? '' : String(waits)) : '0';
  return html`${notice(
    'info',
    html`<p>${say(asked ? 'renewal.pending' : 'renewal.busy.long')}</p><p class="hint">${say('renewal.busy.silent')}</p>`,
  )}
<progress aria-label="${say('renewal.busy.sign')}"></progress>
<div class="buttons"><form method="post" action="${base}/submit" data-send="${sends}"><button class="button">${say(
    'renewal.button.resume',
  )}</button></form>${asked ? press(view, 'refer', 'renewal.button.counter', true) : press(view, 'cancel', 'renewal.button.cancel', true)}</div>`;
};

const told = (view: View, renewal: RenewalView): Html => {
  const { say } = view.words;
  if (renewal.step === 'unreadable') return notice('warn', html`<p>${say('renewal.unreadable.what')}</p>`);
  return renewal.found === 'previous'
    ? notice('warn', html`<p>${say('renewal.previous.what')}</p>`)
    : notice('good', html`<p>${say('renewal.step.issued')}</p>`);
};

/** 展期新憑證寫入IC卡 (MOICA-14). */
export const writeBody = (view: View, renewal: RenewalView): Html =>
  html`${told(view, renewal)}${cardWork(view, {
    work: 'write',
    action: `${base}/confirm`,
    button: 'renewal.button.ok',
    pin: 'renewal.pin.write',
    previous: renewal.previous.fingerprint,
  })}${press(view, 'refer', 'renewal.button.counter', true)}${notes(view)}`;

/** A write that was begun and never confirmed: the card is read before anything else. */
export const checkBody = (view: View, renewal: RenewalView): Html =>
  html`<div class="notice bad" role="alert"><h2>${view.words.say('renewal.step.writing')}</h2><p>${view.words.say(
    'renewal.writing.what',
  )}</p></div>${cardWork(view, {
    work: 'check',
    action: `${base}/confirm`,
    button: 'renewal.button.check',
    previous: renewal.previous.fingerprint,
  })}${press(view, 'refer', 'renewal.button.counter', true)}`;

/** 展期作業需用戶簽章 (MOICA-12). */
export const signBody = (view: View, info: string): Html =>
  html`${cardWork(view, {
    work: 'sign',
    action: `${base}/sign`,
    button: 'renewal.button.confirm',
    pin: 'renewal.pin.sign',
    info,
  })}${press(view, 'cancel', 'renewal.button.cancel', true)}${notes(view)}`;

/** Ended without a new certificate on the card. */
export const overBody = (view: View, renewal: RenewalView): Html => {
  const { say } = view.words;
  const uncertain = renewal.ended?.uncertain === true;
  return html`${notice(
    'warn',
    html`<p>${say(`renewal.step.${renewal.step}`)}</p>${
      uncertain ? html`<p>${say('renewal.uncertain.what')}</p>` : nothing
    }${renewal.step === 'referred' ? html`<p>${say('renewal.note.counter')}</p>` : nothing}`,
  )}<p class="buttons"><a class="button" href="${base}">${say('renewal.one.title')}</a></p>`;
};

/** 收執聯, to print and to save (MOICA-15). */
export const receiptBody = (view: View, renewal: RenewalView): Html => {
  const { say, pick, lang } = view.words;
  return html`${notice('good', html`<h2>${say('renewal.done.title')}</h2>`)}
<article class="receipt" aria-labelledby="receipt"><div class="receipt-head"><h2 class="flush" id="receipt">${say(
    'renewal.receipt.title',
  )}</h2><p class="flush">${pick(view.pack.name)}</p></div>${offerFacts(
    view,
    renewal,
    html`${serialFacts(view, renewal)}<div><dt>${say('renewal.receipt.time')}</dt><dd><time datetime="${renewal.since}">${longTime(
      renewal.since,
      lang,
    )}</time></dd></div><div><dt>${say('renewal.receipt.number')}</dt><dd><code class="serial">${renewal.id}</code></dd></div>`,
  )}<p class="no-print buttons"><button type="button" class="button quiet" data-print hidden>${say('frame.print')}</button><a class="button quiet" href="${base}/receipt.txt" download>${say(
    'renewal.button.save',
  )}</a><a class="button" href="/">${say('renewal.button.finish')}</a></p></article>`;
};
