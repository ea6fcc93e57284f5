/**
 * The records of a CSV. The only module that names its reader.
 *
 * @packageDocumentation
 */
import { parse } from 'csv-parse/sync';

export interface ReadRecord {
  readonly cells: ReadonlyArray<string>;
  /** A quotation mark stands within a cell that is not quoted, or after one that is. */
  readonly isMisquoted: boolean;
}

/** How the reading ended. After `QuoteOpen` what follows the mark was not read. */
export type Ended =
  | { readonly _tag: 'End' }
  | { readonly _tag: 'QuoteOpen' }
  /** A code of the reader, and nothing that stands in the file. */
  | { readonly _tag: 'Unreadable'; readonly detail: string };

/** Hands over each record as it is read, so that the cells of a million rows are never there together. */
export const eachRecord = (text: string, read: (record: ReadRecord) => void): Ended => {
  let isMisquoted = false;
  const look = (value: string, { quoting }: { readonly quoting: boolean }): string => {
    // What goes on after its closing mark is handed over with its opening one.
    if (quoting ? value.startsWith('"') : value.includes('"')) isMisquoted = true;
    return value;
  };
  try {
    parse(text, {
      relax_column_count: true,
      // The mark is kept as a character, and the row that has it is refused by itself: the reader goes on with the next.
      relax_quotes: true,
      // To be asked of every cell makes the reader five times as slow: most files have no mark at all.
      ...(text.includes('"') ? { cast: look } : {}),
      on_record: (cells: ReadonlyArray<string>) => {
        read({ cells, isMisquoted });
        isMisquoted = false;
        // The library keeps nothing of it.
        return null;
      },
    });
    return { _tag: 'End' };
  } catch (error) {
    // The library's message quotes the file.
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return code === 'CSV_QUOTE_NOT_CLOSED' ? { _tag: 'QuoteOpen' } : { _tag: 'Unreadable', detail: code };
  }
};
