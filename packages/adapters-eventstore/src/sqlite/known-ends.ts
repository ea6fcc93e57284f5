/**
 * Where streams end, remembered for as long as nobody has written to them: the menu and the terms hardly ever change,
 * and every command asks whether they did.
 *
 * @packageDocumentation
 */
import type { StreamName } from '@mandate/domain';
import { versionedCache } from './versioned-cache.js';

/** What is known of the ends of streams. */
export interface KnownEnds {
  /** True where the stream is known to hold nothing at `revision` and after. */
  readonly endsBefore: (stream: StreamName, revision: number) => boolean;
  /** The stream was just read or written, without a pause in between, and holds nothing at `revision` and after. */
  readonly learn: (stream: StreamName, revision: number) => void;
  /** Something is about to be written to the stream. */
  readonly forget: (stream: StreamName) => void;
}

/**
 * Makes a {@link KnownEnds}; the stream that was asked about longest ago goes first.
 *
 * @param version - changes when another connection has written: then nothing is known any more
 */
export const knownEnds = (capacity: number, version: () => number | undefined): KnownEnds => {
  const ends = versionedCache<StreamName, number>(capacity, version);
  return {
    endsBefore: (stream, revision) => {
      const end = ends.get(stream);
      return end !== undefined && end <= revision;
    },
    learn: ends.put,
    forget: ends.drop,
  };
};
