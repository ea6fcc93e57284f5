/**
 * Read models for a command, over the port of the runner: the same for every database that they may lie in.
 *
 * @packageDocumentation
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { memoryKeyVault, nodeSha256 } from '@mandate/adapters-eventstore';
import type { EventStore, KeyVault } from '@mandate/domain';
import {
  type Answering,
  createProjectionRunner,
  type Projection,
  type ProjectionFault,
  type ProjectionStatus,
  type RunnerOf,
} from '@mandate/projections';
import * as E from 'fp-ts/lib/Either.js';
import { type CliFault, cliFault, fromProjectionFault } from '../fault.js';

/** What a command does with read models. */
export interface Models {
  readonly status: () => Promise<E.Either<CliFault, ReadonlyArray<ProjectionStatus>>>;
  readonly catchUp: () => Promise<E.Either<CliFault, void>>;
  readonly rebuild: (projection: Projection) => Promise<E.Either<CliFault, void>>;
  readonly digest: (projection: Projection) => Promise<E.Either<CliFault, string>>;
  readonly close: () => Promise<void>;
}

export interface ModelsSettings {
  /** Where they lie: the path of a SQLite file. */
  readonly address: string;
  readonly store: EventStore;
  /** Left out where none of the projections needs what is personal. */
  readonly vault: KeyVault | undefined;
  readonly projections: ReadonlyArray<Projection>;
  /** True makes the file where it is not there. */
  readonly make: boolean;
}

const told = <A>(answer: E.Either<ProjectionFault, A>): E.Either<CliFault, A> =>
  E.mapLeft(fromProjectionFault)(answer);

/** {@link Models} over any runner. */
export const modelsOf = <F extends Answering>(runner: RunnerOf<F>): Models => ({
  status: async () => told(await runner.read.later<ReadonlyArray<ProjectionStatus>>(runner.status())()),
  catchUp: async () => E.map(() => undefined)(told(await runner.catchUp()())),
  rebuild: async (projection) => told(await runner.rebuild(projection)()),
  digest: async (projection) => told(await runner.read.later<string>(runner.read.digest(projection))()),
  close: runner.close,
});

/** Opens the read models at an address. Without projections nothing in it is changed but what is retired anyway. */
export const openModels = async (settings: ModelsSettings): Promise<E.Either<CliFault, Models>> => {
  const { address, store, vault, projections, make } = settings;
  if (!make && !existsSync(address)) return E.left(cliFault('REGISTER_NOT_FOUND', address));
  const runner = await createProjectionRunner({
    file: address,
    store,
    // Nothing is opened with it: who needs it was refused before.
    vault: vault ?? memoryKeyVault({ secret: randomBytes(32) }),
    sha256: nodeSha256,
    projections,
  })();
  return E.isLeft(runner) ? E.left(fromProjectionFault(runner.left)) : E.right(modelsOf(runner.right));
};

/** A store that tells how many events were read from it. */
export const counting = (store: EventStore, onEvents: (done: number) => void): EventStore => {
  let done = 0;
  return {
    ...store,
    readAll: (from, limit) => async () => {
      const page = await store.readAll(from, limit)();
      if (E.isRight(page)) {
        done += page.right.events.length;
        onEvents(done);
      }
      return page;
    },
  };
};
