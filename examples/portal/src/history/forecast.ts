/**
 * Who will be locked out if nobody does anything, when, and which cards mend it (GEPI-42…48).
 *
 * @packageDocumentation
 */
import { purposeOf } from '@mandate/domain';
import { type Column, dataTable } from '../parts/table.js';
import { type Html, html, nothing } from '../site/html.js';
import { shortDay } from '../site/times.js';
import type { View } from '../site/view.js';
import { certificateName, type Lockout, type Telling } from './telling.js';

type Mending = NonNullable<Lockout['mending']>;
type Who = Lockout['who'];

const holder = (telling: Telling, who: Who, withAgency: boolean): Html => {
  const { say } = telling.view.words;
  const name = who.holder === 'agency' ? who.agencyName : telling.person(who.person);
  return html`${withAgency ? html`<a href="/staff/agencies/${who.agencyCode}">${who.agencyCode}</a> ` : nothing}${say(
    `planner.card.${who.holder}`,
  )}<br><strong>${name}</strong><br><span class="hint">${certificateName(telling, who)}</span>`;
};

const card = ({ words: { say } }: View, { role, which }: Mending['cards'][number]): Html =>
  html`<li><span class="tag ${which === 'new' ? 'fresh' : 'plain-tag'}">${say(`planner.${which}`)}</span> ${say(
    `planner.card.${role}`,
  )}</li>`;

/** Operations are the agency's to do: staff are told of them, and led to none. */
const mending = (view: View, plan: Mending | null, forStaff: boolean): Html => {
  const { say, pick } = view.words;
  if (plan === null) return html`${say('planner.noRow')}`;
  return html`<ul class="bring">${plan.cards.map((one) => card(view, one))}</ul><ol class="cell-list">${plan.operations.map(
    ({ purpose }) => {
      const found = purposeOf(view.pack, purpose);
      const label = found === undefined ? purpose : pick(found.label);
      return forStaff ? html`<li>${label}</li>` : html`<li><a href="/${purpose}">${label}</a></li>`;
    },
  )}</ol>`;
};

/** `2026-12-17` or whatever an instant's day is, as people here read it. */
const why = (telling: Telling, { cause, closesFunctions, window, remedy }: Lockout): Html => {
  const { say, lang } = telling.view.words;
  return html`${say(`forecast.cause.${cause}`)}${
    closesFunctions ? html`<br><span class="tag bad">${say('forecast.closes')}</span>` : nothing
  }${
    window === null || remedy !== 'renew'
      ? nothing
      : html`<br><span class="hint">${say('forecast.window')} ${shortDay(window.opensAt, lang)} ${say(
          'certificate.validTo',
        )} ${shortDay(window.closesAt, lang)}</span>`
  }`;
};

export interface TableFor {
  /** Rows of several agencies name theirs. */
  readonly withAgency?: boolean;
  readonly forStaff?: boolean;
}

export const lockoutTable = (
  telling: Telling,
  lockouts: ReadonlyArray<Lockout>,
  caption: string,
  { withAgency = false, forStaff = false }: TableFor = {},
): Html => {
  const { view } = telling;
  const { say, lang } = view.words;
  const columns: ReadonlyArray<Column> = [
    { label: say('forecast.day'), kind: 'number' },
    { label: say('forecast.who') },
    { label: say('forecast.cause') },
    { label: say('forecast.bring') },
  ];
  return dataTable({
    caption,
    columns,
    rows: lockouts.map((lockout) => [
      html`<time datetime="${lockout.at}">${shortDay(lockout.at, lang)}</time>`,
      holder(telling, lockout.who, withAgency),
      why(telling, lockout),
      mending(view, lockout.mending, forStaff),
    ]),
    empty: say('forecast.none'),
  });
};

export const undatedList = (telling: Telling, undated: ReadonlyArray<Who>, withAgency = false): Html => {
  const { say } = telling.view.words;
  return undated.length === 0
    ? nothing
    : html`<section aria-labelledby="undated"><h2 id="undated">${say('forecast.undated')}</h2><p class="hint">${say(
        'forecast.undated.hint',
      )}</p><ul class="plain panel">${undated.map((who) => html`<li>${holder(telling, who, withAgency)}</li>`)}</ul></section>`;
};
