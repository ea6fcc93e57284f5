/**
 * OCSP over HTTP (RFC 6960 appendix A): always by POST, so that no serial stands in anybody's log of addresses.
 *
 * @packageDocumentation
 */
import type { MaterialFault, OcspTransport } from '@mandate/certificates';
import type { Clock } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import { httpClient, type NetOptions } from '../net/http-client.js';
import { within } from '../net/within.js';
import { recentFaults } from './faults.js';

export interface HttpOcspOptions extends NetOptions {
  readonly clock: Clock;
  /** For one question, everything included. Default 5,000. */
  readonly deadlineMilliseconds?: number;
  /** Octets. Default 64 KiB. */
  readonly maxBytes?: number;
  /**
   * How long a responder that did not answer is not asked again. Default 30 s: an outage then costs one deadline in half
   * a minute, and everybody else goes on to the lists at once.
   */
  readonly retryMilliseconds?: number;
}

export interface HttpOcspTransport extends OcspTransport {
  readonly close: () => Promise<void>;
}

/** Whether it tells of the responder. What was refused may have been refused to one question alone. */
const isOut = ({ code }: MaterialFault): boolean => code === 'TIMEOUT' || code === 'UNREACHABLE';

/**
 * No answer is kept and nothing is tried twice: an answer belongs to its nonce, and whoever waits has a deadline. That a
 * responder did not answer is remembered, by its address.
 *
 * Errors: those of `HttpClient`.
 */
export const httpOcspTransport = (options: HttpOcspOptions): HttpOcspTransport => {
  const { clock } = options;
  const client = httpClient(options);
  const deadlineMilliseconds = within(options.deadlineMilliseconds, 5000, 1, 600_000);
  const maxBytes = within(options.maxBytes, 64 * 1024, 1, 1024 * 1024);
  const outages = recentFaults(within(options.retryMilliseconds, 30_000, 0, 600_000));
  const headers = { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' };
  const limits = { maxBytes, deadlineMilliseconds };

  const ask = async (uri: string, body: Uint8Array): Promise<E.Either<MaterialFault, Uint8Array>> => {
    const now = clock.now();
    const known = outages.recall(uri, now);
    if (known !== undefined) return E.left(known);
    const before = outages.last(uri);
    // Whoever asks while this one finds out whether the outage is over is answered as before.
    if (before !== undefined) outages.remember(uri, before, now);
    const answer = await client.send({ method: 'POST', uri, body, headers, ...limits })();
    if (E.isRight(answer)) {
      outages.forget(uri);
      return E.right(answer.right.body);
    }
    if (isOut(answer.left)) outages.remember(uri, answer.left, clock.now());
    else outages.forget(uri);
    return answer;
  };

  return { ask: (uri, body) => () => ask(uri, body), close: client.close };
};
