/**
 * The command line.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';

export interface Arguments {
  readonly help: boolean;
  /** Virtual cards in the place of readers. */
  readonly demo: boolean;
  readonly pagePins: boolean;
  readonly port: number | undefined;
  readonly origins: ReadonlyArray<string>;
  /** File with the key under which a PIN travels to a T7S card, 16 octets. */
  readonly transportKey: string | undefined;
  /** A known module, or the absolute path of one. */
  readonly pkcs11: string | undefined;
}

export const usage = `用法 Usage: mandate-card-agent --origin https://portal.example [--origin …]

  --origin ORIGIN       可使用本元件的網站(協定、主機、連接埠)  a site that may ask; give it once for each
  --port N              連接埠，預設為 61161                      where to listen
  --demo                以虛擬卡片示範                            virtual cards instead of readers
  --pin-transport-key F T7S 卡片的傳輸金鑰檔(16 位元組)         file with the key of T7S cards, 16 octets
  --pkcs11 MODULE       發卡廠商的 PKCS#11 模組                   the vendor's module: hicos, opensc, softhsm, or /path
  --page-pins           接受網站送來的 PIN 碼(不建議)            take PINs from sites, as the vendor's component does
`;

const none: Arguments = {
  help: false,
  demo: false,
  pagePins: false,
  port: undefined,
  origins: [],
  transportKey: undefined,
  pkcs11: undefined,
};

const isPort = (word: string): boolean => /^\d{1,5}$/.test(word) && Number(word) <= 65_535;

const takesValue: ReadonlySet<string> = new Set(['--origin', '--port', '--pin-transport-key', '--pkcs11']);

/** Reads the arguments after the program's name; Left is what makes no sense, with its value where that is what is wrong. */
export const readArguments = (words: ReadonlyArray<string>): E.Either<string, Arguments> => {
  let read = none;
  for (let at = 0; at < words.length; at += 1) {
    const [word = '', value] = [words[at], words[at + 1]];
    if (word === '--help' || word === '-h') read = { ...read, help: true };
    else if (word === '--demo') read = { ...read, demo: true };
    else if (word === '--page-pins') read = { ...read, pagePins: true };
    else {
      if (value === undefined) return E.left(word);
      at += 1;
      if (word === '--origin') read = { ...read, origins: [...read.origins, value] };
      else if (word === '--port' && isPort(value)) read = { ...read, port: Number(value) };
      else if (word === '--pin-transport-key') read = { ...read, transportKey: value };
      else if (word === '--pkcs11') read = { ...read, pkcs11: value };
      else return E.left(takesValue.has(word) ? `${word} ${value}` : word);
    }
  }
  return E.right(read);
};
