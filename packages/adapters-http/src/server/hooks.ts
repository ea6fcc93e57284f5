/**
 * Who looks at a request before its handler and at its answer: rate limits, telemetry, the log.
 *
 * @packageDocumentation
 */

import type { Caller } from './caller.js';
import type { Description } from './description.js';
import type { ErrorCode, Refusal } from './problem.js';

/** A request whose sender is known, before its handler. */
export interface Incoming {
  readonly requestId: string;
  readonly description: Description;
  readonly request: Request;
  readonly caller: Caller;
  readonly body: unknown;
}

/** An answer on its way out. */
export interface Outgoing {
  readonly requestId: string;
  readonly request: Request;
  /** `undefined` where no route was found. */
  readonly description: Description | undefined;
  readonly status: number;
  /** Of a refusal. */
  readonly code: ErrorCode | undefined;
  /** Of a refusal by the machinery; for operators. */
  readonly detail: string | undefined;
  readonly milliseconds: number;
}

/** Neither may throw; `before` may refuse. */
export interface Hooks {
  /** Wraps everything from routing to the answer, such as in a span. */
  readonly around?: (
    request: Request,
    description: Description | undefined,
    work: () => Promise<Response>,
  ) => Promise<Response>;
  readonly before?: (incoming: Incoming) => Refusal | undefined;
  readonly after?: (outgoing: Outgoing) => void;
}
