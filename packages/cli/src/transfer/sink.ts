/**
 * Where an export goes: a file that gets its name at the end, or a stream.
 *
 * @packageDocumentation
 */
import { existsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import * as E from 'fp-ts/lib/Either.js';
import { type CliFault, cliFault, fromFileError } from '../fault.js';
import { nameFile, partialOf, sweep } from './place.js';

/** Takes text in order. Throws what the system throws. */
export interface Sink {
  readonly write: (text: string) => Promise<void>;
}

const chunkCharacters = 2 ** 18;

/** Gathers small texts, so that a line is not a call of the system each. */
const gathering = (write: (text: string) => Promise<void>) => {
  let waiting = '';
  const flush = async (): Promise<void> => {
    const text = waiting;
    waiting = '';
    if (text !== '') await write(text);
  };
  const put = async (text: string): Promise<void> => {
    waiting += text;
    if (waiting.length >= chunkCharacters) await flush();
  };
  return { put, flush };
};

type Filling<A> = (sink: Sink) => Promise<E.Either<CliFault, A>>;

/** Fills a new file, for its owner alone; it gets its name when `fill` succeeded and all is on the disk. */
export const toFile = async <A>(file: string, fill: Filling<A>): Promise<E.Either<CliFault, A>> => {
  if (existsSync(file)) return E.left(cliFault('TARGET_EXISTS', file));
  const partial = partialOf(file);
  try {
    await sweep(file);
    const handle = await open(partial, 'wx', 0o600);
    try {
      const { put, flush } = gathering(async (text) => void (await handle.writeFile(text)));
      const filled = await fill({ write: put });
      if (E.isLeft(filled)) return filled;
      await flush();
      await handle.sync();
      return (await nameFile(partial, file)) ? filled : E.left(cliFault('TARGET_EXISTS', file));
    } finally {
      await handle.close();
    }
  } catch (error) {
    return E.left(fromFileError(error));
  } finally {
    await rm(partial, { force: true });
  }
};

/** Fills a stream that somebody else opened, such as standard output; waits where it is slow. */
export const toStream = async <A>(
  write: (text: string) => Promise<void>,
  fill: Filling<A>,
): Promise<E.Either<CliFault, A>> => {
  try {
    const { put, flush } = gathering(write);
    const filled = await fill({ write: put });
    await flush();
    return filled;
  } catch (error) {
    return E.left(fromFileError(error));
  }
};
