/**
 * Every page beyond the cards: what is done and asked when they are confirmed, and what needs none.
 *
 * @packageDocumentation
 */
import { agencyDataPages } from '../agency-data/screens.js';
import { businessPages } from '../business/screens.js';
import { credentialPages } from '../credentials/screens.js';
import { delegationPages } from '../delegation/screens.js';
import { ownHistoryPages } from '../history/own.js';
import { peoplePages } from '../people/screens.js';
import { codeOf, shortfallOf, statusOf } from '../site/refusal.js';
import type { Page, Screen } from '../site/screen.js';
import { staffPages } from '../staff/pages.js';
import { environment } from './environment.js';
import { changedOf, plannerPage } from './planner.js';
import { receiptPages } from './receipt.js';
import { recordsPage } from './records.js';

const planner: Screen = async (visit) => {
  if (visit.settings.pack.planner.length === 0) return visit.notFound();
  const changed = changedOf(visit.url.searchParams);
  return visit.page(plannerPage(await visit.view(), changed));
};

const records: Screen = async (visit) => {
  const { searchParams } = visit.url;
  const view = await visit.view();
  const agencyCode = (searchParams.get('agencyCode') ?? '').trim();
  if (!searchParams.has('agencyCode'))
    return visit.page(recordsPage(view, { agencyCode, found: undefined, shortfall: undefined }));
  const answer = await visit.client.registrations({ query: { agencyCode } });
  if (answer._tag === 'Right')
    return visit.page(recordsPage(view, { agencyCode, found: answer.right, shortfall: undefined }));
  return codeOf(answer.left) === 'AGENCY_NOT_REGISTERED'
    ? visit.page(recordsPage(view, { agencyCode, found: 'none', shortfall: undefined }))
    : visit.page(recordsPage(view, { agencyCode, found: undefined, shortfall: shortfallOf(answer.left) }), {
        status: statusOf(answer.left),
      });
};

export const workPages: ReadonlyArray<Page> = [
  { method: 'GET', path: '/planner', show: planner },
  { method: 'GET', path: '/query-records', show: records },
  ...receiptPages,
  { method: 'GET', path: '/environment', show: environment },
  ...delegationPages,
  ...peoplePages,
  ...agencyDataPages,
  ...credentialPages,
  ...ownHistoryPages,
  ...businessPages,
  ...staffPages,
];
