/**
 * Feeds one page to the partitions that this runner holds: rows, chain and checkpoints in one transaction.
 *
 * @packageDocumentation
 */
import {
  type EventCodec,
  type EventStore,
  type KeyVault,
  type OpenedEvent,
  type Position,
  type RecordedEvent,
  registerEvents,
  type Sha256,
  type StoredEvent,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { ProjectionFault } from '../fault.js';
import { decodePage, type Item } from '../runner/decode.js';
import type { Feeder, FeedPage, Member } from '../runner/feed-model.js';
import { openAll } from '../runner/personal.js';
import { isBefore, lowest } from '../runner/positions.js';
import { applyPage } from './apply.js';
import { swapComplete } from './books.js';
import { createChains } from './chains.js';
import { inTransaction, type Pool, toPostgresFault } from './connect.js';
import type { Leases } from './leases.js';
import type { Cell, State } from './model.js';
import { partitionOfLease } from './roles.js';
import { partitionOf, wholeOf } from './route.js';
import { createScratch } from './scratch.js';
import { quoted } from './tables.js';
import { type Group, shareOut, worksOf } from './work.js';
import { type Move, writePage } from './write.js';

export interface PostgresFeederParts {
  readonly pool: Pool;
  readonly schema: string;
  readonly leases: Leases;
  readonly store: EventStore;
  readonly vault: KeyVault;
  readonly codec: EventCodec<StoredEvent>;
  readonly sha256: Sha256;
  readonly verifyChain: boolean;
  /** Keys of rows that each cell keeps in memory between pages. */
  readonly keysInMemory: number;
  /** True where leases or tables are to be looked at again before the next page. */
  readonly isTurnDue: () => boolean;
  /** Looks at them, and gives the feeder the new state. */
  readonly turn: () => Promise<void>;
}

export interface PostgresFeeder extends Feeder {
  readonly adopt: (state: State) => void;
  readonly state: () => State;
  readonly close: () => void;
}

const nothing: State = { partitions: 1, held: [], cells: [], chain: new Map() };

/** Makes the feeder of one runner. It holds nothing until it adopts a state. */
export const createPostgresFeeder = (parts: PostgresFeederParts): PostgresFeeder => {
  const { pool, schema, leases, verifyChain } = parts;
  const scratch = createScratch();
  const chains = createChains(pool, schema, parts.store, parts.sha256);
  /** The position of each cell whose rows are in the scratch. */
  const known = new Map<string, Position | undefined>();
  const tried = new Set<string>();
  let state = nothing;

  const forget = (): void => {
    scratch.reset();
    chains.reset();
    known.clear();
  };

  const adopt = (next: State): void => {
    const good = next.cells.filter(({ id, entry }) => known.has(id) && known.get(id) === entry.position);
    const ids = new Set(good.map(({ id }) => id));
    scratch.retain(ids);
    for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    chains.reset();
    state = next;
  };

  /** What the shared reading of pages looks at: cells, and chains as if each were one. */
  const snapshot: Feeder['snapshot'] = () => {
    const members = state.cells.map(
      ({ id, entry, projection }): Member => ({
        entry: { ...entry, prefix: id },
        projection,
      }),
    );
    const [first] = members;
    const asMembers = (): ReadonlyArray<Member> =>
      first === undefined
        ? []
        : [...state.chain].map(([partition, position]) => ({
            ...first,
            entry: { ...first.entry, prefix: `chain/${partition}`, status: 'live', position },
          }));
    return { members: verifyChain ? [...members, ...asMembers()] : members, chain: undefined };
  };

  /** Of this runner's partitions, or of a kind that may be. */
  const concerns = (cells: ReadonlyArray<Cell>) => {
    const { partitions, held } = state;
    const mine = new Set(held.map(({ partition }) => partitionOfLease(partition, partitions)));
    const ofWhole = cells.filter(({ partition }) => partition === wholeOf(partitions));
    return ({ stream, type }: RecordedEvent): boolean =>
      mine.has(partitionOf(stream, partitions)) ||
      !stream.startsWith('agency-') ||
      (ofWhole.length > 0 &&
        (!Object.hasOwn(registerEvents, type) ||
          ofWhole.some(({ projection }) => (projection.events as ReadonlySet<string>).has(type))));
  };

  const check = (items: ReadonlyArray<Item>, from: Position | undefined) =>
    verifyChain
      ? chains.check(items, state.chain, state.partitions, from)
      : Promise.resolve(E.right({ fault: undefined, ends: new Map() }));

  /** Opens what is sealed; where the vault does not answer, those who need it wait and the others go on. */
  const openFor = async (
    groups: ReadonlyArray<Group>,
    failed: Map<string, ProjectionFault>,
  ): Promise<ReadonlyMap<string, OpenedEvent>> => {
    const needing = groups.filter(({ projection, tasks }) => projection.needsPersonal && tasks.length > 0);
    const wanted = new Map<string, StoredEvent>();
    for (const { tasks } of needing) {
      for (const { item } of tasks) if (item.event !== undefined) wanted.set(item.event.meta.id, item.event);
    }
    const opened = await openAll(parts.vault, [...wanted.values()]);
    if (E.isRight(opened)) return opened.right;
    for (const { cell } of needing.flatMap(worksOf)) {
      failed.set(cell.id, { ...opened.left, projection: cell.entry.name });
    }
    return new Map();
  };

  const tellFaults = async (before: ReadonlySet<string>, failed: ReadonlyMap<string, ProjectionFault>) => {
    const fresh = state.cells.filter(({ id }) => failed.has(id) && !before.has(id));
    if (fresh.length === 0) return;
    await pool.query(
      `UPDATE ${quoted(schema)}.mandate_checkpoints AS c SET fault = f.fault
       FROM unnest($1::text[], $2::int[], $3::text[]) AS f (prefix, partition, fault)
       WHERE c.prefix = f.prefix AND c.partition = f.partition`,
      [
        fresh.map(({ entry }) => entry.prefix),
        fresh.map(({ partition }) => partition),
        fresh.map(({ id }) => JSON.stringify(failed.get(id))),
      ],
    );
  };

  const moved = (moves: ReadonlyArray<Move>, chain: Position | undefined): State => {
    const byCell = new Map(moves.map((move) => [move.cell.id, move]));
    return {
      ...state,
      cells: state.cells.map((cell) => {
        const move = byCell.get(cell.id);
        if (move === undefined) return cell;
        known.set(cell.id, move.position);
        return {
          ...cell,
          complete: cell.complete || move.complete,
          entry: { ...cell.entry, position: move.position },
        };
      }),
      chain: new Map(
        [...state.chain].map(([partition, position]) => [
          partition,
          isBefore(position, chain) ? chain : position,
        ]),
      ),
    };
  };

  /** Checks, applies and writes what is good of a page; `undefined` where another runner was quicker. */
  const feedGood = async (
    page: FeedPage,
    due: ReadonlyArray<Cell>,
    floor: Position | undefined,
    failed: Map<string, ProjectionFault>,
  ): Promise<E.Either<ProjectionFault, { readonly fault: ProjectionFault | undefined } | 'stale'>> => {
    const { partitions, held, chain } = state;
    const events = page.events.filter((event) => isBefore(floor, event.position));
    const decoded = decodePage(parts.codec, events.filter(concerns(due)));
    let checked = await check(decoded.items, floor);
    if (E.isLeft(checked)) return checked;
    const fault = checked.right.fault ?? decoded.fault;
    const end = fault?.place?.position;
    const isGood = ({ position }: RecordedEvent): boolean => end === undefined || position < end;
    const items = decoded.items.filter(({ recorded }) => isGood(recorded));
    const good = events.filter(isGood);
    if (checked.right.fault !== undefined) checked = await check(items, floor);
    if (E.isLeft(checked)) return checked;
    const complete = page.end && fault === undefined;
    const last = good.at(-1)?.position;
    const shared = (cells: ReadonlyArray<Cell>) => shareOut(cells, items, good, partitions);
    const groups = shared(
      due.filter(({ entry, complete: was }) => isBefore(entry.position, last) || (complete && !was)),
    );
    const before = new Set(failed.keys());
    const opened = await openFor(groups, failed);
    const able = groups.filter((group) => !worksOf(group).some(({ cell }) => failed.has(cell.id)));
    const chainTo =
      verifyChain && [...chain.values()].some((position) => isBefore(position, last)) ? last : undefined;

    scratch.begin();
    const applied = await applyPage({ pool, schema, scratch, opened, partitions, tried }, able, (group) =>
      worksOf(group).flatMap(({ cell }) => shared([cell])),
    );
    for (const [id, each] of applied.faults) failed.set(id, each);
    const moves = able.flatMap(worksOf).flatMap(({ cell, applied, skipped, passed }): ReadonlyArray<Move> => {
      if (failed.has(cell.id)) return [];
      const position = isBefore(cell.entry.position, last) ? last : cell.entry.position;
      return [{ cell, position, applied, skipped, passed, complete }];
    });
    const ends = checked.right.ends;
    if (moves.length > 0 || chainTo !== undefined) {
      const page = {
        held,
        changes: applied.changes,
        moves,
        chainEnds: chainTo === undefined ? new Map() : ends,
        chain: chainTo,
      };
      if (!(await writePage(pool, schema, leases, page))) return E.right('stale');
    }
    scratch.commit();
    state = moved(moves, chainTo);
    if (chainTo !== undefined) chains.keep(ends, chainTo, partitions);
    for (const { prefix, projection, byPartition, tasks } of able) {
      if (tasks.length > 0) scratch.rows(prefix, projection).evict(parts.keysInMemory * byPartition.size);
    }
    await tellFaults(before, failed);
    return E.right({ fault });
  };

  const feed: Feeder['feed'] = async (_, page, failed) => {
    if (parts.isTurnDue()) {
      await parts.turn();
      return E.right({ stale: true, fault: undefined });
    }
    const reached = (position: Position | undefined): boolean => !isBefore(position, page.from);
    const due = state.cells.filter(({ id, entry }) => reached(entry.position) && !failed.has(id));
    const chain = verifyChain ? [...state.chain.values()] : [];
    if (!chain.every(reached)) return E.right({ stale: true, fault: undefined });
    const waiting = [...due.map(({ entry }) => entry.position), ...chain];
    if (waiting.length === 0) return E.right({ stale: false, fault: undefined });
    let fed: Awaited<ReturnType<typeof feedGood>>;
    try {
      fed = await feedGood(page, due, lowest(waiting), failed);
    } catch (error) {
      forget();
      return E.left(toPostgresFault(error));
    }
    if (E.isLeft(fed)) return fed;
    if (fed.right === 'stale') {
      forget();
      await parts.turn();
      return E.right({ stale: true, fault: undefined });
    }
    const building = state.cells.some(({ entry }) => entry.status === 'building');
    if (page.end && building && fed.right.fault === undefined) {
      const swapped = await inTransaction(pool, 'BEGIN', (client) => swapComplete(client, schema));
      if (E.isLeft(swapped)) return swapped;
      await parts.turn();
    }
    return E.right({ stale: false, fault: fed.right.fault });
  };

  return { snapshot, feed, adopt, state: () => state, close: () => scratch.close() };
};
