/**
 * What a handler knows beside its input: who asks, and what the program was given.
 *
 * @packageDocumentation
 */
import type { Caller } from './caller.js';
import type { App } from './services.js';

export interface Scope<C extends Caller = Caller> {
  readonly app: App;
  readonly requestId: string;
  /** Its headers and its signal; the body was read. */
  readonly request: Request;
  readonly caller: C;
  /** `Idempotency-Key`; `''` where the route is no command. */
  readonly commandId: string;
}
