/**
 * Texts that are nearly always hex, under numbers.
 *
 * @packageDocumentation
 */
import type { HexForm } from './hex.js';
import { createKeyTable } from './keys.js';
import { createRecords } from './records.js';

/** Each text once. Numbers begin at 1; 0 says "unknown". */
export interface TextTable {
  readonly find: (text: string) => number;
  readonly intern: (text: string) => number;
  readonly text: (number: number) => string;
  readonly count: () => number;
  readonly bytes: () => number;
}

/** Even numbers are rows of words; odd ones are texts of any other form, which an envelope does not rule out. */
export const createTextTable = (form: HexForm): TextTable => {
  const keys = createKeyTable(form.words);
  const key = new Uint32Array(form.words);
  const others = new Map<string, number>();
  const otherTexts: string[] = [];
  return {
    find: (text) => {
      if (form.parse(text, key, 0)) return keys.find(key) * 2;
      return others.get(text) ?? 0;
    },
    intern: (text) => {
      if (form.parse(text, key, 0)) return keys.intern(key) * 2;
      const known = others.get(text);
      if (known !== undefined) return known;
      const number = otherTexts.length * 2 + 1;
      otherTexts.push(text);
      others.set(text, number);
      return number;
    },
    text: (number) =>
      number % 2 === 0 ? form.print((n) => keys.get(number / 2, n)) : (otherTexts[(number - 1) / 2] ?? ''),
    count: () => keys.count() + otherTexts.length,
    bytes: keys.bytes,
  };
};

/** Lists of texts, one after another; a list is the number of its first text and its length. */
export interface TextLists {
  readonly add: (texts: ReadonlyArray<string>) => number;
  /** True where the list holds exactly these texts. */
  readonly is: (list: number, texts: ReadonlyArray<string>) => boolean;
  readonly texts: (list: number) => ReadonlyArray<string>;
  readonly bytes: () => number;
}

/** List 0 is the empty one. */
export const createTextLists = (form: HexForm): TextLists => {
  const items = createRecords(form.words);
  const lists = createRecords(2);
  const words = new Uint32Array(form.words);
  const others = new Map<number, string>();

  const textAt = (row: number): string => others.get(row) ?? form.print((n) => items.get(row, n));

  const isAt = (row: number, text: string): boolean => {
    if (!form.parse(text, words, 0)) return others.get(row) === text;
    if (others.has(row)) return false;
    for (let n = 0; n < form.words; n++) if (items.get(row, n) !== words[n]) return false;
    return true;
  };

  return {
    add: (texts) => {
      if (texts.length === 0) return 0;
      const list = lists.add();
      lists.set(list, 0, items.count() + 1);
      lists.set(list, 1, texts.length);
      for (const text of texts) {
        const row = items.add();
        if (!form.parse(text, words, 0)) others.set(row, text);
        else for (let n = 0; n < form.words; n++) items.set(row, n, words[n] ?? 0);
      }
      return list;
    },
    is: (list, texts) =>
      lists.get(list, 1) === texts.length && texts.every((text, n) => isAt(lists.get(list, 0) + n, text)),
    texts: (list) => {
      const first = lists.get(list, 0);
      return Array.from({ length: lists.get(list, 1) }, (_, n) => textAt(first + n));
    },
    bytes: () => items.bytes() + lists.bytes(),
  };
};
