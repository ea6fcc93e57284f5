/**
 * What anybody may ask, as data.
 *
 * @packageDocumentation
 */
import { CatalogueEntry, Helpdesk, MenuGroup, PlannerRow, PurposePolicy, Text, t } from '@mandate/domain';
import { describe } from '../description.js';
import { orNull } from '../rows/credential.js';

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
};
