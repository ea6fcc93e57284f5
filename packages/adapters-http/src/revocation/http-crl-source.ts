/**
 * Revocation lists over HTTP, fetched once and kept until they are outdated.
 *
 * @packageDocumentation
 */
import type { CrlQuery, CrlSource, TrustStore } from '@mandate/certificates';
import type { Clock } from '@mandate/domain';
import { httpClient, type NetOptions } from '../net/http-client.js';
import { within } from '../net/within.js';
import { crlShelf } from './crl-shelf.js';
import { diskCache } from './disk-cache.js';
import { findBy } from './find.js';
import { provedBy } from './proved.js';
import { type OnTrouble, quietly } from './trouble.js';

export interface HttpCrlOptions extends NetOptions {
  readonly clock: Clock;
  /** Whose keys are known: a list of theirs is kept until it is outdated, any other for a moment. */
  readonly trust: TrustStore;
  /** For one download, everything included. Default 30,000. */
  readonly deadlineMilliseconds?: number;
  /** The largest list, in octets. Default 64 MiB. */
  readonly maxBytes?: number;
  /** How many lists are kept. Default 512. */
  readonly maxKept?: number;
  /** How many octets they may have together, with their indexes. Default 256 MiB; the last one is kept whatever it has. */
  readonly maxKeptBytes?: number;
  /**
   * After so long a list that still holds is asked for again, beside what is under way, since a CA may publish before
   * the time it announced. Default one hour.
   */
  readonly refreshMilliseconds?: number;
  /**
   * How long a fault is remembered, and a list that may not be kept. Default 30 s: an outage then costs one deadline in
   * half a minute and not one for each log-in, and its end is noticed before anybody has called the helpdesk.
   */
  readonly retryMilliseconds?: number;
  /** Where lists outlive a restart. A folder of its own, of this process's user. Default: none. */
  readonly cacheFolder?: string;
  /** A refresh that failed, a cache that cannot be written: for the operator's log. */
  readonly onTrouble?: OnTrouble;
}

export interface HttpCrlSource extends CrlSource {
  /** Ends what is under way and waits for it; what would have to be fetched later is `UNREACHABLE`. */
  readonly close: () => Promise<void>;
}

const mebibyte = 1024 * 1024;

/**
 * `find` tries the addresses of a point in their order, and gives the first list. Errors: those of `HttpClient`;
 * `MALFORMED` for what is no list; `ANSWER_REFUSED`, too, for a list of another issuer and for one that is older than
 * what came before. `detail` tells of every address.
 */
export const httpCrlSource = (options: HttpCrlOptions): HttpCrlSource => {
  const { clock, trust, cacheFolder } = options;
  const onTrouble = quietly(options.onTrouble);
  const client = httpClient(options);
  const maxBytes = within(options.maxBytes, 64 * mebibyte, 1, 1024 * mebibyte);
  const maxKept = within(options.maxKept, 512, 1, 100_000);
  const deadlineMilliseconds = within(options.deadlineMilliseconds, 30_000, 1, 600_000);
  const shelf = crlShelf({
    clock,
    client,
    isProved: provedBy(trust),
    limits: { maxBytes, deadlineMilliseconds },
    maxKept,
    maxKeptBytes: within(options.maxKeptBytes, 256 * mebibyte, 0, Number.MAX_SAFE_INTEGER),
    refreshMilliseconds: within(options.refreshMilliseconds, 3_600_000, 1000, Number.MAX_SAFE_INTEGER),
    retryMilliseconds: within(options.retryMilliseconds, 30_000, 0, 600_000),
    onTrouble,
    ...(cacheFolder === undefined
      ? {}
      : { cache: diskCache({ folder: cacheFolder, maxBytes, maxFiles: maxKept, onTrouble }) }),
  });
  return {
    find: (query: CrlQuery) => () => findBy(shelf, query, clock.now(), deadlineMilliseconds),
    close: async () => {
      await client.close();
      await shelf.settled();
    },
  };
};
