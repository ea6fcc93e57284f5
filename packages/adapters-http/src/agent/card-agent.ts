/**
 * The card agent: the protocol of the HiPKI component on this machine, for the sites that are named, on any readers.
 *
 * @packageDocumentation
 */
import { randomBytes } from 'node:crypto';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { answerOf } from '../hipki/answer.js';
import { retCodes } from '../hipki/codes.js';
import { listen, listenFaultCode } from '../net/listen.js';
import { asksOf } from './asks.js';
import { agentCards } from './cards.js';
import { agentDesk } from './desk.js';
import { type AgentFault, agentFault, type CardAgentOptions, originTable } from './options.js';
import { answerReply, type Reply } from './reply.js';
import { answerRequest, functionOf } from './routes.js';
import { serverOf } from './server.js';

export interface CardAgent {
  readonly port: number;
  /** `http://localhost:61161`. */
  readonly origin: string;
  /** Windows that wait for a PIN. */
  readonly waiting: () => number;
  /** Ends every connection. */
  readonly close: () => Promise<void>;
}

/** The port on which pages look for the component. */
export const hipkiPort = 61161;

const failed = (target = ''): Reply => answerReply(answerOf(functionOf(target), retCodes.timedOut));

const listenerOf =
  (answer: (request: Parameters<RequestListener>[0]) => Promise<Reply>): RequestListener =>
  async (request, response) => {
    // What went wrong is told to nobody: it could hold a part of what was asked.
    const { status, headers, body } = await answer(request).catch(() => failed(request.url));
    // A body that was not read to its end would be taken for the next request.
    if (!request.complete) response.setHeader('connection', 'close');
    response.writeHead(status, headers).end(body);
  };

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** No IPv6 on this machine, which hinders nobody. */
const isWithoutIpv6 = ({ code }: NodeJS.ErrnoException): boolean =>
  code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT';

const listenFault = (error: NodeJS.ErrnoException): AgentFault =>
  agentFault(listenFaultCode(error), error.message);

/**
 * Starts an agent on the loopback addresses 127.0.0.1 and ::1 alone. Both: whoever held the other could answer for it
 * where `localhost` is asked for.
 *
 * Errors: `ORIGIN_INVALID`, `PORT_IN_USE` (the vendor's component runs, for one), `LISTEN_FAILED`.
 */
export const cardAgent =
  (options: CardAgentOptions): TaskEither<AgentFault, CardAgent> =>
  async () => {
    const origins = originTable(options.origins);
    if (E.isLeft(origins)) return origins;
    const { clock, slots, pagePins = false, askMilliseconds = 300_000, maxAsks = 256 } = options;
    const newId = () => randomBytes(24).toString('base64url');
    const sites = [...origins.right.keys()];
    const asks = asksOf({ clock, askMilliseconds, maxAsks, sites, newId });
    const desk = agentDesk({ cards: agentCards(slots), asks, origins: origins.right, clock, pagePins });

    const listener = listenerOf((request) =>
      answerRequest({ desk, origins: origins.right, port: portOf(server), pagePins }, request),
    );
    const [server, server6] = [serverOf(listener), serverOf(listener)];
    const fault = await listen(server, '127.0.0.1', options.port ?? hipkiPort);
    if (fault !== undefined) return E.left(listenFault(fault));
    const port = portOf(server);
    const fault6 = await listen(server6, '::1', port);
    if (fault6 !== undefined && !isWithoutIpv6(fault6)) {
      await closed(server);
      return E.left(listenFault(fault6));
    }
    return E.right({
      port,
      origin: `http://localhost:${port}`,
      waiting: asks.count,
      close: async () => {
        await Promise.all([server, server6].map(closed));
      },
    });
  };
