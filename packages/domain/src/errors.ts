/**
 * Every refusal of the register: code, both texts, HTTP status and who helps (docs/architecture.md 7).
 *
 * Where the manual has words for it, the zh-TW text is the manual's own.
 *
 * @packageDocumentation
 */
import type { CertificateErrorCode } from '@mandate/certificates';
import type { CaName } from './credential/credential.js';
import { certificateErrors } from './errors-certificates.js';
import type { ErrorEntry, Helper } from './errors-entry.js';
import { meansErrors } from './errors-means.js';
import { renewalErrors } from './errors-renewal.js';
import { type ValueErrorCode, valueErrors } from './values/errors.js';

export type { ErrorEntry, Helper } from './errors-entry.js';

// -------------------------------------------------------------------------------------
// table
// -------------------------------------------------------------------------------------

const e = (status: ErrorEntry['status'], helper: Helper, zh: string, en: string): ErrorEntry => ({
  zh,
  en,
  status,
  helper,
});

/** Refusals of rules, by code. */
export const ruleErrors = {
  // what was sent
  INVALID_INPUT: e(
    400,
    'none',
    '輸入資料有誤,請檢查標示的欄位。',
    'Some fields are not right; see the list.',
  ),
  COMMAND_ID_REUSED: e(
    409,
    'none',
    '此作業代號已用於另一項作業。',
    'This command id was used for another command.',
  ),
  COMMAND_TOO_LARGE: e(
    422,
    'none',
    '一次異動的資料過多,請分次辦理。',
    'This is more than one change can hold; make it in several.',
  ),
  OUTSIDE_OPENING_HOURS: e(503, 'portal', '目前非系統開放時間。', 'The service is closed at this hour.'),
  // terms
  TERMS_NOT_ACCEPTED: e(
    422,
    'none',
    '請先閱讀並同意用戶約定條款。',
    'Please read and agree to the terms first.',
  ),
  TERMS_OUTDATED: e(
    409,
    'none',
    '用戶約定條款已更新,請重新閱讀並同意。',
    'The terms have changed; please read and agree again.',
  ),
  TERMS_RECEIPT_INVALID: e(
    422,
    'none',
    '用戶約定條款的閱讀紀錄有誤,請重新閱讀並同意。',
    'The terms were not handed out like this; please read and agree again.',
  ),
  TERMS_MISSING: e(500, 'portal', '系統尚未公布用戶約定條款。', 'No terms have been published.'),
  // agencies
  AGENCY_UNKNOWN: e(404, 'portal', '查無此機關代號。', 'There is no agency of this code.'),
  AGENCY_NOT_REGISTERED: e(
    404,
    'none',
    '貴機關尚未註冊,請先辦理首次註冊。',
    'This agency is not registered; please register first.',
  ),
  AGENCY_ALREADY_REGISTERED: e(
    409,
    'none',
    '貴機關已完成註冊,如需更換憑證請至「更換憑證」辦理。',
    'This agency is registered; certificates are changed under "Replace certificates".',
  ),
  AGENCY_SUSPENDED: e(
    423,
    'portal',
    '貴機關資料暫時關閉,請洽詢承辦人。',
    'This agency is closed for the time being; please call the portal.',
  ),
  AGENCY_NOT_SUSPENDED: e(409, 'none', '該機關並未暫時關閉。', 'This agency is not suspended.'),
  AGENCY_DEREGISTERED: e(423, 'portal', '貴機關已終止使用本系統。', "This agency's service has ended."),
  // reviews
  ORGANISATION_MISMATCH: e(
    422,
    'portal',
    '貴機關申請憑證註冊,因申請資料比對不符,需進行審核,請填聯絡資料。',
    'The certificate does not match our records of your agency and must be reviewed; please leave your name and number.',
  ),
  ALREADY_PENDING: e(
    409,
    'portal',
    '申請資料審核中,若審核通過,於下一個營業日貴機關即可重新辦理註冊。若審核不通過,本部將與貴機關聯絡。',
    'Your application is under review. If it is approved you can register again on the next business day; if not, we will contact you.',
  ),
  REVIEW_NOT_YET_EFFECTIVE: e(
    409,
    'portal',
    '審核已通過,請於下一個營業日重新辦理。',
    'Your application was approved; please come again on the next business day.',
  ),
  REVIEW_REJECTED: e(
    403,
    'portal',
    '審核不通過,請與本部聯絡。',
    'Your application was not approved; please contact us.',
  ),
  REVIEW_NOT_FOUND: e(404, 'none', '查無此審核案件。', 'There is no such review.'),
  REVIEW_ALREADY_DECIDED: e(409, 'none', '此案件已審核完畢。', 'This review was already decided.'),
  REVIEW_STILL_PENDING: e(
    409,
    'none',
    '此案件仍在審核中,請先完成審核。',
    'This review was not decided yet; decide it first.',
  ),
  REVIEW_NOT_NEEDED: e(
    409,
    'none',
    '機關憑證與資料相符,無須審核,請直接辦理。',
    'The certificate matches our records; no review is needed.',
  ),
  REVIEW_LIMIT_REACHED: e(
    409,
    'portal',
    '貴機關審核中的案件已達上限,請與本部聯絡。',
    'As many applications of your agency are under review as can be; please contact us.',
  ),
  NO_BUSINESS_DAY: e(
    500,
    'portal',
    '系統行事曆有誤,無法決定下一個營業日。',
    'The calendar names no business day.',
  ),
  // challenges and confirmations
  PURPOSE_UNKNOWN: e(400, 'none', '無此作業項目。', 'There is no such purpose.'),
  CHALLENGE_UNKNOWN: e(
    401,
    'none',
    '驗證資料已失效,請重新確認憑證。',
    'This challenge is not known; please confirm the card again.',
  ),
  CHALLENGE_USED: e(
    401,
    'none',
    '驗證資料已使用過,請重新確認憑證。',
    'This challenge was used before; please confirm the card again.',
  ),
  CHALLENGE_EXPIRED: e(
    401,
    'none',
    '驗證已逾時,請重新確認憑證。',
    'This challenge has expired; please confirm the card again.',
  ),
  STEP_OUT_OF_ORDER: e(
    409,
    'none',
    '請依序完成憑證確認:先確認機關憑證,再確認自然人憑證。',
    'Cards are confirmed in order: the agency certificate first, then the citizen certificate.',
  ),
  CONFIRMATION_UNKNOWN: e(401, 'none', '請先完成憑證確認。', 'Please confirm your cards first.'),
  CONFIRMATION_EXPIRED: e(
    401,
    'none',
    '憑證確認已逾時,請重新確認。',
    'The confirmation has expired; please confirm your cards again.',
  ),
  CONFIRMATION_INCOMPLETE: e(401, 'none', '尚有憑證未確認。', 'Not all cards have been confirmed.'),
  CONFIRMATION_USED: e(
    409,
    'none',
    '此次憑證確認已使用過,請重新確認。',
    'This confirmation was used; please confirm your cards again.',
  ),
  CONFIRMATION_OTHER_PURPOSE: e(
    403,
    'none',
    '此次憑證確認不適用於本項作業。',
    'The cards were confirmed for another purpose.',
  ),
  CONFIRMATION_OTHER_AGENCY: e(
    403,
    'none',
    '此次憑證確認不屬於該機關。',
    'The cards were confirmed for another agency.',
  ),
  COMMAND_NOT_SIGNED: e(
    403,
    'none',
    '此項作業須以讀卡機中的憑證簽章,請簽章後再送出。',
    'The card in the reader must sign this action first; please sign and send it again.',
  ),
  COMMAND_SIGNED_BY_OTHER_CARD: e(
    403,
    'none',
    '簽章的憑證並非此次確認的憑證,請插入原憑證重新簽章。',
    'Another card signed than the one that was confirmed; please insert that one and sign again.',
  ),
  COMMAND_SIGNATURE_OTHER: e(
    409,
    'none',
    '簽章後內容已變更,請重新簽章。',
    'What was signed is not what was sent; please sign again.',
  ),
  // who the cards are
  AGENCY_CERTIFICATE_NOT_REGISTERED: e(
    403,
    'none',
    '此張機關憑證與註冊資料不符,如憑證已更換或展期,請至「更換憑證」辦理。',
    'This is not the registered agency certificate; a renewed or new one is registered under "Replace certificates".',
  ),
  AGENCY_IDENTITY_MISSING: e(
    422,
    'issuingCa',
    '機關憑證未載明機關識別資料。',
    'The certificate names no organisation.',
  ),
  MANAGER_MISSING: e(409, 'portal', '尚未設定授權管理者。', 'No manager is appointed.'),
  MANAGER_PERSON_DIFFERS: e(403, 'none', '您不是貴機關的授權管理者。', "You are not this agency's manager."),
  MANAGER_CERTIFICATE_NOT_REGISTERED: e(
    403,
    'none',
    '此張自然人憑證與授權管理者註冊資料不符,如憑證已更換或展期,請至「更換憑證」辦理。',
    'This is not the manager\'s registered certificate; a renewed or new one is registered under "Replace certificates".',
  ),
  IDENTITY_MISMATCH: e(
    403,
    'none',
    '身分證統一編號與自然人憑證不符。',
    'The national ID does not belong to this certificate.',
  ),
  IDENTITY_NOT_SHOWN: e(
    422,
    'moica',
    '此張自然人憑證無法核對身分證統一編號。',
    'This certificate cannot be matched with a national ID.',
  ),
  CERTIFICATE_NOT_ACTIVATED: e(
    403,
    'issuingCa',
    '請先確認IC卡已完成開卡程序。',
    'This card has not been activated; please make sure that it is.',
  ),
  CERTIFICATE_UNCHANGED: e(
    409,
    'none',
    '此張憑證即為已註冊之憑證,無須更換。',
    'This certificate is the registered one already.',
  ),
  CERTIFICATE_ALREADY_REPLACED: e(
    409,
    'issuingCa',
    '此張機關憑證先前已更換為其他憑證,不得再行註冊,請使用現行或新發之機關憑證。',
    'Another certificate took the place of this one, which cannot be registered again; please use the current or a new agency certificate.',
  ),
  // other means than certificates
  ...meansErrors,
  // clerks
  CLERK_NOT_FOUND: e(404, 'none', '查無此經辦人。', 'There is no such clerk.'),
  CLERK_ALREADY_AUTHORIZED: e(
    409,
    'none',
    '此人已是貴機關的授權經辦人,請使用「修改」。',
    'This person is a clerk of the agency already; please use "modify".',
  ),
  CERTIFICATE_IN_USE: e(
    409,
    'none',
    '此憑證序號已由貴機關另一位經辦人使用。',
    'Another clerk of the agency has this certificate.',
  ),
  NAME_MISMATCH: e(
    422,
    'manager',
    '姓名與自然人憑證所載不符,請由授權管理者讀取憑證,或依憑證所載更正姓名。',
    'The name is not the one on the certificate; the manager can read the card, or correct the name to what the card shows.',
  ),
  PERMISSION_REQUIRED: e(
    422,
    'none',
    '功能選單為必填,請至少勾選一項權限。',
    'Please tick at least one function.',
  ),
  PERMISSION_UNKNOWN: e(
    422,
    'none',
    '勾選的功能不在現行功能選單內。',
    'A ticked function is not in the current menu.',
  ),
  PERMISSION_IS_GROUP: e(
    422,
    'none',
    '功能選單的群組不能直接授權。',
    'A group of the menu cannot be granted.',
  ),
  NOTHING_CHANGED: e(409, 'none', '資料沒有變更。', 'Nothing was changed.'),
  DELETION_NOT_CONFIRMED: e(
    422,
    'none',
    '請再次確認是否確定刪除。',
    'Please confirm that this clerk is to be deleted.',
  ),
  // catalogue, terms, persons
  CATALOGUE_MISSING: e(500, 'portal', '系統尚未公布功能選單。', 'No function menu has been published.'),
  CATALOGUE_INVALID: e(422, 'none', '功能選單內容有誤。', 'The function menu is not a tree of known groups.'),
  VERSION_NOT_NEXT: e(
    409,
    'none',
    '版本編號必須是下一號;已公布的版本不能更改。',
    'The version must be the next one; what is published cannot be changed.',
  ),
  PERSON_UNKNOWN: e(404, 'none', '查無此人資料。', 'Nothing is kept about this person.'),
  PERSON_STILL_ACTIVE: e(
    409,
    'none',
    '此人仍為授權管理者或經辦人,請先更換或刪除。',
    'This person is still a manager or clerk; replace or delete first.',
  ),
  // decisions
  NOT_AUTHORIZED: e(
    403,
    'manager',
    '您尚未經貴機關授權管理者授權,請洽授權管理者。',
    "You are not authorised; please ask your agency's manager.",
  ),
  PERMISSION_NOT_GRANTED: e(
    403,
    'manager',
    '您沒有此項功能的權限,請洽授權管理者。',
    'You do not hold this permission; please ask your manager.',
  ),
  CREDENTIAL_REPLACED: e(
    403,
    'manager',
    '您的自然人憑證已換卡或展期,憑證序號與授權資料不符,請洽授權管理者修改。',
    'Your certificate is not the one on record; after a renewal the manager must update it.',
  ),
  CREDENTIAL_EXPIRED: e(
    403,
    'moica',
    '授權資料中的自然人憑證已逾期。',
    'The certificate on record has expired.',
  ),
  CREDENTIAL_NOT_YET_VALID: e(
    403,
    'moica',
    '授權資料中的自然人憑證尚未生效。',
    'The certificate on record is not valid yet.',
  ),
  CREDENTIAL_NOT_PROVED: e(
    403,
    'none',
    '授權資料中的憑證序號為人工輸入,尚未經自然人憑證驗證,請先以該自然人憑證登入。',
    'The serial on record was typed and no card has proved it yet; please sign in with that card first.',
  ),
  // the life of a card
  ...renewalErrors,
  // machinery
  CONFLICT: e(
    409,
    'none',
    '資料同時被他人更新,請再試一次。',
    'Somebody changed the same data; please try again.',
  ),
  STORE_UNAVAILABLE: e(
    503,
    'portal',
    '系統忙碌中,您的資料未變更,請稍後再試。',
    'The register is not available; nothing was changed. Please try later.',
  ),
  STORE_CORRUPT: e(
    500,
    'portal',
    '登記資料檢核有誤,已停止作業,請通知系統管理人員。',
    'Stored data failed their check; please call the operator.',
  ),
  CLOCK_BEHIND: e(
    503,
    'portal',
    '系統時間有誤,您的資料未變更,請通知系統管理人員。',
    'The clock stands before what is recorded; nothing was changed. Please call the operator.',
  ),
  VAULT_UNAVAILABLE: e(
    503,
    'portal',
    '系統忙碌中,您的資料未變更,請稍後再試。',
    'The key vault is not available; nothing was changed. Please try later.',
  ),
  DIRECTORY_UNAVAILABLE: e(
    503,
    'portal',
    '機關資料查詢暫時無法使用,請稍後再試。',
    'The directory of agencies is not available; please try later.',
  ),
  IDENTITY_UNAVAILABLE: e(
    503,
    'portal',
    '身分比對服務暫時無法使用,請稍後再試。',
    'The identity service is not available; please try later.',
  ),
} as const satisfies Readonly<Record<string, ErrorEntry>>;

