/**
 * The port over child processes: one for lists and watching, one for each reader whose card is held. What hangs in
 * one reader is ended without a word to the others.
 *
 * @packageDocumentation
 */

import type { Either } from 'fp-ts/lib/Either.js';
import * as E from 'fp-ts/lib/Either.js';

import type { Host } from '../process/host.js';
import type { AskPcsc, Deadlines, StartHost } from './hosted-parts.js';
import { holdCard } from './hosted-session.js';
import { hostedWatch } from './hosted-watch.js';
import { workOn } from './hosted-work.js';
import { answerTold, octetsTold, statesTold } from './told.js';
import {
  type CardSession,
  type CardTransport,
  type CardWork,
  type TransportFault,
  transportFault,
} from './transport.js';

const asking =
  (host: Host): AskPcsc =>
  async (request, deadline, how) => {
    const answer = await host.ask(request, deadline, how);
    return E.isLeft(answer) ? answer : answerTold(answer.right);
  };

const closed = transportFault('CLOSED', 'the transport is closed');

/** Milliseconds for which programs that look at a new card may hold it before it counts as busy. */
const patienceWithOthers = 400;
/** The service takes its time to let go what a killed process held, the more so where a card hangs. */
const patienceAfterKill = 4_000;

/** No card is there to be let go, or nothing that holds one. */
const isGone = ({ code }: TransportFault): boolean =>
  code === 'CARD_REMOVED' || code === 'NO_CARD' || code === 'NO_READER' || code === 'NO_PCSC';

export interface HostedOptions {
  readonly start: StartHost;
  readonly deadlines: Deadlines;
  /** Its processes are such: what is done in them is done beside the native code. */
  readonly worksThere?: boolean;
}

export const hostedTransport = ({ start, deadlines, worksThere = false }: HostedOptions): CardTransport => {
  const readers = new Map<string, Host>();
  const sessions = new Map<string, Pick<CardSession, 'end'>>();
  const connecting = new Set<string>();
  let isClosed = false;

  const overview = hostedWatch({ start, ask: asking, deadline: deadlines.other });

  const hostOf = (reader: string): Host => {
    const there = readers.get(reader);
    if (there !== undefined && !there.isOver()) return there;
    const host = start(
      () => undefined,
      () => undefined,
    );
    readers.set(reader, host);
    return host;
  };

  /** Asks for the card at once; what came of it is told later. */
  const connectTo = (reader: string, forSteps: boolean) => {
    const patience = readers.get(reader)?.isOver() === true ? patienceAfterKill : patienceWithOthers;
    const host = hostOf(reader);
    const ask = asking(host);
    const asked = { op: 'connect', reader, patience, ...(forSteps ? { forSteps } : {}) } as const;
    const answered = async (): Promise<Either<TransportFault, Uint8Array>> => {
      const told = await ask(asked, deadlines.other, forSteps ? { isFollowed: true } : {});
      const atr = E.isLeft(told) ? told : octetsTold(told.right);
      if (E.isRight(atr)) return atr;
      // It may hold the card.
      if (E.isRight(told)) await host.end();
      // Names of readers come and go: no process waits for one that is not there.
      if (atr.left.code === 'NO_READER') {
        readers.delete(reader);
        await host.end();
      }
      return atr;
    };
    const onEnd = async (ended: Either<TransportFault, unknown>): Promise<void> => {
      // The card may still be held, with its PIN verified: the service resets what a process leaves behind that ends.
      if (E.isLeft(ended) && !isGone(ended.left)) await host.end();
      sessions.delete(reader);
    };
    return { ask, connected: answered(), onEnd };
  };

  const open = async (reader: string): Promise<Either<TransportFault, CardSession>> => {
    const { ask, connected, onEnd } = connectTo(reader, false);
    const atr = await connected;
    if (E.isLeft(atr)) return atr;
    const session = holdCard({ atr: atr.right, ask, deadlines, onEnd });
    sessions.set(reader, session);
    return E.right(session);
  };

  const refusal = (reader: string): TransportFault | undefined => {
    if (isClosed) return closed;
    return sessions.has(reader) || connecting.has(reader)
      ? transportFault('CARD_BUSY', 'this transport holds the card already')
      : undefined;
  };

  const connect = async (reader: string): Promise<Either<TransportFault, CardSession>> => {
    const refused = refusal(reader);
    if (refused !== undefined) return E.left(refused);
    connecting.add(reader);
    const answer = await open(String(reader));
    connecting.delete(reader);
    if (!isClosed || E.isLeft(answer)) return answer;
    await answer.right.end();
    return E.left(closed);
  };

  const work = (reader: string): Either<TransportFault, CardWork> => {
    const refused = refusal(reader);
    if (refused !== undefined) return E.left(refused);
    const card = workOn({ ...connectTo(String(reader), true), deadlines });
    sessions.set(reader, card);
    return E.right(card);
  };

  return {
    list: () => async () => {
      if (isClosed) return E.left(closed);
      const states = await overview.ask({ op: 'list' });
      return E.isLeft(states) ? states : statesTold(states.right);
    },
    watch: (listener) => () => (isClosed ? Promise.resolve(E.left(closed)) : overview.watch(listener)),
    connect: (reader) => () => connect(reader),
    ...(worksThere ? { work: (reader: string) => async () => work(reader) } : {}),
    close: async () => {
      isClosed = true;
      await Promise.all([...sessions.values()].map((session) => session.end()));
      await Promise.all([overview.end(), ...[...readers.values()].map((host) => host.end())]);
      readers.clear();
    },
  };
};
