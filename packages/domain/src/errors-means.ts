/**
 * Texts for means other than certificates, and for what portals have that GEPI has not; part of the one table of
 * `errors.ts`.
 *
 * @packageDocumentation
 */
import type { ErrorEntry } from './errors-entry.js';

const e = (
  status: ErrorEntry['status'],
  helper: ErrorEntry['helper'],
  zh: string,
  en: string,
): ErrorEntry => ({ zh, en, status, helper });

export const meansErrors = {
  MEANS_NOT_ALLOWED: e(
    403,
    'none',
    '本項作業不接受此種憑證或登入方式。',
    'This step does not take these means of identification.',
  ),
  MEANS_REFUSED: e(
    403,
    'portal',
    '卡號、帳號或密碼有誤,請重新輸入。',
    'Card or account and password do not fit; please try again.',
  ),
  MEANS_LOCKED: e(
    423,
    'portal',
    '密碼輸入錯誤次數過多,已暫停使用,請洽原註冊單位。',
    'Too many wrong passwords; please ask where the card or account was registered.',
  ),
  MEANS_UNAVAILABLE: e(
    503,
    'portal',
    '身分驗證服務暫時無法使用,您的資料未變更,請稍後再試。',
    'The service that checks cards and accounts is not available; nothing was changed. Please try later.',
  ),
  MEANS_FIXED: e(
    409,
    'none',
    '承辦人的憑證類別不能修改,請刪除後重新新增。',
    'The kind of credential of a clerk cannot be changed; delete the entry and add it again.',
  ),
  REGISTERED_CARD_UNKNOWN: e(
    422,
    'none',
    '此健保卡尚未註冊,請至「健保卡網路服務註冊」點選「首次登入請先申請」完成註冊並設定密碼。',
    'This health card is not registered yet; its holder registers it first and sets a password.',
  ),
  ACCOUNT_UNKNOWN: e(404, 'portal', '查無此人員帳號。', 'This person has no account of the portal.'),
  ACCOUNT_ROLE_MISSING: e(
    403,
    'portal',
    '此帳號無權辦理本項作業。',
    'This account is not one that may do this.',
  ),
  PERSON_TWICE: e(
    403,
    'none',
    '本項作業須由不同的人分別確認,您已完成前面的步驟。',
    'This takes different people, and you have done a step of it already.',
  ),
  NOT_THE_RESPONSIBLE: e(
    403,
    'portal',
    '持卡人並非本單位登記之負責人。',
    'The holder of the card is not the person responsible for this unit.',
  ),
  OFFICER_DIFFERS: e(
    403,
    'portal',
    '此帳號並非完成機關憑證認證之帳號。',
    "This is not the account that the agency's certificate was tied to.",
  ),
  ROOT_KIND_FIXED: e(
    409,
    'portal',
    '註冊時之憑證類別不能變更,請洽承辦人註銷原帳號後重新註冊及指派承辦人員。',
    'The kind of credential that was registered cannot be changed: staff end the account, then register and assign again.',
  ),
  AGENCY_OPENS_SOON: e(
    409,
    'none',
    '該單位已重新開啟,隔天即可使用。',
    'This unit was opened again already; it can be used from tomorrow on.',
  ),
  AGENCY_FIELD_UNKNOWN: e(422, 'none', '此欄位不開放變更。', 'This field cannot be changed here.'),
  AGENCY_FIELD_INVALID: e(422, 'none', '欄位內容格式有誤。', 'The value of a field has not the right form.'),
  ATTACHMENT_REQUIRED: e(
    422,
    'none',
    '變更此欄位需檢附證明文件。',
    'A change of this field needs documents that prove it.',
  ),
  CHANGE_REQUEST_NOT_FOUND: e(404, 'none', '查無此變更申請。', 'There is no such request for a change.'),
  CHANGE_REQUEST_DECIDED: e(409, 'none', '此變更申請已審核完畢。', 'This request was decided already.'),
  CREDENTIAL_NOT_FOUND: e(404, 'none', '查無此憑證登記資料。', 'There is no such registered credential.'),
  CREDENTIAL_ALREADY_REGISTERED: e(
    409,
    'none',
    '此憑證序號已登記。',
    'A credential with this serial is registered already.',
  ),
  CREDENTIAL_DATES_INVALID: e(
    422,
    'none',
    '終止日期不得早於啟用日期。',
    'The end cannot be before the beginning.',
  ),
  CREDENTIAL_OF_OTHER_PERSON: e(
    403,
    'portal',
    '您只能登記自己的憑證,他人之憑證請由登記桌辦理。',
    'You can register your own credential only; the registry desk does it for others.',
  ),
  CREDENTIAL_KIND_UNKNOWN: e(
    422,
    'none',
    '無此憑證類型或卡別。',
    'There is no such kind of credential or card.',
  ),
  CREDENTIAL_MUST_BE_READ: e(
    422,
    'none',
    '使用電子識別證不須自行登打憑證序號,只要您點選後,系統自動讀取。',
    'The serials of this kind of card are not typed: they are read from the card.',
  ),
} as const satisfies Readonly<Record<string, ErrorEntry>>;
