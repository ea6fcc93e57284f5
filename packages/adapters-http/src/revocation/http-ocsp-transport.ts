/**
 * OCSP over HTTP (RFC 6960 appendix A): always by POST, so that no serial stands in anybody's log of addresses.
 *
 * @packageDocumentation
 */
import type { MaterialFault, OcspTransport } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { httpClient, type NetOptions } from '../net/http-client.js';

export interface HttpOcspOptions extends NetOptions {
  /** For one question, everything included. Default 5,000. */
  readonly deadlineMilliseconds?: number;
  /** Octets. Default 64 KiB. */
  readonly maxBytes?: number;
}

export interface HttpOcspTransport extends OcspTransport {
  readonly close: () => Promise<void>;
}

/**
 * Nothing is kept and nothing is tried twice: an answer belongs to its nonce, and whoever waits has a deadline.
 *
 * Errors: those of `HttpClient`.
 */
export const httpOcspTransport = (options: HttpOcspOptions = {}): HttpOcspTransport => {
  const { deadlineMilliseconds = 5000, maxBytes = 64 * 1024, ...net } = options;
  const client = httpClient(net);
  const headers = { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' };
  const ask =
    (uri: string, body: Uint8Array): TaskEither<MaterialFault, Uint8Array> =>
    async () => {
      const answer = await client.send({
        method: 'POST',
        uri,
        body,
        headers,
        maxBytes,
        deadlineMilliseconds,
      })();
      return E.isLeft(answer) ? answer : E.right(answer.right.body);
    };
  return { ask, close: client.close };
};
