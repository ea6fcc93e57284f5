/**
 * 新增授權經辦人 (GEPI-33…37) and 修改授權經辦人 (GEPI-38, 39): certificate, name and ID on the left, functions on the right,
 * one save for all of it.
 *
 * @packageDocumentation
 */
import { clerkMeans, type PurposePolicy } from '@mandate/domain';
import { drawerPanel } from '../parts/drawer-panel.js';
import { type Field, textField } from '../parts/field.js';
import { layout } from '../parts/layout.js';
import { testMeans } from '../parts/means-form.js';
import { errorAt, type Shortfall, summary } from '../parts/notice.js';
import { permissionTree } from '../parts/permission-tree.js';
import { readCardPanel } from '../parts/read-card.js';
import { readerPanel } from '../parts/reader-panel.js';
import { csrfField } from '../parts/session-panel.js';
import { stepper } from '../parts/steps.js';
import { attribute, flag, type Html, html, nothing } from '../site/html.js';
import { printedSerial } from '../site/serial.js';
import type { View } from '../site/view.js';
import { delegationCrumbs, userPanel } from './head.js';
import type { ListedClerk, Office } from './model.js';
import { clerksPath } from './path.js';
import type { TypedClerk } from './typed-clerk.js';

export interface ClerkForm {
  readonly office: Office;
  /** Whom it is about; `undefined` where somebody is added. */
  readonly clerk: ListedClerk | undefined;
  readonly typed: TypedClerk;
  /** The id of the command that the form becomes: sent twice, it is carried out once. */
  readonly commandId: string;
  readonly shortfall?: Shortfall;
}

/** Keys of the labels, for the list of what is wrong. */
const labels = {
  serial: 'field.serial',
  name: 'field.clerkName',
  nationalId: 'field.nationalId',
  permissions: 'field.functions',
  email: 'field.email',
};

const input = (view: View, { typed, shortfall }: ClerkForm): Html => {
  const { say } = view.words;
  const field = (line: Field, path: string): Html => {
    const error = errorAt(view, shortfall, path);
    return textField(view, { ...line, ...(error === undefined ? {} : { error }) });
  };
  return html`${
    typed.means === 'certificate'
      ? field(
          {
            name: 'serial',
            label: 'field.serial',
            required: true,
            value: typed.serial,
            hint: say('hint.serialField'),
            width: 'serial',
          },
          'serial',
        )
      : nothing
  }${field(
    { name: 'name', label: 'field.clerkName', required: true, value: typed.name, width: 'medium' },
    'name',
  )}${field(
    {
      name: 'nationalId',
      label: 'field.nationalId',
      required: true,
      value: typed.nationalId,
      width: 'short',
      maxlength: 20,
    },
    'nationalId',
  )}${
    view.pack.clerkMail === 'required'
      ? field(
          {
            name: 'email',
            label: 'field.email',
            required: true,
            value: typed.email,
            type: 'email',
            width: 'medium',
          },
          'email',
        )
      : nothing
  }`;
};

const onRecord = ({ words: { say } }: View, clerk: ListedClerk | undefined): Html =>
  clerk === undefined
    ? nothing
    : html`<div class="notice info"><p>${say('hint.oldSerial')}</p><dl class="facts"><div><dt>${say(
        'clerk.old',
      )}</dt><dd><code class="serial">${printedSerial(clerk.credential.serial)}</code>${
        clerk.credential.proof === 'typedByHand'
          ? html` <span class="hint">${say('clerks.typed')}</span>`
          : nothing
      }</dd></div></dl><p>${say('hint.checkFunctions')}</p></div>`;

