/**
 * The rows of a CSV of clerks, each read for itself: cells, values, and what is wrong with them.
 *
 * @packageDocumentation
 */
import {
  AgencyCode,
  decodeValue,
  FunctionCode,
  PersonalId,
  PersonName,
  TypedCertificateSerial,
  type t,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { type CliFault, cliFault } from '../fault.js';
import type { RowCode } from './codes.js';
import { eachRecord, type ReadRecord } from './records.js';

// -------------------------------------------------------------------------------------
// columns
// -------------------------------------------------------------------------------------

/** The columns, each with the headings that it is known by. */
const headings = {
  agency: ['機關代號', 'agency'],
  name: ['姓名', 'name'],
  nationalId: ['身分證字號', '身分證統一編號', 'nationalid'],
  serial: ['憑證序號', 'serial'],
  functions: ['權限', '功能', 'functions'],
} as const;

export type Column = keyof typeof headings;

const columns = Object.keys(headings) as ReadonlyArray<Column>;

const columnOf = (heading: string): Column | undefined => {
  const wanted = heading.trim().toLowerCase();
  return columns.find((column) => headings[column].some((known) => known === wanted));
};

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

/** What is wrong with a row: a code, and the column that it is about. Holds nothing of the row. */
export interface RowFault {
  readonly code: RowCode;
  readonly column: Column | null;
}

/** A clerk as a row tells it. */
export interface ClerkRow {
  readonly agency: string;
  readonly name: string;
  readonly nationalId: string;
  readonly serial: string;
  readonly functions: ReadonlyArray<string>;
}

export interface ReadRow {
  /** As a spreadsheet counts: the heading is 1. */
  readonly row: number;
  /** `undefined` where the cell holds no code of an agency. */
  readonly agency: string | undefined;
  readonly faults: ReadonlyArray<RowFault>;
  /** Whole where there are no faults. */
  readonly clerk: ClerkRow | undefined;
}

// A spreadsheet runs what begins like this; a name, a number or a code never does.
const formula = /^\s*[=+\-@]|^[\t\r]/;

const between = /[;、;|\s]+/;

const valueIn = <A>(
  codec: t.Type<A, string, unknown>,
  column: Column,
  cell: string,
  faults: Array<RowFault>,
): A | undefined => {
  const value = decodeValue(codec, cell.trim());
  if (E.isRight(value)) return value.right;
  for (const { code } of value.left) faults.push({ code, column });
  return undefined;
};

const functionsOf = (cell: string, faults: Array<RowFault>): ReadonlyArray<string> => {
  const codes = cell.split(between).filter((code) => code !== '');
  if (codes.length === 0) faults.push({ code: 'PERMISSION_REQUIRED', column: 'functions' });
  return [...new Set(codes.flatMap((code) => valueIn(FunctionCode, 'functions', code, faults) ?? []))].sort();
};

/** A row that is not looked into. */
const unread = (row: number, code: RowCode, agency?: string): ReadRow => ({
  row,
  agency,
  faults: [{ code, column: null }],
  clerk: undefined,
});

// Characters of all cells together; the longest clerk with every function of a menu has fewer.
const longestRow = 20_000;

const readRow = (row: number, { cells, isMisquoted }: ReadRecord, order: ReadonlyArray<Column>): ReadRow => {
  // Whose row it is cannot be told where lines may have run together.
  if (isMisquoted) return unread(row, 'QUOTE_MISPLACED');
  if (cells.length !== order.length) return unread(row, 'COLUMNS_WRONG');
  if (cells.reduce((sum, one) => sum + one.length, 0) > longestRow) {
    return unread(
      row,
      'ROW_TOO_LONG',
      valueIn(AgencyCode, 'agency', cells[order.indexOf('agency')] ?? '', []),
    );
  }
  const faults: Array<RowFault> = [];
  const cell = (column: Column): string => cells[order.indexOf(column)] ?? '';
  for (const column of columns) if (formula.test(cell(column))) faults.push({ code: 'FORMULA_CELL', column });
  if (faults.length > 0) return { row, agency: undefined, faults, clerk: undefined };
  const agency = valueIn(AgencyCode, 'agency', cell('agency'), faults);
  const name = valueIn(PersonName, 'name', cell('name'), faults);
  const nationalId = valueIn(PersonalId, 'nationalId', cell('nationalId'), faults);
  const serial = valueIn(TypedCertificateSerial, 'serial', cell('serial'), faults);
  const functions = functionsOf(cell('functions'), faults);
  const isWhole =
    agency !== undefined && name !== undefined && nationalId !== undefined && serial !== undefined;
  return {
    row,
    agency,
    faults,
    clerk: isWhole && faults.length === 0 ? { agency, name, nationalId, serial, functions } : undefined,
  };
};

// -------------------------------------------------------------------------------------
// file
// -------------------------------------------------------------------------------------

const orderOf = (heading: ReadonlyArray<string>): E.Either<CliFault, ReadonlyArray<Column>> => {
  const order = heading.map(columnOf);
  const known = order.flatMap((column) => column ?? []);
  const missing = columns.filter((column) => !known.includes(column));
  if (missing.length > 0) return E.left(cliFault('CSV_HEADING', `without ${missing.join(', ')}`));
  return known.length !== order.length || new Set(known).size !== known.length
    ? E.left(cliFault('CSV_HEADING', 'a column is not known, or stands there twice'))
    : E.right(known);
};

/**
 * Reads heading and rows; a quotation mark that is never closed is the last row's fault. Left only where there are no rows to speak
 * of: a heading that lacks a column, or none.
 */
export const readRows = (text: string): E.Either<CliFault, ReadonlyArray<ReadRow>> => {
  const rows: Array<ReadRow> = [];
  let row = 0;
  let order: E.Either<CliFault, ReadonlyArray<Column>> | undefined;
  const ended = eachRecord(text, (record) => {
    row += 1;
    if (order === undefined) {
      order = orderOf(record.cells);
      return;
    }
    // A spreadsheet leaves empty rows at its end; their numbers count all the same.
    if (E.isLeft(order) || record.cells.every((cell) => cell.trim() === '')) return;
    rows.push(readRow(row, record, order.right));
  });
  if (ended._tag === 'Unreadable') return E.left(cliFault('CSV_MALFORMED', ended.detail));
  if (ended._tag === 'QuoteOpen') {
    if (order === undefined)
      return E.left(cliFault('CSV_MALFORMED', 'a quotation mark in the heading is never closed'));
    rows.push(unread(row + 1, 'QUOTE_OPEN'));
  }
  const heading = order ?? orderOf([]);
  return E.isLeft(heading) ? heading : E.right(rows);
};
