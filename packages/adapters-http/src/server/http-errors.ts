/**
 * What only HTTP refuses: code, both texts, status and who helps; the same form as the register's table.
 *
 * @packageDocumentation
 */
import type { Helper } from '@mandate/domain';

interface HttpErrorEntry {
  readonly zh: string;
  readonly en: string;
  readonly status: number;
  readonly helper: Helper;
}

const e = (status: number, helper: Helper, zh: string, en: string): HttpErrorEntry => ({
  zh,
  en,
  status,
  helper,
});

export const httpErrors = {
  // what was sent
  NOT_FOUND: e(404, 'none', '查無此頁面或資料。', 'There is nothing at this address.'),
  METHOD_NOT_ALLOWED: e(405, 'none', '此網址不提供這項操作。', 'This address does not take this method.'),
  URI_TOO_LONG: e(414, 'none', '網址過長。', 'The address is too long.'),
  UNSUPPORTED_MEDIA_TYPE: e(
    415,
    'none',
    '資料格式不受支援,請以 JSON 傳送。',
    'Only application/json in UTF-8 is taken.',
  ),
  PAYLOAD_TOO_LARGE: e(413, 'none', '送出的資料過大。', 'What was sent is too large.'),
  JSON_MALFORMED: e(400, 'none', '送出的資料不是正確的 JSON。', 'This is not well-formed JSON.'),
  JSON_TOO_DEEP: e(400, 'none', '送出的資料層數過多。', 'The JSON is nested too deeply.'),
  JSON_MEMBER_TWICE: e(400, 'none', '送出的資料有重複的欄位。', 'The JSON has a member twice.'),
  IDEMPOTENCY_KEY_INVALID: e(
    400,
    'none',
    '缺少作業代號(Idempotency-Key)或格式不正確。',
    'A command needs an Idempotency-Key that is a UUID.',
  ),
  CURSOR_INVALID: e(400, 'none', '分頁代碼無效,請重新查詢。', 'The cursor is not one of this list.'),
  // who sent it
  SESSION_REQUIRED: e(
    401,
    'none',
    '尚未完成憑證確認或已逾時,請重新確認憑證。',
    'There is no session, or it has ended; please confirm your cards again.',
  ),
  SIGN_IN_REQUIRED: e(401, 'none', '請先登入。', 'Please sign in first.'),
  ORIGIN_REFUSED: e(
    403,
    'none',
    '此要求並非來自本系統網頁。',
    'This request does not come from a page of the portal.',
  ),
  CSRF_FAILED: e(
    403,
    'none',
    '頁面已失效,請重新整理後再試一次。',
    'The page is out of date; please load it again.',
  ),
  CHALLENGE_OTHER_SESSION: e(
    403,
    'none',
    '驗證資料不屬於此次作業,請重新確認憑證。',
    'This challenge was not handed out to this session; please confirm the card again.',
  ),
  FORBIDDEN: e(403, 'none', '您沒有權限使用此功能。', 'You may not do this.'),
  // machinery
  TOO_MANY_REQUESTS: e(429, 'portal', '操作過於頻繁,請稍後再試。', 'Too many requests; please try later.'),
  READ_MODEL_BEHIND: e(
    503,
    'portal',
    '資料更新中,請稍後再查詢。',
    'The lists do not show the latest change yet; please try again in a moment.',
  ),
  UNAVAILABLE: e(503, 'portal', '系統忙碌中,請稍後再試。', 'The service is not available; please try later.'),
  INTERNAL_ERROR: e(
    500,
    'portal',
    '系統發生錯誤,請洽系統管理人員。',
    'Something went wrong here; please call the operator.',
  ),
} as const satisfies Readonly<Record<string, HttpErrorEntry>>;

export type HttpErrorCode = keyof typeof httpErrors;
