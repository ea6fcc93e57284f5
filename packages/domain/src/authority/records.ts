/**
 * Rows of a fixed number of 32-bit words in flat memory.
 *
 * A register has millions of small facts. As objects they would cost several times their size and every collection
 * of garbage would walk over them; as rows in a few buffers they cost what they hold.
 *
 * @packageDocumentation
 */

/** Rows are numbered from 1, so that 0 can say "none" wherever a row is named. They are never removed. */
export interface Records {
  /** The number of the last row. */
  readonly count: () => number;
  /** Appends a row of zeros and gives its number. */
  readonly add: () => number;
  readonly get: (row: number, word: number) => number;
  readonly set: (row: number, word: number, value: number) => void;
  /** Words `2 n` and `2 n + 1` of a row read as one 64-bit number; the width must be even. */
  readonly getDouble: (row: number, n: number) => number;
  readonly setDouble: (row: number, n: number, value: number) => void;
  readonly bytes: () => number;
}

const shift = 15;
const rowsPerChunk = 1 << shift;
const mask = rowsPerChunk - 1;
const firstRows = 64;
const noWords = new Uint32Array(0);
const noDoubles = new Float64Array(0);

/**
 * Makes an empty list of rows of `width` words. The first chunk doubles until it has its full size; after that whole
 * chunks are added, so that a long list is never copied.
 */
export const createRecords = (width: number): Records => {
  const words: Uint32Array[] = [];
  const doubles: Float64Array[] = [];
  const half = width >>> 1;
  let last = 0;
  let capacity = 0;

  const put = (chunk: number, rows: number): void => {
    const buffer = new ArrayBuffer(rows * width * 4);
    const view = new Uint32Array(buffer);
    view.set(words[chunk] ?? noWords);
    words[chunk] = view;
    doubles[chunk] = half * 2 === width ? new Float64Array(buffer) : noDoubles;
  };

  const grow = (): void => {
    if (capacity < rowsPerChunk) {
      capacity = capacity === 0 ? firstRows : capacity * 2;
      put(0, capacity);
    } else {
      put(words.length, rowsPerChunk);
      capacity += rowsPerChunk;
    }
  };

  return {
    count: () => last,
    add: () => {
      last += 1;
      if (last >= capacity) grow();
      return last;
    },
    get: (row, word) => (words[row >>> shift] ?? noWords)[(row & mask) * width + word] ?? 0,
    set: (row, word, value) => {
      (words[row >>> shift] ?? noWords)[(row & mask) * width + word] = value;
    },
    getDouble: (row, n) => (doubles[row >>> shift] ?? noDoubles)[(row & mask) * half + n] ?? 0,
    setDouble: (row, n, value) => {
      (doubles[row >>> shift] ?? noDoubles)[(row & mask) * half + n] = value;
    },
    bytes: () => capacity * width * 4,
  };
};
