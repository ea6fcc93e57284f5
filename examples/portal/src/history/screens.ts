/**
 * The pages of a history: wherever it is shown, they ask and answer alike.
 *
 * @packageDocumentation
 */
import type { ClientFault } from '@mandate/adapters-http/client';
import type { MenuEntry } from '../parts/permission-tree.js';
import { refusedPage } from '../screens/errors.js';
import type { Html } from '../site/html.js';
import { isId } from '../site/ids.js';
import type { View } from '../site/view.js';
import type { Visit } from '../site/visit.js';
import { asOfBody } from './as-of.js';
import { blameBody } from './blame.js';
import { dayOf, endOfDay } from './days.js';
import { diffBody } from './diff.js';
import { everyChange } from './every-change.js';
import type { HistoryPlace } from './place.js';
import { type People, type Telling, telling } from './telling.js';
import { timeLine } from './timeline.js';

/** A refusal where there is no page to show it on. */
export type OnFault = (fault: ClientFault) => Promise<Response>;

/** The menu's words; without it codes stand for themselves. */
export const menuOf = async ({ client }: Visit): Promise<ReadonlyArray<MenuEntry>> => {
  const menu = await client.catalogue();
  return menu._tag === 'Right' ? menu.right.entries : [];
};

const shown = async (
  visit: Visit,
  place: HistoryPlace,
  people: People,
  title: string,
  body: (told: Telling) => Html,
  more: ReadonlyArray<string> = [],
  status = 200,
): Promise<Response> => {
  const view: View = await visit.view();
  const told = telling(view, people, await menuOf(visit), place.evidenceAt);
  const { say } = view.words;
  return visit.page(
    place.frame(view, {
      title,
      crumbs: [
        { label: say('history.title'), ...(more.length === 0 ? {} : { href: place.base }) },
        ...more.map((label) => ({ label })),
      ],
      body: body(told),
    }),
    { status },
  );
};

export const showTimeLine = async (
  visit: Visit,
  place: HistoryPlace,
  onFault: OnFault,
): Promise<Response> => {
  const found = await everyChange(place);
  if (found._tag === 'Left') return onFault(found.left);
  const { changes, people, leftOut } = found.right;
  const query = visit.url.searchParams;
  const clerk = query.get('clerk') ?? '';
  return shown(visit, place, people, visit.words.say('history.title'), (told) =>
    timeLine(told, place, {
      ...{ changes, leftOut },
      clerk: isId(clerk) ? clerk : undefined,
      page: Math.trunc(Number(query.get('page') ?? '1')) || 1,
    }),
  );
};

export const showAsOf = async (visit: Visit, place: HistoryPlace, onFault: OnFault): Promise<Response> => {
  const query = visit.url.searchParams;
  const at = query.get('at') ?? dayOf(visit.settings.now());
  const knownAt = query.get('knownAt') ?? '';
  const instant = endOfDay(at);
  const known = knownAt === '' ? undefined : endOfDay(knownAt);
  const wrong = new Set<'at' | 'knownAt'>([
    ...(instant === undefined ? (['at'] as const) : []),
    ...(knownAt !== '' && known === undefined ? (['knownAt'] as const) : []),
  ]);
  const title = visit.words.say('history.tab.asOf');
  if (instant === undefined || wrong.size > 0)
    return shown(
      visit,
      place,
      [],
      title,
      (told) => asOfBody(told, place, { at, knownAt, wrong }, undefined),
      [title],
      422,
    );
  const found = await place.asOf({ at: instant, ...(known === undefined ? {} : { knownAt: known }) });
  if (found._tag === 'Left') return onFault(found.left);
  const { authority, people } = found.right;
  return shown(
    visit,
    place,
    people,
    title,
    (told) => asOfBody(told, place, { at, knownAt, wrong }, authority),
    [title],
  );
};

export const showDiff = async (visit: Visit, place: HistoryPlace, onFault: OnFault): Promise<Response> => {
  const query = visit.url.searchParams;
  const asked = query.has('from') || query.has('to');
  const today = visit.settings.now();
  const from = query.get('from') ?? dayOf(today - 30 * 86_400_000);
  const to = query.get('to') ?? dayOf(today);
  const since = endOfDay(from);
  const until = endOfDay(to);
  const wrong = new Set<'from' | 'to'>([
    ...(since === undefined ? (['from'] as const) : []),
    ...(until === undefined ? (['to'] as const) : []),
  ]);
  const title = visit.words.say('history.tab.diff');
  if (!asked || since === undefined || until === undefined)
    return shown(
      visit,
      place,
      [],
      title,
      (told) => diffBody(told, place, { from, to, wrong }, undefined),
      [title],
      asked ? 422 : 200,
    );
  const found = await place.diff({ from: since, to: until });
  if (found._tag === 'Left') return onFault(found.left);
  const { diff, people } = found.right;
  return shown(visit, place, people, title, (told) => diffBody(told, place, { from, to, wrong }, diff), [
    title,
  ]);
};

export const showBlame = async (visit: Visit, place: HistoryPlace, onFault: OnFault): Promise<Response> => {
  const query = visit.url.searchParams;
  const at = endOfDay(query.get('at') ?? '');
  const knownAt = endOfDay(query.get('knownAt') ?? '');
  const found = await place.blame({
    clerk: query.get('clerk') ?? '',
    function: query.get('function') ?? '',
    ...(at === undefined ? {} : { at }),
    ...(knownAt === undefined ? {} : { knownAt }),
  });
  if (found._tag === 'Left') return onFault(found.left);
  const { blame, people } = found.right;
  const title = visit.words.say('blame.title');
  return shown(
    visit,
    place,
    people,
    title,
    (told) => blameBody(told, blame),
    [title],
    blame === null ? 404 : 200,
  );
};

export const refuseHere =
  (visit: Visit): OnFault =>
  (fault) =>
    refusedPage(visit, fault);
