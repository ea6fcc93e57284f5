/**
 * How an event type is written down: its name, its schema version, what of it is clear and what is sealed.
 *
 * These shapes are storage formats: once released, a shape never changes; a new `schema` and an upcaster are added.
 *
 * @packageDocumentation
 */
import type { t } from '../schema.js';

// -------------------------------------------------------------------------------------
// definition
// -------------------------------------------------------------------------------------

/** Lifts the stored `data` of one schema version to the next. Pure and total on whatever that version allowed. */
export type Upcast = (data: unknown) => unknown;

/** For a schema that takes everything that the one before it could hold. */
export const unchanged: Upcast = (data) => data;

/** One event type: `data` stands in clear, `sealed` is personal data of one subject. */
export interface EventDefinition<D, O, S> {
  /** The version that is written today, from 1. */
  readonly schema: number;
  /** `D` is what a reader gets (branded), `O` what a decider writes (plain); the codec checks `O` before it is stored. */
  readonly data: t.Type<D, O, unknown>;
  readonly sealed: t.Type<S, S, unknown> | undefined;
  /** `upcasts[n]` lifts version n to n + 1. */
  readonly upcasts: Readonly<Record<number, Upcast>>;
}

/** Defines an event type that holds nothing personal. */
export const clear = <D, O>(
  data: t.Type<D, O, unknown>,
  schema = 1,
  upcasts: Readonly<Record<number, Upcast>> = {},
): EventDefinition<D, O, undefined> => ({ schema, data, sealed: undefined, upcasts });

/** Defines an event type with personal data of one subject. */
export const withSealed = <D, O, S>(
  data: t.Type<D, O, unknown>,
  sealed: t.Type<S, S, unknown>,
  schema = 1,
  upcasts: Readonly<Record<number, Upcast>> = {},
): EventDefinition<D, O, S> => ({ schema, data, sealed, upcasts });

/** A set of event types under their names. */
// biome-ignore lint/suspicious/noExplicitAny: a table holds definitions of any payload; the mapped types below are exact
export type EventTable = Readonly<Record<string, EventDefinition<any, any, any>>>;

// -------------------------------------------------------------------------------------
// events of a table
// -------------------------------------------------------------------------------------

/** An event as a decider makes it: not yet recorded, personal data still in clear, in memory only. */
export type NewEventOf<T extends EventTable> = {
  readonly [K in keyof T & string]: T[K] extends EventDefinition<infer _D, infer O, infer S>
    ? undefined extends S
      ? { readonly type: K; readonly data: O; readonly effectiveAt?: string }
      : {
          readonly type: K;
          readonly data: O;
          /** Personal data, sealed under the key of `subject` before anything is stored. */
          readonly personal: S;
          readonly subject: string;
          readonly effectiveAt?: string;
        }
    : never;
}[keyof T & string];

/** An event as it was read back: personal data are still sealed. */
export type StoredEventOf<T extends EventTable> = {
  readonly [K in keyof T & string]: T[K] extends EventDefinition<infer D, infer _O, infer S>
    ? { readonly type: K; readonly data: D; readonly meta: EventMeta } & (undefined extends S
        ? { readonly sealed?: undefined }
        : { readonly sealed: SealedPart })
    : never;
}[keyof T & string];

/** The personal data of an event type, `never` where it holds none. */
export type PersonalOf<T extends EventTable, K extends keyof T> =
  T[K] extends EventDefinition<infer _D, infer _O, infer S> ? S : never;

/** A sealed part: whose it is, and the text that a vault opens with the stream and event id as associated data. */
export interface SealedPart {
  readonly subject: string;
  readonly text: string;
  /** Associated data that it was sealed with. */
  readonly aad: string;
}

/** Who did it. A person is a pseudonym; a member of staff is an account name of the portal. */
export type Actor =
  | { readonly kind: 'agency' }
  | { readonly kind: 'manager'; readonly person: string }
  | { readonly kind: 'clerk'; readonly person: string }
  | { readonly kind: 'officer'; readonly person: string }
  | { readonly kind: 'staff'; readonly account: string }
  | { readonly kind: 'system' };

/** What stands around an event's data (docs/architecture.md 3). */
export interface EventMeta {
  readonly id: string;
  readonly schema: number;
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  /** When it was written down: ISO 8601, UTC, milliseconds. */
  readonly recordedAt: string;
  /** From when it holds; mostly the same instant. */
  readonly effectiveAt: string;
  readonly actor: Actor;
  readonly commandId: string;
  /** Keyed digest of the command, so that an id used for another command is told from a retry. */
  readonly commandDigest: string;
  /** The event that made this one possible; `null` for the first of a stream. */
  readonly causationId: string | null;
  /** Hashes of the evidence bundles, in the order in which the cards were confirmed. */
  readonly evidence: ReadonlyArray<string>;
  /** The confirmation (both cards shown) under which it was done. */
  readonly confirmation: string | null;
  readonly chain: { readonly previous: string; readonly hash: string };
}
