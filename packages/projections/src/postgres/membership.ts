/**
 * Being one of several runners: taking a fair share of the partitions, keeping it, and giving up what is too much.
 *
 * @packageDocumentation
 */
import { excessOf, type Leases, wantedOf } from './leases.js';
import type { State } from './model.js';
import { leaseApart, partitionOfLease, rolesOf } from './roles.js';
import { wholeOf } from './route.js';

export interface Membership {
  /** Begins to beat; calls that are not yet `leave`d keep it going. */
  readonly enter: () => void;
  /** Gives everything up when nobody needs it any more. */
  readonly leave: () => Promise<void>;
  /** Takes and gives up, and has the feeder adopt what is then held. */
  readonly turn: () => Promise<void>;
  readonly isTurnDue: () => boolean;
  /** Aborted when a turn falls due. */
  readonly whenDue: () => AbortSignal;
}

export interface MembershipParts {
  readonly leases: Leases;
  readonly leaseMilliseconds: number;
  readonly owner: string;
  readonly readPartitions: () => Promise<number>;
  /** Of sets that are built apart the leases of their own count. */
  readonly readState: (apart: ReadonlySet<string>) => Promise<State>;
  readonly adopt: (state: State) => void;
}

/**
 * Milliseconds between two looks at the books. Often beside a lease: a runner that joins has nothing to do before the others have
 * seen it and it has seen what they gave up.
 */
const beatEvery = (leaseMilliseconds: number): number => Math.max(50, leaseMilliseconds / 10);

/** Makes the {@link Membership} of one runner. */
export const createMembership = (parts: MembershipParts): Membership => {
  const { leases, readState, adopt, leaseMilliseconds, owner } = parts;
  let users = 0;
  let timer: NodeJS.Timeout | undefined;
  let beating = false;
  let due = new AbortController();
  let state: State | undefined;
  let changes: number | undefined;
  let known = '';

  const plan = async () => {
    const around = await leases.renew();
    const all = around.held.map(({ partition }) => partition);
    const partitions = state?.partitions ?? (await parts.readPartitions());
    const roles = rolesOf(around.runners, around.sets);
    const isApart = (lease: number): boolean => lease > wholeOf(partitions);
    /** Of one of the two kinds of leases, by the numbers of their partitions. */
    const share = (runners: ReadonlyArray<string>, apart: boolean) => {
      const own = (numbers: ReadonlyArray<number>): ReadonlyArray<number> =>
        numbers
          .filter((lease) => isApart(lease) === apart)
          .map((lease) => partitionOfLease(lease, partitions));
      const held = own(all);
      const mine = runners.includes(owner);
      const excess = mine ? excessOf(held, partitions, runners.length) : held;
      const wanted = mine ? wantedOf(own(around.free), held, partitions, runners.length) : [];
      const leaseOf = (partition: number): number => (apart ? leaseApart(partition, partitions) : partition);
      return { excess: excess.map(leaseOf), wanted: wanted.map(leaseOf) };
    };
    const shares = [share(roles.keepers, false), share(roles.builders, true)];
    return {
      around,
      excess: shares.flatMap(({ excess }) => excess),
      wanted: shares.flatMap(({ wanted }) => wanted),
      apart: roles.apart,
    };
  };

  const turn: Membership['turn'] = async () => {
    if (due.signal.aborted) due = new AbortController();
    const { around, excess, wanted, apart } = await plan();
    changes = around.changes;
    known = [...apart].sort().join();
    await leases.giveUp(excess);
    await leases.take(wanted);
    state = await readState(apart);
    adopt(state);
  };

  const beat = async (): Promise<void> => {
    if (beating) return;
    beating = true;
    try {
      const { around, excess, wanted, apart } = await plan();
      const mine = new Map(state?.held.map(({ partition, epoch }) => [partition, epoch]));
      const same =
        around.held.length === mine.size &&
        around.held.every(({ partition, epoch }) => mine.get(partition) === epoch);
      if (
        !same ||
        excess.length > 0 ||
        wanted.length > 0 ||
        around.changes !== changes ||
        [...apart].sort().join() !== known
      )
        due.abort();
    } catch {
      // The database does not answer: whoever works under the leases is told so, and finds them ended if it takes long.
    }
    beating = false;
  };

  return {
    enter: () => {
      users++;
      timer ??= setInterval(() => void beat(), beatEvery(leaseMilliseconds));
    },
    leave: async () => {
      users--;
      if (users > 0) return;
      clearInterval(timer);
      timer = undefined;
      state = undefined;
      try {
        await leases.leave();
      } catch {
        // They end by themselves.
      }
    },
    turn,
    isTurnDue: () => due.signal.aborted,
    whenDue: () => due.signal,
  };
};
