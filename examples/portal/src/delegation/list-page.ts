/**
 * 授權經辦人清單 (GEPI-32), with what became of the last command (GEPI-37, 38, 40) and the functions that nobody has (X-6).
 *
 * @packageDocumentation
 */
import { maskPersonalIds, type PurposePolicy } from '@mandate/domain';
import { layout } from '../parts/layout.js';
import { notice, type Shortfall, summary } from '../parts/notice.js';
import { stepper } from '../parts/steps.js';
import { type Column, dataTable } from '../parts/table.js';
import { type Html, html, nothing } from '../site/html.js';
import { isId } from '../site/ids.js';
import { printedSerial } from '../site/serial.js';
import type { View } from '../site/view.js';
import type { Visit } from '../site/visit.js';
import { delegationCrumbs, userPanel } from './head.js';
import type { ListedClerk, Office } from './model.js';
import { clerksPath } from './path.js';

/** What was done last; its message stands above the list. */
export const doneKeys = {
  added: 'message.clerkAdded',
  changed: 'message.clerkChanged',
  deleted: 'message.clerkDeleted',
} as const;

export type Done = keyof typeof doneKeys;

export interface LastDone {
  readonly what: Done;
  readonly commandId: string | undefined;
}

const doneNotice = ({ words: { say } }: View, done: LastDone | undefined): Html =>
  done === undefined
    ? nothing
    : notice(
        'good',
        html`<h2>${say(doneKeys[done.what])}</h2>${
          done.commandId === undefined
            ? nothing
            : html`<p><a href="/receipts/${done.commandId}">${say('receipt.show')}</a></p>`
        }`,
      );

const isDone = (text: string | null): text is Done => text !== null && Object.hasOwn(doneKeys, text);

/** What an address says was done last. */
export const lastDone = ({ url: { searchParams } }: Pick<Visit, 'url'>): LastDone | undefined => {
  const what = searchParams.get('done');
  const commandId = searchParams.get('receipt') ?? '';
  return isDone(what) ? { what, commandId: isId(commandId) ? commandId : undefined } : undefined;
};

export const clerkDone = (view: View, visit: Pick<Visit, 'url'>): Html => doneNotice(view, lastDone(visit));

const freshNotice = (view: View, { entries, fresh, list }: Office): Html => {
  const { say, pick } = view.words;
  const named = entries.filter(({ code }) => fresh.has(code));
  // Before the first clerk nobody has anything, and that is no news.
  if (named.length === 0 || list.clerks.length === 0) return nothing;
  return html`<section class="notice info" aria-labelledby="fresh"><h2 id="fresh">${say('unassigned.fresh')}</h2><p>${say(
    'unassigned.text',
  )}</p><ul class="tags">${named.map(
    (entry) => html`<li><span class="tag fresh">${pick(entry)}</span></li>`,
  )}</ul></section>`;
};

const functionNames = (
  { words: { pick, say } }: View,
  { entries }: Office,
  held: ReadonlyArray<string>,
): Html => {
  const names = entries.filter(({ code }) => held.includes(code)).map((entry) => pick(entry));
  const known = new Set(entries.map(({ code }) => code));
  const gone = held.filter((code) => !known.has(code));
  return html`<details class="inline"><summary>${say('clerks.functions').replace('{n}', String(held.length))}</summary><ul class="cell-list">${[
    ...names,
    ...gone,
  ].map((name) => html`<li>${name}</li>`)}</ul></details>`;
};

const changes = ({ commands }: PurposePolicy): boolean => commands.includes('ChangeClerk');

const actions = ({ words: { say } }: View, purpose: PurposePolicy, { id, name }: ListedClerk): Html => {
  const whose = html`<span class="unseen"> ${name ?? ''}</span>`;
  const at = clerksPath(id);
  return html`<span class="row-buttons">${
    changes(purpose)
      ? html`<a class="button quiet small" href="${at}">${say('button.change')}${whose}</a>`
      : nothing
  }<a class="button quiet small warn" href="${at}/delete">${say('button.delete')}${whose}</a></span>`;
};

