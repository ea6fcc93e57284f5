/**
 * National IDs in texts that people read, without what makes them whole.
 *
 * @packageDocumentation
 */
import type { PersonalId } from './personal-id.js';
import { foldWidth, upperCaseAscii } from './text.js';

/** Characters that a citizen certificate shows itself, and so all that anybody needs to tell two IDs apart. */
const shown = 4;

const mask = (id: string): string => `${'*'.repeat(6)}${id.slice(-shown)}`;

/**
 * `******6789`: the last four, as a citizen certificate shows them (2.16.886.1.100.2.51). The manuals have no masked form;
 * with the first letter and digit as well, which some forms leave, the check digit leaves a thousand persons.
 */
export const maskPersonalId = (id: PersonalId): string => mask(id);

// Whatever could be one, right check digit or not: a number that was mistyped is still somebody's. With a digit behind it,
// it is part of a longer number, such as a card's.
const between = String.raw`[\s\p{Pd}\p{Cf}]`;
const pattern = new RegExp(`[A-Z]${between}{0,3}[A-D1289](?:${between}{0,3}\\d){8}(?!\\d)`, 'gu');
const betweens = new RegExp(between, 'gu');

/**
 * A text with each national ID and resident number in it masked, in either case and width, also with spaces, hyphens or
 * what nobody sees between. What is no such number stays as it was.
 */
export const maskPersonalIds = (text: string): string => {
  // Narrow and upper case are of the same length, so that places in one are places in the other.
  const folded = upperCaseAscii(foldWidth(text));
  let masked = '';
  let end = 0;
  for (const { 0: found, index } of folded.matchAll(pattern)) {
    masked += text.slice(end, index) + mask(found.replace(betweens, ''));
    end = index + found.length;
  }
  return masked + text.slice(end);
};
