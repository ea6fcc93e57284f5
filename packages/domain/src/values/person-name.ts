import type { t } from '../schema.js';
import { textValue } from './codec.js';
import { unprintable } from './text.js';

export interface PersonNameBrand {
  readonly PersonName: unique symbol;
}

/** 姓名 in NFC, 1 to 50 characters (code points). */
export type PersonName = t.Branded<string, PersonNameBrand>;

const longest = 50;
/** Most names; these ideographs are NFC as they stand. */
const plain = /^[\u4E00-\u9FFF]{1,50}$/;
/** A letter, 〇, a character of a private area (rare characters without a code are kept there) or one too new to be known. */
const meaningful = /[\p{L}\p{Nl}\p{Co}\p{Cn}]/u;

const isNormal = (text: string): boolean =>
  plain.test(text) ||
  (text.length > 0 &&
    text.length <= longest * 2 &&
    !unprintable.test(text) &&
    meaningful.test(text) &&
    [...text].length <= longest &&
    normalPersonName(text) === text);

/** The form in which names are compared: NFC, no space around it, each run of spaces inside one space. */
export const normalPersonName = (text: string): string =>
  text
    .trim()
    .normalize('NFC')
    .replace(/[\p{Zs}]+/gu, ' ')
    .trim();

/**
 * Name of a person (GEPI-28). NFC, no space around it, each run of spaces inside one space. Rare characters of any CJK
 * extension and of the private areas are kept. Fails with `PERSON_NAME_LENGTH` or `PERSON_NAME_CHARACTERS`.
 */
export const PersonName = textValue<PersonName>({
  name: 'PersonName',
  isNormal,
  longest: 512,
  tooLong: 'PERSON_NAME_LENGTH',
  normalise: normalPersonName,
  malformed: 'PERSON_NAME_CHARACTERS',
  explain: (text) => ([...text].length > longest ? 'PERSON_NAME_LENGTH' : 'PERSON_NAME_CHARACTERS'),
});
