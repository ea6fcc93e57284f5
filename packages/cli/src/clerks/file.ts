/**
 * The file of clerks as a command names it: how large it may be, how it is written, its rows.
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import { common, type Given, type OptionSpec } from '../command.js';
import { type CliFault, cliFault, fromFileError } from '../fault.js';
import { type ReadRow, readRows } from './rows.js';
import { type Encoding, textOfFile } from './text.js';

/** About 1.8 million rows. */
const largestFile = 2 ** 27;

/** The options of commands that read such a file. */
export const clerkFileOptions = {
  vault: common.vault,
  portal: { value: 'portal', required: true, zh: '入口網站代碼,如 gepi', en: 'the portal, such as gepi' },
  encoding: {
    value: 'utf-8|big5',
    zh: '檔案編碼(預設自動判別)',
    en: 'how the file is written; told by itself else',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** A file that was read. */
export interface ClerkFile {
  readonly encoding: Encoding;
  /** SHA-256 of its bytes, in hex. */
  readonly digest: string;
  readonly rows: ReadonlyArray<ReadRow>;
}

const bytesOf = (file: string): E.Either<CliFault, Uint8Array> => {
  try {
    const { size } = statSync(file);
    return size > largestFile
      ? E.left(cliFault('CSV_TOO_LARGE', `${size} bytes, ${largestFile} is the most`))
      : E.right(readFileSync(file));
  } catch (error) {
    return E.left(fromFileError(error));
  }
};

const encodingOf = (text: string | undefined): E.Either<CliFault, Encoding | undefined> =>
  text === undefined || text === 'utf-8' || text === 'big5'
    ? E.right(text)
    : E.left(cliFault('OPTION_WRONG', '--encoding is utf-8 or big5'));

/** Reads the file of a command line. */
export const readClerkFile = (given: Given): E.Either<CliFault, ClerkFile> => {
  const encoding = encodingOf(given.text('encoding'));
  if (E.isLeft(encoding)) return encoding;
  const bytes = bytesOf(given.operands[0] ?? '');
  if (E.isLeft(bytes)) return bytes;
  const file = textOfFile(bytes.right, encoding.right);
  if (E.isLeft(file)) return file;
  const digest = createHash('sha256').update(bytes.right).digest('hex');
  return E.map((rows: ReadonlyArray<ReadRow>) => ({ encoding: file.right.encoding, digest, rows }))(
    readRows(file.right.text),
  );
};
