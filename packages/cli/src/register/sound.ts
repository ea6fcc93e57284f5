/**
 * Whether stored events are what was written: strict decoding and the chains, as they are read.
 *
 * @packageDocumentation
 */
import {
  type ChainEnd,
  type ChainFault,
  chainStart,
  checkLink,
  createRegisterCodec,
  printChainFault,
  type RecordedEvent,
  type Sha256,
  type StoredEvent,
} from '@mandate/domain';

/** What is wrong with one event. */
export type Unsound =
  | { readonly code: 'EVENT_CORRUPT'; readonly detail: string }
  | { readonly code: 'CHAIN_HASH' | 'CHAIN_LINK' | 'CHAIN_GAP'; readonly detail: string };

/** What was read of one event. `event` is `undefined` for a type that this program does not know, or a corrupt one. */
export interface Looked {
  readonly event: StoredEvent | undefined;
  readonly isUnknown: boolean;
  readonly faults: ReadonlyArray<Unsound>;
}

/** Looks at the events of all streams in their global order; keeps the end of each stream. */
export interface Soundness {
  readonly look: (recorded: RecordedEvent) => Looked;
  readonly streams: () => number;
  /** Whether an event of a stream was looked at. */
  readonly knows: (stream: string) => boolean;
}

const codes = { HashMismatch: 'CHAIN_HASH', LinkBroken: 'CHAIN_LINK', Gap: 'CHAIN_GAP' } as const;

const unsound = (fault: ChainFault): Unsound => ({ code: codes[fault._tag], detail: printChainFault(fault) });

/** The link that a body names which did not decode. */
const previousOf = (body: string): string => {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && 'previous' in value ? String(value.previous) : '';
  } catch {
    return '';
  }
};

/** Makes a {@link Soundness}. After a fault it goes on from the event as it is, so that each fault is told once. */
export const createSoundness = (sha256: Sha256): Soundness => {
  const codec = createRegisterCodec(sha256);
  const ends = new Map<string, ChainEnd>();
  return {
    streams: () => ends.size,
    knows: (stream) => ends.has(stream),
    look: (recorded) => {
      const { stream, revision, hash } = recorded;
      const decoded = codec.decode(recorded);
      const previous =
        decoded._tag === 'Event'
          ? decoded.event.meta.chain.previous
          : decoded._tag === 'Unknown'
            ? decoded.previous
            : previousOf(recorded.body);
      const fault = checkLink(ends.get(stream) ?? chainStart(stream), recorded, previous, sha256);
      ends.set(stream, { revision, hash });
      const corrupt: ReadonlyArray<Unsound> =
        decoded._tag === 'Corrupt' ? [{ code: 'EVENT_CORRUPT', detail: decoded.detail }] : [];
      return {
        event: decoded._tag === 'Event' ? decoded.event : undefined,
        isUnknown: decoded._tag === 'Unknown',
        faults: fault === undefined ? corrupt : [unsound(fault), ...corrupt],
      };
    },
  };
};
