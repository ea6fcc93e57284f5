/**
 * Answers that are written while they are read, so that a long history needs no more memory than a page of it.
 *
 * @packageDocumentation
 */
import { byteOrderMark, type Cell, csvRow } from './csv.js';

/**
 * Texts as octets, one at a time and none before it is asked for. Who goes away ends the source; a source that fails
 * breaks the answer off, so that nobody takes half a table for a whole one.
 */
export const streamOf = (texts: AsyncIterable<string>): ReadableStream<Uint8Array> => {
  const source = texts[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const next = await source.next();
        if (next.done === true) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      },
      cancel: async () => {
        await source.return?.();
      },
    },
    { highWaterMark: 1 },
  );
};

/** A table of rows that come page by page. */
export const csvOf = async function* <A>(
  heading: ReadonlyArray<string>,
  pages: AsyncIterable<ReadonlyArray<A>>,
  toCells: (row: A) => ReadonlyArray<Cell>,
): AsyncGenerator<string> {
  yield byteOrderMark + csvRow(heading);
  for await (const page of pages) {
    if (page.length > 0) yield page.map((row) => csvRow(toCells(row))).join('');
  }
};

/** JSON lines: one JSON text a line (newline-delimited JSON). */
export const jsonLinesOf = async function* <A>(
  pages: AsyncIterable<ReadonlyArray<A>>,
  toJson: (row: A) => unknown,
): AsyncGenerator<string> {
  for await (const page of pages) {
    if (page.length > 0) yield page.map((row) => `${JSON.stringify(toJson(row))}\n`).join('');
  }
};
