/**
 * 使用者憑證登記(瀏覽) (DOC-2…4): every row, also of certificates that are not used any more (DOC-10).
 *
 * @packageDocumentation
 */
import { layout } from '../parts/layout.js';
import { notice } from '../parts/notice.js';
import { serialCode } from '../parts/serial.js';
import { stepper } from '../parts/steps.js';
import { dataTable } from '../parts/table.js';
import { crumbsOf } from '../screens/flow.js';
import { type Html, html, nothing } from '../site/html.js';
import { shortDay } from '../site/times.js';
import type { View } from '../site/view.js';
import type { Visit } from '../site/visit.js';
import type { AtWork, Credential } from './model.js';
import { credentialsPath } from './path.js';

const doneKeys: Readonly<Record<string, string>> = {
  added: 'credential.done.added',
  changed: 'credential.done.changed',
};

/** Which of the pack's labels an id has. */
export const labelOf = (
  { words: { pick } }: View,
  all: AtWork['rules']['kinds'] | AtWork['rules']['cardKinds'],
  id: string,
): string => {
  const found = all.find((one) => one.id === id);
  return found === undefined ? id : pick(found.label);
};

/** 啟用 with its days, or 不啟用. */
export const stateText = ({ words: { say, lang } }: View, { active }: Pick<Credential, 'active'>): Html =>
  active === null
    ? html`<span class="state">${say('state.inactive')}</span>`
    : html`<strong>${say('state.active')}</strong><br><span class="hint">${say('credential.days')
        .replace('{from}', shortDay(active.from, lang))
        .replace('{to}', shortDay(active.to, lang))}</span>`;

export const credentialListPage = (visit: Visit, work: AtWork, rows: ReadonlyArray<Credential>): Html => {
  const { view, purpose, rules } = work;
  const { say } = view.words;
  const done = doneKeys[visit.url.searchParams.get('done') ?? ''];
  return layout(view, {
    title: say('credential.list.title'),
    crumbs: crumbsOf(view, purpose),
    current: purpose.id,
    body: html`${stepper(view, purpose, 'step.work')}${done === undefined ? nothing : notice('good', html`<h2>${say(done)}</h2>`)}
<p class="notice info">${say('list.role')}</p>
<div class="list-head"><h2 class="list-title">${say('credential.all').replace('{n}', String(rows.length))}</h2><a class="button" href="${credentialsPath(
      'add',
    )}">${say('button.add')}</a></div>
${dataTable({
  caption: say('credential.list.title'),
  quiet: true,
  columns: [
    { label: say('column.number'), kind: 'number' },
    { label: say('column.userCode'), kind: 'head' },
    { label: say('column.userName') },
    { label: say('column.kind') },
    { label: say('column.serial1') },
    { label: say('column.serial2') },
    { label: say('column.active') },
    { label: say('column.cardKind') },
  ],
  rows: rows.map((row, at) => [
    String(at + 1),
    html`<a href="${credentialsPath(row.id)}">${row.account ?? say('clerks.forgotten')}<span class="unseen"> ${String(at + 1)}</span></a>`,
    row.name ?? say('clerks.forgotten'),
    labelOf(view, rules.kinds, row.kind),
    html`${serialCode(row.serial1)}${
      row.proof === 'typedByHand' ? html`<br><span class="hint">${say('credential.typed')}</span>` : nothing
    }`,
    serialCode(row.serial2),
    stateText(view, row),
    labelOf(view, rules.cardKinds, row.cardKind),
  ]),
  empty: say('credential.none'),
})}
${rows.length === 0 ? nothing : html`<p class="hint">${say('list.pick')}</p>`}`,
  });
};
