/**
 * The client's methods, from the codecs of the routes: as JSON has them, without brands.
 *
 * @packageDocumentation
 */
import type { t } from '@mandate/domain';
import type { Either } from 'fp-ts/lib/Either.js';
import type { BodyCodec, Description, FieldsCodec } from '../server/description.js';
import type { Problem } from '../server/problem.js';
import type { Specs } from './table.js';

// -------------------------------------------------------------------------------------
// faults
// -------------------------------------------------------------------------------------

/** Why there is no answer. */
export type ClientFault =
  /** The register refused, and says why. */
  | { readonly _tag: 'ClientFault'; readonly kind: 'problem'; readonly problem: Problem }
  /** Nobody answered: what became of the request is not known, but for a command, which can be sent again under its key. */
  | { readonly _tag: 'ClientFault'; readonly kind: 'network'; readonly detail: string }
  /** Whoever answered was not the register: a proxy, a page of errors. */
  | { readonly _tag: 'ClientFault'; readonly kind: 'answer'; readonly status: number };

// -------------------------------------------------------------------------------------
// methods
// -------------------------------------------------------------------------------------

type Optional<A> = Partial<A> extends A ? true : false;

type Part<D extends Description, K extends 'params' | 'query' | 'body'> = D extends {
  readonly [P in K]: infer C extends BodyCodec | FieldsCodec;
}
  ? Optional<t.OutputOf<C>> extends true
    ? { readonly [P in K]?: t.OutputOf<C> }
    : { readonly [P in K]: t.OutputOf<C> }
  : unknown;

/** What a method takes: the fields of path, query and body that the route has. */
export type RequestOf<D extends Description> = Part<D, 'params'> & Part<D, 'query'> & Part<D, 'body'>;

/** What it answers: JSON, or the response itself where the route answers something else. */
export type AnswerTypeOf<D extends Description> = D['answer'] extends infer C extends BodyCodec
  ? t.OutputOf<C>
  : Response;

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Of a command, to send it again later. Default: a new one. */
  readonly idempotencyKey?: string;
  /** Answer only when the read models know this position. Default: that of the client's own last command. */
  readonly after?: string;
}

type Arguments<R> =
  Optional<R> extends true ? [request?: R, options?: CallOptions] : [request: R, options?: CallOptions];

/** A method for each route, by its id. None of them rejects. */
export type RegisterMethods = {
  readonly [K in keyof Specs]: (
    ...args: Arguments<RequestOf<Specs[K]>>
  ) => Promise<Either<ClientFault, AnswerTypeOf<Specs[K]>>>;
};
