/**
 * Parser, upcaster and sealing of events (docs/architecture.md 3): what stands between deciders and the event store.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { parse as uuidBytes, v5 as uuidv5 } from 'uuid';
import { type RegisterError, registerError } from '../errors.js';
import type { Actor, EventDefinition, EventTable, StoredEventOf } from '../events/define.js';
import { exactOf, type IsExact } from '../events/exact.js';
import { type RegisterEventTable, registerEvents } from '../events/table.js';
import type { Sha256 } from '../ports/clock.js';
import type { EventToAppend, Position, RecordedEvent } from '../ports/event-store.js';
import type { KeyVault } from '../ports/key-vault.js';
import { utf8 } from './bytes.js';
import { type Envelope, parseEnvelope, printEnvelope, sealingContext } from './envelope.js';
import { fromVaultFault } from './vault-faults.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What became of stored bytes. `Unknown`: a type or a schema version that this program does not know yet. */
export type Decoded<Event> =
  | { readonly _tag: 'Event'; readonly event: Event }
  | { readonly _tag: 'Unknown'; readonly type: string; readonly schema: number; readonly previous: string }
  | { readonly _tag: 'Corrupt'; readonly detail: string };

/** Everything around the data that is the same for all events of one command. */
export interface WritingContext {
  readonly stream: string;
  /** Revision of the first event to write. */
  readonly revision: number;
  /** Hash of the event before it, or the stream's genesis. */
  readonly previous: string;
  readonly recordedAt: string;
  readonly actor: Actor;
  readonly commandId: string;
  readonly commandDigest: string;
  /** What made the first event possible; the others are caused by the first. */
  readonly causationId: string | null;
  readonly evidence: ReadonlyArray<string>;
  /** Hash of the confirmation's id. */
  readonly confirmation: string | null;
}

/** A new event of any table, as the codec sees it. */
interface Writable {
  readonly type: string;
  readonly data: unknown;
  readonly effectiveAt?: string;
  readonly personal?: unknown;
  readonly subject?: string;
}

/** A definition with what saves most decodings. */
// biome-ignore lint/suspicious/noExplicitAny: as in EventTable
interface Known extends EventDefinition<any, any, any> {
  readonly isExact: IsExact;
}

/** An event that is ready to be appended, and what a reader will find of it. */
export interface EncodedEvent<Event> {
  readonly toAppend: EventToAppend;
  /** The same as {@link EventCodec.decode} of what the store recorded at this position. */
  readonly readBack: (position: Position) => Event;
}

/** Encodes and decodes the events of one table. */
export interface EventCodec<Event> {
  readonly decode: (recorded: RecordedEvent) => Decoded<Event>;
  /** As {@link EventCodec.encode}, for a writer who goes on with what was written. */
  readonly encodeForReading: (
    context: WritingContext,
    events: ReadonlyArray<Writable>,
    vault: KeyVault,
  ) => Promise<E.Either<RegisterError, ReadonlyArray<EncodedEvent<Event>>>>;
  readonly encode: (
    context: WritingContext,
    events: ReadonlyArray<Writable>,
    vault: KeyVault,
  ) => Promise<E.Either<RegisterError, ReadonlyArray<EventToAppend>>>;
}

/** The namespace of event ids and of all ids that follow from a command id. */
const namespace = uuidBytes('6f0b9a1e-2d4c-5e8f-9a3b-7c1d0e2f4a5b');

/** A UUIDv5 that follows from a command: a retry of the command has the same. */
export const derivedId = (commandId: string, what: string | number): string =>
  uuidv5(utf8(`${commandId}:${what}`), namespace);

// -------------------------------------------------------------------------------------
// codec
// -------------------------------------------------------------------------------------

