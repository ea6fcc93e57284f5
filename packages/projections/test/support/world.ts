/**
 * A store with events in it, written as the register writes them: encoded, sealed and chained.
 */
import { memoryEventStore, memoryKeyVault, nodeSha256 } from '@mandate/adapters-eventstore';
import {
  type Actor,
  type ChainEnd,
  chainStart,
  clear,
  createCodec,
  type EventStore,
  type KeyVault,
  type NewEvent,
  type Position,
  parseStreamName,
  registerEvents,
  type StreamName,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

/** A type of event that the program under test does not know. */
const withFuture = createCodec(
  { ...registerEvents, AgencyDreamt: clear(registerEvents.AgencySuspended.data) },
  nodeSha256,
);

export interface Around {
  readonly at?: string;
  readonly actor?: Actor;
  readonly evidence?: ReadonlyArray<string>;
  readonly confirmation?: string | null;
}

export type AnyEvent =
  | NewEvent
  | { readonly type: 'AgencyDreamt'; readonly data: { readonly reason: string } };

export interface World {
  readonly store: EventStore;
  readonly vault: KeyVault;
  /** Writes one command's events; answers the position of the last. */
  readonly write: (stream: string, events: ReadonlyArray<AnyEvent>, around?: Around) => Promise<Position>;
  /** Forgets a subject as the register does: the key out of use, the event, the key deleted. */
  readonly forget: (person: string, around?: Around) => Promise<void>;
  /** The same of the applicant of a review. */
  readonly forgetApplicant: (agencyCode: string, review: string, around?: Around) => Promise<void>;
}

/** Right, or the test fails with the fault. */
export const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(`Left: ${JSON.stringify(either.left)}`);
  return either.right;
};

/** Left, or the test fails. */
export const left = <F>(either: E.Either<F, unknown>): F => {
  if (E.isRight(either)) throw new Error(`Right: ${JSON.stringify(either.right)}`);
  return either.left;
};

export const sha256 = nodeSha256;

export const streamName = (text: string): StreamName => {
  const name = parseStreamName(text);
  if (name === undefined) throw new Error(`no stream name: ${text}`);
  return name;
};

/** The same UUID for the same words. */
export const uuid = (words: string): string => {
  const hex = sha256(`uuid:${words}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export const secret = new Uint8Array(32).fill(7);

/** An instant some minutes after New Year 2026. */
export const minute = (minutes: number): string =>
  new Date(Date.parse('2026-01-01T00:00:00.000Z') + minutes * 60_000).toISOString();

/** Makes a world; every command is a minute later than the one before unless `at` says otherwise. */
export const makeWorld = (parts: { readonly store?: EventStore; readonly vault?: KeyVault } = {}): World => {
  const store = parts.store ?? memoryEventStore();
  const vault = parts.vault ?? memoryKeyVault({ secret });
  const ends = new Map<string, ChainEnd>();
  let commands = 0;

  const endOf = async (stream: StreamName): Promise<ChainEnd> => {
    let end = ends.get(stream) ?? chainStart(stream);
    for (;;) {
      const page = right(await store.readStream(stream, end.revision + 1, 1000)());
      const last = page.events.at(-1);
      if (last === undefined) return end;
      end = { revision: last.revision, hash: last.hash };
    }
  };

  const write: World['write'] = async (stream, events, around = {}) => {
    const name = streamName(stream);
    const end = await endOf(name);
    commands++;
    const commandId = uuid(`command ${commands} ${stream} ${end.revision}`);
    const context = {
      stream,
      revision: end.revision + 1,
      previous: end.hash,
      recordedAt: around.at ?? minute(commands),
      actor: around.actor ?? ({ kind: 'system' } as const),
      commandId,
      commandDigest: sha256(commandId),
      causationId: null,
      evidence: around.evidence ?? [],
      confirmation: around.confirmation ?? null,
    };
    const encoded = right(await withFuture.encode(context, events, vault));
    const expected = end.revision === -1 ? 'no-stream' : end.revision;
    const answer = right(await store.append(name, expected, encoded)());
    if (answer._tag === 'Conflict') throw new Error(`conflict in ${stream}`);
    ends.set(stream, { revision: answer.revision, hash: encoded.at(-1)?.hash ?? end.hash });
    return answer.position;
  };

  const legalBasis = 'Personal Data Protection Act, art. 11';

  const forgetting = async (
    subject: string,
    event: (keys: ReadonlyArray<string>) => AnyEvent,
    around?: Around,
  ): Promise<void> => {
    const key = right(await vault.keyOf(subject)());
    if (key === undefined) return;
    right(await vault.retire(subject, key)());
    await write('privacy-gepi', [event([key])], around);
    right(await vault.forget(subject, key)());
  };

  const forget: World['forget'] = (person, around) =>
    forgetting(person, (keys) => ({ type: 'SubjectForgotten', data: { person, keys, legalBasis } }), around);

  const forgetApplicant: World['forgetApplicant'] = (agency, review, around) =>
    forgetting(
      `review.${review}`,
      (keys) => ({ type: 'ApplicantForgotten', data: { agency, review, keys, legalBasis } }),
      around,
    );

  return { store, vault, write, forget, forgetApplicant };
};
