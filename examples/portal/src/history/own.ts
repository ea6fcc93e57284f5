/**
 * History, forecast, unassigned functions and receipts of the session's own agency. Which agency that is, the session says.
 *
 * @packageDocumentation
 */
import { atWork, refuseWork } from '../delegation/office.js';
import { clerksPath } from '../delegation/path.js';
import { delegationOf } from '../delegation/purpose.js';
import { layout } from '../parts/layout.js';
import { dataTable } from '../parts/table.js';
import { sessionFor } from '../screens/flow.js';
import { html, nothing } from '../site/html.js';
import { isId } from '../site/ids.js';
import type { Page, Screen } from '../site/screen.js';
import type { Visit } from '../site/visit.js';
import { everyChange } from './every-change.js';
import { lockoutTable, undatedList } from './forecast.js';
import type { HistoryPlace } from './place.js';
import { receiptOf } from './receipt.js';
import { menuOf, type OnFault, showAsOf, showBlame, showDiff, showTimeLine } from './screens.js';
import { telling } from './telling.js';

const ownPlace = ({ client }: Visit): HistoryPlace => ({
  base: '/history',
  exports: { csv: '/api/history.csv', jsonLines: '/api/history.jsonl' },
  evidenceAt: undefined,
  frame: (view, page) => layout(view, { ...page, current: '/history' }),
  list: (query) => client.history({ query }),
  asOf: (query) => client.historyAsOf({ query }),
  blame: (query) => client.historyBlame({ query }),
  diff: (query) => client.historyDiff({ query }),
});

/** Says whose pages these are, and where the cards are confirmed: the menu leads here without them. */
const needsCards = async (visit: Visit, title: string, current: string): Promise<Response> => {
  const purpose = delegationOf(visit);
  const view = await visit.view();
  const { say } = view.words;
  return visit.page(
    layout(view, {
      title,
      crumbs: [{ label: title }],
      current,
      body: html`<div class="panel"><p>${say('more.needsCards')}</p><p class="buttons">${
        purpose === undefined
          ? nothing
          : html`<a class="button" href="/${purpose.id}">${say('more.confirmCards')}</a>`
      }</p></div>`,
    }),
    { status: 403 },
  );
};

/** With the manager's and the agency's cards confirmed, or the page that asks for them. */
const own =
  (
    titleKey: string,
    current: string,
    show: (visit: Visit, onFault: OnFault, path: Readonly<Record<string, string>>) => Promise<Response>,
  ): Screen =>
  async (visit, path) => {
    const purpose = delegationOf(visit);
    if (purpose === undefined) return visit.notFound();
    const session = sessionFor(await visit.view(), purpose);
    if (session?.state !== 'confirmed') return needsCards(visit, visit.words.say(titleKey), current);
    return atWork(visit, () => show(visit, (fault) => refuseWork(visit, purpose, fault), path));
  };

const days = 90;

const showForecast = async (visit: Visit, onFault: OnFault): Promise<Response> => {
  const now = visit.settings.now();
  const found = await visit.client.forecast({
    query: {
      from: new Date(now).toISOString(),
      to: new Date(now + days * 86_400_000).toISOString(),
    },
  });
  if (found._tag === 'Left') return onFault(found.left);
  const { lockouts, already, undated, people } = found.right;
  const view = await visit.view();
  const told = telling(view, people, []);
  const { say } = view.words;
  const title = say('forecast.title');
  return visit.page(
    layout(view, {
      title,
      crumbs: [{ label: title }],
      current: '/forecast',
      body: html`<p class="lead">${say('forecast.lead').replace('{n}', String(days))}</p>${
        already.length === 0 ? nothing : lockoutTable(told, already, say('forecast.already'))
      }${lockoutTable(told, lockouts, say('forecast.soon'))}${undatedList(told, undated)}<p><a href="/planner">${say(
        'planner.menu',
      )}</a></p>`,
    }),
  );
};

const showUnassigned = async (visit: Visit, onFault: OnFault): Promise<Response> => {
  const found = await visit.client.unassignedFunctions();
  if (found._tag === 'Left') return onFault(found.left);
  const view = await visit.view();
  const { say, pick } = view.words;
  const title = say('unassigned.title');
  return visit.page(
    layout(view, {
      title,
      crumbs: [{ label: title }],
      current: '/unassigned-functions',
      body: html`<p class="lead">${say('unassigned.text')}</p>${dataTable({
        caption: title,
        quiet: true,
        columns: [
          { label: say('unassigned.function'), kind: 'head' },
          { label: say('unassigned.since'), kind: 'number' },
        ],
        rows: found.right.functions.map((one) => [pick(one), String(one.since)]),
        empty: say('unassigned.none'),
      })}<p class="buttons"><a class="button" href="${clerksPath()}">${say('unassigned.assign')}</a></p>`,
    }),
  );
};

/** What one command changed, as it was recorded; `?after` makes sure that it is there. */
const showReceipt = async (
  visit: Visit,
  onFault: OnFault,
  { id = '' }: Readonly<Record<string, string>>,
): Promise<Response> => {
  if (!isId(id)) return visit.notFound();
  const found = await everyChange(ownPlace(visit));
  if (found._tag === 'Left') return onFault(found.left);
  const { changes, people } = found.right;
  const [first, ...rest] = changes.filter(({ commandId }) => commandId === id);
  if (first === undefined) return visit.notFound();
  const view = await visit.view();
  const { say } = view.words;
  const registered = changes.findLast(({ type }) => type === 'AgencyRegistered');
  // Of a long history its beginning is not read: then the card that is confirmed says the name.
  const card = view.session?.cards.find(({ role }) => role === 'agency');
  const name =
    registered?.type === 'AgencyRegistered' ? registered.data.name : (card?.displayName ?? first.agencyCode);
  const title = say('receipt.title');
  const told = telling(view, people, await menuOf(visit));
  return visit.page(
    layout(view, {
      title,
      crumbs: [{ label: say('screen.clerkList.title'), href: clerksPath() }, { label: title }],
      current: '/history',
      body: html`${receiptOf(told, { code: first.agencyCode, name }, [first, ...rest])}<p class="buttons"><a class="button quiet" href="${clerksPath()}">${say(
        'button.back',
      )}</a></p>`,
    }),
  );
};

export const ownHistoryPages: ReadonlyArray<Page> = [
  {
    method: 'GET',
    path: '/history',
    show: own('history.title', '/history', (visit, onFault) => showTimeLine(visit, ownPlace(visit), onFault)),
  },
  {
    method: 'GET',
    path: '/history/as-of',
    show: own('history.title', '/history', (visit, onFault) => showAsOf(visit, ownPlace(visit), onFault)),
  },
  {
    method: 'GET',
    path: '/history/diff',
    show: own('history.title', '/history', (visit, onFault) => showDiff(visit, ownPlace(visit), onFault)),
  },
  {
    method: 'GET',
    path: '/history/blame',
    show: own('history.title', '/history', (visit, onFault) => showBlame(visit, ownPlace(visit), onFault)),
  },
  { method: 'GET', path: '/forecast', show: own('forecast.title', '/forecast', showForecast) },
  {
    method: 'GET',
    path: '/unassigned-functions',
    show: own('unassigned.title', '/unassigned-functions', showUnassigned),
  },
  { method: 'GET', path: '/receipts/:id', show: own('receipt.title', '/history', showReceipt) },
];
