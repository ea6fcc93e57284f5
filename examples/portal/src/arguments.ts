/**
 * The command line.
 *
 * @packageDocumentation
 */
import { resolve } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';

export interface Arguments {
  readonly help: boolean;
  /** Absolute path of the data folder. */
  readonly data: string;
  readonly port: number;
  /** The pack's opening hours (GEPI-4) instead of any hour. */
  readonly hours: boolean;
  /** A reader is asked for cards first, and the drawer's cards are written into files for virtual ones. */
  readonly reader: boolean;
}

export const usage = `用法 Usage: main.js [--data DIR] [--port N] [--hours] [--reader]

  --data DIR  資料夾,預設為 ./data/portal          where the data are kept
  --port N    連接埠,預設為 8080;0 為任一可用者     where to listen; 0 for any that is free
  --any-hour  任何時間皆可使用(預設)               open at any hour, the default in test mode
  --hours     依入口網開放時間(7-24)               keep the portal's opening hours
  --reader    先詢問讀卡機,並將測試卡片存檔        ask the reader first; test cards into files for virtual ones
`;

const isPort = (word: string): boolean => /^\d{1,5}$/.test(word) && Number(word) <= 65_535;

/** Reads the arguments after the program's name; Left is the word that makes no sense. */
export const readArguments = (words: ReadonlyArray<string>): E.Either<string, Arguments> => {
  let [help, hours, reader, data, port] = [false, false, false, 'data/portal', 8080];
  const queue = words.flatMap((word) => {
    const [, name, value] = /^(--(?:data|port))=(.+)$/.exec(word) ?? [];
    return name === undefined || value === undefined ? [word] : [name, value];
  });
  for (let at = 0; at < queue.length; at += 1) {
    const word = queue[at] ?? '';
    const value = queue[at + 1] ?? '';
    if (word === '--help' || word === '-h') help = true;
    else if (word === '--hours') hours = true;
    else if (word === '--reader') reader = true;
    else if (word === '--any-hour') hours = false;
    else if (word === '--data' && value !== '') {
      data = value;
      at += 1;
    } else if (word === '--port' && isPort(value)) {
      port = Number(value);
      at += 1;
    } else return E.left(word);
  }
  return E.right({ help, hours, reader, port, data: resolve(data) });
};
