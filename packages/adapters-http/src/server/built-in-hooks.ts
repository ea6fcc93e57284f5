/**
 * What looks at every request of every program: the log, telemetry, rate limits.
 *
 * @packageDocumentation
 */
import type { Hooks } from './hooks.js';
import { memoryRateLimiter } from './rate-limit/memory-rate-limiter.js';
import { rateLimitHooks } from './rate-limit/rate-limit-hooks.js';
import type { App } from './services.js';
import { logHooks } from './telemetry/log-hooks.js';
import { telemetryHooks } from './telemetry/telemetry-hooks.js';

/** `stop` lets go of what asks the program now and then. */
export const builtInHooks = (
  app: App,
): { readonly hooks: ReadonlyArray<Hooks>; readonly stop: () => void } => {
  const { logger, rateLimiter = memoryRateLimiter(app), addressOf } = app;
  const telemetry = telemetryHooks(app);
  if (rateLimiter !== null && addressOf === undefined) {
    logger.warn({
      message: 'no addressOf: nothing is counted by address',
      portal: app.register.policy.portal,
    });
  }
  return {
    hooks: [
      logHooks(logger, app.register.policy.portal),
      telemetry.hooks,
      ...(rateLimiter === null ? [] : [rateLimitHooks({ limiter: rateLimiter, addressOf })]),
    ],
    stop: telemetry.stop,
  };
};