/** 憑證類別, where the pack lets clerks prove themselves by several (NHI-6). */
const kindChoice = ({ pack, words: { say, has } }: View, { means }: TypedClerk): Html => {
  const allowed = clerkMeans(pack).filter((one) => one !== 'account');
  if (allowed.length < 2) return nothing;
  const label = (one: string): string =>
    say(one === 'certificate' && has('means.citizen') ? 'means.citizen' : `means.${one}`);
  return html`<nav class="means" aria-labelledby="kind"><p id="kind"><strong>${say('means.choose')}</strong></p><ul>${allowed.map(
    (one) =>
      html`<li><a class="means-kind" href="${clerksPath('add')}?means=${one}"${attribute('aria-current', one === means ? 'true' : undefined)}>${label(
        one,
      )}</a></li>`,
  )}</ul></nav>`;
};

/** What the pack has to say before an entry is made, in its order (NHI-6…11). */
const notices = ({ words: { say, has } }: View): Html => {
  const keys = ['kinds', 'register', 'owner', 'serial'].map((one) => `managers.notice.${one}`).filter(has);
  return keys.length === 0
    ? nothing
    : html`<section class="notice info" aria-labelledby="notes"><h2 id="notes">${say('hint.notes')}</h2><p>${say(
        'managers.swap',
      )}</p><ol>${keys.map((key) => html`<li>${say(key)}</li>`)}</ol></section>`;
};

/** One coarse function is one box with the pack's word for it (NHI-12); a menu is a tree. */
const permissionBoxes = (view: View, { office, typed, shortfall }: ClerkForm): Html => {
  const { say, has, pick } = view.words;
  const [only, ...others] = office.entries;
  const error = errorAt(view, shortfall, 'permissions');
  if (only !== undefined && others.length === 0 && has('field.permission'))
    return html`<label class="choice"><input type="checkbox" id="f-permissions" name="permissions" value="${only.code}"${flag(
      'checked',
      typed.permissions.includes(only.code),
    )}><span>${say('field.permission')}<span class="unseen"> ${pick(only)}</span></span></label>`;
  return permissionTree(view, {
    entries: office.entries,
    ticked: new Set(typed.permissions),
    fresh: office.fresh,
    ...(error === undefined ? {} : { error }),
  });
};

export const clerkFormPage = (view: View, purpose: PurposePolicy, form: ClerkForm): Html => {
  const { say, has } = view.words;
  const { office, clerk, typed, commandId, shortfall } = form;
  const title = say(clerk === undefined ? 'screen.clerkAdd.title' : 'screen.clerkChange.title');
  const action = clerk === undefined ? clerksPath('add') : clerksPath(clerk.id);
  const read = typed.means === 'certificate';
  return layout(view, {
    title,
    crumbs: delegationCrumbs(view, title),
    current: purpose.id,
    body: html`${summary(view, shortfall, labels)}${stepper(view, purpose, 'step.work')}${userPanel(view, office.list)}${onRecord(view, clerk)}
${notices(view)}${kindChoice(view, typed)}
${read ? html`${drawerPanel(view, 'clerk', 'read')}${readerPanel(view)}` : testMeans(view, typed.means)}
<form method="post" action="${action}" class="work-form"${read ? html` data-clerk-form` : html` id="means-form"`} data-read-at="${clerksPath('read-card')}" novalidate>${csrfField(
      view,
    )}<input type="hidden" name="commandId" value="${commandId}"><input type="hidden" name="means" value="${typed.means}"><input type="hidden" name="der" value="${
      typed.der
    }" data-der><input type="hidden" name="cardNumber" value="${typed.cardNumber}" data-card-number>
<section class="panel" aria-labelledby="input"><h2 id="input">${say(
      clerk === undefined ? 'panel.clerkAdd' : 'panel.clerkChange',
    )}</h2><p class="hint">${say('hint.required')}</p>${read ? readCardPanel(view) : nothing}${input(view, form)}${
      read ? html`<p class="hint">${say('hint.serialByHand')}</p>` : nothing
    }</section>
<section class="panel" aria-labelledby="functions"><h2 id="functions">${say('panel.functions')}</h2>${permissionBoxes(view, form)}</section>
<div class="buttons"><button class="button">${say(has('button.save') ? 'button.save' : 'button.confirm')}</button><a class="button quiet" href="${clerksPath()}">${say(
      'button.back',
    )}</a></div></form>`,
  });
};
