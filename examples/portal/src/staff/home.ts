/**
 * What staff finds first: what waits, and where the rest is.
 *
 * @packageDocumentation
 */
import type { StaffRole } from '@mandate/adapters-http/server';
import { html, nothing } from '../site/html.js';
import type { StaffScreen } from './visit.js';

const cards: ReadonlyArray<readonly [href: string, key: string, ...roles: ReadonlyArray<StaffRole>]> = [
  ['/staff/reviews', 'staff.reviews', 'reviewer', 'auditor'],
  ['/staff/agencies', 'staff.agency', 'reviewer', 'operator', 'auditor'],
  ['/staff/forecast', 'staff.forecast', 'reviewer', 'operator', 'auditor'],
  ['/staff/evidence', 'staff.evidence', 'auditor'],
  ['/staff/catalogue', 'deed.catalogue', 'operator'],
  ['/staff/terms', 'deed.terms', 'operator'],
  ['/staff/forgotten-subjects', 'deed.forgetSubject', 'operator'],
  ['/staff/forgotten-applicants', 'deed.forgetApplicant', 'operator'],
];

export const staffHome: StaffScreen = ({ view, page, has }) => {
  const { say, has: hasText } = view.words;
  return page({
    title: say('staff.area'),
    crumbs: [],
    current: '/staff',
    body: html`<ul class="cards">${cards
      .filter(([, , ...roles]) => roles.some(has))
      .map(
        ([href, key]) =>
          html`<li class="card"><h2>${say(key)}</h2>${
            hasText(`${key}.text`) ? html`<p>${say(`${key}.text`)}</p>` : nothing
          }<ul class="card-links"><li><a href="${href}">${say('business.open')}<span class="unseen"> ${say(key)}</span></a></li></ul></li>`,
      )}</ul>`,
  });
};
