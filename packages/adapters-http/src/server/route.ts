/**
 * A description with its handler; the types of the one follow from the other.
 *
 * @packageDocumentation
 */
import type { t } from '@mandate/domain';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Caller } from './caller.js';
import type { BodyCodec, Description, FieldsCodec } from './description.js';
import type { Refusal } from './problem.js';
import type { Scope } from './scope.js';

// -------------------------------------------------------------------------------------
// types that follow
// -------------------------------------------------------------------------------------

type Nothing = Readonly<Record<never, never>>;

type DecodedOf<D extends Description, K extends 'params' | 'query'> = D extends {
  readonly [P in K]: infer C extends FieldsCodec;
}
  ? t.TypeOf<C>
  : Nothing;

/** What a handler gets: decoded, and nothing but what is named. */
export interface InputOf<D extends Description> {
  readonly params: DecodedOf<D, 'params'>;
  readonly query: DecodedOf<D, 'query'>;
  readonly body: D extends { readonly body: infer C extends BodyCodec } ? t.TypeOf<C> : undefined;
}

/** Text or octets of an answer that is no JSON. */
export type RawBody = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;

export type AnswerOf<D extends Description> = D['answer'] extends infer C extends BodyCodec
  ? t.TypeOf<C>
  : RawBody;

/** What a handler answers. */
export interface Reply<A> {
  readonly body: A;
  /** Over those that every answer has. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `Set-Cookie`. */
  readonly cookies?: ReadonlyArray<string>;
}

export type Handle<D extends Description> = (
  input: InputOf<D>,
  scope: Scope<Extract<Caller, { readonly kind: D['access'][number] }>>,
) => TaskEither<Refusal, Reply<AnswerOf<D>>>;

// -------------------------------------------------------------------------------------
// route
// -------------------------------------------------------------------------------------

/** A description with its handler, whose types the compiler has already compared. */
export interface Route {
  readonly description: Description;
  readonly handle: (
    input: { readonly params: unknown; readonly query: unknown; readonly body: unknown },
    scope: Scope,
  ) => TaskEither<Refusal, Reply<unknown>>;
}

/** A route: how a description is answered. */
export const route = <D extends Description>(description: D, handle: Handle<D>): Route => ({
  description,
  // The dispatch decodes by `description` and lets in callers of `access` alone before it calls this.
  handle: handle as unknown as Route['handle'],
});
