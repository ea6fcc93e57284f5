/**
 * Reads a regular file of bounded size.
 *
 * @packageDocumentation
 */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

export interface SmallFile {
  readonly octets: Uint8Array;
  readonly modifiedAt: number;
}

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/**
 * Rejects, with a `code`: those of Node, `EFTYPE` for what is no regular file (a pipe would be waited for without end),
 * `EFBIG` beyond `maxBytes`. What grows while it is read is cut off at the size that it had.
 */
export const readSmallFile = async (path: string, maxBytes: number): Promise<SmallFile> => {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const status = await file.stat();
    if (!status.isFile()) throw failure('EFTYPE');
    if (status.size > maxBytes) throw failure('EFBIG');
    const octets = new Uint8Array(status.size);
    let length = 0;
    while (length < octets.length) {
      const { bytesRead } = await file.read(octets, length, octets.length - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return { octets: octets.subarray(0, length), modifiedAt: status.mtimeMs };
  } finally {
    await file.close();
  }
};
