/**
 * The time line of an agency, or of one clerk: what one save brought stands together, the latest first.
 *
 * @packageDocumentation
 */
import { notice } from '../parts/notice.js';
import { flag, type Html, html, nothing } from '../site/html.js';
import { longTime } from '../site/times.js';
import type { View } from '../site/view.js';
import { changePanel } from './change.js';
import { type EveryChange, historyLimits } from './every-change.js';
import { type HistoryPlace, tabs } from './place.js';
import { actorName, type Change, type Telling } from './telling.js';

/** Saves on one page. */
const pageSize = 20;

type Save = readonly [Change, ...ReadonlyArray<Change>];

/** Changes of one command together, the latest save first. */
export const savesOf = (changes: ReadonlyArray<Change>): ReadonlyArray<Save> => {
  const saves: Array<[Change, ...Array<Change>]> = [];
  for (const change of changes) {
    const last = saves.at(-1);
    if (last !== undefined && last[0].commandId === change.commandId) last.push(change);
    else saves.push([change]);
  }
  return saves.reverse();
};

/** The clerks that changes tell of, by their ids. */
const clerksIn = (telling: Telling, changes: ReadonlyArray<Change>): ReadonlyMap<string, string> => {
  const clerks = new Map<string, string>();
  for (const { clerk, person } of changes)
    if (clerk !== null && person !== null) clerks.set(clerk, telling.person(person));
  return clerks;
};

const filter = (
  view: View,
  { base }: HistoryPlace,
  clerks: ReadonlyMap<string, string>,
  chosen: string | undefined,
): Html => {
  const { say } = view.words;
  return html`<form method="get" action="${base}" class="panel filter"><div class="field"><label for="f-clerk">${say(
    'history.whose',
  )}</label><select id="f-clerk" name="clerk"><option value="">${say('history.everybody')}</option>${[
    ...clerks,
  ].map(
    ([id, name]) =>
      html`<option value="${id}"${flag('selected', id === chosen)}>${name}(${id.slice(0, 4)})</option>`,
  )}</select></div><button class="button quiet">${say('history.show')}</button></form>`;
};

const save = (telling: Telling, changes: Save): Html => {
  const [{ recordedAt, actor }] = changes;
  const { words } = telling.view;
  return html`<li class="save"><p class="timeline-head"><time datetime="${recordedAt}">${longTime(
    recordedAt,
    words.lang,
  )}</time><span>${actorName(telling, actor)}</span></p>${changes.map((change) => changePanel(telling, change))}</li>`;
};

export interface TimeLine {
  /** Those of the agency, in the order in which they were written down. */
  readonly changes: ReadonlyArray<Change>;
  readonly leftOut: EveryChange['leftOut'];
  readonly clerk: string | undefined;
  /** From 1. */
  readonly page: number;
}

const pager = (view: View, base: string, clerk: string | undefined, page: number, of: number): Html => {
  const { say } = view.words;
  if (of <= 1) return nothing;
  const at = (number: number): string =>
    `${base}?${new URLSearchParams({ ...(clerk === undefined ? {} : { clerk }), page: String(number) })}`;
  return html`<nav class="pager" aria-label="${say('history.title')}">${
    page > 1 ? html`<a class="button quiet" href="${at(page - 1)}">${say('history.newer')}</a>` : nothing
  }<span>${say('history.page').replace('{n}', String(page)).replace('{of}', String(of))}</span>${
    page < of ? html`<a class="button quiet" href="${at(page + 1)}">${say('history.older')}</a>` : nothing
  }</nav>`;
};

/** Whoever reads a list must know that it is not the whole of it. */
const leftOutNotice = ({ words: { say, lang } }: View, leftOut: EveryChange['leftOut']): Html => {
  if (leftOut === 'nothing') return nothing;
  const count = leftOut === 'older' ? historyLimits.kept : historyLimits.lookedAt;
  const said = say(`history.leftOut.${leftOut}`).replace('{n}', count.toLocaleString(lang));
  return notice('warn', html`<p>${said}</p>`);
};

export const timeLine = (
  telling: Telling,
  place: HistoryPlace,
  { changes, leftOut, clerk, page }: TimeLine,
): Html => {
  const { view } = telling;
  const { say } = view.words;
  const shown = clerk === undefined ? changes : changes.filter((change) => change.clerk === clerk);
  const saves = savesOf(shown);
  const of = Math.max(1, Math.ceil(saves.length / pageSize));
  const at = Math.min(Math.max(1, page), of);
  return html`${tabs(view, place, 'list')}${leftOutNotice(view, leftOut)}${filter(view, place, clerksIn(telling, changes), clerk)}<p class="no-print">${say(
    'history.export',
  )}: <a href="${place.exports.csv}">${say('history.csv')}</a> · <a href="${place.exports.jsonLines}">${say(
    'history.jsonLines',
  )}</a></p>${
    saves.length === 0
      ? html`<p class="empty">${say('history.none')}</p>`
      : html`<ol class="timeline" reversed>${saves
          .slice((at - 1) * pageSize, at * pageSize)
          .map((one) => save(telling, one))}</ol>`
  }${pager(view, place.base, clerk, at, of)}`;
};
