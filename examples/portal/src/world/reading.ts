/**
 * The read models and the decision index, beside the events and made from them alone.
 *
 * @packageDocumentation
 */
import { nodeSha256 } from '@mandate/adapters-eventstore';
import type { EventStore, KeyVault, PortalPolicy } from '@mandate/domain';
import {
  authorityIndex,
  builtIn,
  createProjectionRunner,
  type FollowedAuthorityIndex,
  type ProjectionFault,
  type ProjectionRunner,
} from '@mandate/projections';
import * as E from 'fp-ts/lib/Either.js';

export interface Reading {
  readonly runner: ProjectionRunner;
  /** In memory: who may do what, at any instant. */
  readonly authority: FollowedAuthorityIndex;
  /** Follows the store from now on, until it is closed. */
  readonly follow: () => void;
  readonly close: () => Promise<void>;
}

/** Opens the read models of a file and brings them up to date. */
export const openReading = async (
  file: string,
  policy: PortalPolicy,
  store: EventStore,
  vault: KeyVault,
): Promise<E.Either<ProjectionFault, Reading>> => {
  const made = await createProjectionRunner({
    file,
    store,
    vault,
    sha256: nodeSha256,
    projections: builtIn,
  })();
  if (E.isLeft(made)) return made;
  const runner = made.right;
  const authority = authorityIndex({ store, sha256: nodeSha256, policy });
  const stop = new AbortController();
  const under: Array<Promise<unknown>> = [];
  const close = async (): Promise<void> => {
    stop.abort();
    await Promise.all(under);
    await runner.close();
  };
  for (const catchUp of [runner.catchUp(), authority.catchUp()]) {
    const done = await catchUp();
    if (E.isLeft(done)) {
      await close();
      return done;
    }
  }
  const follow = (): void => {
    under.push(runner.run(stop.signal)(), authority.run(stop.signal)());
  };
  return E.right({ runner, authority, follow, close });
};
