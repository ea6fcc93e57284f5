/**
 * The terms of use (用戶約定條款) of a portal, in versions. Storage formats: see `events/define.ts` before changing one.
 *
 * @packageDocumentation
 */
import { clear, type NewEventOf, type StoredEventOf } from '../events/define.js';
import { Hex64 } from '../events/hex.js';
import { t } from '../schema.js';

export const termsEvents = {
  /** A text, for ever. `hash` is SHA-256 of the UTF-8 bytes of `text`, the binding (zh-TW) one. */
  TermsPublished: clear(
    t.strict({
      version: t.Int,
      hash: Hex64,
      title: t.string,
      text: t.string,
      english: t.union([t.string, t.null]),
    }),
  ),
};

export type TermsEvent = NewEventOf<typeof termsEvents>;
export type StoredTermsEvent = StoredEventOf<typeof termsEvents>;
