/**
 * Checks the chains of the streams of the partitions that a runner holds; see `runner/chain.ts` for what is checked.
 *
 * @packageDocumentation
 */
import type { ChainEnd, EventStore, Position, Sha256 } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { ProjectionFault } from '../fault.js';
import { type ChainCheck, createChainCheckOf } from '../runner/chain.js';
import type { Item } from '../runner/decode.js';
import type { Pool } from './connect.js';
import { partitionOf } from './route.js';
import { quoted } from './tables.js';

/** What a check of a page found: the first fault, if there is one, and the ends to be kept. */
export interface ChainsChecked {
  readonly fault: ProjectionFault | undefined;
  readonly ends: ReadonlyMap<string, ChainEnd>;
}

export interface Chains {
  readonly check: (
    items: ReadonlyArray<Item>,
    chain: ReadonlyMap<number, Position | undefined>,
    partitions: number,
    from: Position | undefined,
  ) => Promise<E.Either<ProjectionFault, ChainsChecked>>;
  /** Tells that the ends were kept, and that every chain reaches to `position`. */
  readonly keep: (ends: ReadonlyMap<string, ChainEnd>, position: Position, partitions: number) => void;
  /** Forgets what is known of ends: others may have moved them. */
  readonly reset: () => void;
}

// A bound for memory, not a rule: what is not in it is looked up again.
const most = 100_000;

/** Makes the checks of one runner. */
export const createChains = (pool: Pool, schema: string, store: EventStore, sha256: Sha256): Chains => {
  const known = new Map<string, ChainEnd | undefined>();
  const checks = new Map<number, ChainCheck>();

  const checkOf = (partition: number): ChainCheck => {
    const made =
      checks.get(partition) ?? createChainCheckOf(store, { chainEnd: (stream) => known.get(stream) }, sha256);
    checks.set(partition, made);
    return made;
  };

  const lookUp = async (streams: ReadonlySet<string>): Promise<void> => {
    const unknown = [...streams].filter((stream) => !known.has(stream));
    if (known.size + unknown.length > most) known.clear();
    const wanted = [...streams].filter((stream) => !known.has(stream));
    if (wanted.length === 0) return;
    for (const stream of wanted) known.set(stream, undefined);
    const { rows } = await pool.query<ChainEnd & { stream: string }>(
      `SELECT stream, revision, hash FROM ${quoted(schema)}.mandate_chain_ends WHERE stream = ANY ($1)`,
      [wanted],
    );
    for (const { stream, revision, hash } of rows) known.set(stream, { revision, hash });
  };

  return {
    check: async (items, chain, partitions, from) => {
      const parts = new Map<number, Item[]>([...chain.keys()].map((partition) => [partition, []]));
      const streams = new Set<string>();
      for (const item of items) {
        const part = parts.get(partitionOf(item.recorded.stream, partitions));
        if (part === undefined) continue;
        part.push(item);
        streams.add(item.recorded.stream);
      }
      await lookUp(streams);
      const ends = new Map<string, ChainEnd>();
      let fault: ProjectionFault | undefined;
      for (const [partition, own] of parts) {
        const checked = await checkOf(partition).check(own, chain.get(partition), from);
        if (E.isLeft(checked)) return checked;
        for (const [stream, end] of checked.right.ends) ends.set(stream, end);
        const { fault: found } = checked.right;
        if (found !== undefined && (found.place?.position ?? '') < (fault?.place?.position ?? '\uffff'))
          fault = found;
      }
      return E.right({ fault, ends });
    },
    keep: (ends, position, partitions) => {
      for (const [stream, end] of ends) known.set(stream, end);
      const parts = new Map<number, Map<string, ChainEnd>>([...checks.keys()].map((key) => [key, new Map()]));
      for (const [stream, end] of ends) parts.get(partitionOf(stream, partitions))?.set(stream, end);
      for (const [partition, own] of parts) checks.get(partition)?.keep(own, position);
    },
    reset: () => {
      known.clear();
      checks.clear();
    },
  };
};
