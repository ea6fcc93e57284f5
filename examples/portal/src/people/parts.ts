/**
 * The pieces of 應用系統授權設定: system, categories with who has them, IDs, whom they belong to.
 *
 * @packageDocumentation
 */
import { maskPersonalIds } from '@mandate/domain';
import type { Office } from '../delegation/model.js';
import { clerksPath } from '../delegation/path.js';
import { fieldId, textField } from '../parts/field.js';
import { csrfField } from '../parts/session-panel.js';
import { dataTable } from '../parts/table.js';
import { flag, type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';

export type Found =
  | { readonly nationalId: string; readonly name: string; readonly account: string | null }
  | { readonly nationalId: string; readonly fault: string };

interface Asked {
  readonly system: string;
  readonly category: string;
}

/** 「請選擇」 and the systems, then 搜尋 (ECPA-4). */
export const systemForm = ({ words: { say, pick } }: View, { entries }: Office, chosen: string): Html =>
  html`<form method="get" action="/people" class="panel" role="search"><div class="field"><label for="system">${say(
    'grant.system',
  )}</label><select id="system" name="system"><option value="">${say('grant.choose')}</option>${entries
    .filter(({ kind }) => kind === 'group')
    .map(
      (entry) =>
        html`<option value="${entry.code}"${flag('selected', entry.code === chosen)}>${pick(entry)}</option>`,
    )}</select></div><div class="buttons"><button class="button">${say('button.query')}</button></div></form>`;

/** The categories of a system, who has each, and 新增 (ECPA-5). */
export const categoryList = (view: View, { entries, list }: Office, system: string): Html => {
  const { say, pick } = view.words;
  const categories = entries.filter(({ kind, parent }) => kind === 'function' && parent === system);
  return html`${categories.map((entry) => {
    const label = pick(entry);
    const holders = list.clerks.filter(({ permissions }) => permissions.includes(entry.code));
    const ask = new URLSearchParams({ system, category: entry.code });
    return html`<section class="panel" aria-labelledby="c-${entry.code}"><div class="list-head"><h2 class="list-title" id="c-${entry.code}">${label}</h2><a class="button" href="/people?${ask.toString()}">${say(
      'button.add',
    )}<span class="unseen"> ${label}</span></a></div>${dataTable({
      caption: `${label} ${say('grant.of')}`,
      quiet: true,
      columns: [
        { label: say('column.nationalId'), kind: 'number' },
        { label: say('column.name'), kind: 'head' },
        { label: say('column.actions'), kind: 'actions' },
      ],
      rows: holders.map(({ id, name, nationalId }) => [
        nationalId === null ? '' : maskPersonalIds(nationalId),
        name ?? say('clerks.forgotten'),
        html`<span class="row-buttons"><a class="button quiet small warn" href="${clerksPath(id, 'delete')}">${say(
          'button.delete',
        )}<span class="unseen"> ${name ?? ''}</span></a></span>`,
      ]),
      empty: say('message.noClerks'),
    })}</section>`;
  })}`;
};

const carried = ({ system, category }: Asked): Html =>
  html`<input type="hidden" name="system" value="${system}"><input type="hidden" name="category" value="${category}">`;

const nameOf = ({ words: { pick } }: View, { entries }: Office, code: string): string => {
  const found = entries.find((entry) => entry.code === code);
  return found === undefined ? code : pick(found);
};

/** 輸入欲被授權人員之身分證號 → 搜尋 (ECPA-6). */
export const idsForm = (view: View, office: Office, asked: Asked, typed: string): Html => {
  const { say } = view.words;
  const id = fieldId('ids');
  return html`<form method="post" action="/people/search" class="panel" novalidate aria-labelledby="ids-title">${csrfField(
    view,
  )}${carried(asked)}<h2 id="ids-title">${nameOf(view, office, asked.system)} / ${nameOf(
    view,
    office,
    asked.category,
  )}</h2><div class="field"><label for="${id}">${say('grant.ids')}</label><p class="hint" id="${id}-hint">${say(
    'grant.ids.hint',
  )}</p><textarea id="${id}" name="ids" rows="4" aria-describedby="${id}-hint" autocomplete="off" spellcheck="false">${typed}</textarea></div><div class="buttons"><button class="button">${say(
    'button.query',
  )}</button></div></form>`;
};

/** 打勾 → 確定. */
export const foundForm = (
  view: View,
  asked: Asked,
  found: ReadonlyArray<Found>,
  typed: string,
  commandId: string,
): Html => {
  const { say } = view.words;
  return html`<form method="post" action="/people" class="panel" novalidate aria-labelledby="found-title">${csrfField(
    view,
  )}${carried(asked)}<input type="hidden" name="commandId" value="${commandId}"><input type="hidden" name="ids" value="${typed}"><h2 id="found-title">${say(
    'grant.found',
  )}</h2><fieldset id="${fieldId('people')}"><legend>${say('grant.tick')}</legend><ul class="plain">${found.map(
    (one) =>
      'fault' in one
        ? html`<li><span class="error">${maskPersonalIds(one.nationalId)}: ${one.fault}</span></li>`
        : html`<li><label class="choice"><input type="checkbox" name="people" value="${one.nationalId}"><span>${maskPersonalIds(
            one.nationalId,
          )} ${one.name}</span></label></li>`,
  )}</ul></fieldset><div class="buttons"><button class="button">${say('button.confirm')}</button></div></form>`;
};

/** 查詢人員自訂帳號. */
export const accountPanel = (view: View, typed: string, found: Found | undefined): Html => {
  const { say } = view.words;
  return html`<form method="post" action="/people/account" class="panel" novalidate aria-labelledby="account-title">${csrfField(
    view,
  )}<h2 id="account-title">${say('account.title')}</h2>${textField(view, {
    ...{ name: 'nationalId', label: 'account.id', required: true, value: typed },
    ...{ width: 'short', maxlength: 20 },
  })}<div class="buttons"><button class="button">${say('button.query')}</button></div>${
    found === undefined || 'fault' in found
      ? nothing
      : html`<div role="status"><dl class="facts"><div><dt>${say('column.name')}</dt><dd>${found.name}</dd></div><div><dt>${say(
          'account.found',
        )}</dt><dd><code>${found.account ?? ''}</code></dd></div></dl></div>`
  }</form>`;
};
