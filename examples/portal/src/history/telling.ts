/**
 * What it takes to tell of the past: whose names may be shown, what the functions are called, where more is told.
 *
 * @packageDocumentation
 */
import type { MenuEntry } from '../parts/permission-tree.js';
import type { AnswerOf } from '../site/answer-of.js';
import { type Html, html } from '../site/html.js';
import { printedSerial } from '../site/serial.js';
import { shortDay } from '../site/times.js';
import type { View } from '../site/view.js';

export type History = AnswerOf<'history'>;
export type Change = History['items'][number];
export type Authority = AnswerOf<'historyAsOf'>['authority'];
export type Difference = AnswerOf<'historyDiff'>['diff'];
export type Blame = NonNullable<AnswerOf<'historyBlame'>['blame']>;
export type Forecast = AnswerOf<'forecast'>;
export type Lockout = Forecast['lockouts'][number];
export type People = History['people'];
type Actor = Change['actor'];

/** A certificate as it is named: its CA and its serial. */
export interface NamedCertificate {
  readonly ca: string;
  readonly serial: string;
  readonly proof?: string;
}

export interface Telling {
  readonly view: View;
  readonly person: (pseudonym: string | null) => string;
  readonly fn: (code: string) => string;
  /** Where evidence is verified; nowhere for whoever may not see it. */
  readonly evidenceAt: ((hash: string) => string) | undefined;
}

export const telling = (
  view: View,
  people: People,
  entries: ReadonlyArray<MenuEntry>,
  evidenceAt?: (hash: string) => string,
): Telling => {
  const { say, pick } = view.words;
  const names = new Map(people.map(({ person, name }) => [person, name]));
  const labels = new Map(entries.map((entry) => [entry.code, pick(entry)]));
  return {
    view,
    person: (pseudonym) => {
      if (pseudonym === null || !names.has(pseudonym)) return say('history.nobody');
      return names.get(pseudonym) ?? say('history.forgotten');
    },
    fn: (code) => labels.get(code) ?? code,
    evidenceAt,
  };
};

export const actorName = ({ view, person }: Telling, actor: Actor): string => {
  const kind = view.words.say(`actor.${actor.kind}`);
  if (actor.kind === 'staff') return `${kind} ${actor.account}`;
  return 'person' in actor ? `${kind} ${person(actor.person)}` : kind;
};

/** `MOICA 0123…`, and how it became known. */
export const certificateName = ({ view }: Telling, { ca, serial, proof }: NamedCertificate): Html =>
  html`<span class="certificate">${ca} <code class="serial">${printedSerial(serial)}</code>${
    proof === undefined ? '' : html` <span class="hint">${view.words.say(`proof.${proof}`)}</span>`
  }</span>`;

/** Functions as a line of tags. */
export const functionTags = ({ fn }: Telling, codes: ReadonlyArray<string>, tone = 'plain-tag'): Html =>
  html`<ul class="tags">${codes.map((code) => html`<li><span class="tag ${tone}">${fn(code)}</span></li>`)}</ul>`;

/** Registered credentials that are active, each with its days (DOC-9). */
export const activeList = (telling: Telling, credentials: Authority['credentials']): Html =>
  html`<ul class="plain">${credentials.map(
    ({ person, ca, serial, from, to }) =>
      html`<li>${telling.person(person)} ${certificateName(telling, { ca, serial })} <span class="hint">${shortDay(
        from,
        telling.view.words.lang,
      )} – ${shortDay(to, telling.view.words.lang)}</span></li>`,
  )}</ul>`;

/** A line of facts. */
export const fact = (label: string, value: Html | string): Html =>
  html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
