/**
 * 誰的憑證換了 → 要帶什麼、依什麼順序辦理 (GEPI-43…45): three boxes in, a list of steps out. Works by GET alone, so that an
 * answer can be kept and passed on as an address.
 *
 * @packageDocumentation
 */
import { type Changed, type Plan, type PlannedCard, planReplacement, type Role } from '@mandate/domain';
import { layout } from '../parts/layout.js';
import { dataTable } from '../parts/table.js';
import { flag, type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';

const roles: ReadonlyArray<Role> = ['agency', 'manager', 'clerk'];

/** The question as an address has it; `undefined` where none was asked. */
export const changedOf = (query: URLSearchParams): Changed | undefined => {
  if (!query.has('asked')) return undefined;
  const changed = new Set(query.getAll('changed'));
  return {
    agency: changed.has('agency'),
    manager: changed.has('manager'),
    clerk: changed.has('clerk'),
    managerIsClerk: query.has('managerIsClerk'),
  };
};

const cardName = ({ words: { say } }: View, { role, which }: PlannedCard): Html =>
  html`<span class="tag ${which === 'new' ? 'fresh' : 'plain-tag'}">${say(`planner.${which}`)}</span> ${say(
    `planner.card.${role}`,
  )}`;

const cardList = (view: View, cards: ReadonlyArray<PlannedCard>): Html =>
  html`<ul class="bring">${cards.map((card) => html`<li>${cardName(view, card)}</li>`)}</ul>`;

const answer = (view: View, plan: Plan, { managerIsClerk, manager, clerk }: Changed): Html => {
  const { say, pick } = view.words;
  return html`<section class="panel" id="answer" aria-labelledby="bring"><h2 id="bring">${say('planner.bring')}</h2>${cardList(
    view,
    plan.cards,
  )}</section><section aria-labelledby="order"><h2 id="order">${say('planner.order')}</h2>${
    managerIsClerk && (manager || clerk) ? html`<p class="hint">${say('hint.managerIsClerk')}</p>` : nothing
  }<ol class="plan">${plan.operations.map(
    ({ purpose, cards }) =>
      html`<li class="plan-step"><h3>${pick(purpose.label)}</h3>${cardList(view, cards)}<p><a class="button" href="/${purpose.id}">${say(
        'planner.go',
      )}<span class="unseen">: ${pick(purpose.label)}</span></a></p></li>`,
  )}</ol></section>`;
};

const table = (view: View): Html => {
  const { pack, words } = view;
  const { say, pick } = words;
  const rows = pack.planner.flatMap(({ changed }) => {
    const set = new Set<Role>(changed);
    const plan = planReplacement(pack, {
      ...{ agency: set.has('agency'), manager: set.has('manager'), clerk: set.has('clerk') },
      managerIsClerk: false,
    });
    return plan === undefined
      ? []
      : [
          [
            changed.map((role) => say(`planner.card.${role}`)).join('、'),
            cardList(view, plan.cards),
            html`<ol class="cell-list">${plan.operations.map(({ purpose }) => html`<li>${pick(purpose.label)}</li>`)}</ol>`,
          ],
        ];
  });
  return html`<details class="more"><summary>${say('planner.title')}</summary>${dataTable({
    caption: say('planner.title'),
    quiet: true,
    columns: [
      { label: say('planner.who'), kind: 'head' },
      { label: say('planner.cards') },
      { label: say('planner.operations') },
    ],
    rows,
    empty: '',
  })}</details>`;
};

export const plannerPage = (view: View, changed: Changed | undefined): Html => {
  const { say } = view.words;
  const asked = changed !== undefined;
  const nothingTicked = asked && !roles.some((role) => changed[role]);
  const plan = asked ? planReplacement(view.pack, changed) : undefined;
  return layout(view, {
    title: say('planner.menu'),
    crumbs: [{ label: say('crumb.replace') }, { label: say('planner.menu') }],
    current: '/planner',
    body: html`<p class="lead">${say('hint.replaceWhen')}</p><p class="hint">${say('hint.replaceClerk')}</p>
<form method="get" action="/planner#answer" class="panel"><input type="hidden" name="asked" value="1">
<fieldset class="field${nothingTicked ? ' bad' : ''}"><legend>${say('planner.question')}</legend><p class="hint">${say(
      'planner.several',
    )}</p>${
      nothingTicked
        ? html`<p class="error" role="alert" tabindex="-1" data-focus>${say('planner.none')}</p>`
        : nothing
    }<div class="choices">${roles.map(
      (role) =>
        html`<label class="choice"><input type="checkbox" name="changed" value="${role}"${flag(
          'checked',
          changed?.[role] === true,
        )}><span>${say(`planner.card.${role}`)}</span></label>`,
    )}</div></fieldset>
<div class="field"><label class="choice"><input type="checkbox" name="managerIsClerk"${flag(
      'checked',
      changed?.managerIsClerk === true,
    )}><span>${say('planner.managerIsClerk')}</span></label></div>
<div class="buttons"><button class="button">${say('planner.ask')}</button></div></form>
${
  plan !== undefined && changed !== undefined
    ? answer(view, plan, changed)
    : asked && !nothingTicked
      ? html`<div class="notice warn" id="answer" role="status"><p>${say('planner.noRow')}</p></div>`
      : nothing
}
${table(view)}`,
  });
};
