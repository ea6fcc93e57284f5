/**
 * A place where read models lie, as the conformance suite sees it: memory, a file, PostgreSQL.
 */
import * as E from 'fp-ts/lib/Either.js';
import type {
  Answering,
  Projection,
  ProjectionFault,
  ProjectionStatus,
  Question,
  ReadModelsOf,
  RunnerOf,
} from '../../src/index.js';
import { right, type World } from '../support/world.js';

/** A runner whose answers all come later. */
export interface TestedRunner
  extends Pick<RunnerOf<Answering>, 'catchUp' | 'run' | 'waitFor' | 'rebuild' | 'subscribe' | 'close'> {
  readonly read: ReadModelsOf<'TaskEither'>;
  readonly ask: <A>(
    projection: Projection,
    question: () => Question<A>,
  ) => Promise<E.Either<ProjectionFault, A>>;
  readonly digest: (projection: Projection) => Promise<string>;
  readonly status: () => Promise<ReadonlyArray<ProjectionStatus>>;
}

export interface RunnerOptions {
  readonly batchSize?: number;
  readonly verifyChain?: boolean;
}

/** One set of read models; runners opened on it share it. */
export interface Place {
  readonly open: (
    world: Pick<World, 'store' | 'vault'>,
    projections: ReadonlyArray<Projection>,
    options?: RunnerOptions,
  ) => Promise<E.Either<ProjectionFault, TestedRunner>>;
}

/** Has a runner of either kind answer later. */
export const tested = <F extends Answering>(runner: RunnerOf<F>): TestedRunner => {
  const read: ReadModelsOf<'TaskEither'> = {
    answering: 'TaskEither',
    ask: (projection, question) => () => runner.read.later(runner.read.ask(projection, question))(),
    digest: (projection) => () => runner.read.later(runner.read.digest(projection))(),
    later: (answer) => answer,
  };
  return {
    read,
    catchUp: runner.catchUp,
    run: runner.run,
    waitFor: runner.waitFor,
    rebuild: runner.rebuild,
    subscribe: runner.subscribe,
    close: runner.close,
    ask: (projection, question) => read.ask(projection, question)(),
    digest: async (projection) => right(await read.digest(projection)()),
    status: async () => right(await runner.read.later(runner.status())()),
  };
};

/** {@link tested} of an answer to an attempt to open. */
export const testedIfOpen = <F extends Answering>(
  opened: E.Either<ProjectionFault, RunnerOf<F>>,
): E.Either<ProjectionFault, TestedRunner> => (E.isLeft(opened) ? opened : E.right(tested(opened.right)));
