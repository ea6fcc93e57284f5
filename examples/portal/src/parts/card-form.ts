/**
 * The screen that asks for a card (GEPI-16…20): what to put in, what to fill in, what to beware of.
 *
 * @packageDocumentation
 */
import { type CardStep, type Means, meansOfStep, type PurposePolicy } from '@mandate/domain';
import { type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';
import { drawerPanel } from './drawer-panel.js';
import { fieldId, labelOf, textField } from './field.js';
import { lockedCard } from './locked-card.js';
import { meansChoice, meansFields, type TypedMeans, testMeans, unitBox } from './means-form.js';
import { errorAt, type Shortfall, summary } from './notice.js';
import { readerPanel } from './reader-panel.js';
import { csrfField } from './session-panel.js';
import { stepper } from './steps.js';

export interface CardForm {
  readonly purpose: PurposePolicy;
  readonly step: CardStep;
  /** 0 for the first card. */
  readonly index: number;
  readonly action: string;
  /** What was typed before, by field. */
  readonly typed: TypedMeans & { readonly agencyCode: string; readonly unit: boolean };
  /** What the step is to be proved by, where there is a choice. */
  readonly means: Means;
  readonly shortfall: Shortfall | undefined;
}

/** A purpose that only looks at a citizen's card needs no agency (GEPI-53). */
export const asksForAgency = ({ commands, steps }: PurposePolicy): boolean =>
  commands.length > 0 || steps.some(({ role }) => role === 'agency');

/** Of the manager always, of a clerk where no agency tells who the clerk is (GEPI-18, GEPI-53). */
const asksForId = (purpose: PurposePolicy, { role }: CardStep): boolean =>
  role === 'manager' || (role === 'clerk' && !asksForAgency(purpose));

/** Which texts of the pack a step has. */
const keysOf = (purpose: PurposePolicy, { role, card }: CardStep) => {
  if (role === 'agency')
    return {
      title: 'screen.agencyCard.title',
      insert: card === 'next' ? 'screen.agencyCard.insertNew' : 'screen.agencyCard.insert',
      pin: card === 'next' ? 'field.newAgencyPin' : 'field.agencyPin',
      lock: 'lock.agency',
      kind: 'agency',
    } as const;
  const insert =
    role === 'clerk'
      ? 'screen.personCard.insert'
      : card === 'next'
        ? 'screen.managerCard.insertNew'
        : 'screen.managerCard.insert';
  const pin = purpose.id === 'login' ? 'login.pin' : 'field.citizenPin';
  return { title: 'screen.citizenCard.title', insert, pin, lock: 'lock.citizen', kind: 'citizen' } as const;
};

const agencyLabel = ({ id }: PurposePolicy): string =>
  id === 'login' ? 'login.agencyCode' : 'field.agencyCode';

const idLabel = ({ role }: CardStep): string => (role === 'manager' ? 'field.managerId' : 'field.nationalId');

const pinField = (view: View, label: string): Html => {
  const id = fieldId('pin');
  // No name: a form sends what has one, and a PIN goes to the card alone.
  return html`<div class="field" data-pin-field>${labelOf(view, label, true, id)}<p class="hint" id="${id}-hint">${view.words.say(
    'card.pin.stays',
  )}</p><p class="error" id="${id}-error" data-pin-error hidden></p><input id="${id}" type="password" class="short" autocomplete="off" inputmode="numeric" maxlength="8" required aria-describedby="${id}-hint ${id}-error" data-pin></div><p class="hint" data-pin-elsewhere hidden>${view.words.say(
    'card.pin.byComponent',
  )}</p>`;
};

/** Title of a step's screen, 「機關憑證確認畫面」. */
export const cardTitle = (view: View, purpose: PurposePolicy, step: CardStep): string => {
  const { say, has } = view.words;
  if (step.role === 'officer') return say('screen.accountStep.title');
  const byAccount = meansOfStep(step).every((one) => one === 'account');
  return byAccount && has('screen.clerkAccount.title')
    ? say('screen.clerkAccount.title')
    : say(keysOf(purpose, step).title);
};

/** Labels of what may be wrong, in the order of the form. */
const labelsOf = (purpose: PurposePolicy, step: CardStep) => ({
  nationalId: step.role === 'manager' ? idLabel(step) : 'field.nationalId',
  cardNumber: 'field.healthCardNumber',
  account: 'field.account',
  password: 'field.password',
  secret: 'field.secret',
  agencyCode: agencyLabel(purpose),
});

const agencyField = (view: View, { purpose, index, typed, shortfall }: CardForm): Html =>
  index === 0 && asksForAgency(purpose)
    ? textField(view, {
        name: 'agencyCode',
        label: agencyLabel(purpose),
        required: true,
        width: 'short',
        maxlength: 10,
        ...given(typed.agencyCode, errorAt(view, shortfall, 'agencyCode')),
      })
    : nothing;

/** What the button of a first step says, where the pack has a word for it. */
const sendLabel = ({ words: { say, has } }: View, { purpose, index }: CardForm): string =>
  say(
    has('button.login') && (purpose.commands.includes('LogIn') || purpose.reuse === 'session') && index === 0
      ? 'button.login'
      : 'button.confirm',
  );

/** The same screen for means that no card of ours signs for. */
const meansForm = (view: View, form: CardForm): Html => {
  const { say } = view.words;
  const { purpose, step, index, typed, shortfall, action, means } = form;
  return html`${summary(view, shortfall, labelsOf(purpose, step))}
${stepper(view, purpose, `step.card.${step.role}`)}
${testMeans(view, means)}
<form class="panel" method="post" action="${action}" id="means-form" novalidate>${csrfField(
    view,
  )}<input type="hidden" name="means" value="${means}"><h2>${cardTitle(view, purpose, step)}</h2>${meansChoice(
    view,
    step,
    means,
    action,
  )}${unitBox(view, purpose, step.role, typed.unit)}${meansFields(view, means, typed, shortfall)}${agencyField(
    view,
    form,
  )}<p class="hint">${say('hint.required')}</p><div class="buttons"><button class="button">${sendLabel(view, form)}</button>${
    index > 0
      ? html`<button class="button quiet" formaction="/sign-out" formnovalidate>${say('button.cancel')}</button>`
      : html`<button type="reset" class="button quiet">${say('button.clear')}</button>`
  }</div></form>`;
};

export const cardForm = (view: View, form: CardForm): Html => {
  if (form.means !== 'certificate') return meansForm(view, form);
  const { say } = view.words;
  const { purpose, step, index, typed, shortfall } = form;
  const keys = keysOf(purpose, step);
  return html`${summary(view, shortfall, {
    agencyCode: agencyLabel(purpose),
    nationalId: idLabel(step),
  })}
${stepper(view, purpose, `step.card.${step.role}`)}
<noscript><div class="notice warn">${say('card.script')}</div></noscript>
${drawerPanel(view, step.role)}${readerPanel(view)}
<form class="panel" method="post" action="${form.action}" novalidate data-card-form data-unreachable="${say(
    'card.unreachable',
  )}" data-working="${say('card.working')}" data-purpose-zh="${purpose.label.zh}" data-purpose-en="${purpose.label.en}"${lockedCard(view, keys.kind)}>${csrfField(view)}<input type="hidden" name="nonce" data-nonce><input type="hidden" name="cms" data-cms>
<h2>${say(keys.title)}</h2>${meansChoice(view, step, form.means, form.action)}${unitBox(
    view,
    purpose,
    step.role,
    typed.unit,
  )}
<div class="card-form">
<div class="aside">${
    step.role === 'agency' ? html`<p><strong>${say('hint.activated')}</strong></p>` : nothing
  }<p>${say(keys.insert)}</p>${
    index === 0 && purpose.steps.length > 1 ? html`<p class="hint">${say('hint.oneReader')}</p>` : nothing
  }<h3>${say('hint.notes')}</h3><ul class="hint"><li>${say('hint.required')}</li><li>${say(keys.lock)}</li></ul></div>
<div>${agencyField(view, form)}${
    asksForId(purpose, step)
      ? textField(view, {
          name: 'nationalId',
          label: idLabel(step),
          required: true,
          width: 'short',
          maxlength: 20,
          ...given(typed.nationalId, errorAt(view, shortfall, 'nationalId')),
        })
      : nothing
  }${pinField(view, keys.pin)}
<p class="card-state" role="status" data-card-state></p>
<div class="buttons"><button class="button" data-submit>${sendLabel(view, form)}</button>${
    index > 0
      ? html`<button class="button quiet" formaction="/sign-out" data-leave>${say('button.cancel')}</button>`
      : nothing
  }</div></div>
</div></form>`;
};

const given = (
  value: string | undefined,
  error: string | undefined,
): { readonly value?: string; readonly error?: string } => ({
  ...(value === undefined ? {} : { value }),
  ...(error === undefined ? {} : { error }),
});
