/**
 * What a JSON text is made of, looked at beside the parser: how deep it goes, and whether it says one thing twice.
 *
 * @packageDocumentation
 */

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const isOpening = (unit: number): boolean => unit === 0x5b || unit === 0x7b;
const isClosing = (unit: number): boolean => unit === 0x5d || unit === 0x7d;

/**
 * How many members a text names, if it is JSON; `undefined` where it goes deeper than `most` levels. Counted before anything is
 * parsed: a parser may go as deep as the text says.
 */
export const namesIn = (text: string, most: number): number | undefined => {
  let depth = 0;
  let names = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (inText) {
      if (unit === backslash) at++;
      else if (unit === quote) inText = false;
    } else if (unit === quote) inText = true;
    // Outside of texts JSON has a colon after the name of a member, and nowhere else (RFC 8259 4).
    else if (unit === colon) names++;
    else if (isOpening(unit)) {
      depth++;
      if (depth > most) return undefined;
    } else if (isClosing(unit)) depth--;
  }
  return names;
};

/** How many members there are in what was parsed; of those with one name a parser keeps one. */
export const membersOf = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  const within: ReadonlyArray<unknown> = Array.isArray(value) ? value : Object.values(value);
  const own = Array.isArray(value) ? 0 : within.length;
  return within.reduce<number>((sum, one) => sum + membersOf(one), own);
};
