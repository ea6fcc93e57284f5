/**
 * The client's own table of routes: method and path, and nothing of the server, so that a page's script stays small. The
 * compiler compares every line with the server's description.
 *
 * @packageDocumentation
 */
import type { Description } from '../server/description.js';
import type { changeRoutes } from '../server/routes/change-routes.js';
import type { credentialRoutes } from '../server/routes/credential-routes.js';
import type { decisionRoutes } from '../server/routes/decision-routes.js';
import type { agencyHistoryRoutes, historyRoutes } from '../server/routes/history-routes.js';
import type { holderRoutes } from '../server/routes/holder-routes.js';
import type { publicRoutes } from '../server/routes/public-routes.js';
import type { sessionRoutes } from '../server/routes/session-routes.js';
import type { signingRoutes } from '../server/routes/signing-routes.js';
import type { staffCommandRoutes, staffReadRoutes } from '../server/routes/staff-routes.js';
import type { systemRoutes } from '../server/routes/system-routes.js';

/** The descriptions, as types alone. */
export type Specs = typeof publicRoutes &
  typeof sessionRoutes &
  typeof signingRoutes &
  typeof holderRoutes &
  typeof credentialRoutes &
  typeof historyRoutes &
  typeof agencyHistoryRoutes &
  typeof staffReadRoutes &
  typeof staffCommandRoutes &
  typeof changeRoutes &
  typeof decisionRoutes &
  typeof systemRoutes;

type Line<D extends Description> = D extends { readonly command: true }
  ? readonly [D['method'], D['path'], 'command']
  : readonly [D['method'], D['path']];

type Table = { readonly [K in keyof Specs]: Line<Specs[K]> };

export const table: Table = {
  root: ['GET', '/'],
  policy: ['GET', '/policy'],
  terms: ['GET', '/terms'],
  catalogue: ['GET', '/catalogue'],
  session: ['GET', '/session'],
  issueChallenge: ['POST', '/challenges'],
  confirmCard: ['POST', '/confirmations'],
  registrations: ['GET', '/registrations'],
  plan: ['GET', '/plan'],
  endSession: ['DELETE', '/session'],
  issueCommandChallenge: ['POST', '/command-challenges'],
  registerAgency: ['POST', '/registration', 'command'],
  requestReview: ['POST', '/reviews', 'command'],
  clerks: ['GET', '/clerks'],
  authorizeClerk: ['POST', '/clerks', 'command'],
  changeClerk: ['PUT', '/clerks/{clerkId}', 'command'],
  revokeClerk: ['DELETE', '/clerks/{clerkId}', 'command'],
  showCertificate: ['POST', '/clerk-certificates'],
  authorizePeople: ['POST', '/people', 'command'],
  findPerson: ['POST', '/person-searches'],
  agencyRecord: ['GET', '/agency'],
  agencyData: ['GET', '/agency-data'],
  changeAgencyData: ['POST', '/agency-data', 'command'],
  replaceAgencyCertificate: ['POST', '/replacements/agency', 'command'],
  replaceManagerCertificate: ['POST', '/replacements/manager', 'command'],
  replaceBothCertificates: ['POST', '/replacements/both', 'command'],
  logIn: ['POST', '/log-in', 'command'],
  organisation: ['GET', '/organisation'],
  serial: ['GET', '/serial'],
  credentials: ['GET', '/credentials'],
  showCredential: ['POST', '/credential-cards'],
  registerCredential: ['POST', '/credentials', 'command'],
  activateCredential: ['PUT', '/credentials/{credentialId}/activation', 'command'],
  deactivateCredential: ['DELETE', '/credentials/{credentialId}/activation', 'command'],

  history: ['GET', '/history'],
  historyAsOf: ['GET', '/history/as-of'],
  historyBlame: ['GET', '/history/blame'],
  historyDiff: ['GET', '/history/diff'],
  historyCsv: ['GET', '/history.csv'],
  historyJsonLines: ['GET', '/history.jsonl'],
  forecast: ['GET', '/forecast'],
  unassignedFunctions: ['GET', '/unassigned-functions'],
  agencyHistory: ['GET', '/agencies/{agencyCode}/history'],
  agencyHistoryAsOf: ['GET', '/agencies/{agencyCode}/history/as-of'],
  agencyHistoryBlame: ['GET', '/agencies/{agencyCode}/history/blame'],
  agencyHistoryDiff: ['GET', '/agencies/{agencyCode}/history/diff'],
  agencyHistoryCsv: ['GET', '/agencies/{agencyCode}/history.csv'],
  agencyHistoryJsonLines: ['GET', '/agencies/{agencyCode}/history.jsonl'],
  agencyForecast: ['GET', '/agencies/{agencyCode}/forecast'],
  agencyUnassignedFunctions: ['GET', '/agencies/{agencyCode}/unassigned-functions'],

  reviews: ['GET', '/staff/reviews'],
  review: ['GET', '/staff/reviews/{reviewId}'],
  agencyDataRequests: ['GET', '/staff/agencies/{agencyCode}/data-requests'],
  staffForecast: ['GET', '/staff/forecast'],
  staffUnassignedFunctions: ['GET', '/staff/unassigned-functions'],
  evidence: ['GET', '/staff/evidence/{hash}'],
  evidenceList: ['GET', '/staff/evidence/{hash}/lists/{list}'],
  decideReview: ['POST', '/staff/reviews/{reviewId}/decision', 'command'],
  decideAgencyData: ['POST', '/staff/agencies/{agencyCode}/data-requests/{requestId}/decision', 'command'],
  suspendAgency: ['POST', '/staff/agencies/{agencyCode}/suspension', 'command'],
  reopenAgency: ['POST', '/staff/agencies/{agencyCode}/reopening', 'command'],
  deregisterAgency: ['POST', '/staff/agencies/{agencyCode}/deregistration', 'command'],
  publishCatalogue: ['POST', '/staff/catalogue', 'command'],
  publishTerms: ['POST', '/staff/terms', 'command'],
  forgetSubject: ['POST', '/staff/forgotten-subjects', 'command'],
  forgetApplicant: ['POST', '/staff/forgotten-applicants', 'command'],

  changes: ['GET', '/changes'],
  decide: ['POST', '/decisions'],
  evaluation: ['POST', '/access/v1/evaluation'],
  evaluations: ['POST', '/access/v1/evaluations'],
  authzenMetadata: ['GET', '/.well-known/authzen-configuration'],

  health: ['GET', '/health'],
  ready: ['GET', '/ready'],
  openapi: ['GET', '/openapi.json'],
};
