/**
 * The second stage: 啟用狀態 with its days, then 存檔 (DOC-8, DOC-9), of a new row or of one that is maintained (DOC-4).
 *
 * @packageDocumentation
 */
import { layout } from '../parts/layout.js';
import { type Shortfall, summary } from '../parts/notice.js';
import { serialCode } from '../parts/serial.js';
import { csrfField } from '../parts/session-panel.js';
import { stepper } from '../parts/steps.js';
import { crumbsOf } from '../screens/flow.js';
import { type Html, html } from '../site/html.js';
import { fact, labels, officerText, stateFields } from './fields.js';
import { labelOf, stateText } from './list-page.js';
import type { AtWork, Credential, Officer, Typed } from './model.js';
import { credentialsPath } from './path.js';

export interface SaveForm {
  readonly typed: Typed;
  readonly officer: Officer;
  /** Rows of the same person that are active now. */
  readonly others: ReadonlyArray<Credential>;
  readonly commandId: string;
  readonly shortfall?: Shortfall;
}

const carried = (typed: Typed): Html =>
  html`${(['nationalId', 'kind', 'cardKind', 'serial1', 'serial2', 'signing', 'encryption'] as const).map(
    (name) => html`<input type="hidden" name="${name}" value="${typed[name]}">`,
  )}`;

const facts = (
  { view, rules }: AtWork,
  row: Pick<Typed, 'kind' | 'cardKind' | 'serial1' | 'serial2'>,
  officer: string,
): Html => {
  const { say } = view.words;
  return html`<dl class="facts">${fact(say('field.unit'), view.session?.agencyCode ?? '')}${fact(
    say('field.user'),
    html`<strong>${officer}</strong>`,
  )}${fact(say('column.kind'), labelOf(view, rules.kinds, row.kind))}${fact(
    say('column.serial1'),
    serialCode(row.serial1),
  )}${fact(say('column.serial2'), serialCode(row.serial2))}${fact(
    say('column.cardKind'),
    labelOf(view, rules.cardKinds, row.cardKind),
  )}</dl>`;
};

export const savePage = (work: AtWork, { typed, officer, others, commandId, shortfall }: SaveForm): Html => {
  const { view, purpose } = work;
  const { say } = view.words;
  const title = say('credential.add.title');
  return layout(view, {
    title,
    crumbs: crumbsOf(view, purpose, title),
    current: purpose.id,
    body: html`${summary(view, shortfall, labels)}${stepper(view, purpose, 'step.work')}
<form method="post" action="${credentialsPath('save')}" class="panel credential-state" novalidate aria-labelledby="basic">${csrfField(
      view,
    )}<input type="hidden" name="commandId" value="${commandId}">${carried(typed)}<h2 id="basic">${say(
      'credential.basic',
    )}</h2>${facts(work, typed, officerText(officer))}${stateFields(view, typed, others, shortfall)}<p><strong>${say(
      'form.second',
    )}</strong></p><div class="buttons"><button class="button">${say('button.save')}</button><button class="button quiet" formaction="${credentialsPath(
      'add',
    )}" name="again" value="yes">${say('button.back')}</button></div></form>`,
  });
};

export interface MaintainForm {
  readonly row: Credential;
  readonly typed: Typed;
  readonly others: ReadonlyArray<Credential>;
  readonly commandId: string;
  readonly shortfall?: Shortfall;
}

/** A row by its code: the desk modifies, an officer looks (DOC-3, DOC-4). */
export const maintainPage = (work: AtWork, form: MaintainForm): Html => {
  const { view, purpose, maintains } = work;
  const { say } = view.words;
  const { row, typed, others, commandId, shortfall } = form;
  const title = say('credential.change.title');
  const back = html`<a class="button quiet" href="${credentialsPath()}">${say('button.back')}</a>`;
  const shown = facts(
    work,
    row,
    officerText({ account: row.account, name: row.name ?? say('clerks.forgotten') }),
  );
  return layout(view, {
    title,
    crumbs: crumbsOf(view, purpose, title),
    current: purpose.id,
    body: html`${summary(view, shortfall, labels)}${stepper(view, purpose, 'step.work')}${
      maintains
        ? html`<form method="post" action="${credentialsPath(row.id)}" class="panel credential-state" novalidate aria-labelledby="basic">${csrfField(
            view,
          )}<input type="hidden" name="commandId" value="${commandId}"><h2 id="basic">${say(
            'credential.basic',
          )}</h2>${shown}${stateFields(view, typed, others, shortfall)}<p><strong>${say(
            'form.second',
          )}</strong></p><div class="buttons"><button class="button">${say('button.save')}</button>${back}</div></form>`
        : html`<section class="panel" aria-labelledby="basic"><h2 id="basic">${say(
            'credential.basic',
          )}</h2>${shown}<dl class="facts">${fact(say('column.active'), stateText(view, row))}</dl><p class="hint">${say(
            'credential.onlyDesk',
          )}</p><div class="buttons">${back}</div></section>`
    }`,
  });
};
