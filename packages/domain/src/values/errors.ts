/**
 * What can be wrong with one field: a stable code, its zh-TW text for the person at the screen, and English.
 *
 * No text holds what was typed, so any of them may be shown or logged.
 *
 * @packageDocumentation
 */

interface ValueErrorText {
  readonly zh: string;
  readonly en: string;
}

const e = (zh: string, en: string): ValueErrorText => ({ zh, en });

const table = {
  // shape
  REQUIRED: e('此欄位為必填欄位。', 'This field is required.'),
  WRONG_TYPE: e('欄位資料型態不正確。', 'This is not the kind of data that the field takes.'),
  UNKNOWN_FIELD: e('送出的資料含有系統未定義的欄位。', 'There is a field that is not known here.'),
  UNKNOWN_KIND: e('無此作業項目。', 'There is no such kind.'),
  LIST_TOO_SHORT: e('項目不足,請至少填寫或勾選一項。', 'There are too few entries.'),
  LIST_TOO_LONG: e('項目過多,請分次辦理。', 'There are too many entries.'),
  TEXT_LENGTH: e('文字過長,請縮短後再送出。', 'The text is too long.'),
  TEXT_CHARACTERS: e('文字含有無法使用的控制字元。', 'The text holds control or invisible characters.'),
  // persons
  NATIONAL_ID_FORMAT: e(
    '身分證統一編號應為一個英文字母加九位數字,且第二碼為一或二。',
    'A national ID is a letter, then 1 or 2, then eight digits.',
  ),
  NATIONAL_ID_CHECKSUM: e(
    '身分證統一編號檢查碼不符,請核對後重新輸入。',
    'The check digit of the national ID does not match.',
  ),
  RESIDENT_NUMBER_FORMAT: e(
    '統一證號應為十碼:新式為一個英文字母加九位數字,舊式為兩個英文字母加八位數字。',
    'A resident number is a letter and nine digits, or in its old form two letters and eight digits.',
  ),
  RESIDENT_NUMBER_CHECKSUM: e(
    '統一證號檢查碼不符,請核對後重新輸入。',
    'The check digit of the resident number does not match.',
  ),
  PERSONAL_ID_FORMAT: e(
    '請輸入十碼的身分證統一編號或統一證號。',
    'A national ID or resident number has ten characters.',
  ),
  PERSONAL_ID_CHECKSUM: e(
    '身分證統一編號檢查碼不符,請核對後重新輸入。',
    'The check digit of the national ID or resident number does not match.',
  ),
  PERSON_NAME_LENGTH: e('姓名長度不得超過五十字。', 'A name has at most 50 characters.'),
  PERSON_NAME_CHARACTERS: e(
    '姓名含有無法使用的字元,請重新輸入。',
    'The name holds control, invisible or damaged characters, or no letter at all.',
  ),
  // organisations
  BUSINESS_NUMBER_FORMAT: e('統一編號應為八位數字。', 'A business number has eight digits.'),
  BUSINESS_NUMBER_CHECKSUM: e(
    '統一編號檢查碼不符,請核對後重新輸入。',
    'The check digit of the business number does not match.',
  ),
  AGENCY_CODE_FORMAT: e('機關代號應為五碼英文字母或數字。', 'An agency code has five letters or digits.'),
  GENERAL_AGENCY_CODE_FORMAT: e(
    '行政機關代碼應為十碼,且末碼為英文字母。',
    'A general agency code has ten characters, the last a letter.',
  ),
  LABOUR_NUMBER_FORMAT: e(
    '勞保證號應為八位數字加一個英文字母,共九碼。',
    'A labour insurance number is eight digits and a letter.',
  ),
  NHI_UNIT_CODE_FORMAT: e('投保單位代號應為九位數字。', 'An NHI unit code has nine digits.'),
  AGENCY_FIELD_FORMAT: e('欄位內容格式有誤。', 'The value has not the right form.'),
  // cards and certificates
  CERTIFICATE_SERIAL_FORMAT: e(
    '憑證序號格式不正確。',
    'This is not a certificate serial in its stored form.',
  ),
  CERTIFICATE_SERIAL_CHARACTERS: e(
    '憑證序號僅能含有數字0至9及英文字母A至F,請重新輸入或貼上。',
    'A certificate serial holds only hexadecimal digits, spaces and colons.',
  ),
  CERTIFICATE_SERIAL_LENGTH: e(
    '憑證序號應為三十二碼或三十四碼,請核對是否多輸入或漏輸入。',
    'A certificate serial has 32 or 34 hexadecimal digits.',
  ),
  CERTIFICATE_SERIAL_RANGE: e(
    '憑證序號不正確:三十四碼的序號必須以兩個零開頭,且不得全為零。',
    'A serial of 34 digits begins with 00, and no serial is zero.',
  ),
  CARD_NUMBER_FORMAT: e(
    '卡號應為兩個英文字母加十四位數字,共十六碼。',
    'A card number is two letters and fourteen digits.',
  ),
  OID_FORMAT: e('物件識別碼格式不正確。', 'This is not an object identifier in dotted decimal form.'),
  // dates and times
  ROC_DATE_FORMAT: e(
    '請以民國年輸入日期,例如「民國106年2月8日」或「106/02/08」。',
    'Write the date in the ROC calendar, such as 106/02/08 or 1060208.',
  ),
  ROC_DATE_NOT_A_DAY: e('日期不存在,請重新輸入。', 'There is no such day.'),
  ROC_DATE_TIME_FORMAT: e(
    '請以「111年11月04日10點49分19秒」的格式輸入時間。',
    'Write the time like 111年11月04日10點49分19秒.',
  ),
  ROC_DATE_TIME_NOT_A_TIME: e('時間不存在,請重新輸入。', 'There is no such day or time of day.'),
  INSTANT_FORMAT: e('時間格式不正確。', 'This is not an ISO 8601 instant with a time zone.'),
  INSTANT_NOT_A_TIME: e('時間不存在,請重新輸入。', 'There is no such day or time of day.'),
  // contact
  EMAIL_FORMAT: e('電子信箱格式不正確,請重新輸入。', 'This is not an e-mail address.'),
  EMAIL_LENGTH: e('電子信箱過長,請重新輸入。', 'The e-mail address is too long.'),
  PHONE_FORMAT: e(
    '連絡電話格式不正確,市話請含區域號碼,例如「02-2192-7111」。',
    'This is not a telephone number of Taiwan; write it with its area code.',
  ),
  PHONE_HAS_EXTENSION: e('分機請填在「分機」欄位。', 'The extension has a field of its own.'),
  PHONE_EXTENSION_FORMAT: e('分機應為一至六位數字。', 'An extension has one to six digits.'),
  // identifiers of the system
  UUID_FORMAT: e('識別碼格式不正確。', 'This is not a UUID.'),
  FUNCTION_CODE_FORMAT: e('功能代碼格式不正確。', 'This is not the code of a function.'),
  PORTAL_ID_FORMAT: e('入口網站代碼格式不正確。', 'This is not the id of a portal.'),
} as const satisfies Readonly<Record<string, ValueErrorText>>;

/** The stable name of what is wrong with a field. A code is never renamed or given another meaning. */
export type ValueErrorCode = keyof typeof table;

/** Both texts of each code. */
export const valueErrors: Readonly<Record<ValueErrorCode, { readonly zh: string; readonly en: string }>> =
  table;

/** Whether a text is one of the codes. */
export const isValueErrorCode = (text: string): text is ValueErrorCode => Object.hasOwn(table, text);
