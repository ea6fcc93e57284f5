/**
 * Staff's pages by their addresses.
 *
 * @packageDocumentation
 */
import type { Page } from '../site/screen.js';
import {
  agencyAsOf,
  agencyBlame,
  agencyDiff,
  agencyForecast,
  agencyTimeLine,
  askAgency,
  showAgency,
} from './agencies.js';
import { deregistration, reopening, suspension } from './agency-deeds.js';
import { certificateHolders } from './certificates.js';
import { decideDataRequest, showDataRequests, showDocument } from './data-requests.js';
import { deedPages } from './deed.js';
import { askEvidence, showEvidence } from './evidence.js';
import { forecastOfAll } from './forecast.js';
import { forgetApplicant, forgetSubject } from './forgetting.js';
import { staffHome } from './home.js';
import { publishCatalogue } from './publish-catalogue.js';
import { publishTerms } from './publish-terms.js';
import { showStaffReceipt, staffReceiptPath } from './receipt.js';
import { decideReview, showReview, showReviews } from './reviews.js';
import { showSignIn, signIn, signOutStaff } from './sign-in.js';
import { forStaff, type StaffScreen } from './visit.js';

const look = (path: string, show: StaffScreen): Page => ({ method: 'GET', path, show: forStaff(show) });
const act = (path: string, show: StaffScreen): Page => ({ method: 'POST', path, show: forStaff(show) });

const agency = '/staff/agencies/:code';

export const staffPages: ReadonlyArray<Page> = [
  { method: 'GET', path: '/staff/sign-in', show: showSignIn },
  { method: 'POST', path: '/staff/sign-in', show: signIn },
  { method: 'POST', path: '/staff/sign-out', show: signOutStaff },
  look('/staff', staffHome),
  look('/staff/reviews', showReviews),
  look('/staff/reviews/:id', showReview),
  act('/staff/reviews/:id', decideReview),
  look('/staff/certificates', certificateHolders),
  look('/staff/agencies', askAgency),
  look(agency, showAgency),
  look(`${agency}/data-requests`, showDataRequests),
  act(`${agency}/data-requests`, decideDataRequest),
  look(`${agency}/data-requests/documents/:hash`, showDocument),
  look(`${agency}/history`, agencyTimeLine),
  look(`${agency}/history/as-of`, agencyAsOf),
  look(`${agency}/history/diff`, agencyDiff),
  look(`${agency}/history/blame`, agencyBlame),
  look(`${agency}/forecast`, agencyForecast),
  ...[
    suspension,
    reopening,
    deregistration,
    publishCatalogue,
    publishTerms,
    forgetSubject,
    forgetApplicant,
  ].flatMap(deedPages),
  look(staffReceiptPath(':id'), showStaffReceipt),
  look('/staff/forecast', forecastOfAll),
  look('/staff/evidence', askEvidence),
  look('/staff/evidence/:hash', showEvidence),
];
