/**
 * What each of several runners is to hold, when not all of them know the same read models: while a new version of a program
 * takes the place of an old one, side by side.
 *
 * Partitions of what is live are for those runners that know everything that is live: the old ones keep it up to date. A set of tables
 * that one of them does not know is built under leases of its own, by those who know it. When it has taken the place
 * of the old tables, it is the others that do not know everything.
 *
 * @packageDocumentation
 */
import { wholeOf } from './route.js';

/** A runner that is there, and what it knows: `name@version`. */
export interface RunnerKnows {
  readonly owner: string;
  readonly knows: ReadonlyArray<string>;
}

/** A set of tables, as far as it matters here. */
export interface KnownSet {
  readonly name: string;
  readonly version: number;
  readonly status: string;
}

export interface Roles {
  /** Who may hold partitions of what is live. */
  readonly keepers: ReadonlyArray<string>;
  /** Who may hold partitions of what is built apart. */
  readonly builders: ReadonlyArray<string>;
  /** What is built under leases of its own: `name@version`. */
  readonly apart: ReadonlySet<string>;
}

export const nameOfSet = ({ name, version }: Pick<KnownSet, 'name' | 'version'>): string =>
  `${name}@${version}`;

/** The lease under which a partition of a set of tables is written that is built apart. */
export const leaseApart = (partition: number, partitions: number): number => partition + partitions + 1;

/** The partition that a lease is of, whichever of the two it is. */
export const partitionOfLease = (lease: number, partitions: number): number =>
  lease > wholeOf(partitions) ? lease - partitions - 1 : lease;

const knowsAll = ({ knows }: RunnerKnows, wanted: ReadonlyArray<string>): boolean =>
  wanted.every((each) => knows.includes(each));

/** Those who know all; where nobody does, everybody. */
const ableOf = (
  runners: ReadonlyArray<RunnerKnows>,
  wanted: ReadonlyArray<string>,
): ReadonlyArray<RunnerKnows> => {
  const able = runners.filter((runner) => knowsAll(runner, wanted));
  return able.length > 0 ? able : runners;
};

/** Shares the roles out: the same for whoever asks, from one state of the books. */
export const rolesOf = (runners: ReadonlyArray<RunnerKnows>, sets: ReadonlyArray<KnownSet>): Roles => {
  const live = sets.filter(({ status }) => status === 'live').map(nameOfSet);
  const keepers = ableOf(runners, live);
  const isKnownToAll = (set: KnownSet): boolean =>
    keepers.every(({ knows }) => knows.includes(nameOfSet(set)));
  // Of two versions that are being built the older will not take anybody's place.
  const isNewest = (set: KnownSet): boolean =>
    !sets.some(
      ({ name, version, status }) => status === 'building' && name === set.name && version > set.version,
    );
  const apart = sets
    .filter((set) => set.status === 'building' && isNewest(set) && !isKnownToAll(set))
    .map(nameOfSet)
    .filter((set) => runners.some(({ knows }) => knows.includes(set)));
  return {
    keepers: keepers.map(({ owner }) => owner),
    builders: apart.length === 0 ? [] : ableOf(runners, apart).map(({ owner }) => owner),
    apart: new Set(apart),
  };
};
