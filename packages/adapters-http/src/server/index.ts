/**
 * `@mandate/adapters-http/server`: the register as a web-standard `fetch` handler.
 *
 * @packageDocumentation
 */
export { type RegisterApp, registerApp } from './app.js';
export type { Caller } from './caller.js';
export { type Change, type ChangeSource, changesOf, fromStart } from './changes.js';
export { type Access, type Description, describe } from './description.js';
export type { Hooks, Incoming, Outgoing } from './hooks.js';
export { type HttpErrorCode, httpErrors } from './http-errors.js';
export { statusesOf } from './openapi/common-codes.js';
export type { OpenApiDocument } from './openapi/document.js';
export type { Json, JsonSchema, SchemaFault } from './openapi/json-schema.js';
export { registerOpenApi } from './openapi/register-openapi.js';
export type { RegisterAppOptions } from './options.js';
export type { ErrorCode, HttpRefusal, Problem, ProblemHelpdesk, Refusal } from './problem.js';
export { addressKey } from './rate-limit/address.js';
export { type MemoryRateLimiterOptions, memoryRateLimiter } from './rate-limit/memory-rate-limiter.js';
export { giveBack, type Keyed, takeFromAll } from './rate-limit/take-all.js';
export type { ReadFault, RegisterReads } from './reads.js';
export { type Route, route } from './route.js';
export type { Scope } from './scope.js';
export {
  defaultLimits,
  type Limits,
  type Logger,
  type LogRecord,
  type RateLimiter,
  type RateRule,
  type RegisterAuthority,
} from './services.js';
export { type MemorySessionOptions, memorySessionStore } from './session/memory-store.js';
export type { SessionFault, SessionRecord, SessionStore } from './session/record.js';
export type { Sessions } from './session/sessions.js';
export type {
  ClientPort,
  ClientScope,
  ClientSystem,
  SignInFault,
  StaffMember,
  StaffPort,
  StaffRole,
} from './staff.js';
