/**
 * 刪除授權經辦人, with the second question (GEPI-40, 41).
 *
 * @packageDocumentation
 */
import { maskPersonalIds, type PurposePolicy } from '@mandate/domain';
import { layout } from '../parts/layout.js';
import { type Shortfall, summary } from '../parts/notice.js';
import { csrfField } from '../parts/session-panel.js';
import { stepper } from '../parts/steps.js';
import { workPath } from '../screens/flow.js';
import { type Html, html, nothing } from '../site/html.js';
import { printedSerial } from '../site/serial.js';
import type { View } from '../site/view.js';
import { delegationCrumbs, userPanel } from './head.js';
import type { ListedClerk, Office } from './model.js';
import { clerksPath } from './path.js';

export const deleteClerkPage = (
  view: View,
  purpose: PurposePolicy,
  office: Office,
  clerk: ListedClerk,
  commandId: string,
  shortfall?: Shortfall,
): Html => {
  const { say, pick } = view.words;
  const title = say('screen.clerkDelete.title');
  const names = new Map(office.entries.map((entry) => [entry.code, pick(entry)]));
  return layout(view, {
    title,
    crumbs: delegationCrumbs(view, title),
    current: purpose.id,
    body: html`${summary(view, shortfall)}${stepper(view, purpose, 'step.work')}${userPanel(view, office.list)}
<section class="panel" aria-labelledby="deleting"><h2 id="deleting">${say('clerk.deleting')}</h2><dl class="facts"><div><dt>${say(
      'column.name',
    )}</dt><dd>${clerk.name ?? say('clerks.forgotten')}</dd></div><div><dt>${say('column.nationalId')}</dt><dd>${
      clerk.nationalId === null ? '' : maskPersonalIds(clerk.nationalId)
    }</dd></div>${
      clerk.credential.proof === 'registeredCard' || clerk.credential.proof === 'account'
        ? nothing
        : html`<div><dt>${say('clerks.serial')}</dt><dd><code class="serial">${printedSerial(
            clerk.credential.serial,
          )}</code></dd></div>`
    }<div><dt>${say('column.functions')}</dt><dd><ul class="cell-list">${clerk.permissions.map(
      (code) => html`<li>${names.get(code) ?? code}</li>`,
    )}</ul></dd></div></dl></section>
<form method="post" action="${clerksPath(clerk.id, 'delete')}" class="notice warn">${csrfField(view)}<input type="hidden" name="commandId" value="${commandId}"><p><strong>${say(
      'message.clerkDeleteAsk',
    )}</strong></p><div class="buttons"><button class="button danger" name="confirmed" value="yes">${say(
      'clerk.delete.sure',
    )}</button><a class="button quiet" href="${workPath(purpose)}">${say('button.cancel')}</a></div></form>`,
  });
};
