/**
 * The runner on PostgreSQL: several of them, in several processes and on several machines, share the work.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import { type Clock, createRegisterCodec, type Position } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type ProjectionFault, projectionFault } from '../fault.js';
import type { Projection } from '../projection.js';
import { catchUp as catchUpOnce } from '../runner/catch-up.js';
import { fromStoreFault } from '../runner/faults.js';
import { follow, retryPassing } from '../runner/follow.js';
import type { FeedSettings, FollowOptions, RunnerOf, WaitOptions } from '../runner/model.js';
import { pageSize } from '../runner/page-size.js';
import { isBefore } from '../runner/positions.js';
import { makeSerial } from '../runner/serial.js';
import { within } from '../support/within.js';
import { beginRebuild, openBooks } from './begin.js';
import { clean, readEntries, readPartitions } from './books.js';
import { inTransaction, openPool, type PostgresDatabase, toPostgresFault } from './connect.js';
import { createPostgresFeeder } from './feed.js';
import { leasesOf } from './leases.js';
import { createMembership } from './membership.js';
import { createProgress } from './progress.js';
import { lostOf, type Reached, reachedOf } from './reached.js';
import { postgresReadModelsOf } from './read.js';
import { nameOfSet } from './roles.js';
import { readState } from './state.js';
import { type PostgresProjectionStatus, readStatus } from './status.js';
import { runnerTelemetry } from './telemetry.js';
import { makeWaitingLater } from './wait.js';

export interface PostgresRunnerSettings extends FeedSettings {
  readonly database: PostgresDatabase;
  /** Events a transaction, 1 to 10,000. @defaultValue 2000 */
  readonly batchSize?: number;
  /**
   * How long a runner that is silent keeps its partitions, 200 to 600,000. A tenth of it, or 50, is how often each runner
   * says that it is there. @defaultValue 10000
   */
  readonly leaseMilliseconds?: number;
  /** How many events the store holds, where it can say: then lags are told in events too. */
  readonly count?: () => TaskEither<unknown, number>;
  /** @defaultValue the system's */
  readonly clock?: Clock;
  /** Begins the runner's name in the books. @defaultValue `runner` */
  readonly name?: string;
  /** Agencies whose rows each partition of each projection keeps in memory between pages. @defaultValue 1000 */
  readonly agenciesInMemory?: number;
}

/** A runner whose read models lie in PostgreSQL. */
export interface PostgresRunner extends RunnerOf<'TaskEither'> {
  /** As the books name it. */
  readonly owner: string;
  readonly status: () => TaskEither<ProjectionFault, ReadonlyArray<PostgresProjectionStatus>>;
}

// A page has its price in statements, whatever is in it: more of it for each event than where nothing is sent over a wire.
const eventsPerPage = 2000;

const closedFault = projectionFault('CLOSED', 'the read models were closed');

/**
 * Connects, brings the books to this program's version, and makes the tables of the projections.
 *
 * Faults: those of {@link ProjectionFaultCode} about the database, `DEFINITION_CHANGED`, `SUPERSEDED`.
 */
