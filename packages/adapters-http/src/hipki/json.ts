/**
 * Reading what somebody else wrote, without a dependency: this folder runs in a page as it is.
 *
 * @packageDocumentation
 */
import type { Either, Left, Right } from 'fp-ts/lib/Either.js';

export type Bag = Readonly<Record<string, unknown>>;

export const left = <E>(fault: E): Left<E> => ({ _tag: 'Left', left: fault });
export const right = <A>(value: A): Right<A> => ({ _tag: 'Right', right: value });
export type { Either };

export const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object's own member; a JSON text may name `__proto__` as well. */
export const member = (bag: Bag, name: string): unknown => (Object.hasOwn(bag, name) ? bag[name] : undefined);

/** The object that a JSON text is; `undefined` for every other text, and for what is no text. */
export const bagOf = (text: unknown): Bag | undefined => {
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isBag(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** A text member; `undefined` where there is none, or something else. */
export const textMember = (bag: Bag, name: string): string | undefined => {
  const value = member(bag, name);
  return typeof value === 'string' ? value : undefined;
};

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Octets of base64 without anything around it (RFC 4648 4); line ends are left out, as components write them. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  const joined = text.replace(/[\r\n]/g, '');
  if (!base64.test(joined)) return undefined;
  return Uint8Array.from(atob(joined), (letter) => letter.charCodeAt(0));
};

export const toBase64 = (octets: Uint8Array): string => {
  const parts: string[] = [];
  // A piece at a time: an argument list has a limit.
  for (let at = 0; at < octets.length; at += 8192)
    parts.push(String.fromCharCode(...octets.subarray(at, at + 8192)));
  return btoa(parts.join(''));
};
