/**
 * Staff's visits: who is in, and what they are told when their role may not.
 *
 * @packageDocumentation
 */
import type { ClientFault } from '@mandate/adapters-http/client';
import type { StaffRole } from '@mandate/adapters-http/server';
import { summary } from '../parts/notice.js';
import { html } from '../site/html.js';
import { codeOf, shortfallOf, statusOf } from '../site/refusal.js';
import type { Screen } from '../site/screen.js';
import type { View } from '../site/view.js';
import type { Visit } from '../site/visit.js';
import type { StaffSession } from './desk.js';
import { type StaffPage, staffLayout } from './frame.js';

export interface StaffVisit {
  readonly visit: Visit;
  /** With the token of the staff's session; whatever cards are confirmed in this browser is nothing here. */
  readonly view: View;
  readonly session: StaffSession;
  readonly page: (page: StaffPage, status?: number) => Response;
  /** A refusal of the register, as a page. */
  readonly refused: (fault: ClientFault) => Response;
  /** That the role of this account does not do this. */
  readonly forbidden: () => Response;
  readonly has: (role: StaffRole) => boolean;
}

export type StaffScreen = (
  staff: StaffVisit,
  path: Readonly<Record<string, string>>,
) => Promise<Response> | Response;

const staffVisit = (visit: Visit, view: View, session: StaffSession): StaffVisit => {
  const page: StaffVisit['page'] = (one, status = 200) =>
    visit.page(staffLayout(view, session, one), { status });
  const { say } = view.words;
  const title = say('errors.refused');
  const forbidden = (status = 403): Response => {
    const body = html`<div class="notice warn" role="alert"><p>${say('staff.forbidden')}</p></div>`;
    return page({ title, crumbs: [{ label: title }], body }, status);
  };
  return {
    visit,
    view,
    session,
    page,
    forbidden,
    refused: (fault) =>
      codeOf(fault) === 'FORBIDDEN'
        ? forbidden(statusOf(fault))
        : page(
            { title, crumbs: [{ label: title }], body: summary(view, shortfallOf(fault)) },
            statusOf(fault),
          ),
    has: (role) => session.member.roles.includes(role),
  };
};

/** Lets staff in; everybody else is asked to sign in. Without a desk there are no such pages. */
export const forStaff =
  (show: StaffScreen): Screen =>
  async (visit, path) => {
    const { staff } = visit.settings;
    if (staff === undefined) return visit.notFound();
    const session = staff.find(visit.request);
    if (session === undefined) return visit.goTo('/staff/sign-in');
    const view = await visit.view();
    return show(staffVisit(visit, { ...view, session: undefined, csrf: session.csrf }, session), path);
  };