export const createPostgresRunner =
  (settings: PostgresRunnerSettings): TaskEither<ProjectionFault, PostgresRunner> =>
  async () => {
    const { store, projections, database, verifyChain = true } = settings;
    const schema = database.schema ?? 'mandate';
    const leaseMilliseconds = within(settings.leaseMilliseconds, 10_000, 200, 600_000);
    const owner = `${settings.name ?? 'runner'}-${randomUUID()}`;
    const pool = openPool(database, leaseMilliseconds);

    const refused = await openBooks(pool, schema, projections);
    if (refused !== undefined) {
      await pool.end();
      return E.left(refused);
    }

    const serial = makeSerial();
    const waiting = makeWaitingLater();
    const listeners = new Set<() => void>();
    const closing = new AbortController();
    let closed = false;
    let following = 0;

    const codec = createRegisterCodec(settings.sha256);
    const leases = leasesOf(pool, schema, owner, leaseMilliseconds, projections.map(nameOfSet));
    const feeder = createPostgresFeeder({
      pool,
      schema,
      leases,
      store,
      vault: settings.vault,
      codec,
      sha256: settings.sha256,
      verifyChain,
      keysInMemory: within(settings.agenciesInMemory, 1000, 1, 1_000_000),
      isTurnDue: () => membership.isTurnDue(),
      turn: () => membership.turn(),
    });
    const membership = createMembership({
      leases,
      leaseMilliseconds,
      owner,
      readPartitions: () => readPartitions(pool, schema),
      readState: (apart) => readState(pool, schema, owner, projections, apart),
      adopt: feeder.adopt,
    });

    const progress = createProgress({
      store,
      codec,
      clock: settings.clock ?? { now: Date.now },
      count: settings.count,
    });
    const status: PostgresRunner['status'] = () => () =>
      guarded(async () => E.right(await progress(await readStatus(pool, schema))));
    const telemetry = runnerTelemetry({ owner, status });

    const tell = (): void => {
      waiting.wake();
      for (const listener of [...listeners]) {
        try {
          listener();
        } catch {
          // A listener's failure is its own.
        }
      }
    };

    /** Whatever a piece of work throws is a fault of the database. */
    const guarded = async <A>(
      work: () => Promise<E.Either<ProjectionFault, A>>,
    ): Promise<E.Either<ProjectionFault, A>> => {
      if (closed) return E.left(closedFault);
      try {
        return await work();
      } catch (error) {
        return E.left(closed ? closedFault : toPostgresFault(error));
      }
    };
    const working = <A>(
      work: () => Promise<E.Either<ProjectionFault, A>>,
    ): Promise<E.Either<ProjectionFault, A>> => serial(() => guarded(work));

    const headOf = async (): Promise<E.Either<ProjectionFault, Position | undefined>> =>
      E.mapLeft(fromStoreFault)(await store.head()());

    /** Feeds what this runner holds to the end of the store. */
    const feedOwn = async (): Promise<E.Either<ProjectionFault, Position | undefined>> => {
      await membership.turn();
      const { members } = feeder.snapshot();
      const head = await headOf();
      if (E.isLeft(head)) return head;
      const ahead = members.find(({ entry }) => isBefore(head.right, entry.position));
      if (ahead !== undefined) {
        const { name } = ahead.entry;
        return E.left(
          projectionFault('AHEAD_OF_STORE', `${name} knows events after the store's last`, {
            projection: name,
          }),
        );
      }
      if (members.length === 0) return E.right(undefined);
      const reached = await catchUpOnce({
        store,
        feeder,
        batchSize: pageSize(settings.batchSize ?? eventsPerPage),
        verifyChain: false,
        onFed: tell,
        isClosed: () => closed,
      });
      if (E.isLeft(reached)) return reached;
      const fault = [...reached.right.failed.values()][0];
      return fault === undefined ? E.right(reached.right.position) : E.left(fault);
    };

    const tidy = async (): Promise<E.Either<ProjectionFault, void>> => {
      const entries = await readEntries(pool, schema);
      if (entries.some(({ status }) => status === 'retired')) {
        await inTransaction(pool, 'BEGIN', (client) => clean(client, schema));
      }
      const fault = lostOf(entries, projections);
      return fault === undefined ? E.right(undefined) : E.left(fault);
    };

    const feedOwnAndTidy = (): Promise<E.Either<ProjectionFault, Position | undefined>> =>
      working(async () => {
        const fed = await feedOwn();
        if (E.isLeft(fed)) return fed;
        const tidied = await tidy();
        return E.isLeft(tidied) ? tidied : fed;
      });

    const reachedBy = async (wanted: ReadonlyArray<Projection>): Promise<Reached> => {
      const own = new Set(feeder.state().held.map(({ partition }) => partition));
      return reachedOf(await readEntries(pool, schema), wanted, own);
    };

    const catchUp: PostgresRunner['catchUp'] = () => async () => {
      if (closed) return E.left(closedFault);
      membership.enter();
      try {
        const head = await headOf();
        if (E.isLeft(head)) return head;
        for (;;) {
          const fed = await feedOwnAndTidy();
          if (E.isLeft(fed)) return fed;
          // What others hold, they feed; what they let go of is taken in the next round.
          const all = await guarded(async () => E.right(await reachedBy(projections)));
          if (E.isLeft(all)) return all;
          const { live, position, fault } = all.right;
          if (live && !isBefore(position, head.right)) return E.right(position);
          if (fault !== undefined) return E.left(fault);
          await waiting.next(25);
        }
      } finally {
        await membership.leave();
      }
    };

    const run =
      (signal: AbortSignal, options?: FollowOptions): TaskEither<ProjectionFault, void> =>
      async () => {
        if (closed) return E.left(closedFault);
        following++;
        membership.enter();
        const feed = (page: Parameters<typeof feeder.feed>[1]) =>
          working(async (): Promise<E.Either<ProjectionFault, 'fed' | 'again'>> => {
            const failed = new Map<string, ProjectionFault>();
            const fed = await feeder.feed(feeder.snapshot(), page, failed);
            tell();
            if (E.isLeft(fed)) return fed;
            const fault = fed.right.fault ?? [...failed.values()][0];
            if (fault !== undefined) return E.left(fault);
            return E.right(fed.right.stale ? 'again' : 'fed');
          });
        const ends = AbortSignal.any([signal, closing.signal]);
        const onFault = options?.onFault ?? retryPassing;
        const told: typeof onFault = (fault, attempt) => {
          telemetry.fault(fault);
          return onFault(fault, attempt);
        };
        const parts = { store, onFault: told, catchUp: feedOwnAndTidy, feed };
        let ended: E.Either<ProjectionFault, void> = E.right(undefined);
        while (!ends.aborted && E.isRight(ended)) {
          // When leases are to be looked at again, the following begins anew.
          ended = await follow(parts, AbortSignal.any([ends, membership.whenDue()]));
          if (!ends.aborted && E.isRight(ended) && membership.isTurnDue()) {
            const turned = await working(async () => E.right(await membership.turn()));
            if (E.isLeft(turned)) await waiting.next(100);
          }
        }
        following--;
        await membership.leave();
        return closed && E.isLeft(ended) && ended.left.code === 'CLOSED' ? E.right(undefined) : ended;
      };

    const waitFor =
      (position: string, options?: WaitOptions): TaskEither<ProjectionFault, void> =>
      async () => {
        const wanted = options?.projections ?? projections;
        let failure: ProjectionFault | undefined;
        const done = (): Promise<E.Either<ProjectionFault, boolean>> =>
          guarded(async () => {
            const all = await reachedBy(wanted);
            if (all.live && !isBefore(all.position, position as Position)) return E.right(true);
            return failure === undefined ? E.right(false) : E.left(failure);
          });
        const already = await done();
        if (E.isLeft(already) || already.right) return E.map(() => undefined)(already);
        if (following === 0) {
          // Where nobody follows in this process, one who waits does the work.
          void catchUp()().then((outcome) => {
            if (E.isLeft(outcome)) failure = outcome.left;
            waiting.wake();
          });
        }
        return waiting.until(done, options?.timeoutMilliseconds ?? 5000);
      };

    const rebuild: PostgresRunner['rebuild'] = (projection) => async () => {
      const begun = await working(() => beginRebuild(pool, schema, projections, projection));
      return E.isLeft(begun) ? begun : E.map(() => undefined)(await catchUp()());
    };

    return E.right({
      owner,
      catchUp,
      run,
      waitFor,
      rebuild,
      status,
      subscribe: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      read: postgresReadModelsOf(pool, schema, () => closed),
      close: async () => {
        if (closed) return;
        closed = true;
        telemetry.stop();
        closing.abort();
        waiting.wake();
        await serial(async () => {
          try {
            await leases.leave();
          } catch {
            // They end by themselves.
          }
          feeder.close();
          await pool.end();
        });
      },
    });
  };
