/**
 * Feeds one page of events to every projection that waits for it: rows and checkpoints in one transaction.
 *
 * @packageDocumentation
 */
import { forgottenKeys, type OpenedEvent, type Position } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { isOfTheFile, toFault } from '../database/faults.js';
import { statementsOf } from '../database/statements.js';
import { type ProjectionFault, placeOf, projectionFault } from '../fault.js';
import type { ProjectionTx } from '../projection.js';
import { type ChainChecked, createChainCheckOf } from './chain.js';
import { decodePage, type Item } from './decode.js';
import type { Feeder, FeederParts, FeedPage, Member, Snapshot } from './feed-model.js';
import { openAll } from './personal.js';
import { isBefore, lowest } from './positions.js';

const same = (a: Snapshot, b: Snapshot): boolean =>
  a.chain === b.chain &&
  a.members.length === b.members.length &&
  a.members.every(({ entry }, index) => {
    const other = b.members[index]?.entry;
    return (
      entry.prefix === other?.prefix && entry.position === other.position && entry.status === other.status
    );
  });

// -------------------------------------------------------------------------------------
// feeder
// -------------------------------------------------------------------------------------

/** Makes the feeder of one runner. */
export const createFeeder = (parts: FeederParts): Feeder => {
  const { db, books, writing, verifyChain, projections } = parts;
  const chain = createChainCheckOf(parts.store, books, parts.sha256);
  const statements = new Map<string, ProjectionTx>();

  const txOf = (prefix: string): ProjectionTx => {
    const known = statements.get(prefix);
    if (known !== undefined) return known;
    const made = statementsOf(db, prefix);
    statements.set(prefix, made);
    return made;
  };

  const snapshot = (): Snapshot => ({
    members: books.entries().flatMap((entry) => {
      const projection = projections.find(
        ({ name, version }) => name === entry.name && version === entry.version,
      );
      return projection === undefined || entry.status === 'retired' ? [] : [{ entry, projection }];
    }),
    chain: books.chainPosition(),
  });

  const check = async (
    items: ReadonlyArray<Item>,
    state: Snapshot,
    from: Position | undefined,
  ): Promise<E.Either<ProjectionFault, ChainChecked>> =>
    verifyChain
      ? chain.check(items, state.chain, from)
      : E.right({ items, fault: undefined, ends: new Map() });

  /** Opens for the members that need it; where the vault does not answer, they wait and the others go on. */
  const openFor = async (
    members: ReadonlyArray<Member>,
    items: ReadonlyArray<Item>,
    failed: Map<string, ProjectionFault>,
  ): Promise<ReadonlyMap<string, OpenedEvent>> => {
    const needing = members.filter(({ projection }) => projection.needsPersonal);
    const wanted = items.flatMap(({ event, recorded }) =>
      event !== undefined &&
      needing.some(
        ({ entry, projection }) =>
          isBefore(entry.position, recorded.position) && projection.events.has(event.type),
      )
        ? [event]
        : [],
    );
    const opened = await openAll(parts.vault, wanted);
    if (E.isRight(opened)) return opened.right;
    for (const { entry } of needing) {
      failed.set(entry.prefix, { ...opened.left, projection: entry.name });
    }
    return new Map();
  };

  /** Applies a page to one member; the fault of its own code, if that failed. */
  const applyTo = (
    { entry, projection }: Member,
    items: ReadonlyArray<Item>,
    opened: ReadonlyMap<string, OpenedEvent>,
    last: Position,
  ): ProjectionFault | undefined => {
    const tx = txOf(entry.prefix);
    let applied = 0;
    let skipped = 0;
    for (const { recorded, event } of items) {
      if (!isBefore(entry.position, recorded.position)) continue;
      if (event === undefined) {
        skipped++;
      } else if (projection.events.has(event.type)) {
        try {
          projection.apply(tx, opened.get(event.meta.id) ?? (event as OpenedEvent));
        } catch (error) {
          if (isOfTheFile(error)) throw error;
          const about = { projection: entry.name, place: placeOf(recorded) };
          return projectionFault('APPLY_FAILED', `${entry.name}: ${toFault(error).detail}`, about);
        }
        applied++;
      }
    }
    books.move(entry, last, applied, skipped);
    return undefined;
  };

  /** One member may fail alone: what it wrote is undone, the rows of its neighbours stay. */
  const applyAlone = (
    member: Member,
    items: ReadonlyArray<Item>,
    opened: ReadonlyMap<string, OpenedEvent>,
    last: Position,
  ): ProjectionFault | undefined => {
    db.exec('SAVEPOINT member');
    const fault = applyTo(member, items, opened, last);
    if (fault !== undefined) db.exec('ROLLBACK TO member');
    db.exec('RELEASE member');
    return fault;
  };

  const write = (
    state: Snapshot,
    page: FeedPage,
    checked: ChainChecked,
    members: ReadonlyArray<Member>,
    opened: ReadonlyMap<string, OpenedEvent>,
    failed: Map<string, ProjectionFault>,
  ): boolean => {
    if (!same(state, snapshot())) return false;
    const last = checked.items.at(-1)?.recorded.position;
    if (last !== undefined) {
      for (const member of members) {
        const { prefix, position } = member.entry;
        if (failed.has(prefix) || !isBefore(position, last)) continue;
        const fault = applyAlone(member, checked.items, opened, last);
        if (fault !== undefined) failed.set(prefix, fault);
      }
      if (verifyChain && isBefore(state.chain, last)) {
        for (const [stream, end] of checked.ends) books.setChainEnd(stream, end.revision, end.hash);
        books.moveChain(last);
      }
    }
    if (page.end && checked.fault === undefined) {
      for (const { entry } of members) {
        if (entry.status === 'building' && !failed.has(entry.prefix)) books.swap(entry);
      }
    }
    return true;
  };

  /** What was blanked shall not linger in the write-ahead log either; readers under way may keep it a little longer. */
  const emptyLog = (): void => {
    try {
      db.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // The next checkpoint does the same.
    }
  };

  const feed: Feeder['feed'] = async (state, page, failed) => {
    // A member that is further behind than the page begins would lose events: it is not fed from this one.
    const reached = (position: Position | undefined): boolean => !isBefore(position, page.from);
    const members = state.members.filter(({ entry }) => reached(entry.position) && !failed.has(entry.prefix));
    if (verifyChain && !reached(state.chain)) return E.right({ stale: true, fault: undefined });
    const waiting = [...members.map(({ entry }) => entry.position), ...(verifyChain ? [state.chain] : [])];
    if (waiting.length === 0) return E.right({ stale: false, fault: undefined });
    const floor = lowest(waiting);
    const decoded = decodePage(
      parts.codec,
      page.events.filter((event) => isBefore(floor, event.position)),
    );
    const checked = await check(decoded.items, state, floor);
    if (E.isLeft(checked)) return checked;
    if (checked.right.fault !== undefined && !same(state, snapshot())) {
      // Another process moved the kept ends on while we checked against them: the chain is not broken, we are late.
      return E.right({ stale: true, fault: undefined });
    }
    const fault = checked.right.fault ?? decoded.fault;
    const full: ChainChecked = { ...checked.right, fault };
    const opened = await openFor(members, full.items, failed);
    const building = page.end && members.some(({ entry }) => entry.status === 'building');
    if (full.items.length === 0 && !building) return E.right({ stale: false, fault });
    const written = await writing(() => write(state, page, full, members, opened, failed));
    if (E.isLeft(written)) return written;
    const last = full.items.at(-1)?.recorded.position;
    if (written.right && verifyChain && last !== undefined && isBefore(state.chain, last)) {
      chain.keep(full.ends, last);
    }
    if (full.items.some(({ event }) => event !== undefined && forgottenKeys(event) !== undefined)) emptyLog();
    return E.right({ stale: !written.right, fault });
  };

  return { snapshot, feed };
};
