/**
 * What is to be signed, as a person can read it.
 *
 * @packageDocumentation
 */
import { bagOf, textMember } from '../hipki/json.js';

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
const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

const visible = (text: string): string =>
  text.replace(hidden, (letter) =>
    letter === '\n' || letter === '\t'
      ? letter
      : `\\u{${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );

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

/** A table of more lines is no help; the text stands below it anyway. */
const maxMembers = 40;

export const shownContent = (content: Uint8Array): ShownContent => {
  const text = textOf(content);
  if (text === undefined) return { text: hexOf(content), octets: content.length, members: [] };
  const bag = bagOf(text);
  const members = Object.entries(bag ?? {}).slice(0, maxMembers);
  const purpose = bag === undefined ? undefined : textMember(bag, 'purpose');
  return {
    text: visible(text),
    octets: content.length,
    members: members.map(([name, value]) => [visible(name), visible(plain(value))] as const),
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
