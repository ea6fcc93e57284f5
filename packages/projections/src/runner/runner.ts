/**
 * The runner: keeps read models up to date with an event store (docs/architecture.md 6).
 *
 * @packageDocumentation
 */
import { createRegisterCodec, type Position } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Entry } from '../database/books.js';
import { toFault } from '../database/faults.js';
import { openFile } from '../database/file.js';
import { readModelsOf } from '../database/read.js';
import { type ProjectionFault, projectionFault } from '../fault.js';
import type { Projection } from '../projection.js';
import { catchUp as catchUpOnce } from './catch-up.js';
import { fromStoreFault } from './faults.js';
import { createFeeder } from './feed.js';
import { follow, retryPassing } from './follow.js';
import type { ProjectionRunner, ProjectionRunnerSettings, ProjectionStatus } from './model.js';
import { pageSize } from './page-size.js';
import { isBefore } from './positions.js';
import { makeSerial } from './serial.js';
import { makeWaiting } from './wait.js';

const closedFault = projectionFault('CLOSED', 'the read models were closed');

const statusOf = (entry: Entry, fault: ProjectionFault | undefined): ReadonlyArray<ProjectionStatus> => {
  const { name, version, generation, status, position, applied, skipped } = entry;
  return status === 'retired'
    ? []
    : [{ name, version, generation, status, position, applied, skipped, fault }];
};

/**
 * Opens or makes the file of read models and the tables of the projections.
 *
 * Faults: those of {@link ProjectionFaultCode} about the file, `DEFINITION_CHANGED`, `SUPERSEDED`.
 */
