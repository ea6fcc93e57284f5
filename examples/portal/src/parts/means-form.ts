/**
 * Steps that other means than a certificate prove: which of them, and what is typed for each (NHI-2, NHI-4, ECPA-2). All of it works
 * without script. A password is in no page that is sent back.
 *
 * @packageDocumentation
 */
import { type CardStep, type Means, meansOfStep, type PurposePolicy } from '@mandate/domain';
import { attribute, flag, type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';
import { textField } from './field.js';
import { errorAt, type Shortfall } from './notice.js';

export interface TypedMeans {
  readonly nationalId: string;
  readonly cardNumber: string;
  readonly account: string;
}

/** Which means a page is about: the one that was asked for, where the step takes it. */
export const chosenMeans = (step: CardStep, asked: string): Means => {
  const allowed = meansOfStep(step);
  return allowed.find((one) => one === asked) ?? allowed[0] ?? 'certificate';
};

/** 請選擇憑證類別: nothing where there is no choice. */
export const meansChoice = ({ words: { say } }: View, step: CardStep, chosen: Means, at: string): Html => {
  const allowed = meansOfStep(step);
  return allowed.length < 2
    ? nothing
    : html`<nav class="means" aria-labelledby="means"><p id="means"><strong>${say('means.choose')}</strong></p><ul>${allowed.map(
        (one) =>
          html`<li><a class="means-kind" href="${at}?means=${one}"${attribute('aria-current', one === chosen ? 'true' : undefined)}>${say(
            `means.${one}`,
          )}</a></li>`,
      )}</ul></nav>`;
};

/** ☑單位憑證(負責人健保卡): ticked, the sign-in is the unit's and not a clerk's (NHI-2). Nothing where the pack has no such box. */
export const unitBox = (
  { words: { say, has } }: View,
  { commands }: PurposePolicy,
  role: string,
  ticked: boolean,
): Html => {
  if (!has('login.unit')) return nothing;
  if (role === 'agency')
    return html`<p class="unit-box"><span aria-hidden="true">☑</span> ${say('login.unit')}</p>`;
  return commands.includes('LogIn')
    ? html`<label class="choice"><input type="checkbox" name="unit" value="yes"${flag('checked', ticked)}><span>${say(
        'login.unit',
      )}</span></label>`
    : nothing;
};

/** In test mode: the box of health cards, and the list of accounts, each with its password. */
export const testMeans = ({ test, words: { lang } }: View, means: Means): Html => {
  if (test === undefined) return nothing;
  const zh = lang === 'zh';
  if (means === 'registeredCard')
    return html`<section class="drawer" aria-labelledby="box"><h2 class="drawer-head" id="box">${
      zh ? '測試健保卡' : 'Test health cards'
    }</h2><div class="drawer-body"><p>${
      zh
        ? '點選一張放入讀卡機;密碼印於卡片上。'
        : 'Choose one to put it into the reader; its password is printed on it.'
    }</p><div class="deck">${test.healthCards.map(
      ({ id, holder, nationalId, password, note }) =>
        html`<button class="test-card" form="means-form" name="healthCard" value="${id}" formnovalidate><span class="name">${holder}</span><span class="rest">${
          note[lang]
        }</span><span class="rest">${nationalId} · ${
          password === undefined ? (zh ? '無密碼' : 'no password') : `${zh ? '密碼' : 'password'} ${password}`
        }</span></button>`,
    )}</div></div></section>`;
  return html`<section class="drawer" aria-labelledby="box"><h2 class="drawer-head" id="box">${
    zh ? '測試帳號' : 'Test accounts'
  }</h2><div class="drawer-body"><ul class="plain">${test.testAccounts.map(
    ({ account, password, holder, note }) =>
      html`<li><code>${account}</code> / <code>${password}</code> ${holder},${note[lang]}</li>`,
  )}</ul></div></section>`;
};

/** What is typed for the means; `certificate` has its own form. */
export const meansFields = (
  view: View,
  means: Means,
  typed: TypedMeans,
  shortfall: Shortfall | undefined,
): Html => {
  const { say, has } = view.words;
  const password = (name: string, label: string): Html =>
    textField(view, {
      ...{ name, label, required: true, type: 'password', width: 'medium' },
      hint: say(shortfall === undefined ? 'means.password.stays' : 'means.retype'),
      ...error(name),
    });
  const error = (name: string): { readonly error?: string } => {
    const found = errorAt(view, shortfall, name);
    return found === undefined ? {} : { error: found };
  };
  if (means === 'account')
    return html`${textField(view, {
      ...{ name: 'account', label: 'field.account', required: true, value: typed.account, width: 'medium' },
      ...error('account'),
    })}${password('secret', 'field.secret')}`;
  return html`${textField(view, {
    ...{ name: 'nationalId', label: 'field.nationalId', required: true, value: typed.nationalId },
    ...{ width: 'short', maxlength: 20 },
    ...error('nationalId'),
  })}${textField(view, {
    ...{ name: 'cardNumber', label: 'field.healthCardNumber', required: true, value: typed.cardNumber },
    ...{ width: 'medium', maxlength: 20, inputmode: 'numeric' },
    ...error('cardNumber'),
  })}${password('password', has('field.password') ? 'field.password' : 'field.secret')}`;
};
