import { t } from '../schema.js';
import { shaped } from '../values/shape.js';

export interface Hex64Brand {
  readonly Hex64: unique symbol;
}

const pattern = /^[0-9a-f]{64}$/;

/** 256 bits in lower-case hex: a SHA-256 hash or a pseudonym. */
export const Hex64 = shaped(
  t.brand(
    t.string,
    (text): text is t.Branded<string, Hex64Brand> => text.length === 64 && pattern.test(text),
    'Hex64',
  ),
  { kind: 'text', longest: 64, pattern },
);
export type Hex64 = t.TypeOf<typeof Hex64>;
