/**
 * The port over child processes: one for lists and watching, one for each reader whose card is held. What hangs in
 * one reader is ended without a word to the others.
 *
 * @packageDocumentation
 */

import type { Either } from 'fp-ts/lib/Either.js';
import * as E from 'fp-ts/lib/Either.js';

import type { Host } from '../process/host.js';
import type { PcscAnswer } from '../process/pcsc-requests.js';
import type { AskPcsc, Deadlines, StartHost } from './hosted-parts.js';
import { holdCard } from './hosted-session.js';
import { hostedWatch } from './hosted-watch.js';
import {
  type CardSession,
  type CardTransport,
  type ReaderState,
  type TransportFault,
  transportFault,
} from './transport.js';

const asking =
  (host: Host): AskPcsc =>
  async (request, deadline) => {
    const answer = await host.ask(request, deadline);
    return E.isLeft(answer) ? answer : (answer.right as PcscAnswer);
  };

const closed = transportFault('CLOSED', 'the transport is closed');

/** Milliseconds for which programs that look at a new card may hold it before it counts as busy. */
const patienceWithOthers = 400;
/** The service takes its time to let go what a killed process held, the more so where a card hangs. */
const patienceAfterKill = 4_000;

export interface HostedOptions {
  readonly start: StartHost;
  readonly deadlines: Deadlines;
}

export const hostedTransport = ({ start, deadlines }: HostedOptions): CardTransport => {
  const readers = new Map<string, Host>();
  const sessions = new Map<string, CardSession>();
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

  const open = async (reader: string): Promise<Either<TransportFault, CardSession>> => {
    const patience = readers.get(reader)?.isOver() === true ? patienceAfterKill : patienceWithOthers;
    const ask = asking(hostOf(reader));
    const atr = await ask({ op: 'connect', reader, patience }, deadlines.other);
    if (E.isLeft(atr)) return atr;
    const session = holdCard({
      atr: new Uint8Array(atr.right as Uint8Array),
      ask,
      deadlines,
      onEnd: () => sessions.delete(reader),
    });
    sessions.set(reader, session);
    return E.right(session);
  };

  const connect = async (reader: string): Promise<Either<TransportFault, CardSession>> => {
    if (isClosed) return E.left(closed);
    if (sessions.has(reader) || connecting.has(reader)) {
      return E.left(transportFault('CARD_BUSY', 'this transport holds the card already'));
    }
    connecting.add(reader);
    const answer = await open(String(reader));
    connecting.delete(reader);
    if (!isClosed || E.isLeft(answer)) return answer;
    await answer.right.end();
    return E.left(closed);
  };

  return {
    list: () => async () => {
      if (isClosed) return E.left(closed);
      const states = await overview.ask({ op: 'list' });
      return E.map((found) => found as ReadonlyArray<ReaderState>)(states);
    },
    watch: (listener) => () => (isClosed ? Promise.resolve(E.left(closed)) : overview.watch(listener)),
    connect: (reader) => () => connect(reader),
    close: async () => {
      isClosed = true;
      await Promise.all([...sessions.values()].map((session) => session.end()));
      await Promise.all([overview.end(), ...[...readers.values()].map((host) => host.end())]);
      readers.clear();
    },
  };
};
