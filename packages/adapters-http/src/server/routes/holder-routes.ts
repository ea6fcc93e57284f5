/**
 * What people do whose cards are confirmed, as data: always for their own agency, which the session names.
 *
 * @packageDocumentation
 */
import {
  Base64,
  CaName,
  CardNumber,
  Contact,
  cardCommands,
  HolderCredential,
  Organisation,
  PersonalId,
  portalForms,
  RootCredential,
  strict,
  t,
  Uuid,
} from '@mandate/domain';
import { describe } from '../description.js';
import type { ErrorCode } from '../problem.js';
import { orNull } from '../rows/credential.js';
import { CommandAnswer } from '../rows/executed.js';
import { bodyOf } from './bodies.js';
import { cardCodes, confirmationCodes, storeCodes } from './codes.js';

// -------------------------------------------------------------------------------------
// answers
// -------------------------------------------------------------------------------------

/** 授權經辦人清單 (GEPI-32). Fields of persons are `null` where the person was forgotten. */
export const ClerksAnswer = t.strict({
  agencyCode: t.string,
  agencyName: t.string,
  manager: t.strict({ name: orNull(t.string), contact: orNull(Contact) }),
  clerks: t.readonlyArray(
    strict(
      {
        id: t.string,
        name: orNull(t.string),
        nationalId: orNull(t.string),
        credential: HolderCredential,
        permissions: t.readonlyArray(t.string),
      },
      /** Where the portal asks for one (NHI-13). */
      { email: t.string },
    ),
  ),
});

/** What a card shows that was read without a PIN. */
export const CertificateShown = t.strict({
  name: t.string,
  ca: CaName,
  serial: t.string,
  last4: orNull(t.string),
  notBefore: t.string,
  notAfter: t.string,
  warnings: t.readonlyArray(t.keyof({ CERTIFICATE_IN_USE: null })),
});

/** 查詢人員自訂帳號 (ECPA-7). */
export const PersonFound = t.strict({ name: t.string, account: orNull(t.string) });

/** 投保單位基本資料 (NHI-22…24). */
export const AgencyDataShown = t.strict({
  fields: t.readonlyArray(
    t.strict({ id: t.string, value: orNull(t.string), changesAt: orNull(t.string) }, 'AgencyDataField'),
  ),
  requests: t.readonlyArray(
    t.strict(
      {
        id: t.string,
        fields: t.readonlyArray(t.string),
        attachments: t.readonlyArray(t.string),
        status: t.keyof({ pending: null, approved: null, rejected: null }),
        /** What staff told with their decision. */
        note: orNull(t.string),
      },
      'AgencyDataRequest',
    ),
  ),
});

// -------------------------------------------------------------------------------------
// codes
// -------------------------------------------------------------------------------------

const common: ReadonlyArray<ErrorCode> = [...confirmationCodes, ...cardCodes];
const withTerms: ReadonlyArray<ErrorCode> = [
  ...common,
  'TERMS_NOT_ACCEPTED',
  'TERMS_OUTDATED',
  'TERMS_RECEIPT_INVALID',
  'TERMS_MISSING',
  'CERTIFICATE_UNCHANGED',
  'CERTIFICATE_ALREADY_REPLACED',
  'ROOT_KIND_FIXED',
];
const aboutClerk: ReadonlyArray<ErrorCode> = [
  ...common,
  'CATALOGUE_MISSING',
  'CLERK_NOT_FOUND',
  'CLERK_ALREADY_AUTHORIZED',
  'CERTIFICATE_IN_USE',
  'CERTIFICATE_SUPERSEDED',
  'NAME_MISMATCH',
  'PERMISSION_REQUIRED',
  'PERMISSION_UNKNOWN',
  'PERMISSION_IS_GROUP',
  'NOTHING_CHANGED',
  'DELETION_NOT_CONFIRMED',
  'REGISTERED_CARD_UNKNOWN',
  'ACCOUNT_UNKNOWN',
  'MEANS_UNAVAILABLE',
  'MEANS_FIXED',
];

// -------------------------------------------------------------------------------------
// routes
// -------------------------------------------------------------------------------------

