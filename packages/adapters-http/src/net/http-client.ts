/**
 * A small client for small answers from addresses that others chose: no redirects, no cookies, no proxies, no
 * unpacking, no private addresses, one deadline, one limit. Every fault is a value.
 *
 * @packageDocumentation
 */
import { setMaxListeners } from 'node:events';
import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import type { MaterialFault } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { addressRule } from './addresses.js';
import type { HttpAnswer } from './answer.js';
import { exchange, type HttpRequest, type TlsSettings, type Wires } from './exchange.js';
import { fault } from './fault.js';
import { checkedLookup, type Resolve, systemResolve } from './lookup.js';
import { normalHost, readTarget, type TargetRules } from './target.js';
import { within } from './within.js';

export interface NetOptions {
  /** Addresses and prefixes (`10.20.0.0/16`) that may be connected to although they are private or special. */
  readonly allowAddresses?: ReadonlyArray<string>;
  /** The only hosts that may be asked, by name or address. Default: every host. */
  readonly hosts?: ReadonlyArray<string>;
  /** Connections to one host at a time; others wait, and their deadline runs. Default 8. */
  readonly connectionsPerHost?: number;
  readonly tls?: TlsSettings;
  /** How names become addresses. Default: as the machine does. */
  readonly resolve?: Resolve;
}

export interface HttpClient {
  /**
   * Errors: `UNREACHABLE`, `TIMEOUT`, `TOO_LARGE`, `REDIRECTED`, `ADDRESS_REFUSED`, and `ANSWER_REFUSED` for a status
   * other than 200 and for what is encoded or no HTTP.
   */
  readonly send: (request: HttpRequest) => TaskEither<MaterialFault, HttpAnswer>;
  /** Ends what is under way, as `UNREACHABLE`, and waits until it has ended. */
  readonly close: () => Promise<void>;
}

/** So many may wait at one time; more would only time out. */
const maxWaiting = 1000;

const rulesOf = ({ allowAddresses, hosts }: NetOptions): TargetRules | undefined => {
  const allowed = addressRule(allowAddresses);
  if (allowed === undefined) return undefined;
  return { allowed, ...(hosts === undefined ? {} : { hosts: new Set(hosts.map(normalHost)) }) };
};

export const httpClient = (options: NetOptions = {}): HttpClient => {
  const rules = rulesOf(options);
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // each exchange listens, and there is no leak to be warned of
  // Its own agents: Node's global ones may be told by the environment to use a proxy.
  const agentOptions = {
    keepAlive: false,
    maxSockets: within(options.connectionsPerHost, 8, 1, 1000),
  };
  const refuseAll = (): boolean => false;
  const wires: Wires = {
    http: new Agent(agentOptions),
    https: new TlsAgent({ ...agentOptions, minVersion: 'TLSv1.2', maxCachedSessions: 0 }),
    lookup: checkedLookup(options.resolve ?? systemResolve, rules?.allowed ?? refuseAll),
    tls: options.tls ?? {},
    closing: closing.signal,
  };
  const underWay = new Set<Promise<unknown>>();

  const send = async (request: HttpRequest): Promise<E.Either<MaterialFault, HttpAnswer>> => {
    if (rules === undefined) {
      return E.left(fault('ADDRESS_REFUSED', 'allowAddresses has an entry that is no address or prefix'));
    }
    if (closing.signal.aborted) return E.left(fault('UNREACHABLE', 'closed'));
    const target = readTarget(request.uri, rules);
    if (E.isLeft(target)) return target;
    if (underWay.size >= maxWaiting) return E.left(fault('UNREACHABLE', 'too many requests wait'));
    const answer = exchange(request, target.right, wires);
    underWay.add(answer);
    try {
      return await answer;
    } finally {
      underWay.delete(answer);
    }
  };

  return {
    send: (request) => () => send(request),
    close: async () => {
      closing.abort();
      wires.http.destroy();
      wires.https.destroy();
      await Promise.all(underWay);
    },
  };
};
