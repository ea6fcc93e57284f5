/**
 * What {@link registerApp} is given.
 *
 * @packageDocumentation
 */
import type { Hooks } from './hooks.js';
import type { Route } from './route.js';
import type { Limits, Logger, Services } from './services.js';
import type { SessionStore } from './session/record.js';

export interface RegisterAppOptions extends Services {
  /** @defaultValue in memory, of this process */
  readonly sessions?: SessionStore;
  readonly limits?: Partial<Limits>;
  readonly logger?: Logger;
  /** `/api`. @defaultValue `''`, the root */
  readonly basePath?: string;
  /** @defaultValue `__Host-mandate` */
  readonly cookieName?: string;
  /** More routes in the same manner, under the same checks. */
  readonly routes?: ReadonlyArray<Route>;
  /** Who looks at every request before its handler, and at every answer. */
  readonly hooks?: ReadonlyArray<Hooks>;
}
