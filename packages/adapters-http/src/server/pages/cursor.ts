/**
 * Where the next page of a list begins, as a text that a caller hands back as it is.
 *
 * A cursor grants nothing: whoever asks for a page is asked for their rights anew, and the place in the list is no secret.
 * It is checked all the same, so that one list's cursor in another is told rather than answered with rows at random.
 *
 * @packageDocumentation
 */
import { decodeValue, t } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

const longest = 1024;
const base64url = /^[A-Za-z0-9_-]+$/;

const toBase64Url = (text: string): string => {
  const binary = Array.from(new TextEncoder().encode(text), (octet) => String.fromCharCode(octet)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
};

const fromBase64Url = (text: string): string | undefined => {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const octets = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return undefined;
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Makes and reads the cursors of one list: `list` names it with everything that chooses its rows, such as filters. */
export const cursorsOf = <A, O>(list: string, place: t.Type<A, O, unknown>) => ({
  /** The cursor of the page that begins after `at`. */
  after: (at: A): string => toBase64Url(JSON.stringify([list, place.encode(at)])),
  /** `Left` where it is no cursor of this list. */
  read: (cursor: string): E.Either<'CURSOR_INVALID', A> => {
    const invalid = E.left('CURSOR_INVALID' as const);
    if (cursor.length > longest || !base64url.test(cursor)) return invalid;
    const text = fromBase64Url(cursor);
    const parsed = text === undefined ? undefined : parse(text);
    if (!Array.isArray(parsed) || parsed.length !== 2 || parsed[0] !== list) return invalid;
    const at = decodeValue(place, parsed[1]);
    // One spelling: a cursor that was made elsewhere is none.
    return E.isLeft(at) || toBase64Url(JSON.stringify([list, place.encode(at.right)])) !== cursor
      ? invalid
      : E.right(at.right);
  },
});

/** A page of a list; `next` is `null` on the last one. */
export interface Page<A> {
  readonly items: ReadonlyArray<A>;
  readonly next: string | null;
}

/** A page of rows of which one more was asked for than fits, so that an end is seen as one. */
export const pageOf = <A>(
  rows: ReadonlyArray<A>,
  limit: number,
  cursorAfter: (row: A) => string,
): Page<A> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? cursorAfter(last) : null };
};

/** The codec of a page. */
export const PageOf = <C extends t.Mixed>(item: C, name: string) =>
  t.strict({ items: t.readonlyArray(item), next: t.union([t.string, t.null]) }, name);