export const createProjectionRunner =
  (settings: ProjectionRunnerSettings): TaskEither<ProjectionFault, ProjectionRunner> =>
  async () => {
    const opened = await openFile(settings);
    if (E.isLeft(opened)) return opened;
    const { db, books, writing } = opened.right;
    const { store, projections, verifyChain = true } = settings;
    const feeder = createFeeder({
      ...settings,
      db,
      books,
      writing,
      verifyChain,
      codec: createRegisterCodec(settings.sha256),
    });
    const serial = makeSerial();
    const waiting = makeWaiting();
    const listeners = new Set<() => void>();
    let faults: ReadonlyMap<string, ProjectionFault> = new Map();
    let following = 0;
    const closing = new AbortController();
    let closed = false;

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

    /** Runs one piece of work at a time; whatever it throws is a fault of the file. */
    const working = <A>(
      work: () => Promise<E.Either<ProjectionFault, A>>,
    ): Promise<E.Either<ProjectionFault, A>> =>
      serial(async () => {
        if (closed) return E.left(closedFault);
        try {
          return await work();
        } catch (error) {
          return E.left(closed ? closedFault : toFault(error));
        }
      });

    const aheadOfStore = async (): Promise<E.Either<ProjectionFault, void>> => {
      // The books first: what another process feeds in between is before the head that is asked for next.
      const { members } = feeder.snapshot();
      const head = await store.head()();
      if (E.isLeft(head)) return E.left(fromStoreFault(head.left));
      const ahead = members.find(({ entry }) => isBefore(head.right, entry.position));
      return ahead === undefined
        ? E.right(undefined)
        : E.left(
            projectionFault('AHEAD_OF_STORE', `${ahead.entry.name} knows events after the store's last`, {
              projection: ahead.entry.name,
            }),
          );
    };

    const superseded = (): ProjectionFault | undefined => {
      const { members } = feeder.snapshot();
      const gone = projections.find(
        (projection) => !members.some((member) => member.projection === projection),
      );
      return gone === undefined
        ? undefined
        : projectionFault('SUPERSEDED', `a newer version of ${gone.name} is live`, { projection: gone.name });
    };

    const catchUpNow = async (): Promise<E.Either<ProjectionFault, Position | undefined>> => {
      const ahead = await aheadOfStore();
      if (E.isLeft(ahead)) return ahead;
      const reached = await catchUpOnce({
        store,
        feeder,
        batchSize: pageSize(settings.batchSize),
        verifyChain,
        onFed: tell,
        isClosed: () => closed,
      });
      if (E.isLeft(reached)) return reached;
      faults = reached.right.failed;
      if (books.entries().some((entry) => entry.status === 'retired')) await writing(books.clean);
      const fault = [...faults.values()][0] ?? superseded();
      return fault === undefined ? E.right(reached.right.position) : E.left(fault);
    };
    const catchUp: ProjectionRunner['catchUp'] = () => () => working(catchUpNow);

    const run: ProjectionRunner['run'] = (signal, options) => async () => {
      following++;
      const parts = {
        store,
        onFault: options?.onFault ?? retryPassing,
        catchUp: catchUp(),
        feed: (page: Parameters<typeof feeder.feed>[1]) =>
          working(async (): Promise<E.Either<ProjectionFault, 'fed' | 'again'>> => {
            const failed = new Map<string, ProjectionFault>();
            const fed = await feeder.feed(feeder.snapshot(), page, failed);
            tell();
            if (E.isLeft(fed)) return fed;
            if (fed.right.fault !== undefined) return E.left(fed.right.fault);
            const fault = [...failed.values()][0];
            if (fault !== undefined) return E.left(fault);
            return E.right(fed.right.stale ? 'again' : 'fed');
          }),
      };
      const ended = await follow(parts, AbortSignal.any([signal, closing.signal]));
      following--;
      return closed && E.isLeft(ended) && ended.left.code === 'CLOSED' ? E.right(undefined) : ended;
    };

    const reached = (
      position: string,
      wanted: ReadonlyArray<Projection> = projections,
    ): E.Either<ProjectionFault, boolean> => {
      if (closed) return E.left(closedFault);
      try {
        const { members } = feeder.snapshot();
        return E.right(
          wanted.every((projection) =>
            members.some(
              (member) =>
                member.entry.name === projection.name &&
                member.entry.version === projection.version &&
                member.entry.status === 'live' &&
                !isBefore(member.entry.position, position as Position),
            ),
          ),
        );
      } catch (error) {
        return E.left(toFault(error));
      }
    };

    const waitFor: ProjectionRunner['waitFor'] = (position, options) => async () => {
      const already = reached(position, options?.projections);
      if (E.isLeft(already) || already.right) return E.map(() => undefined)(already);
      let failure: ProjectionFault | undefined;
      if (following === 0) {
        // Where nobody follows in this process, one who waits does the work.
        void catchUp()().then((outcome) => {
          if (E.isLeft(outcome)) failure = outcome.left;
          waiting.wake();
        });
      }
      const done = (): E.Either<ProjectionFault, boolean> =>
        E.chain((there: boolean) => (there || failure === undefined ? E.right(there) : E.left(failure)))(
          reached(position, options?.projections),
        );
      return waiting.until(done, options?.timeoutMilliseconds ?? 5000);
    };

    const rebuild: ProjectionRunner['rebuild'] = (projection) => async () => {
      const begun = await working(async () => {
        const { members } = feeder.snapshot();
        const mine = members.filter(
          ({ entry }) => entry.name === projection.name && entry.version === projection.version,
        );
        if (mine.length === 0) {
          return E.left(
            projectionFault('SUPERSEDED', `${projection.name} is not one of this runner's`, {
              projection: projection.name,
            }),
          );
        }
        // One that is being built already is the one that was asked for.
        if (mine.some(({ entry }) => entry.status === 'building')) return E.right(undefined);
        return writing(() => books.begin(projection));
      });
      return E.isLeft(begun) ? begun : E.map(() => undefined)(await catchUp()());
    };

    return E.right({
      catchUp,
      run,
      waitFor,
      rebuild,
      status: () => {
        if (closed) return E.left(closedFault);
        try {
          return E.right(books.entries().flatMap((entry) => statusOf(entry, faults.get(entry.prefix))));
        } catch (error) {
          return E.left(toFault(error));
        }
      },
      subscribe: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      read: readModelsOf(db),
      close: async () => {
        if (closed) return;
        closed = true;
        closing.abort();
        waiting.wake();
        await serial(async () => db.close());
      },
    });
  };
