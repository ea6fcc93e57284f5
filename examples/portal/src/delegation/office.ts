/**
 * Who may enter the pages of a delegation, and what they are told.
 *
 * @packageDocumentation
 */
import type { ClientFault } from '@mandate/adapters-http/client';
import type { PurposePolicy } from '@mandate/domain';
import { refusedPage } from '../screens/errors.js';
import { nextPath, sessionFor } from '../screens/flow.js';
import { sessionCodes, sessionOverPage } from '../screens/session.js';
import { codeOf } from '../site/refusal.js';
import type { View } from '../site/view.js';
import type { Visit } from '../site/visit.js';
import type { Office } from './model.js';
import { delegationOf } from './purpose.js';
import { wantClerk } from './wanted.js';

/** A refusal of the session ends it; anything else is said. */
export const refuseWork = (visit: Visit, purpose: PurposePolicy, fault: ClientFault): Promise<Response> =>
  sessionCodes.has(codeOf(fault)) ? sessionOverPage(visit, purpose) : refusedPage(visit, fault);

export interface AtWork {
  readonly view: View;
  readonly purpose: PurposePolicy;
}

/** Lets in whose cards are confirmed for the delegation; everybody else is led to the cards. */
export const atWork = async (visit: Visit, show: (work: AtWork) => Promise<Response>): Promise<Response> => {
  const purpose = delegationOf(visit);
  if (purpose === undefined) return visit.notFound();
  const view = await visit.view();
  const session = sessionFor(view, purpose);
  if (session?.state === 'confirmed') return show({ view, purpose });
  if (visit.request.method !== 'GET') return sessionOverPage(visit, purpose);
  wantClerk(visit);
  return visit.goTo(nextPath(purpose, session));
};

/** The same with the agency's clerks and the menu. */
export const inOffice = (
  visit: Visit,
  show: (work: AtWork, office: Office) => Promise<Response>,
): Promise<Response> =>
  atWork(visit, async (work) => {
    const { client } = visit;
    const [list, menu, free] = await Promise.all([
      client.clerks(),
      client.catalogue(),
      client.unassignedFunctions(),
    ]);
    if (list._tag === 'Left') return refuseWork(visit, work.purpose, list.left);
    if (menu._tag === 'Left') return refuseWork(visit, work.purpose, menu.left);
    const { version, entries } = menu.right;
    // What the list is without: a page that cannot tell says nothing.
    const unassigned = free._tag === 'Right' ? free.right.functions : [];
    // The first menu brings nothing that is new.
    const fresh = version === 1 ? [] : unassigned.filter(({ since }) => since === version);
    return show(work, { list: list.right, entries, fresh: new Set(fresh.map(({ code }) => code)) });
  });
