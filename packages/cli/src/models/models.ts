/**
 * Read models for a command, over the port of the runner: the same for every database that they may lie in.
 *
 * @packageDocumentation
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { memoryEventStore, memoryKeyVault, nodeSha256 } from '@mandate/adapters-eventstore';
import type { EventStore, KeyVault } from '@mandate/domain';
import {
  type Answering,
  createProjectionRunner,
  type Projection,
  type ProjectionFault,
  type ProjectionStatus,
  type RunnerOf,
} from '@mandate/projections';
import type { PostgresProjectionStatus } from '@mandate/projections/postgres';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { type CliFault, cliFault, fromProjectionFault, messageOf } from '../fault.js';
import type { ModelsPlace } from './place.js';

/** Where a read model stands; on PostgreSQL with its partitions, how far it has come, how far behind and how quick it is. */
export type ModelStatus = ProjectionStatus &
  Partial<Pick<PostgresProjectionStatus, 'passed' | 'lagSeconds' | 'lagEvents' | 'rate' | 'partitions'>>;

/** What a command does with read models. */
export interface Models {
  readonly status: () => Promise<E.Either<CliFault, ReadonlyArray<ModelStatus>>>;
  readonly catchUp: () => Promise<E.Either<CliFault, void>>;
  readonly rebuild: (projection: Projection) => Promise<E.Either<CliFault, void>>;
  readonly digest: (projection: Projection) => Promise<E.Either<CliFault, string>>;
  readonly close: () => Promise<void>;
}

export interface ModelsSettings {
  readonly place: ModelsPlace;
  readonly store: EventStore;
  /** How many events the store holds, where it can tell. */
  readonly count?: (() => TaskEither<unknown, number>) | undefined;
  /** Left out where none of the projections needs what is personal. */
  readonly vault: KeyVault | undefined;
  readonly projections: ReadonlyArray<Projection>;
  /** True makes the file where it is not there. A schema is never made here: its runners do that. */
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

// Nothing is opened with it: who needs it was refused before.
const noVault = (): KeyVault => memoryKeyVault({ secret: randomBytes(32) });

const openFile = async (file: string, settings: ModelsSettings): Promise<E.Either<CliFault, Models>> => {
  const { store, vault = noVault(), projections, make } = settings;
  if (!make && !existsSync(file)) return E.left(cliFault('MODELS_NOT_FOUND', file));
  const runner = await createProjectionRunner({ file, store, vault, sha256: nodeSha256, projections })();
  return E.isLeft(runner) ? E.left(fromProjectionFault(runner.left)) : E.right(modelsOf(runner.right));
};

/** The entry needs `pg`, which only those have who use it. */
const adapter = async () => {
  try {
    return E.right(await import('@mandate/projections/postgres'));
  } catch (error) {
    return E.left(cliFault('STORE_FAULT', messageOf(error)));
  }
};

const openSchema = async (
  database: Extract<ModelsPlace, { readonly _tag: 'Postgres' }>,
  settings: ModelsSettings,
): Promise<E.Either<CliFault, Models>> => {
  const loaded = await adapter();
  if (E.isLeft(loaded)) return loaded;
  const { createPostgresRunner, postgresReadModelsExist } = loaded.right;
  const { connectionString, schema } = database;
  const there = await postgresReadModelsExist({ connectionString, schema })();
  if (E.isLeft(there)) return E.left(fromProjectionFault(there.left));
  // The address may hold a password: the schema is enough to tell.
  if (!there.right) return E.left(cliFault('MODELS_NOT_FOUND', schema));
  const { store, vault = noVault(), projections, count } = settings;
  const runner = await createPostgresRunner({
    database: { connectionString, schema },
    store,
    vault,
    sha256: nodeSha256,
    projections,
    name: 'mandate',
    ...(count === undefined ? {} : { count }),
  })();
  return E.isLeft(runner) ? E.left(fromProjectionFault(runner.left)) : E.right(modelsOf(runner.right));
};

/** Opens the read models of a place. Without projections nothing in it is changed but what is retired anyway. */
export const openModels = (settings: ModelsSettings): Promise<E.Either<CliFault, Models>> => {
  const { place } = settings;
  return place._tag === 'File' ? openFile(place.file, settings) : openSchema(place, settings);
};

/** Where the read models of a place stand. The books say it alone: no register is asked. */
export const statusesIn = async (
  place: ModelsPlace,
): Promise<E.Either<CliFault, ReadonlyArray<ModelStatus>>> => {
  const store = memoryEventStore();
  const opened = await openModels({ place, store, vault: undefined, projections: [], make: false });
  if (E.isLeft(opened)) return opened;
  const statuses = await opened.right.status();
  await opened.right.close();
  return statuses;
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
