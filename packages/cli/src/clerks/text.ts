/**
 * From the bytes of a file to its text: UTF-8, or Big5 as older programs save it.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { type CliFault, cliFault } from '../fault.js';

export type Encoding = 'utf-8' | 'big5';

/** A text and how it was written down. */
export interface FileText {
  readonly text: string;
  readonly encoding: Encoding;
}

// What ICU makes of single octets that no Big5 has, and what no CSV holds. A character that somebody made for himself is
// told with its row.
const noText = /[\u0080-\u009f\uf8f8\ufffd]/;

const decode = (bytes: Uint8Array, encoding: Encoding): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const startsWith = (bytes: Uint8Array, beginning: ReadonlyArray<number>): boolean =>
  beginning.every((byte, index) => bytes[index] === byte);

/**
 * Tells the two apart by what the bytes can be: hardly any Big5 is UTF-8. A byte order mark is taken off. What is neither,
 * and UTF-16, is `CSV_ENCODING`: a wrong guess would be wrong names.
 */
export const textOfFile = (bytes: Uint8Array, wanted?: Encoding): E.Either<CliFault, FileText> => {
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) {
    return E.left(cliFault('CSV_ENCODING', 'UTF-16'));
  }
  for (const encoding of wanted === undefined ? (['utf-8', 'big5'] as const) : [wanted]) {
    const text = decode(bytes, encoding);
    if (text !== undefined && !noText.test(text) && !text.includes('\u0000'))
      return E.right({ text, encoding });
  }
  return E.left(cliFault('CSV_ENCODING', wanted ?? 'neither UTF-8 nor Big5'));
};
