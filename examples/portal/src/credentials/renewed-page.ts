/**
 * A renewed card registered with one button: all but the card is as on the row before (DOC-5…10, MOICA-16).
 *
 * @packageDocumentation
 */
import { drawerPanel } from '../parts/drawer-panel.js';
import { textField } from '../parts/field.js';
import { layout } from '../parts/layout.js';
import { notice, type Shortfall, summary } from '../parts/notice.js';
import { readerPanel } from '../parts/reader-panel.js';
import { serialCode } from '../parts/serial.js';
import { csrfField } from '../parts/session-panel.js';
import { stepper } from '../parts/steps.js';
import { crumbsOf } from '../screens/flow.js';
import { type Html, html } from '../site/html.js';
import { readPanel } from './add-page.js';
import { fact, labels, officerText } from './fields.js';
import { labelOf, stateText } from './list-page.js';
import { type AtWork, type Credential, kindOf, type Officer, type Typed } from './model.js';
import { credentialsPath } from './path.js';
import { renewedPath } from './wanted.js';

export interface RenewedForm {
  readonly officer: Officer;
  /** The row that it is taken from; `undefined` where there is none. */
  readonly before: Credential | undefined;
  readonly typed: Typed;
  readonly commandId: string;
  readonly shortfall?: Shortfall;
}

/** What the card and the day say: filled in when the card is read, and typed by nobody. */
const shown = ({ view }: AtWork, typed: Typed): Html =>
  html`${(['serial1', 'serial2', 'from', 'to'] as const).map((name) =>
    textField(view, {
      ...{ name, label: labels[name], required: false, readonly: true, value: typed[name] },
      width: name === 'from' || name === 'to' ? 'short' : 'serial',
    }),
  )}`;

const ordinary = ({ view }: AtWork): Html =>
  html`<a class="button quiet" href="${credentialsPath('add')}">${view.words.say('credential.renewed.ordinary')}</a>`;

const beforeFacts = ({ view, rules }: AtWork, row: Credential): Html => {
  const { say } = view.words;
  return html`<section class="panel" aria-labelledby="before"><h2 id="before">${say('credential.renewed.before')}</h2><dl class="facts">${fact(
    say('column.serial1'),
    serialCode(row.serial1),
  )}${fact(say('column.serial2'), serialCode(row.serial2))}${fact(say('column.active'), stateText(view, row))}${fact(
    say('column.cardKind'),
    labelOf(view, rules.cardKinds, row.cardKind),
  )}</dl></section>`;
};

const oneButton = (work: AtWork, before: Credential, form: RenewedForm): Html => {
  const { view, rules } = work;
  const { say } = view.words;
  const { officer, typed, commandId } = form;
  const kind = kindOf(rules, before.kind);
  return html`${beforeFacts(work, before)}${drawerPanel(view, 'clerk', 'read')}${readerPanel(view)}
<form method="post" action="${renewedPath}" class="panel" novalidate data-credential-form data-read-at="${credentialsPath(
    'renewed',
    'read-card',
  )}" aria-labelledby="now">${csrfField(view)}<input type="hidden" name="commandId" value="${commandId}"><input type="hidden" name="nationalId" value="${
    officer.nationalId
  }"><input type="hidden" name="signing" value="${typed.signing}" data-signing><input type="hidden" name="encryption" value="${
    typed.encryption
  }" data-encryption><h2 id="now">${say('credential.renewed.now')}</h2><dl class="facts">${fact(
    say('field.unit'),
    view.session?.agencyCode ?? '',
  )}${fact(say('field.user'), html`<strong>${officerText(officer)}</strong>`)}${fact(
    say('column.kind'),
    labelOf(view, rules.kinds, before.kind),
  )}${fact(say('column.cardKind'), labelOf(view, rules.cardKinds, before.cardKind))}${fact(
    say('column.active'),
    html`<strong>${say('state.active')}</strong>`,
  )}</dl>${kind === undefined ? '' : readPanel(view, kind)}${shown(work, typed)}<p><strong>${say(
    'form.exclusive',
  )}</strong></p><div class="buttons"><button class="button" data-once-read>${say(
    'credential.renewed.button',
  )}</button>${ordinary(work)}</div></form>`;
};

export const renewedPage = (work: AtWork, form: RenewedForm): Html => {
  const { view, purpose } = work;
  const { say } = view.words;
  const { before, shortfall } = form;
  const title = say('credential.renewed.title');
  return layout(view, {
    title,
    crumbs: crumbsOf(view, purpose, title),
    current: purpose.id,
    body: html`${summary(view, shortfall, labels)}${stepper(view, purpose, 'step.work')}${
      before === undefined
        ? html`${notice('info', html`<p>${say('credential.renewed.none')}</p>`)}<div class="buttons">${ordinary(work)}</div>`
        : html`<p class="lead">${say('credential.renewed.lead')}</p>${oneButton(work, before, form)}`
    }`,
  });
};