export type RuleErrorCode = keyof typeof ruleErrors;
export type RegisterErrorCode = RuleErrorCode | CertificateErrorCode;

/** The one table. */
export const registerErrors: Readonly<Record<RegisterErrorCode, ErrorEntry>> = {
  ...certificateErrors,
  ...ruleErrors,
};

// -------------------------------------------------------------------------------------
// error
// -------------------------------------------------------------------------------------

/** One field that was not right. `path` is that of the command, such as `contact.email`. */
export interface FieldError {
  readonly path: string;
  readonly code: ValueErrorCode;
  readonly zh: string;
  readonly en: string;
}

/** A refusal. Nothing was changed. Holds nothing personal: it may be logged. */
export interface RegisterError {
  readonly _tag: 'RegisterError';
  readonly code: RegisterErrorCode;
  readonly zh: string;
  readonly en: string;
  readonly status: ErrorEntry['status'];
  readonly helper: Helper;
  /** Whose card it is about, where a CA's helpdesk can help. */
  readonly ca?: CaName;
  readonly fields?: ReadonlyArray<FieldError>;
  /** For operators: English, technical. */
  readonly detail?: string;
}

/** What may stand beside a code. */
export interface ErrorExtras {
  readonly ca?: CaName | undefined;
  readonly fields?: ReadonlyArray<FieldError>;
  readonly detail?: string | undefined;
}

/** Makes a refusal from its code. */
export const registerError = (code: RegisterErrorCode, extras: ErrorExtras = {}): RegisterError => {
  const entry = registerErrors[code];
  return {
    _tag: 'RegisterError',
    code,
    zh: entry.zh,
    en: entry.en,
    status: entry.status,
    helper: entry.helper,
    ...(extras.ca === undefined ? {} : { ca: extras.ca }),
    ...(extras.fields === undefined ? {} : { fields: extras.fields }),
    ...(extras.detail === undefined ? {} : { detail: extras.detail }),
  };
};

/** A refusal of what was sent, field by field. */
export const invalidInput = (
  failures: ReadonlyArray<{ readonly path: string; readonly code: ValueErrorCode }>,
): RegisterError =>
  registerError('INVALID_INPUT', {
    fields: failures.map((failure) => ({
      path: failure.path,
      code: failure.code,
      zh: valueErrors[failure.code].zh,
      en: valueErrors[failure.code].en,
    })),
  });
