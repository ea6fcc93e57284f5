/**
 * Requests in the protocol's words.
 *
 * @packageDocumentation
 */
import type { EventToAppend, ExpectedRevision } from '@mandate/domain';
import { type BatchAppendReq, empty, type ReadReq, streamIdentifier, streams, uuid } from './messages.js';
import type { LogPosition } from './positions.js';

const { BatchAppendReq: Batch, ReadReq: Read } = streams;

const readRequest = (count: number | undefined, backwards: boolean) => {
  const ids = new Read.Options.UUIDOption();
  ids.setString(empty());
  const options = new Read.Options();
  options.setUuidOption(ids);
  options.setResolveLinks(false);
  options.setReadDirection(
    backwards ? Read.Options.ReadDirection.BACKWARDS : Read.Options.ReadDirection.FORWARDS,
  );
  if (count === undefined) options.setSubscription(new Read.Options.SubscriptionOptions());
  else options.setCount(String(count));
  const request = new Read();
  request.setOptions(options);
  return { request, options };
};

/** Events of a stream forwards from a revision, or its last ones backwards. */
export const streamRequest = (name: string, from: number | 'last', count: number): ReadReq => {
  const { request, options } = readRequest(count, from === 'last');
  const stream = new Read.Options.StreamOptions();
  stream.setStreamIdentifier(streamIdentifier(name));
  if (from === 'last') stream.setEnd(empty());
  else stream.setRevision(String(from));
  options.setStream(stream);
  options.setNoFilter(empty());
  return request;
};

const placeIn = (from: LogPosition | 'start' | 'end') => {
  const all = new Read.Options.AllOptions();
  if (from === 'start') all.setStart(empty());
  else if (from === 'end') all.setEnd(empty());
  else {
    const position = new Read.Options.Position();
    position.setCommitPosition(String(from.commit));
    position.setPreparePosition(String(from.prepare));
    all.setPosition(position);
  }
  return all;
};

/** Events of all streams: forwards from a place, inclusive, or backwards from what lies before it. */
export const allRequest = (
  from: LogPosition | 'start' | 'end',
  count: number,
  backwards = false,
): ReadReq => {
  const { request, options } = readRequest(count, backwards);
  options.setAll(placeIn(from));
  options.setNoFilter(empty());
  return request;
};

/** Whatever comes after a place, exclusive, of streams whose names begin so. The server tells how far it has looked. */
export const subscriptionRequest = (
  from: LogPosition | 'start',
  prefixes: ReadonlyArray<string>,
): ReadReq => {
  const { request, options } = readRequest(undefined, false);
  const names = new Read.Options.FilterOptions.Expression();
  names.setPrefixList([...prefixes]);
  const filter = new Read.Options.FilterOptions();
  filter.setStreamIdentifier(names);
  filter.setCount(empty());
  filter.setCheckpointintervalmultiplier(8);
  options.setAll(placeIn(from));
  options.setFilter(filter);
  return request;
};

// -------------------------------------------------------------------------------------
// append
// -------------------------------------------------------------------------------------

const octets = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf8'));

/** What goes beside the body of an event: its id and hash. */
export interface Beside {
  readonly id: string;
  readonly hash: string;
}

/** A proposed event and its size as the server counts it. */
export interface Proposal {
  readonly message: InstanceType<typeof Batch.ProposedMessage>;
  readonly size: number;
}

/** An event on its way; `wireId` is what the server compares. */
export const proposal = ({ id, type, body, hash }: EventToAppend, wireId: string): Proposal => {
  const message = new Batch.ProposedMessage();
  const data = octets(body);
  const beside: Beside = { id, hash };
  const metadata = octets(JSON.stringify(beside));
  message.setId(uuid(wireId));
  message.getMetadataMap().set('type', type);
  message.getMetadataMap().set('content-type', 'application/json');
  message.setData(data);
  message.setCustomMetadata(metadata);
  return { message, size: data.length + metadata.length + 2 * type.length };
};

/** An append in one message; the id of the call is set when it is sent. */
export const appendRequest = (
  name: string,
  expected: ExpectedRevision,
  proposals: ReadonlyArray<Proposal>,
): BatchAppendReq => {
  const options = new Batch.Options();
  options.setStreamIdentifier(streamIdentifier(name));
  // The client's own message for nothing and google's have the same form.
  if (expected === 'no-stream') options.setNoStream(empty());
  else options.setStreamPosition(String(expected));
  const request = new Batch();
  request.setOptions(options);
  request.setProposedMessagesList(proposals.map(({ message }) => message));
  request.setIsFinal(true);
  return request;
};
