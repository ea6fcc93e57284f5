/**
 * A route as data: what it takes, who may ask, what it answers. The dispatch, the checks before a handler, OpenAPI, the names
 * of metrics and the typed client all come from it, so that none of them can say something else.
 *
 * @packageDocumentation
 */
import type { Role, StrictC, Text, t } from '@mandate/domain';
import type { ErrorCode } from './problem.js';
import type { ClientScope, StaffRole } from './staff.js';

// -------------------------------------------------------------------------------------
// description
// -------------------------------------------------------------------------------------

/**
 * Who may ask. `public`: anybody. `session`: people whose cards are confirmed. `staff`: whom the staff port knows.
 * `client`: other systems, whom the client port knows.
 */
export type Access = 'public' | 'session' | 'staff' | 'client';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** An answer that is no JSON: a table, a stream of events. */
export interface Media {
  readonly media: string;
}

/** Fields by name: of a path, a query or a body. Nothing that is not named gets in. */
// biome-ignore lint/suspicious/noExplicitAny: fields of any kind; the types that follow from them are exact
export type FieldsCodec = StrictC<any, any>;

/** One of several bodies, told apart by a tag. */
// biome-ignore lint/suspicious/noExplicitAny: a codec of any value; the types that follow from it are exact
export type BodyCodec = t.Type<any, any, unknown>;

export interface Description {
  readonly id: string;
  readonly method: Method;
  /** Under the base path; a part in braces is a field of `params`: `/clerks/{clerkId}`. */
  readonly path: `/${string}`;
  /** The group in which it is documented. */
  readonly tag: string;
  readonly summary: Text;
  readonly access: ReadonlyArray<Access>;
  /** A session must be complete and hold the card on record of each of these (`card: 'registered'` in its purpose). */
  readonly holding?: ReadonlyArray<Role>;
  /** A member of staff must have one of these. @defaultValue any will do */
  readonly roles?: ReadonlyArray<StaffRole>;
  /** A client must have one of these; without any, clients of every scope may ask. */
  readonly scopes?: ReadonlyArray<ClientScope>;
  /** A command of the register: `Idempotency-Key` is its id. */
  readonly command?: true;
  /** Answered from a read model: `Mandate-After` (or `?after=`) waits until that knows the position. */
  readonly waits?: true;
  /** May lie in a browser's cache, which asks each time whether it still holds. Everything else is `no-store`. */
  readonly cached?: true;
  /**
   * Refusals are a line of text, as AuthZEN 1.0 has it, 400 whatever was wrong with what was sent; and the caller's own
   * `X-Request-ID` goes back to it.
   */
  readonly plainErrors?: true;
  readonly params?: FieldsCodec;
  readonly query?: FieldsCodec;
  readonly body?: BodyCodec;
  readonly answer: BodyCodec | Media;
  readonly status: 200 | 201 | 202;
  /** What it refuses with, beside what every route of its kind can ({@link commonCodes}). */
  readonly errors: ReadonlyArray<ErrorCode>;
}

/** Keeps the exact type of a description, from which those of the handler and of the client's method follow. */
export const describe = <const D extends Description>(description: D): D => description;

export const isMedia = (answer: BodyCodec | Media): answer is Media => 'media' in answer;
