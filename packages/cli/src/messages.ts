/**
 * Every message of the command: code, both texts, and the exit code that goes with it.
 *
 * @packageDocumentation
 */

/** The languages of the messages. */
export type Language = 'zh-TW' | 'en';

export const isLanguage = (text: string): text is Language => text === 'zh-TW' || text === 'en';

/**
 * - 0: done, and nothing was found wrong.
 * - 1: done, and something was found wrong: a damaged register, a damaged file, rows that cannot be imported.
 * - 2: the command line is not right.
 * - 3: refused: it would have written over something, or the target is not what it must be.
 * - 4: a fault of disk, store, vault or read models; the same command again goes on.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

interface Message {
  readonly exit: ExitCode;
  readonly zh: string;
  readonly en: string;
}

const m = (exit: ExitCode, zh: string, en: string): Message => ({ exit, zh, en });

/** By code. */
export const messages = {
  // the command line
  COMMAND_UNKNOWN: m(
    2,
    '沒有這個指令,請以 mandate --help 查詢。',
    'There is no such command; see mandate --help.',
  ),
  OPTION_WRONG: m(2, '參數有誤,請以 --help 查詢。', 'An option is not right; see --help.'),
  OPTION_MISSING: m(2, '缺少必要的參數,請以 --help 查詢。', 'An option is missing; see --help.'),
  ADDRESS_UNKNOWN: m(
    2,
    '無法辨識登記簿的位置。',
    'The place of the register is neither a folder nor an address that this program knows.',
  ),
  SECRET_INVALID: m(
    2,
    '金鑰檔無法讀取,或內容不是 64 個以上的十六進位字元。',
    'The secret file cannot be read, or does not hold 64 hex digits or more.',
  ),
  SECRET_NEEDED: m(
    2,
    '需要入口網金鑰,請以 --secret-file 指定。',
    "The portal's secret is needed; say with --secret-file where it is.",
  ),
  PROJECTION_UNKNOWN: m(2, '沒有這個讀取模型。', 'There is no read model of this name.'),
  TIME_INVALID: m(2, '時間或位置的格式有誤。', 'This is neither a time nor a position.'),
  // refusals
  REGISTER_NOT_FOUND: m(3, '該處沒有登記簿。', 'There is no register in this place.'),
  REGISTER_NOT_WHOLE: m(3, '該處的登記簿缺少檔案。', 'The register in this place lacks one of its files.'),
  BACKUP_NOT_WHOLE: m(
    3,
    '這不是完整的備份,或仍在使用中。',
    'This is no whole backup, or a folder that is in use.',
  ),
  TARGET_EXISTS: m(3, '目的地已存在,不會覆寫。', 'The target exists; nothing is ever written over it.'),
  TARGET_HAS_OTHER_EVENTS: m(
    3,
    '目的登記簿已有其他事件,未寫入任何資料。',
    'The target register has other events; nothing was written.',
  ),
  TARGET_CHANGED: m(
    3,
    '匯入期間另有程式寫入目的登記簿,匯入已停止。',
    'Another program wrote to the target register during the import, which stopped.',
  ),
  COMMAND_TOO_LARGE: m(
    3,
    '匯出檔中有一次異動的資料量超過目的登記簿單次可寫入的上限,未寫入任何資料。',
    'The file holds a command that is larger than one append of the target may be; nothing was written.',
  ),
  TARGET_TAKES_LESS: m(
    3,
    '目的伺服器單次可寫入的上限過小,請調高後再執行同一指令即可續傳。',
    'The target server takes less at once than a register writes; set its limit higher, and the same command goes on.',
  ),
  EVIDENCE_PLACE_MISSING: m(
    3,
    '匯出檔含有憑證佐證資料,請以 --evidence 指定存放的資料夾。',
    'The file holds evidence; say with --evidence in which folder it is to be kept.',
  ),
  NOTHING_TO_SWAP: m(
    3,
    '沒有正在建立的讀取模型可供切換。',
    'No read model is being built that could be swapped in.',
  ),
  MODELS_NOT_FOUND: m(
    3,
    '該處沒有讀取模型,請先啟動讀取模型的執行程式。',
    'There are no read models in this place; a runner makes them when it starts.',
  ),
  MODELS_REFUSED: m(
    3,
    '讀取模型的資料庫拒絕此帳號、密碼或權限。',
    'The database of the read models refuses this name, its password, or what it may do.',
  ),
  MODELS_POOLED: m(
    3,
    '讀取模型的資料庫前有連線池,其模式不允許交易,請改為 transaction 或 session 模式。',
    'A pooler before the database of the read models allows no transactions; let it pool by transaction or by session.',
  ),
  MODELS_AHEAD: m(
    3,
    '讀取模型含有登記簿所沒有的事件,登記簿可能還原自較舊的備份,請在新的位置重新建立。',
    'The read models know events that the register lacks, as after a restore; build them anew in another place.',
  ),
  MODELS_NEWER: m(
    3,
    '讀取模型屬於較新版本的程式。',
    'The read models are those of a newer version of this program.',
  ),
  // found wrong
  REGISTER_DAMAGED: m(1, '登記簿的內容與寫入時不符。', 'The register does not hold what was written to it.'),
  MODELS_DAMAGED: m(
    1,
    '這不是讀取模型,或已損毀,或屬於其他版本的程式。',
    'These are no read models, or damaged ones, or those of another version of this program.',
  ),
  EXPORT_DAMAGED: m(
    1,
    '匯出檔已損毀或遭變更,未寫入任何資料。',
    'The export was damaged or changed; nothing was written.',
  ),
  EXPORT_INCOMPLETE: m(
    1,
    '匯出檔不完整,未寫入任何資料。',
    'The export is not complete; nothing was written.',
  ),
  EXPORT_UNKNOWN: m(
    1,
    '這不是匯出檔,或其版本較新。',
    'The file is no export, or one of a newer version of this program.',
  ),
  FILE_CHANGED: m(
    1,
    '匯入期間匯出檔遭變更,匯入已停止。',
    'The export was changed while it was imported; the import stopped.',
  ),
  CSV_ENCODING: m(
    1,
    '檔案編碼無法辨識,請存成 UTF-8。',
    'The encoding of the file cannot be told; save it as UTF-8.',
  ),
  CSV_MALFORMED: m(1, '這不是正確的 CSV 檔。', 'The file is no well-formed CSV.'),
  CSV_TOO_LARGE: m(1, 'CSV 檔過大,請分成數個檔案。', 'The CSV is too large; import it in several files.'),
  CSV_HEADING: m(
    1,
    'CSV 標題列不符。',
    'The heading of the CSV lacks a column, or has one that is not known.',
  ),
  // faults
  FILE_FAULT: m(4, '檔案無法讀寫。', 'A file cannot be read or written.'),
  DISK_FULL: m(
    4,
    '磁碟空間不足,請清出空間後再執行同一指令。',
    'The disk is full; make room and give the same command again.',
  ),
  STORE_FAULT: m(4, '無法使用事件儲存體。', 'The event store does not answer.'),
  VAULT_FAULT: m(4, '無法使用金鑰庫。', 'The key vault does not answer.'),
  MODELS_UNAVAILABLE: m(
    4,
    '無法連線至讀取模型的資料庫。',
    'The database of the read models does not answer.',
  ),
  PROJECTION_FAULT: m(4, '讀取模型發生錯誤。', 'The read models have a fault.'),
} as const satisfies Readonly<Record<string, Message>>;

export type MessageCode = keyof typeof messages;

/** The text of a message in one language. */
export const textOf = (code: MessageCode, language: Language): string =>
  messages[code][language === 'zh-TW' ? 'zh' : 'en'];

/** The exit code of a message. */
export const exitOf = (code: MessageCode): ExitCode => messages[code].exit;
