/**
 * What can be wrong with a row, by code, with both texts. Codes of fields and of the register are the domain's own.
 *
 * @packageDocumentation
 */
import { type RegisterErrorCode, registerErrors, type ValueErrorCode, valueErrors } from '@mandate/domain';

const own = {
  COLUMNS_WRONG: ['欄位數與標題列不符', 'the row has more or fewer cells than the heading'],
  ROW_TOO_LONG: ['列過長', 'the row is longer than any clerk is'],
  QUOTE_MISPLACED: [
    '引號位置不正確,其後的列可能已併入本列',
    'a quotation mark stands where none may; lines after it may have been read as part of this row',
  ],
  QUOTE_OPEN: [
    '引號未結束,本列及其後各列均未讀取',
    'a quotation mark is never closed; this row and all after it were not read',
  ],
  FORMULA_CELL: ['儲存格為公式', 'the cell is a formula'],
  ROW_TWICE: ['與前面的列完全相同', 'the same row stands above'],
  PERSON_TWICE: ['同一機關的同一人已出現於前面的列', 'the same person of the same agency stands above'],
  SERIAL_TWICE: ['同一機關的同一憑證序號已出現於前面的列', 'the same serial of the same agency stands above'],
  AGENCY_HELD_BACK: [
    '同一機關有其他列不符,整個機關不匯入',
    'another row of the agency is refused, so all of them wait',
  ],
  AGENCY_TOO_LARGE: [
    '同一機關的列數過多,請分成數個檔案匯入',
    'the agency has more rows than one append can have; import them in several files',
  ],
} as const;

type OwnCode = keyof typeof own;

/** The register's refusals: of a row that is judged, and of the import itself. */
export type RegisterRule = RegisterErrorCode;

export type RowCode = OwnCode | ValueErrorCode | RegisterRule;

const isOwn = (code: RowCode): code is OwnCode => Object.hasOwn(own, code);
const isRule = (code: RowCode): code is RegisterRule => Object.hasOwn(registerErrors, code);

/** Both texts of a code. */
export const rowTexts = (code: RowCode): { readonly zh: string; readonly en: string } => {
  if (isOwn(code)) {
    const [zh, en] = own[code];
    return { zh, en };
  }
  if (isRule(code)) {
    const { zh, en } = registerErrors[code];
    return { zh, en };
  }
  const { zh, en } = valueErrors[code];
  return { zh, en };
};
