/**
 * How an agent is set up.
 *
 * @packageDocumentation
 */
import type { Clock } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { AgentSlots } from './slots.js';

/** A site that may ask for signatures. */
export interface TrustedOrigin {
  /** Exactly scheme, host and port as a browser writes them: `https://portal.gov.tw`. */
  readonly origin: string;
  /** What the person knows it by; shown above the address. */
  readonly name?: string;
}

export interface CardAgentOptions {
  readonly slots: AgentSlots;
  /** Nobody else is served. */
  readonly origins: ReadonlyArray<TrustedOrigin>;
  readonly clock: Clock;
  /** Default 61161, where pages look for the component; 0 takes any free one. */
  readonly port?: number;
  /**
   * Whether a PIN that a page sends is used, as the vendor's component does. Default: no. The person types it in the
   * agent's own window, where it is seen who asks and what for.
   */
  readonly pagePins?: boolean;
  /** How long a window waits for a PIN. Default five minutes. */
  readonly askMilliseconds?: number;
  /**
   * Windows that wait for a PIN at a time. Default 256. Of these eight are each site's own (fewer where that is more than all
   * of them), whatever the others have open.
   */
  readonly maxAsks?: number;
}

export interface AgentFault {
  readonly _tag: 'AgentFault';
  readonly code: 'ORIGIN_INVALID' | 'PORT_IN_USE' | 'LISTEN_FAILED';
  readonly detail: string;
}

export const agentFault = (code: AgentFault['code'], detail: string): AgentFault => ({
  _tag: 'AgentFault',
  code,
  detail,
});

const isOrigin = (text: string): boolean => {
  try {
    const { origin, protocol, hostname } = new URL(text);
    const isWeb = protocol === 'https:' || protocol === 'http:';
    return origin === text && isWeb && hostname !== '' && !hostname.includes('*');
  } catch {
    return false;
  }
};

/** The names of origins by their text. One that is none, and `*`, are refused: nothing is matched by pattern. */
export const originTable = (
  origins: ReadonlyArray<TrustedOrigin>,
): E.Either<AgentFault, ReadonlyMap<string, TrustedOrigin>> => {
  const wrong = origins.find(({ origin }) => !isOrigin(origin));
  return wrong === undefined
    ? E.right(new Map(origins.map((one) => [one.origin, one])))
    : E.left(agentFault('ORIGIN_INVALID', `not scheme, host and port alone: ${wrong.origin}`));
};
