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
import { parse } from 'csv-parse/sync';
import * as E from 'fp-ts/lib/Either.js';
import { type CliFault, cliFault } from '../fault.js';
import type { RowCode } from './codes.js';

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

const readRow = (row: number, cells: ReadonlyArray<string>, order: ReadonlyArray<Column>): ReadRow => {
  if (cells.length !== order.length) {
    return { row, agency: undefined, faults: [{ code: 'COLUMNS_WRONG', column: null }], clerk: undefined };
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

const longestRecord = 20_000;

/** Hands over each record as it is read, so that the cells of a million rows are never there together. */
const eachRecord = (
  text: string,
  read: (cells: ReadonlyArray<string>) => ReadRow | undefined,
): E.Either<CliFault, ReadonlyArray<ReadRow>> => {
  try {
    const rows: Array<ReadRow> = [];
    parse(text, {
      relax_column_count: true,
      max_record_size: longestRecord,
      on_record: (cells) => {
        const row = read(cells);
        if (row !== undefined) rows.push(row);
        // The library keeps nothing of it.
        return null;
      },
    });
    return E.right(rows);
  } catch (error) {
    // The library's message quotes the file.
    const line = error instanceof Error && 'lines' in error ? `near line ${String(error.lines)}` : '';
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return E.left(cliFault('CSV_MALFORMED', `${code} ${line}`.trim()));
  }
};

const orderOf = (heading: ReadonlyArray<string>): E.Either<CliFault, ReadonlyArray<Column>> => {
  const order = heading.map(columnOf);
  const known = order.flatMap((column) => column ?? []);
  const missing = columns.filter((column) => !known.includes(column));
  if (missing.length > 0) return E.left(cliFault('CSV_HEADING', `without ${missing.join(', ')}`));
  return known.length !== order.length || new Set(known).size !== known.length
    ? E.left(cliFault('CSV_HEADING', 'a column is not known, or stands there twice'))
    : E.right(known);
};

/** Reads heading and rows. Left only where there are no rows to speak of: no CSV, or a heading that lacks a column. */
export const readRows = (text: string): E.Either<CliFault, ReadonlyArray<ReadRow>> => {
  let row = 0;
  let order: E.Either<CliFault, ReadonlyArray<Column>> | undefined;
  const rows = eachRecord(text, (cells) => {
    row += 1;
    if (order === undefined) {
      order = orderOf(cells);
      return undefined;
    }
    // A spreadsheet leaves empty rows at its end; their numbers count all the same.
    if (E.isLeft(order) || cells.every((cell) => cell.trim() === '')) return undefined;
    return readRow(row, cells, order.right);
  });
  if (E.isLeft(rows)) return rows;
  const heading = order ?? orderOf([]);
  return E.isLeft(heading) ? heading : rows;
};
