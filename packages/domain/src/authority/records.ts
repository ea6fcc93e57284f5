/**
 * Rows of a fixed number of 32-bit words in flat memory.
 *
 * A register has millions of small facts. As objects they would cost several times their size and every collection
 * of garbage would walk over them; as rows in a few thousand buffers they cost what they hold.
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

interface Chunk {
  readonly words: Uint32Array;
  readonly doubles: Float64Array;
}

const shift = 10;
const rowsPerChunk = 1 << shift;
const mask = rowsPerChunk - 1;
const noChunk: Chunk = { words: new Uint32Array(0), doubles: new Float64Array(0) };

const createChunk = (width: number): Chunk => {
  const buffer = new ArrayBuffer(rowsPerChunk * width * 4);
  return { words: new Uint32Array(buffer), doubles: new Float64Array(buffer) };
};

/** Makes an empty list of rows of `width` words. Grows by whole chunks, so nothing is ever copied. */
export const createRecords = (width: number): Records => {
  const chunks: Chunk[] = [];
  const half = width >>> 1;
  let last = 0;

  const add = (): number => {
    last += 1;
    if (last >>> shift >= chunks.length) chunks.push(createChunk(width));
    return last;
  };

  return {
    count: () => last,
    add,
    get: (row, word) => (chunks[row >>> shift] ?? noChunk).words[(row & mask) * width + word] ?? 0,
    set: (row, word, value) => {
      (chunks[row >>> shift] ?? noChunk).words[(row & mask) * width + word] = value;
    },
    getDouble: (row, n) => (chunks[row >>> shift] ?? noChunk).doubles[(row & mask) * half + n] ?? 0,
    setDouble: (row, n, value) => {
      (chunks[row >>> shift] ?? noChunk).doubles[(row & mask) * half + n] = value;
    },
    bytes: () => chunks.length * rowsPerChunk * width * 4,
  };
};
