/**
 * 使用者憑證登記[新增], first stage: the officer, the kind, and both serials, read or typed; then 確定 (DOC-5…8).
 *
 * @packageDocumentation
 */
import { drawerPanel } from '../parts/drawer-panel.js';
import { textField } from '../parts/field.js';
import { layout } from '../parts/layout.js';
import { errorAt, type Shortfall, summary } from '../parts/notice.js';
import { readerPanel } from '../parts/reader-panel.js';
import { csrfField } from '../parts/session-panel.js';
import { stepper } from '../parts/steps.js';
import { crumbsOf } from '../screens/flow.js';
import { attribute, type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';
import { choiceField, fact, labels, officerText } from './fields.js';
import { type AtWork, type CredentialKind, kindOf, type Typed } from './model.js';
import { credentialsPath } from './path.js';

export interface AddForm {
  readonly typed: Typed;
  readonly shortfall?: Shortfall;
}

/** 憑證類型: each is an address, so that the fields that belong to it are there without script. */
const kindChoice = ({ view, rules }: AtWork, chosen: CredentialKind): Html => {
  const { say, pick } = view.words;
  return html`<nav class="means" aria-labelledby="kind"><p id="kind"><strong><span class="star" aria-hidden="true">*</span> ${say(
    'column.kind',
  )}</strong></p><ul>${rules.kinds.map(
    (kind) =>
      html`<li><a class="means-kind" href="${credentialsPath('add')}?kind=${kind.id}"${attribute(
        'aria-current',
        kind.id === chosen.id ? 'true' : undefined,
      )}>${pick(kind.label)}</a></li>`,
  )}</ul></nav>`;
};

export const readPanel = ({ words: { say } }: View, { entry }: CredentialKind): Html =>
  html`<div class="read-card" role="group" aria-labelledby="read-card"><h3 id="read-card">${say(
    'credential.read.title',
  )}</h3>${entry === 'read' ? html`<p><strong>${say('form.read')}</strong></p>` : nothing}<p>${say('credential.read.hint')}</p><noscript><p class="hint">${say(
    'credential.read.script',
  )}</p></noscript><button type="button" class="button quiet" data-read-card data-working="${say(
    'credential.read.working',
  )}" data-done="${say('credential.read.done')}" data-half="${say('credential.read.half')}" data-unreachable="${say(
    'card.unreachable',
  )}" hidden>${say('button.readCard')}</button><p class="card-state" role="status" data-read-state></p></div>`;

const serialField = (
  view: View,
  name: 'serial1' | 'serial2',
  { entry }: CredentialKind,
  { typed, shortfall }: AddForm,
): Html => {
  const error = errorAt(view, shortfall, name);
  return textField(view, {
    ...{ name, label: labels[name], required: true, value: typed[name], width: 'serial' },
    ...(entry === 'read' ? { readonly: true } : { hint: view.words.say('credential.serial.hint') }),
    ...(error === undefined ? {} : { error }),
  });
};

/** Oneself, or whom the desk names. */
const officerField = ({ view, own }: AtWork, { typed, shortfall }: AddForm): Html => {
  const { say } = view.words;
  if (own !== undefined)
    return html`<dl class="facts">${fact(say('field.unit'), view.session?.agencyCode ?? '')}${fact(
      say('field.user'),
      html`<strong>${officerText(own)}</strong>`,
    )}</dl><input type="hidden" name="nationalId" value="${own.nationalId}">`;
  const error = errorAt(view, shortfall, 'nationalId');
  return html`<dl class="facts">${fact(say('field.unit'), view.session?.agencyCode ?? '')}</dl>${textField(
    view,
    {
      ...{ name: 'nationalId', label: 'credential.user.id', required: true, value: typed.nationalId },
      ...{ width: 'short', maxlength: 20 },
      ...(error === undefined ? {} : { error }),
    },
  )}`;
};

export const addPage = (work: AtWork, form: AddForm): Html => {
  const { view, purpose, rules } = work;
  const { say } = view.words;
  const { typed, shortfall } = form;
  const title = say('credential.add.title');
  const kind = kindOf(rules, typed.kind);
  return layout(view, {
    title,
    crumbs: crumbsOf(view, purpose, title),
    current: purpose.id,
    body:
      kind === undefined
        ? nothing
        : html`${summary(view, shortfall, labels)}${stepper(view, purpose, 'step.work')}${kindChoice(work, kind)}
${drawerPanel(view, 'clerk', 'read')}${readerPanel(view)}
<form method="post" action="${credentialsPath('add')}" class="panel" novalidate data-credential-form data-read-at="${credentialsPath(
            'read-card',
          )}" aria-labelledby="basic">${csrfField(view)}<input type="hidden" name="kind" value="${kind.id}"><input type="hidden" name="signing" value="${
            typed.signing
          }" data-signing><input type="hidden" name="encryption" value="${typed.encryption}" data-encryption>
<h2 id="basic">${say('credential.basic')}</h2><p class="hint">${say('hint.required')}</p>${officerField(work, form)}${readPanel(
            view,
            kind,
          )}${serialField(view, 'serial1', kind, form)}${serialField(view, 'serial2', kind, form)}${choiceField(
            view,
            'cardKind',
            rules.cardKinds,
            typed.cardKind,
            shortfall,
          )}<p><strong>${say('form.first')}</strong></p><div class="buttons"><button class="button">${say(
            'button.confirm',
          )}</button><a class="button quiet" href="${credentialsPath()}">${say('button.back')}</a></div></form>`,
  });
};
