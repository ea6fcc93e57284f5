/**
 * A line in the log for each answer: what was asked for by its route, what came of it, how long it took. Nothing that a caller
 * sent, so nothing personal and no line that they wrote.
 *
 * @packageDocumentation
 */
import { maskPersonalIds } from '@mandate/domain';
import type { Hooks, Outgoing } from '../hooks.js';
import type { Logger, LogRecord } from '../services.js';

const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** A detail comes from stores and libraries, which may quote what they were given. */
const clean = (detail: string): string => maskPersonalIds(detail.replace(unprintable, ' ').slice(0, 300));

const recordOf = (portal: string, outgoing: Outgoing): LogRecord => {
  const { requestId, description, status, code, detail, milliseconds } = outgoing;
  return {
    message: 'answered',
    requestId,
    portal,
    route: description?.id ?? 'none',
    status,
    milliseconds: Math.round(milliseconds * 10) / 10,
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail: clean(detail) }),
  };
};

/** `error`: something is wrong here. `warn`: something is not there, or there is too much. The rest is `info`. */
export const logHooks = (logger: Logger, portal: string): Hooks => ({
  after: (outgoing) => {
    const record = recordOf(portal, outgoing);
    if (outgoing.status === 500) logger.error(record);
    else if (outgoing.status > 500 || outgoing.status === 429) logger.warn(record);
    else logger.info(record);
  },
});
