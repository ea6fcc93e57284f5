/**
 * Runners over a world, with the faults of tests thrown away.
 */
import type { Projection, ProjectionRunner, ProjectionRunnerSettings } from '../../src/index.js';
import { createProjectionRunner } from '../../src/index.js';
import { right, sha256, type World } from './world.js';

export type Extra = Partial<ProjectionRunnerSettings>;

export const runnerOf = async (
  world: World,
  projections: ReadonlyArray<Projection>,
  extra: Extra = {},
): Promise<ProjectionRunner> =>
  right(
    await createProjectionRunner({
      store: world.store,
      vault: world.vault,
      sha256,
      file: ':memory:',
      projections,
      ...extra,
    })(),
  );

/** The digests of a replay into an empty database. */
export const replayDigests = async (
  world: World,
  projections: ReadonlyArray<Projection>,
  extra: Extra = {},
): Promise<ReadonlyArray<string>> => {
  const runner = await runnerOf(world, projections, extra);
  right(await runner.catchUp()());
  const digests = digestsOf(runner, projections);
  await runner.close();
  return digests;
};

export const digestsOf = (
  runner: ProjectionRunner,
  projections: ReadonlyArray<Projection>,
): ReadonlyArray<string> => projections.map((projection) => right(runner.read.digest(projection)));
