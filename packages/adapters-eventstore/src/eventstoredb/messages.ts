/**
 * The client package's generated messages and service definitions: what the adapter and the test server speak.
 * They are CommonJS, so each module comes as its default.
 *
 * google-protobuf registers generated classes in one object for the whole process: this must be the very copy that the
 * client in this process uses, and no second package with the same protocol may be loaded beside it.
 *
 * @packageDocumentation
 */
import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';

export type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
export type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
export type { Empty, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb.js';
export type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  DeleteReq,
  DeleteResp,
  ReadReq,
  ReadResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
export { features, gossip, shared, status, streams };

export const { GossipService } = gossipService;
export const { ServerFeaturesService } = featuresService;
export const { StreamsClient, StreamsService } = streamsService;

/** A client's filter. */
export type FilterOptions = InstanceType<typeof streams.ReadReq.Options.FilterOptions>;

// -------------------------------------------------------------------------------------
// small messages
// -------------------------------------------------------------------------------------

/** Nothing. */
export const empty = () => new shared.Empty();

/** A UUID as text. */
export const uuid = (text: string): InstanceType<typeof shared.UUID> => {
  const message = new shared.UUID();
  message.setString(text);
  return message;
};

/** The text of a UUID in either of its forms, in lower case. */
export const uuidText = (message: InstanceType<typeof shared.UUID> | undefined): string => {
  const structured = message?.getStructured();
  if (structured === undefined) return (message?.getString() ?? '').toLowerCase();
  const half = (bits: string): string => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');
  const hex = half(structured.getMostSignificantBits()) + half(structured.getLeastSignificantBits());
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};

/** The name of a stream. */
export const streamName = (message: InstanceType<typeof shared.StreamIdentifier> | undefined): string =>
  Buffer.from(message?.getStreamName_asU8() ?? []).toString('utf8');

/** A stream by its name. */
export const streamIdentifier = (name: string): InstanceType<typeof shared.StreamIdentifier> => {
  const message = new shared.StreamIdentifier();
  message.setStreamName(Uint8Array.from(Buffer.from(name, 'utf8')));
  return message;
};