/** Makes the codec of a table of event types. */
export const createCodec = <T extends EventTable>(table: T, sha256: Sha256): EventCodec<StoredEventOf<T>> => {
  const definitions = new Map<string, Known>(
    Object.entries(table).map(([type, definition]) => [
      type,
      { ...definition, isExact: exactOf(definition.data) },
    ]),
  );

  const decode = (recorded: RecordedEvent): Decoded<StoredEventOf<T>> => {
    const envelope = parseEnvelope(recorded.body);
    if (envelope === undefined) return corrupt(recorded, 'body is not an event envelope');
    if (
      envelope.id !== recorded.id ||
      envelope.type !== recorded.type ||
      envelope.stream !== recorded.stream ||
      envelope.revision !== recorded.revision
    ) {
      return corrupt(recorded, 'body belongs to another place in the store');
    }
    const definition = definitions.get(envelope.type);
    if (definition === undefined || envelope.schema > definition.schema) {
      const { type, schema, previous } = envelope;
      return { _tag: 'Unknown', type, schema, previous };
    }
    const lifted = lift(definition, envelope);
    const data = definition.isExact(lifted) ? E.right(lifted) : definition.data.decode(lifted);
    if (data._tag === 'Left') return corrupt(recorded, `data of ${envelope.type} do not decode`);
    if ((definition.sealed !== undefined) !== (envelope.sealed !== undefined)) {
      return corrupt(recorded, `sealed part of ${envelope.type} is missing or not expected`);
    }
    return { _tag: 'Event', event: stored(recorded, envelope, data.right) as StoredEventOf<T> };
  };

  type Event = StoredEventOf<T>;

  const encodeForReading: EventCodec<Event>['encodeForReading'] = async (context, events, vault) => {
    const written: Array<EncodedEvent<Event>> = [];
    let previous = context.previous;
    for (const [index, event] of events.entries()) {
      const definition = definitions.get(event.type);
      const data = definition === undefined ? undefined : writable(definition, event.data);
      if (definition === undefined || data === undefined) {
        return E.left(
          registerError('STORE_CORRUPT', { detail: `an event ${event.type} that cannot be read back` }),
        );
      }
      const id = derivedId(context.commandId, index);
      const sealed = await seal(context.stream, id, event, definition, vault);
      if (E.isLeft(sealed)) return sealed;
      const first = written[0];
      const envelope: Envelope = {
        id,
        type: event.type,
        schema: definition.schema,
        stream: context.stream,
        revision: context.revision + index,
        recordedAt: context.recordedAt,
        effectiveAt: event.effectiveAt ?? context.recordedAt,
        actor: context.actor,
        commandId: context.commandId,
        commandDigest: context.commandDigest,
        causationId: first === undefined ? context.causationId : first.toAppend.id,
        evidence: context.evidence,
        confirmation: context.confirmation,
        previous,
        data: data.write,
        ...sealed.right,
      };
      const body = printEnvelope(envelope);
      const hash = sha256(body);
      written.push({
        toAppend: { id, type: event.type, body, hash },
        readBack: (position) =>
          stored({ stream: context.stream, hash, position }, envelope, data.read) as Event,
      });
      previous = hash;
    }
    return E.right(written);
  };

  const encode: EventCodec<Event>['encode'] = async (context, events, vault) => {
    const encoded = await encodeForReading(context, events, vault);
    return E.isLeft(encoded) ? encoded : E.right(encoded.right.map(({ toAppend }) => toAppend));
  };

  return { decode, encode, encodeForReading };
};

/** The codec of the register's own events. */
export const createRegisterCodec = (sha256: Sha256): EventCodec<StoredEventOf<RegisterEventTable>> =>
  createCodec(registerEvents, sha256);

// -------------------------------------------------------------------------------------
// parts
// -------------------------------------------------------------------------------------

const corrupt = (recorded: RecordedEvent, what: string): Decoded<never> => ({
  _tag: 'Corrupt',
  detail: `${recorded.stream}@${recorded.revision}: ${what}`,
});

/**
 * What is stored of an event's data, not a field that its definition does not name, and what a reader will find.
 * `undefined` where it is other data.
 */
const writable = (
  { data, isExact }: Known,
  value: unknown,
): { readonly write: unknown; readonly read: unknown } | undefined => {
  if (isExact(value)) return { write: value, read: value };
  if (!data.is(value)) return undefined;
  const write: unknown = data.encode(value);
  const read = data.decode(write);
  return E.isLeft(read) ? undefined : { write, read: read.right };
};

// biome-ignore lint/suspicious/noExplicitAny: as in EventTable
const lift = (definition: EventDefinition<any, any, any>, envelope: Envelope): unknown => {
  let data = envelope.data;
  try {
    for (let version = envelope.schema; version < definition.schema; version++) {
      const upcast = definition.upcasts[version];
      if (upcast === undefined) return undefined;
      data = upcast(data);
    }
    return data;
  } catch {
    // Total on what its version allowed; what lies in the store was not checked against that version.
    return undefined;
  }
};

const stored = (
  recorded: { readonly stream: string; readonly hash: string; readonly position: Position },
  envelope: Envelope,
  data: unknown,
): unknown => {
  const { id, schema, stream, revision, recordedAt, effectiveAt, actor, commandId, commandDigest } = envelope;
  const { causationId, evidence, confirmation, previous } = envelope;
  const meta = {
    id,
    schema,
    stream,
    revision,
    position: recorded.position,
    recordedAt,
    effectiveAt,
    actor,
    commandId,
    commandDigest,
    causationId,
    evidence,
    confirmation,
    chain: { previous, hash: recorded.hash },
  };
  return envelope.sealed === undefined || envelope.subject === undefined
    ? { type: envelope.type, data, meta }
    : {
        type: envelope.type,
        data,
        meta,
        sealed: { subject: envelope.subject, text: envelope.sealed, aad: sealingContext(stream, id) },
      };
};

const seal = async (
  stream: string,
  id: string,
  event: Writable,
  // biome-ignore lint/suspicious/noExplicitAny: as in EventTable
  definition: EventDefinition<any, any, any>,
  vault: KeyVault,
): Promise<E.Either<RegisterError, { readonly sealed?: string; readonly subject?: string }>> => {
  if (definition.sealed === undefined) return E.right({});
  if (event.subject === undefined || !definition.sealed.is(event.personal)) {
    return E.left(
      registerError('STORE_CORRUPT', { detail: `an event ${event.type} without its personal part` }),
    );
  }
  const sealed = await vault.seal(
    event.subject,
    sealingContext(stream, id),
    JSON.stringify(definition.sealed.encode(event.personal)),
  )();
  return E.isLeft(sealed)
    ? E.left(fromVaultFault(sealed.left))
    : E.right({ sealed: sealed.right, subject: event.subject });
};
