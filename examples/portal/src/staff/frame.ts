/**
 * The frame of staff's pages: another colour, another column, and the account in the place of a session by cards.
 *
 * @packageDocumentation
 */
import { type Crumb, layout } from '../parts/layout.js';
import { csrfField } from '../parts/session-panel.js';
import { attribute, type Html, html } from '../site/html.js';
import type { View } from '../site/view.js';
import type { StaffSession } from './desk.js';

export interface StaffPage {
  readonly title: string;
  /** After the home of staff; the last one is the page itself. */
  readonly crumbs: ReadonlyArray<Crumb>;
  readonly body: Html;
  /** The line of the column that this page belongs to. */
  readonly current?: string;
}

const lines = [
  ['/staff', 'staff.home'],
  ['/staff/reviews', 'staff.reviews'],
  ['/staff/agencies', 'staff.agency'],
  ['/staff/forecast', 'staff.forecast'],
  ['/staff/evidence', 'staff.evidence'],
  ['/staff/certificates', 'staff.certificates', 'auditor'],
  ['/staff/catalogue', 'deed.catalogue', 'operator'],
  ['/staff/terms', 'deed.terms', 'operator'],
  ['/staff/forgotten-subjects', 'deed.forgetSubject', 'operator'],
  ['/staff/forgotten-applicants', 'deed.forgetApplicant', 'operator'],
] as const;

const menu = (
  { words: { say } }: View,
  session: StaffSession | undefined,
  current: string | undefined,
): Html =>
  html`<nav class="menu" aria-label="${say('staff.area')}"><button type="button" class="menu-button" aria-expanded="true" aria-controls="menu" hidden>${say(
    'frame.menu',
  )}</button><ul id="menu" class="menu-groups"><li class="menu-group"><span class="menu-label">${say(
    'staff.area',
  )}</span><ul>${lines
    .filter(([, , role]) => role === undefined || session?.member.roles.includes(role) === true)
    .map(
      ([href, key]) =>
        html`<li><a href="${href}"${attribute('aria-current', href === current ? 'page' : undefined)}>${say(key)}</a></li>`,
    )}</ul></li><li class="menu-group menu-back"><ul><li><a href="/">${say('link.home')}</a></li></ul></li></ul></nav>`;

const panel = (view: View, { member }: StaffSession): Html => {
  const { say } = view.words;
  return html`<section class="session" aria-label="${say('session.title')}"><dl><div><dt>${say('staff.account')}</dt><dd>${
    member.account
  }</dd></div><div><dt>${say('staff.roles')}</dt><dd>${member.roles.map((role) => say(`staff.role.${role}`)).join('、')}</dd></div></dl><form method="post" action="/staff/sign-out">${csrfField(
    view,
  )}<button class="button quiet">${say('staff.signOut')}</button></form></section>`;
};

/** A page of staff; `view` has the token of their session. */
export const staffLayout = (view: View, session: StaffSession | undefined, page: StaffPage): Html =>
  layout(view, {
    ...page,
    area: 'staff.area',
    other: {
      menu: menu(view, session, page.current),
      panel: session === undefined ? html`` : panel(view, session),
      home: { label: view.words.say('staff.home'), href: '/staff' },
    },
  });
