/**
 * Lines of a file, read as bytes: what is hashed is what lies on the disk.
 *
 * @packageDocumentation
 */
import { open } from 'node:fs/promises';

/** The most bytes of one line: a batch of 64 Mi characters, escaped and named. */
export const longestLine = 2 ** 28;

const chunkBytes = 2 ** 18;
const lineFeed = 0x0a;

/** A line without its line feed; `whole` is false for a last line that has none. */
export interface Line {
  readonly bytes: Buffer;
  readonly whole: boolean;
}

/** Reads a file line by line. Throws what the file system throws, and a `RangeError` on a line that is too long. */
export async function* linesOf(file: string): AsyncGenerator<Line, void, undefined> {
  const handle = await open(file, 'r');
  try {
    let parts: Array<Buffer> = [];
    let waiting = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const { bytesRead } = await handle.read(chunk, 0, chunkBytes, null);
      if (bytesRead === 0) break;
      const bytes = chunk.subarray(0, bytesRead);
      let start = 0;
      for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
        const part = bytes.subarray(start, end);
        yield { bytes: parts.length === 0 ? part : Buffer.concat([...parts, part]), whole: true };
        parts = [];
        waiting = 0;
        start = end + 1;
      }
      if (start < bytesRead) {
        parts.push(bytes.subarray(start));
        waiting += bytesRead - start;
        if (waiting > longestLine) throw new RangeError('a line is too long');
      }
    }
    if (waiting > 0) yield { bytes: Buffer.concat(parts), whole: false };
  } finally {
    await handle.close();
  }
}
