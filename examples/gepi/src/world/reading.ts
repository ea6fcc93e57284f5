/**
 * The read models of the story and the decision index, beside the events and made from them alone.
 *
 * @packageDocumentation
 */
import { nodeSha256 } from '@mandate/adapters-eventstore';
import { type EventStore, gepiPolicy, type KeyVault } from '@mandate/domain';
import {
  authorityIndex,
  type CertificateInventory,
  type ClerkLists,
  certificateInventory,
  certificates,
  clerkList,
  clerkLists,
  createProjectionRunner,
  type FollowedAuthorityIndex,
  functionHolders,
  knownPeople,
  type People,
  type PermissionHistory,
  type Projection,
  type ProjectionFault,
  type ProjectionRunner,
  people,
  permissionHistories,
  permissionHistory,
  type RegistrationHistories,
  type ReviewQueue,
  registrationHistories,
  registrationHistory,
  reviewQueue,
  reviews,
} from '@mandate/projections';
import * as E from 'fp-ts/lib/Either.js';
import { type FolderFault, folderFault } from './fault.js';

/** In the order in which digests are shown. */
export const projections: ReadonlyArray<Projection> = [
  clerkList,
  registrationHistory,
  permissionHistory,
  reviewQueue,
  certificateInventory,
  functionHolders,
  people,
];

export interface Reading {
  readonly runner: ProjectionRunner;
  readonly clerkLists: ClerkLists;
  readonly registrations: RegistrationHistories;
  readonly history: PermissionHistory;
  readonly reviews: ReviewQueue;
  readonly certificates: CertificateInventory;
  readonly people: People;
  /** In memory: who may do what, at any instant. */
  readonly authority: FollowedAuthorityIndex;
  /** Reads what was written since: a query after it knows it. */
  readonly refresh: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Stored events that are not what was written, and the like. */
const damage: ReadonlySet<ProjectionFault['code']> = new Set([
  'STORE_CORRUPT',
  'EVENT_CORRUPT',
  'CHAIN_BROKEN',
  'SEALED_CORRUPT',
  'DATABASE_CORRUPT',
  'AHEAD_OF_STORE',
]);

export const fromProjectionFault = ({ code, detail }: ProjectionFault): FolderFault =>
  folderFault(damage.has(code) ? 'DAMAGED' : 'UNUSABLE', `${code}: ${detail}`);

/** A fault of the read models ends the program; `cause` is what is told of it. */
export const readOrThrow = <A>(answer: E.Either<ProjectionFault, A>): A => {
  if (E.isLeft(answer)) throw new Error(answer.left.code, { cause: fromProjectionFault(answer.left) });
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
  const authority = authorityIndex({ store, sha256: nodeSha256, policy: gepiPolicy });
  const { portal } = gepiPolicy;
  return E.right({
    runner,
    clerkLists: clerkLists(runner.read, portal),
    registrations: registrationHistories(runner.read, portal),
    history: permissionHistories(runner.read, portal),
    reviews: reviews(runner.read, portal, vault),
    certificates: certificates(runner.read, portal),
    people: knownPeople(runner.read),
    authority,
    refresh: async () => {
      readOrThrow(await runner.catchUp()());
      readOrThrow(await authority.catchUp()());
    },
    close: () => runner.close(),
  });
};
