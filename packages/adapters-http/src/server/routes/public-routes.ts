/**
 * What anybody may ask, as data.
 *
 * @packageDocumentation
 */
import {
  CatalogueEntry,
  Helpdesk,
  MenuGroup,
  oneOf,
  PlannerRow,
  PurposePolicy,
  strict,
  Text,
  t,
  UnitCode,
} from '@mandate/domain';
import { describe } from '../description.js';
import { PlannedCardRow } from '../rows/certificates.js';
import { orNull } from '../rows/credential.js';
import { RegistrationStatusRow } from '../rows/registrations.js';
import { ChangedRoles } from './changed-roles.js';

const tag = 'public';

/** The part of a policy that everybody may know: what a page is made from. */
export const PublicPolicy = t.strict({
  portal: t.string,
  name: Text,
  purposes: t.readonlyArray(PurposePolicy),
  challengeMinutes: t.number,
  sessionMinutes: t.number,
  clerks: t.strict({ minPermissions: t.number, nameFromCard: t.boolean }),
  openingHours: orNull(t.strict({ from: t.string, to: t.string })),
  /** Whether the portal is open now. */
  open: t.boolean,
  expiryLocksOut: t.strict({ agency: t.boolean, manager: t.boolean, clerk: t.boolean }),
  planner: t.readonlyArray(PlannerRow),
  menu: t.readonlyArray(MenuGroup),
  helpdesks: t.readonlyArray(Helpdesk),
  texts: t.record(t.string, Text),
});

export const PresentedTermsAnswer = t.strict({
  version: t.number,
  hash: t.string,
  title: t.string,
  text: t.string,
  english: orNull(t.string),
  publishedAt: t.string,
  /** 網頁下載時間 (GEPI-13); comes back with the command, as does the receipt for it. */
  presentedAt: t.string,
  receipt: t.string,
});

export const CatalogueAnswer = t.strict({
  version: t.number,
  publishedAt: t.string,
  /** In the order of the menu. */
  entries: t.readonlyArray(CatalogueEntry),
});

/** 收件紀錄 (GEPI-51): what was received and when; nobody is named. */
export const RegistrationsAnswer = t.strict({
  agencyCode: t.string,
  agencyName: t.string,
  items: t.readonlyArray(
    t.strict({
      receivedAt: t.string,
      item: t.string,
      newManager: t.boolean,
      status: RegistrationStatusRow,
      decidedAt: orNull(t.string),
      validFrom: orNull(t.string),
    }),
  ),
});

/** Who changed → which operations in which order, and which cards to bring (GEPI-45). */
export const PlanAnswer = t.strict({
  operations: t.readonlyArray(
    t.strict({
      order: t.number,
      purpose: t.string,
      label: Text,
      cards: t.readonlyArray(PlannedCardRow),
    }),
  ),
  cards: t.readonlyArray(PlannedCardRow),
});

export const publicRoutes = {
  root: describe({
    id: 'root',
    method: 'GET',
    path: '/',
    tag,
    summary: { zh: '服務入口', en: 'Where everything is' },
    access: ['public'],
    cached: true,
    answer: t.strict({ portal: t.string, name: Text, links: t.record(t.string, t.string) }),
    status: 200,
    errors: [],
  }),
  policy: describe({
    id: 'policy',
    method: 'GET',
    path: '/policy',
    tag,
    summary: { zh: '入口網站的作業規則與文字', en: 'What the portal offers, in which steps and words' },
    access: ['public'],
    cached: true,
    answer: PublicPolicy,
    status: 200,
    errors: [],
  }),
  terms: describe({
    id: 'terms',
    method: 'GET',
    path: '/terms',
    tag,
    summary: { zh: '用戶約定條款', en: 'The terms, with the time at which they were handed out' },
    access: ['public'],
    answer: PresentedTermsAnswer,
    status: 200,
    errors: ['TERMS_MISSING', 'STORE_UNAVAILABLE', 'STORE_CORRUPT', 'VAULT_UNAVAILABLE'],
  }),
  catalogue: describe({
    id: 'catalogue',
    method: 'GET',
    path: '/catalogue',
    tag,
    summary: { zh: '功能選單', en: 'The menu of functions' },
    access: ['public'],
    cached: true,
    answer: CatalogueAnswer,
    status: 200,
    errors: ['CATALOGUE_MISSING', 'STORE_UNAVAILABLE', 'STORE_CORRUPT'],
  }),
  registrations: describe({
    id: 'registrations',
    method: 'GET',
    path: '/registrations',
    tag,
    summary: { zh: '查詢憑證註冊收件紀錄', en: 'What was received from an agency; needs no card' },
    access: ['public'],
    waits: true,
    query: strict({ agencyCode: UnitCode }),
    answer: RegistrationsAnswer,
    status: 200,
    errors: ['AGENCY_NOT_REGISTERED'],
  }),
  plan: describe({
    id: 'plan',
    method: 'GET',
    path: '/plan',
    tag,
    summary: { zh: '憑證更換對照', en: 'Who changed a card, and so what to do with which cards' },
    access: ['public'],
    cached: true,
    query: strict({ changed: ChangedRoles }, { managerIsClerk: oneOf('true', 'false') }),
    answer: PlanAnswer,
    status: 200,
    errors: [],
  }),
};
