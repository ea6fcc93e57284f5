/**
 * What every service of the test server works with.
 *
 * @packageDocumentation
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Metadata, ServiceError } from '@grpc/grpc-js';
import { accessDenied, notLeader, notReady } from './answers.js';
import type { Fault, Faults } from './faults.js';
import type { WireStore } from './store.js';

/** A node of a cluster, as gossip tells of it. */
export interface Member {
  readonly address: string;
  readonly port: number;
  readonly state: 'leader' | 'follower' | 'shut down';
}

/** What every service works with. */
export interface Context {
  readonly store: WireStore;
  readonly faults: Faults;
  /** The largest append, in octets. */
  readonly maxAppendSize: number;
  /** `name:password`, where one is asked for. */
  readonly login: string | undefined;
  readonly members: () => ReadonlyArray<Member>;
  /** Where this node is not the leader: who is. */
  readonly leader: () => Member | undefined;
  readonly cut: () => void;
}

/** Why a call is refused before anybody looks at it, or `undefined`. */
export const refusedAtTheDoor = (context: Context, metadata: Metadata): ServiceError | undefined => {
  const wanted = context.login && `Basic ${Buffer.from(context.login).toString('base64')}`;
  if (wanted !== undefined && metadata.get('authorization')[0] !== wanted) return accessDenied();
  const leader = context.leader();
  return leader !== undefined && metadata.get('requires-leader')[0] === 'true'
    ? notLeader(leader.address, leader.port)
    : undefined;
};

/** What a call has to do about a fault that met it. */
export type Met =
  | { readonly _tag: 'Go' }
  | { readonly _tag: 'Refuse'; readonly error: ServiceError }
  /** The connection is gone, or nobody shall be answered. */
  | { readonly _tag: 'Nothing' };

const go: Met = { _tag: 'Go' };

/** Carries out what of a fault is the same for every call. */
export const meet = async (context: Context, fault: Fault | undefined): Promise<Met> => {
  switch (fault?._tag) {
    case 'Cut':
      context.cut();
      return { _tag: 'Nothing' };
    case 'Silence':
      return { _tag: 'Nothing' };
    case 'Delay':
      await pause(fault.milliseconds);
      return go;
    case 'NotLeader':
      return { _tag: 'Refuse', error: notLeader(fault.address, fault.port) };
    case 'NotReady':
      return { _tag: 'Refuse', error: notReady() };
    case 'Kill':
      if (fault.when === 'before commit') process.kill(process.pid, 'SIGKILL');
      return go;
    default:
      return go;
  }
};

/** What is left of a fault once an append is stored. True when nobody shall be answered. */
export const meetAfterCommit = (context: Context, fault: Fault | undefined): boolean => {
  if (fault?._tag === 'Kill') process.kill(process.pid, 'SIGKILL');
  if (fault?._tag !== 'CutAfterCommit') return false;
  context.cut();
  return true;
};
