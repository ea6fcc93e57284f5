/**
 * ServerFeatures and Gossip: what this node can do, and which nodes there are.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import {
  type ClusterInfo,
  type Empty,
  features,
  gossip,
  type SupportedMethods,
  uuid,
} from '../../eventstoredb/messages.js';
import { type Context, meet } from './context.js';
import type { FaultCall } from './faults.js';

const methods: ReadonlyArray<readonly [service: string, method: string]> = [
  ...['read', 'append', 'batchappend', 'delete', 'tombstone'].map(
    (method) => ['event_store.client.streams.streams', method] as const,
  ),
  ['event_store.client.gossip.gossip', 'read'],
  ['event_store.client.server_features.serverfeatures', 'getsupportedmethods'],
];

/** The version that it says it is; clients decide by the methods, not by this. */
const version = '0.0.0-wire-level-test-server';

const answering =
  <R>(context: Context, call: FaultCall, make: () => R) =>
  (_: ServerUnaryCall<Empty, R>, done: sendUnaryData<R>): void => {
    meet(context, context.faults.take(call)).then(
      (met) => {
        if (met._tag === 'Refuse') done(met.error);
        else if (met._tag === 'Go') done(null, make());
      },
      (error) => done(error),
    );
  };

/** `GetSupportedMethods`. */
export const featuresService = (context: Context) =>
  answering(context, 'features', (): SupportedMethods => {
    const answer = new features.SupportedMethods();
    answer.setEventStoreServerVersion(version);
    answer.setMethodsList(
      methods.map(([service, name]) => {
        const method = new features.SupportedMethod();
        method.setServiceName(service);
        method.setMethodName(name);
        return method;
      }),
    );
    return answer;
  });

/** `Gossip.Read`. */
export const gossipService = (context: Context) =>
  answering(context, 'gossip', (): ClusterInfo => {
    const { VNodeState } = gossip.MemberInfo;
    const answer = new gossip.ClusterInfo();
    answer.setMembersList(
      context.members().map(({ address, port, state }) => {
        const endPoint = new gossip.EndPoint();
        endPoint.setAddress(address);
        endPoint.setPort(port);
        const member = new gossip.MemberInfo();
        member.setInstanceId(uuid(randomUUID()));
        member.setTimeStamp(String(Date.now()));
        member.setState(
          state === 'leader'
            ? VNodeState.LEADER
            : state === 'follower'
              ? VNodeState.FOLLOWER
              : VNodeState.SHUTDOWN,
        );
        member.setIsAlive(state !== 'shut down');
        member.setHttpEndPoint(endPoint);
        return member;
      }),
    );
    return answer;
  });
