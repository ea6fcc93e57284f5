/**
 * The hash chain of a stream, checked as it is read.
 *
 * @packageDocumentation
 */
import type { Sha256 } from '../ports/clock.js';
import type { RecordedEvent } from '../ports/event-store.js';
import { genesis } from './envelope.js';

/** Why a stored event is not the one that was written there. */
export type ChainFault =
  | { readonly _tag: 'HashMismatch'; readonly stream: string; readonly revision: number }
  | { readonly _tag: 'LinkBroken'; readonly stream: string; readonly revision: number }
  | { readonly _tag: 'Gap'; readonly stream: string; readonly revision: number };

/** Where a chain stands: the revision and the hash of its last event. */
export interface ChainEnd {
  readonly revision: number;
  readonly hash: string;
}

/** The end of the chain of a stream without events. */
export const chainStart = (stream: string): ChainEnd => ({ revision: -1, hash: genesis(stream) });

/** Checks that an event follows the end of its stream's chain; `previous` is what its body names. */
export const checkLink = (
  end: ChainEnd,
  recorded: RecordedEvent,
  previous: string,
  sha256: Sha256,
): ChainFault | undefined => {
  const { stream, revision } = recorded;
  if (revision !== end.revision + 1) return { _tag: 'Gap', stream, revision };
  if (previous !== end.hash) return { _tag: 'LinkBroken', stream, revision };
  if (sha256(recorded.body) !== recorded.hash) return { _tag: 'HashMismatch', stream, revision };
  return undefined;
};

/** Says a fault in a line, for operators. */
export const printChainFault = (fault: ChainFault): string =>
  `${fault._tag} at ${fault.stream}@${fault.revision}`;

/**
 * Checks the chains of many streams at once, in the order over all streams. What it keeps grows with the number of
 * streams, not of events.
 */
export const createChainCheck = (
  sha256: Sha256,
): ((recorded: RecordedEvent, previous: string) => ChainFault | undefined) => {
  const ends = new Map<string, { revision: number; hash: string }>();
  return (recorded, previous) => {
    const end = ends.get(recorded.stream);
    if (end === undefined) {
      const fault = checkLink(chainStart(recorded.stream), recorded, previous, sha256);
      if (fault === undefined)
        ends.set(recorded.stream, { revision: recorded.revision, hash: recorded.hash });
      return fault;
    }
    const fault = checkLink(end, recorded, previous, sha256);
    if (fault === undefined) {
      end.revision = recorded.revision;
      end.hash = recorded.hash;
    }
    return fault;
  };
};
