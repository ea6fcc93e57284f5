/**
 * The command line.
 *
 * @packageDocumentation
 */
import { resolve } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';

export interface Arguments {
  readonly json: boolean;
  readonly help: boolean;
  /** Absolute path of the data folder. */
  readonly data: string;
}

export const usage = `用法 Usage: main.js [--data DIR] [--json]

  --data DIR  資料夾,預設為 ./data/walkthrough   where the data are kept
  --json      以單一 JSON 文件輸出   the same as one JSON document
`;

/** Reads the arguments after the program's name. */
export const readArguments = (words: ReadonlyArray<string>): E.Either<string, Arguments> => {
  let json = false;
  let help = false;
  let data = 'data/walkthrough';
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const next = words[index + 1];
    if (word === '--json') json = true;
    else if (word === '--help' || word === '-h') help = true;
    else if (word.startsWith('--data=') && word.length > '--data='.length)
      data = word.slice('--data='.length);
    else if (word === '--data' && next !== undefined && next !== '') {
      data = next;
      index += 1;
    } else return E.left(word);
  }
  return E.right({ json, help, data: resolve(data) });
};
