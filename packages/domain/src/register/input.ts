/**
 * Small codecs of the command decoder that stand for no value of the domain.
 *
 * @packageDocumentation
 */
import { t } from '../schema.js';
import { refuse, textValue } from '../values/codec.js';
import { lineOfText } from '../values/line.js';
import { shaped } from '../values/shape.js';
import { unprintable } from '../values/text.js';

/** One line of up to 200 characters: trimmed, NFC, nothing that nobody sees. */
export const ShortText = lineOfText(200, 'ShortText');

const lineBreaks = /[\t\n\r]/g;

/** Up to 20,000 UTF-16 units in several lines, kept as they are; nothing that nobody sees but tabs and ends of lines. */
export const LongText = textValue<string>({
  name: 'LongText',
  isNormal: (text) =>
    text.length > 0 &&
    text.length <= 20_000 &&
    text.trim() !== '' &&
    !unprintable.test(text.replace(lineBreaks, '')),
  longest: 20_000,
  tooLong: 'TEXT_LENGTH',
  normalise: t.identity,
  malformed: 'TEXT_CHARACTERS',
});

const code = (name: string, pattern: RegExp): t.Type<string, string, unknown> =>
  textValue<string>({
    name,
    isNormal: (text) => text.length <= 64 && pattern.test(text),
    longest: 64,
    normalise: t.identity,
    malformed: 'TEXT_CHARACTERS',
    pattern,
  });

/** A reason as a code of the portal, such as `abolished`: never free text about a person. */
export const ReasonCode = code('ReasonCode', /^[a-z0-9-]+$/);

/** An account of the portal's staff: letters, digits and `._-`; no name of a person. */
export const StaffAccount = code('StaffAccount', /^[A-Za-z0-9._-]+$/);

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Standard base64 of up to 48 KiB, as a program sends a certificate or a CMS answer. */
export const Base64 = textValue<string>({
  name: 'Base64',
  isNormal: (text) => text.length > 0 && text.length <= 65_536 && base64.test(text),
  longest: 65_536,
  normalise: (text) => text.replace(/[\r\n]/g, ''),
  malformed: 'TEXT_LENGTH',
  explain: () => 'TEXT_CHARACTERS',
  pattern: base64,
  format: 'byte',
});

/** A password or a token as it was typed: up to 4,096 characters, not one of them changed. Never to be written down. */
export const Secret = textValue<string>({
  name: 'Secret',
  isNormal: (text) => text.length > 0 && text.length <= 4096,
  longest: 4096,
  tooLong: 'TEXT_LENGTH',
  normalise: t.identity,
  malformed: 'TEXT_CHARACTERS',
});

const isVersion = (u: unknown): u is number =>
  typeof u === 'number' && Number.isInteger(u) && u >= 1 && u < 1e9;

/** A version of a catalogue or of terms, from 1. */
export const VersionNumber: t.Type<number, number, unknown> = shaped(
  new t.Type<number, number, unknown>(
    'VersionNumber',
    isVersion,
    (u, context) => (isVersion(u) ? t.success(u) : refuse('WRONG_TYPE', context)),
    t.identity,
  ),
  { kind: 'integer', least: 1, most: 1e9 - 1 },
);

/** True or false, nothing that looks like it. */
export const Flag: t.Type<boolean, boolean, unknown> = shaped(
  new t.Type<boolean, boolean, unknown>(
    'Flag',
    (u): u is boolean => typeof u === 'boolean',
    (u, context) => (typeof u === 'boolean' ? t.success(u) : refuse('WRONG_TYPE', context)),
    t.identity,
  ),
  { kind: 'flag' },
);

/** One of a few words. */
export const oneOf = <const W extends string>(...words: ReadonlyArray<W>): t.Type<W, W, unknown> => {
  const is = (u: unknown): u is W => words.some((word) => word === u);
  const codec = new t.Type<W, W, unknown>(
    words.join(' | '),
    is,
    (u, context) => (is(u) ? t.success(u) : refuse('UNKNOWN_KIND', context)),
    t.identity,
  );
  return shaped(codec, { kind: 'words', words });
};