const renewedHint = ({ words: { say, has } }: View): Html =>
  !has('hint.renewedClerk')
    ? nothing
    : html`<details class="more"><summary>${say('hint.renewedClerk')}</summary><ul class="plain"><li>${say(
        'hint.renewedClerk.change',
      )}</li><li>${say('hint.renewedClerk.addAgain')}</li></ul></details>`;

/** 身分證號, 姓名, 電子郵件信箱 and 刪除: where entries have a mail address, the list is this one (NHI-13). */
const mailList = (view: View, purpose: PurposePolicy, clerks: ReadonlyArray<ListedClerk>): Html => {
  const { say } = view.words;
  return dataTable({
    caption: say('screen.clerkList.title'),
    quiet: true,
    columns: [
      { label: say('column.nationalId'), kind: 'number' },
      { label: say('column.name'), kind: 'head' },
      { label: say('column.email') },
      { label: say('column.actions'), kind: 'actions' },
    ],
    rows: clerks.map((clerk) => [
      clerk.nationalId === null ? '' : maskPersonalIds(clerk.nationalId),
      clerk.name ?? say('clerks.forgotten'),
      clerk.email ?? '',
      actions(view, purpose, clerk),
    ]),
    empty: say('message.noClerks'),
  });
};

export const clerkListPage = (
  view: View,
  purpose: PurposePolicy,
  office: Office,
  done: LastDone | undefined,
  shortfall?: Shortfall,
): Html => {
  const { say, has } = view.words;
  const { list } = office;
  const mailed = view.pack.clerkMail === 'required';
  if (mailed)
    return layout(view, {
      title: say('screen.clerkList.title'),
      crumbs: delegationCrumbs(view),
      current: purpose.id,
      body: html`${summary(view, shortfall)}${stepper(view, purpose, 'step.work')}${doneNotice(view, done)}${userPanel(view, list)}
<p>${has('assign.about') ? say('assign.about') : ''}</p>
<div class="list-head"><h2 class="list-title">${say('clerks.all').replace('{n}', String(list.clerks.length))}</h2><a class="button" href="${clerksPath('add')}">${say(
        'button.add',
      )}</a></div>
${mailList(view, purpose, list.clerks)}
<p class="hint">${say('managers.delete')}</p>`,
    });
  const columns: ReadonlyArray<Column> = [
    { label: say('column.number'), kind: 'number' },
    { label: say('column.name'), kind: 'head' },
    { label: say('column.nationalId'), kind: 'number' },
    { label: say('clerks.serial') },
    { label: say('column.functions') },
    { label: say('column.actions'), kind: 'actions' },
  ];
  return layout(view, {
    title: say('screen.clerkList.title'),
    crumbs: delegationCrumbs(view),
    current: purpose.id,
    body: html`${summary(view, shortfall)}${stepper(view, purpose, 'step.work')}${doneNotice(view, done)}${userPanel(view, list)}
${freshNotice(view, office)}
<div class="list-head"><h2 class="list-title">${say('clerks.all').replace('{n}', String(list.clerks.length))}</h2><a class="button" href="${clerksPath('add')}">${say(
      'button.add',
    )}</a></div>
${dataTable({
  caption: say('screen.clerkList.title'),
  quiet: true,
  columns,
  rows: list.clerks.map((clerk, at) => [
    String(at + 1),
    clerk.name ?? say('clerks.forgotten'),
    clerk.nationalId === null ? '' : maskPersonalIds(clerk.nationalId),
    html`<code class="serial">${printedSerial(clerk.credential.serial)}</code>${
      clerk.credential.proof === 'typedByHand'
        ? html`<br><span class="hint">${say('clerks.typed')}</span>`
        : nothing
    }`,
    functionNames(view, office, clerk.permissions),
    actions(view, purpose, clerk),
  ]),
  empty: say('message.noClerks'),
})}
<p class="hint">${say('hint.oneManager')}</p><p class="hint">${say('hint.offboarding')}</p>${renewedHint(view)}`,
  });
};
