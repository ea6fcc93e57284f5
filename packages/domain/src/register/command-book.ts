/**
 * Which commands left events in a stream, in some thirty octets each: of all that is kept of a folded stream, this alone grows
 * with every command for as long as the stream is kept.
 *
 * @packageDocumentation
 */

/** Only ever added to. */
export interface CommandBook {
  /** Revision of the first event that the command left; `undefined` where it left none. */
  readonly firstOf: (commandId: string) => number | undefined;
  /** The command left an event at this revision. Of several, the one that was noted first stays. */
  readonly note: (commandId: string, revision: number) => void;
}

/** A line: the 128 bits of a UUID, and a revision. */
const idWords = 4;
const lineWords = 5;

/** Lines, ordered by their ids: no id that anybody chooses makes the search longer. */
type Lines = Uint32Array;

const hyphen = 0x2d;

const hexDigit = (code: number): number => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
};

/** The four words of a UUID in lower case with hyphens; `undefined` for any other text. */
const wordsOf = (id: string): Array<number> | undefined => {
  if (id.length !== 36) return undefined;
  const words: number[] = [];
  let word = 0;
  let digits = 0;
  for (let at = 0; at < 36; at++) {
    const code = id.charCodeAt(at);
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (code !== hyphen) return undefined;
    } else {
      const digit = hexDigit(code);
      if (digit < 0) return undefined;
      word = (word << 4) | digit;
      digits++;
      // Eight digits are a word; what was there before them has been pushed out.
      if ((digits & 7) === 0) words.push(word >>> 0);
    }
  }
  return words;
};

/** How the id that begins at `at` of some lines stands to another. */
const compare = (lines: ArrayLike<number>, at: number, id: ArrayLike<number>): number => {
  for (let word = 0; word < idWords; word++) {
    const difference = (lines[at + word] ?? 0) - (id[word] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

const search = (lines: Lines, id: ReadonlyArray<number>): number | undefined => {
  let [from, to] = [0, lines.length / lineWords];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const order = compare(lines, middle * lineWords, id);
    if (order === 0) return lines[middle * lineWords + idWords];
    if (order < 0) from = middle + 1;
    else to = middle;
  }
  return undefined;
};

/** Both in one; no id stands in both. */
const merge = (lines: Lines, added: Array<ReadonlyArray<number>>): Lines => {
  added.sort((left, right) => compare(left, 0, right));
  const merged = new Uint32Array(lines.length + added.length * lineWords);
  let [from, to] = [0, 0];
  for (const line of added) {
    while (from < lines.length && compare(lines, from, line) < 0) {
      for (let word = 0; word < lineWords; word++) merged[to++] = lines[from++] ?? 0;
    }
    for (let word = 0; word < lineWords; word++) merged[to++] = line[word] ?? 0;
  }
  merged.set(lines.subarray(from), to);
  return merged;
};

/**
 * So many are noted as they come, at some hundred octets each, before they are put in order; and an eighth of those that are in order
 * already, so that none is moved often.
 */
const leastFresh = 16;

export const createCommandBook = (): CommandBook => {
  let lines: Lines = new Uint32Array();
  const fresh = new Map<string, number>();
  /** Ids that are no UUIDs: this program gives none, but what lies in a store was not checked for it. */
  const others = new Map<string, number>();

  const firstOf: CommandBook['firstOf'] = (commandId) => {
    const noted = fresh.get(commandId) ?? others.get(commandId);
    if (noted !== undefined || lines.length === 0) return noted;
    const words = wordsOf(commandId);
    return words === undefined ? undefined : search(lines, words);
  };

  const putInOrder = (): void => {
    const added: Array<ReadonlyArray<number>> = [];
    for (const [commandId, revision] of fresh) {
      const words = wordsOf(commandId);
      if (words === undefined) others.set(commandId, revision);
      else added.push([...words, revision]);
    }
    lines = merge(lines, added);
    fresh.clear();
  };

  return {
    firstOf,
    note: (commandId, revision) => {
      if (firstOf(commandId) !== undefined) return;
      fresh.set(commandId, revision);
      if (fresh.size >= leastFresh + lines.length / lineWords / 8) putInOrder();
    },
  };
};