const clerkId = strict({ clerkId: Uuid });
const registering = { tag: 'registration', access: ['session'], command: true } as const;
const delegating = { tag: 'clerks', access: ['session'] } as const;
const replacing = { tag: 'replacements', access: ['session'], command: true } as const;
const querying = { tag: 'queries', access: ['session'] } as const;

export const holderRoutes = {
  registerAgency: describe({
    ...registering,
    id: 'registerAgency',
    method: 'POST',
    path: '/registration',
    summary: { zh: '首次註冊', en: 'Register the agency and its manager' },
    body: bodyOf(portalForms.RegisterAgency),
    answer: CommandAnswer,
    status: 201,
    errors: [...withTerms, 'IDENTITY_NOT_SHOWN'],
  }),
  requestReview: describe({
    ...registering,
    id: 'requestReview',
    method: 'POST',
    path: '/reviews',
    summary: {
      zh: '機關憑證註冊申請',
      en: 'Apply for a review of an agency certificate that does not match',
    },
    body: bodyOf(cardCommands.RequestReview),
    answer: CommandAnswer,
    status: 202,
    errors: [...withTerms, 'REVIEW_NOT_NEEDED', 'NO_BUSINESS_DAY'],
  }),
  clerks: describe({
    ...delegating,
    id: 'clerks',
    method: 'GET',
    path: '/clerks',
    summary: { zh: '授權經辦人清單', en: 'The clerks of the agency' },
    answer: ClerksAnswer,
    status: 200,
    errors: [...common, ...storeCodes],
  }),
  authorizeClerk: describe({
    ...delegating,
    id: 'authorizeClerk',
    method: 'POST',
    path: '/clerks',
    summary: { zh: '新增授權經辦人', en: 'Let a person act for the agency' },
    command: true,
    body: bodyOf(portalForms.AuthorizeClerk),
    answer: CommandAnswer,
    status: 201,
    errors: aboutClerk,
  }),
  changeClerk: describe({
    ...delegating,
    id: 'changeClerk',
    method: 'PUT',
    path: '/clerks/{clerkId}',
    summary: { zh: '修改授權經辦人', en: 'Change certificate, name and permissions of a clerk in one save' },
    command: true,
    params: clerkId,
    body: bodyOf(cardCommands.ChangeClerk, 'clerkId'),
    answer: CommandAnswer,
    status: 200,
    errors: aboutClerk,
  }),
  revokeClerk: describe({
    ...delegating,
    id: 'revokeClerk',
    method: 'DELETE',
    path: '/clerks/{clerkId}',
    summary: { zh: '刪除授權經辦人', en: 'Take everything from a clerk' },
    command: true,
    params: clerkId,
    body: bodyOf(cardCommands.RevokeClerk, 'clerkId'),
    answer: CommandAnswer,
    status: 200,
    errors: aboutClerk,
  }),
  showCertificate: describe({
    ...delegating,
    id: 'showCertificate',
    method: 'POST',
    path: '/clerk-certificates',
    summary: { zh: '讀取憑證', en: 'What a certificate shows that was read from a card without a PIN' },
    body: strict({ der: Base64 }, { cardNumber: CardNumber }),
    answer: CertificateShown,
    status: 200,
    errors: [...common, ...storeCodes],
  }),
  authorizePeople: describe({
    ...delegating,
    id: 'authorizePeople',
    method: 'POST',
    path: '/people',
    summary: {
      zh: '授權人員使用應用系統',
      en: 'Let several people act for the agency, found by national ID',
    },
    command: true,
    body: bodyOf(cardCommands.AuthorizePeople),
    answer: CommandAnswer,
    status: 201,
    errors: aboutClerk,
  }),
  findPerson: describe({
    ...delegating,
    id: 'findPerson',
    method: 'POST',
    path: '/person-searches',
    summary: { zh: '查詢人員自訂帳號', en: 'Whose national ID it is among the accounts of the portal' },
    body: strict({ nationalId: PersonalId }),
    answer: PersonFound,
    status: 200,
    errors: [...common, ...storeCodes, 'ACCOUNT_UNKNOWN', 'MEANS_UNAVAILABLE', 'CREDENTIAL_OF_OTHER_PERSON'],
  }),
  agencyRecord: describe({
    id: 'agencyRecord',
    method: 'GET',
    path: '/agency',
    tag: 'agency-data',
    access: ['session'],
    summary: {
      zh: '單位註冊資料',
      en: 'What the agency is known by now: name, organisation and certificate',
    },
    answer: t.strict({
      agencyCode: t.string,
      agencyName: t.string,
      organisation: Organisation,
      credential: RootCredential,
    }),
    status: 200,
    errors: [...common, ...storeCodes],
  }),
  agencyData: describe({
    id: 'agencyData',
    method: 'GET',
    path: '/agency-data',
    tag: 'agency-data',
    access: ['session'],
    summary: { zh: '單位資料查詢', en: 'What the agency has on record of itself' },
    answer: AgencyDataShown,
    status: 200,
    errors: [...common, ...storeCodes],
  }),
  changeAgencyData: describe({
    id: 'changeAgencyData',
    method: 'POST',
    path: '/agency-data',
    tag: 'agency-data',
    access: ['session'],
    command: true,
    summary: { zh: '單位資料變更', en: 'Change what the agency has on record of itself, or ask staff to' },
    body: bodyOf(cardCommands.ChangeAgencyData),
    answer: CommandAnswer,
    status: 200,
    errors: [
      ...common,
      'AGENCY_FIELD_UNKNOWN',
      'AGENCY_FIELD_INVALID',
      'ATTACHMENT_REQUIRED',
      'NOTHING_CHANGED',
    ],
  }),
  replaceAgencyCertificate: describe({
    ...replacing,
    id: 'replaceAgencyCertificate',
    method: 'POST',
    path: '/replacements/agency',
    summary: { zh: '更換機關憑證', en: "Replace the agency's certificate" },
    body: bodyOf(portalForms.ReplaceAgencyCertificate),
    answer: CommandAnswer,
    status: 201,
    errors: withTerms,
  }),
  replaceManagerCertificate: describe({
    ...replacing,
    id: 'replaceManagerCertificate',
    method: 'POST',
    path: '/replacements/manager',
    summary: { zh: '更換授權管理者自然人憑證', en: "Replace the manager's certificate, or the manager" },
    body: bodyOf(cardCommands.ReplaceManagerCertificate),
    answer: CommandAnswer,
    status: 201,
    errors: withTerms,
  }),
  replaceBothCertificates: describe({
    ...replacing,
    id: 'replaceBothCertificates',
    method: 'POST',
    path: '/replacements/both',
    summary: { zh: '更換機關憑證和授權管理者自然人憑證', en: 'Replace both certificates at once' },
    body: bodyOf(cardCommands.ReplaceBothCertificates),
    answer: CommandAnswer,
    status: 201,
    errors: withTerms,
  }),
  logIn: describe({
    id: 'logIn',
    method: 'POST',
    path: '/log-in',
    tag: 'clerks',
    summary: { zh: '經辦人登入', en: 'A clerk signs in; who may not is told why' },
    access: ['session'],
    command: true,
    answer: CommandAnswer,
    status: 200,
    errors: [...common, 'CREDENTIAL_EXPIRED', 'CREDENTIAL_NOT_YET_VALID'],
  }),
  organisation: describe({
    ...querying,
    id: 'organisation',
    method: 'GET',
    path: '/organisation',
    summary: { zh: '查詢機關憑證OID', en: 'Which OID, or business number, the agency’s card names' },
    answer: t.strict({ agencyName: t.string, organisation: Organisation }),
    status: 200,
    errors: [...common, ...storeCodes],
  }),
  serial: describe({
    ...querying,
    id: 'serial',
    method: 'GET',
    path: '/serial',
    summary: { zh: '查詢自然人憑證序號', en: 'Which serial the citizen’s card has' },
    answer: t.strict({ name: t.string, serial: t.string }),
    status: 200,
    errors: [...common, ...storeCodes],
  }),
};
