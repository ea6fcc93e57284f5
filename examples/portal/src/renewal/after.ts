/**
 * 展期之後: where the old certificate is on record, in every portal that stands beside the renewal, and who mends that by what
 * (MOICA-16, GEPI-42…48, NHI-13, DOC-3). All of it is what the packs say.
 *
 * @packageDocumentation
 */
import {
  type Lockout,
  othersNeeded,
  type PortalPolicy,
  type PurposePolicy,
  purposeOf,
  type RenewalView,
  type Role,
  type StepRole,
} from '@mandate/domain';
import { registers } from '../credentials/model.js';
import { renewedPath } from '../credentials/wanted.js';
import { clerksPath } from '../delegation/path.js';
import { handingOut } from '../delegation/purpose.js';
import { dataTable } from '../parts/table.js';
import { type Html, html, nothing } from '../site/html.js';
import { printedSerial } from '../site/serial.js';
import { longTime } from '../site/times.js';
import type { View } from '../site/view.js';
import { wordsOf } from '../site/words.js';
import type { AfterThere, NamedThere } from '../world/renewal-desk.js';

/**
 * The way to an operation: with the clerk chosen where an entry is changed in it, and to the renewed card where its holder
 * registers that alone.
 */
export const operationPath = (
  { base, policy }: AfterThere['place'],
  purpose: PurposePolicy,
  clerk: string | null,
): string => {
  if (registers(purpose) && othersNeeded(purpose, ['clerk']).length === 0) return `${base}${renewedPath}`;
  const isEdited = purpose === handingOut(policy) && purpose.commands.includes('ChangeClerk');
  return `${base}${isEdited && clerk !== null ? clerksPath(clerk) : `/${purpose.id}`}`;
};

/** As what the holder stands in this agency: a manager may be a clerk too (GEPI-43). */
const ownRoles = ({ lockouts }: AfterThere, { agencyCode }: NamedThere): ReadonlyArray<Role> =>
  lockouts.filter(({ who }) => who.agencyCode === agencyCode).map(({ who }) => who.holder);

/** As the portal calls it: the unit's card in one, the agency's in another. */
const cardIn = ({ words: { say, lang } }: View, { policy }: AfterThere['place'], role: StepRole): string => {
  const words = wordsOf(policy, lang);
  const key = `planner.card.${role}`;
  return words.has(key) ? words.say(key) : say(`renewal.as.${role}`);
};

const whoDoes = (
  view: View,
  place: AfterThere['place'],
  purpose: PurposePolicy,
  own: ReadonlyArray<Role>,
): Html => {
  const { say, lang } = view.words;
  const others = othersNeeded(purpose, own);
  return others.length === 0
    ? html`<span>${say('renewal.after.alone')}</span>`
    : html`<span>${say('renewal.after.others')} ${others.map((role) => cardIn(view, place, role)).join(lang === 'zh' ? '、' : ', ')}</span>`;
};

const deskOf = ({ helpdesks }: PortalPolicy) => helpdesks.find(({ ca }) => ca === null);

const operations = (view: View, there: AfterThere, { who, mending }: Lockout<NamedThere>): Html => {
  const { place } = there;
  const { say, pick } = view.words;
  const own = ownRoles(there, who);
  if (mending === null) {
    const desk = deskOf(place.policy);
    return desk === undefined ? nothing : html`${say('renewal.after.ask')} ${pick(desk.name)} ${desk.phone}`;
  }
  return html`<ol class="cell-list">${mending.operations.map(({ purpose }) => {
    const found = purposeOf(place.policy, purpose);
    return found === undefined
      ? nothing
      : html`<li>${whoDoes(view, place, found, own)} <a class="button small" href="${operationPath(place, found, who.clerk)}">${pick(found.label)}</a></li>`;
  })}</ol>`;
};

const agencyOf = ({ agencyName, agencyCode }: Pick<NamedThere, 'agencyName' | 'agencyCode'>): string =>
  agencyName === '' ? agencyCode : `${agencyName} (${agencyCode})`;

const lockedOut = (view: View, there: AfterThere): Html => {
  const { say, pick } = view.words;
  const { lockouts, place } = there;
  return lockouts.length === 0
    ? html`<p>${say('renewal.after.nothing')}</p>`
    : html`<p>${say('renewal.after.out')}</p>${dataTable({
        caption: pick(place.policy.name),
        quiet: true,
        columns: [
          { label: wordsOf(place.policy, view.words.lang).say('column.agencyName'), kind: 'head' },
          { label: say('renewal.after.role') },
          { label: say('renewal.after.todo') },
        ],
        rows: lockouts.map((lockout) => [
          agencyOf(lockout.who),
          cardIn(view, place, lockout.who.holder),
          operations(view, there, lockout),
        ]),
        empty: '',
      })}`;
};

const past = (view: View, { past: rows, place }: AfterThere): Html => {
  const { say, pick, lang } = view.words;
  return rows.length === 0
    ? nothing
    : html`<details class="more"><summary>${say('renewal.after.past')}</summary>${dataTable({
        caption: `${pick(place.policy.name)} ${say('renewal.after.past')}`,
        quiet: true,
        columns: [
          { label: wordsOf(place.policy, lang).say('column.agencyName'), kind: 'head' },
          { label: say('renewal.after.role') },
          { label: say('renewal.after.until') },
        ],
        rows: rows.map((row) => [
          agencyOf(row),
          cardIn(view, place, row.holder),
          `${longTime(row.heldFrom, lang)} – ${row.heldTo === null ? '' : longTime(row.heldTo, lang)}`,
        ]),
        empty: '',
      })}</details>`;
};

const section = (view: View, there: AfterThere): Html => {
  const { say, pick } = view.words;
  const { policy } = there.place;
  const id = `after-${policy.portal}`;
  return html`<section class="panel" aria-labelledby="${id}" data-after="${policy.portal}"><h3 id="${id}">${pick(policy.name)}</h3>${
    there.isKnown
      ? html`${lockedOut(view, there)}${past(view, there)}`
      : html`<p class="notice warn">${say('renewal.after.unknown')}</p>`
  }</section>`;
};

export const afterBody = (
  view: View,
  { next }: Pick<RenewalView, 'next'>,
  portals: ReadonlyArray<AfterThere>,
): Html => {
  const { say } = view.words;
  return html`<section aria-labelledby="after"><h2 id="after">${say('renewal.after.title')}</h2><p>${say('renewal.after.text')}</p>${
    next === null
      ? nothing
      : html`<p>${say('renewal.after.new')}: <code class="serial">${printedSerial(next.serial)}</code></p>`
  }${portals.map((there) => section(view, there))}</section>`;
};
