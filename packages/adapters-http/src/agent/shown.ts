/**
 * What is to be signed, as a person can read it.
 *
 * @packageDocumentation
 */
import { type Bag, bagOf, textMember } from '../hipki/json.js';
import type { SignPackage } from '../hipki/package.js';
import { isFaithful, saysTwice } from './said-once.js';

export interface ShownContent {
  /** The text; octets that are no UTF-8 as hexadecimal. */
  readonly text: string;
  readonly octets: number;
  /** Members of a JSON object, for a table above the text. */
  readonly members: ReadonlyArray<readonly [name: string, value: string]>;
  /** What the challenge says that it is for. */
  readonly purpose?: string;
}

/** Letters that are not seen, or that turn the order of others round: they could make a text read otherwise. */
const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const visible = (text: string): string =>
  text.replace(hidden, (letter) =>
    letter === '\n' || letter === '\t'
      ? letter
      : `\\u{${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );

/** What the page calls its purpose, on one line of letters that are seen. */
export const shownName = ({ zh, en }: NonNullable<SignPackage['purposeName']>): Bag => ({
  zh: visible(zh.replace(/\s+/gu, ' ')),
  en: visible(en.replace(/\s+/gu, ' ')),
});

const textOf = (content: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
};

const hexOf = (content: Uint8Array): string =>
  Array.from(content, (octet) => octet.toString(16).padStart(2, '0')).join(' ');

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** More lines are no help: the text is shown in their place. */
const maxMembers = 40;

/** A table in the place of the text must say all that this says. */
const membersOf = (text: string, bag: Bag | undefined): ReadonlyArray<readonly [string, unknown]> => {
  if (bag === undefined || !isFaithful(text, bag)) return [];
  const members = Object.entries(bag);
  return members.length > maxMembers ? [] : members;
};

export const shownContent = (content: Uint8Array): ShownContent => {
  const text = textOf(content);
  if (text === undefined) return { text: hexOf(content), octets: content.length, members: [] };
  const bag = bagOf(text);
  const purpose = bag === undefined ? undefined : textMember(bag, 'purpose');
  return {
    text: visible(text),
    octets: content.length,
    members: membersOf(text, bag).map(([name, value]) => [visible(name), visible(plain(value))] as const),
    ...(purpose === undefined ? {} : { purpose: visible(purpose) }),
  };
};

/**
 * The origin that a challenge names itself. Where it is not the one that asks, a site hands on the challenge of another
 * to have it signed.
 */
export const namedOrigin = (content: Uint8Array): string | undefined => {
  const bag = bagOf(textOf(content));
  return bag === undefined ? undefined : textMember(bag, 'origin');
};

/** Whether the content can be heard in two ways: then it is not known what would be signed. */
export const isAmbiguous = (content: Uint8Array): boolean => {
  const text = textOf(content);
  return text !== undefined && saysTwice(text);
};
