/**
 * The read models of the story, beside the events and made from them alone.
 *
 * @packageDocumentation
 */
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { type EventStore, gepiPolicy, type KeyVault } from '@mandate/domain';
import {
  type ClerkLists,
  clerkList,
  clerkLists,
  createProjectionRunner,
  knownPeople,
  type People,
  type Projection,
  type ProjectionFault,
  type ProjectionRunner,
  people,
  type RegistrationHistories,
  type ReviewQueue,
  registrationHistories,
  registrationHistory,
  reviewQueue,
  reviews,
} from '@mandate/projections';
import * as E from 'fp-ts/lib/Either.js';

/** In the order in which digests are shown. */
export const projections: ReadonlyArray<Projection> = [clerkList, registrationHistory, reviewQueue, people];

export interface Reading {
  readonly runner: ProjectionRunner;
  readonly clerkLists: ClerkLists;
  readonly registrations: RegistrationHistories;
  readonly reviews: ReviewQueue;
  readonly people: People;
  /** Reads what was written since: a query after it knows it. */
  readonly refresh: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A fault of a read model ends the program: it is made anew from the events at any time. */
export const readOrThrow = <A>(answer: E.Either<ProjectionFault, A>): A => {
  if (E.isLeft(answer)) throw new Error(`read models: ${answer.left.code}: ${answer.left.detail}`);
  return answer.right;
};

/** Opens or makes read models; `:memory:` for ones that are compared and thrown away. */
export const openReading = async (
  file: string,
  store: EventStore,
  vault: KeyVault,
): Promise<E.Either<ProjectionFault, Reading>> => {
  const made = await createProjectionRunner({ file, store, vault, sha256: nodeSha256, projections })();
  if (E.isLeft(made)) return made;
  const runner = made.right;
  const { portal } = gepiPolicy;
  return E.right({
    runner,
    clerkLists: clerkLists(runner.read, portal),
    registrations: registrationHistories(runner.read, portal),
    reviews: reviews(runner.read, portal, vault),
    people: knownPeople(runner.read),
    refresh: async () => {
      readOrThrow(await runner.catchUp()());
    },
    close: () => runner.close(),
  });
};
