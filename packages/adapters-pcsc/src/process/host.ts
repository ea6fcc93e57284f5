/**
 * The parent's side of native code: a child process that is asked, and ended when it does not answer. A call into a
 * card library cannot be taken back; a process can.
 *
 * @packageDocumentation
 */
import { type ChildProcess, fork } from 'node:child_process';
import type { Either } from 'fp-ts/lib/Either.js';
import * as E from 'fp-ts/lib/Either.js';

import { type TransportFault, transportFault } from '../transport/transport.js';
import type { Entry } from './entry.js';
import { wordsOf } from './serve.js';
import { type Asked, tellAliveEvery, toldOf } from './wire.js';

export interface HowToAsk {
  /**
   * For what is done in parts, of which each may take the deadline, and all of them so many milliseconds. The child tells
   * that it goes on.
   */
  readonly whole?: number;
  /** More is asked at once behind it: its answer may come with that one's, in one message. */
  readonly isFollowed?: true;
}

/** One child process, from its start to its end. It is not started again: whoever needs it makes another. */
export interface Host {
  /**
   * Asks the child and waits at most `deadline` milliseconds from when what was asked before has been answered. When
   * they pass the child is killed: `TIMEOUT` here, `TRANSPORT` for what waits behind. `NO_PCSC` where the child cannot
   * load what it is for, `CLOSED` after `end`.
   *
   */
  readonly ask: (
    request: unknown,
    deadline: number,
    how?: HowToAsk,
  ) => Promise<Either<TransportFault, unknown>>;
  /** Keeps the parent running while at least one is held; an idle child does not. Call the answer to let go. */
  readonly hold: () => () => void;
  /** Ends the child and waits until it is gone, at most five seconds. May be called twice. */
  readonly end: () => Promise<void>;
  readonly isOver: () => boolean;
}

export interface HostOptions {
  readonly entry: Entry;
  readonly args: ReadonlyArray<string>;
  /** All variables of the child; those of this process unless given. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Milliseconds until the child must have said that it is ready. */
  readonly startDeadline: number;
  readonly onEvent: (event: unknown) => void;
  /** Told once, however the child ended. */
  readonly onOver: (why: TransportFault) => void;
}

interface Waiting {
  readonly deadline: number;
  readonly how: HowToAsk;
  /** When all of it must be done, from when it is worked on. */
  until?: number;
  readonly answer: (answer: Either<TransportFault, unknown>) => void;
}

const startChild = ({ entry, args, environment }: HostOptions): ChildProcess =>
  fork(entry.path, args, {
    execArgv: [...entry.execArgv],
    // Octets go over as octets, and native code that prints writes nowhere.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: environment ?? process.env,
  });

/** Milliseconds for which a killed process is waited for. One that hangs in the system itself does not die before it is let. */
const burial = 5_000;

const buried = async (gone: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, burial);
  });
  await Promise.race([gone, late]);
  clearTimeout(timer);
};

const ending = (code: number | null, signal: string | null): TransportFault =>
  transportFault('TRANSPORT', `the process for cards ended: ${signal ?? `exit code ${code}`}`);

/** What is left of a process that could not be started: for want of memory, for one. */
const neverStarted = (fault: TransportFault, { onOver }: HostOptions): Host => {
  queueMicrotask(() => onOver(fault));
  return {
    ask: () => Promise.resolve(E.left(fault)),
    hold: () => () => undefined,
    end: () => Promise.resolve(),
    isOver: () => true,
  };
};

export const startHost = (options: HostOptions): Host => {
  try {
    return hostOf(startChild(options), options);
  } catch (thrown) {
    return neverStarted(transportFault('TRANSPORT', `the process for cards: ${wordsOf(thrown)}`), options);
  }
};

const hostOf = (child: ChildProcess, options: HostOptions): Host => {
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let holds = 0;
  let ready = false;
  let over: TransportFault | undefined;
  let timer: NodeJS.Timeout | undefined;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });

  /** An idle child must not keep its parent from ending. */
  const keep = (): void => {
    const needed = waiting.size + holds > 0;
    if (needed) child.channel?.ref();
    else child.channel?.unref();
  };

  const finish = (first: TransportFault, others: TransportFault): void => {
    if (over !== undefined) return;
    over = others;
    clearTimeout(timer);
    child.kill('SIGKILL');
    const left = [...waiting.values()];
    waiting.clear();
    for (const [place, { answer }] of left.entries()) answer(E.left(place === 0 ? first : others));
    options.onOver(first);
  };

  const late = (): void => {
    const what = ready
      ? 'the card or its reader did not answer in time'
      : 'the process for cards did not start in time';
    const rest = transportFault('TRANSPORT', 'the process for cards was ended because it hung');
    finish(transportFault('TIMEOUT', what), rest);
  };

  const babble = (): void => {
    const fault = transportFault('TRANSPORT', 'the process for cards said what it must not');
    finish(fault, fault);
  };

  /** Only the first is being worked on: its time runs. */
  const watchFirst = (): void => {
    clearTimeout(timer);
    const first = waiting.values().next();
    timer = first.done ? undefined : setTimeout(late, ready ? timeFor(first.value) : options.startDeadline);
  };

  /** A child that goes on is heard of in time: before a part has taken longer, by the time for which it keeps silent. */
  const timeFor = (one: Waiting): number => {
    const { whole, isFollowed } = one.how;
    const kept = isFollowed ? tellAliveEvery : 0;
    if (whole === undefined) return one.deadline + kept;
    one.until ??= performance.now() + whole + kept;
    return Math.min(one.deadline + tellAliveEvery + kept, Math.max(0, one.until - performance.now()));
  };

  const goOn = (id: number): void => {
    if (id === waiting.keys().next().value && waiting.get(id)?.how.whole !== undefined) watchFirst();
    else babble();
  };

  const settle = (id: number, answer: Either<TransportFault, unknown>): void => {
    const one = waiting.get(id);
    // Things are done in the order in which they were asked: any other answer would put a deadline off.
    if (one === undefined || id !== waiting.keys().next().value) {
      babble();
      return;
    }
    waiting.delete(id);
    watchFirst();
    keep();
    one.answer(answer);
  };

  const beReady = (): void => {
    if (ready) {
      babble();
      return;
    }
    ready = true;
    watchFirst();
  };

  const beAbsent = (why: string): void => {
    const absent = transportFault('NO_PCSC', why);
    finish(absent, absent);
  };

  const hear = (message: unknown): void => {
    if (Array.isArray(message) && message.length > 0) for (const one of message) hearOne(one);
    else hearOne(message);
  };

  const hearOne = (message: unknown): void => {
    if (over !== undefined) return;
    const told = toldOf(message);
    if (told === undefined) babble();
    else if ('ready' in told) beReady();
    else if ('absent' in told) beAbsent(told.absent);
    else if ('alive' in told) goOn(told.alive);
    else if ('answer' in told) settle(told.id, E.right(told.answer));
    else if ('threw' in told) settle(told.id, E.left(transportFault('TRANSPORT', told.threw)));
    else options.onEvent(told.event);
  };

  const unsent: Asked[] = [];
  /** What was asked in one turn goes over in one message. */
  const send = (): void => {
    const all = unsent.splice(0);
    const [only, ...others] = all;
    // What cannot be sent ends in `exit` or `error`, which answer for it.
    if (over === undefined)
      child.send(others.length === 0 && only !== undefined ? only : all, () => undefined);
  };

  child.on('message', hear);
  child.on('exit', (code, signal) => finish(ending(code, signal), ending(code, signal)));
  child.on('error', (error) => {
    const failed = transportFault('TRANSPORT', `the process for cards: ${error.message}`);
    finish(failed, failed);
  });
  child.unref();
  keep();

  return {
    ask: (request, deadline, how = {}) =>
      new Promise((answer) => {
        if (over !== undefined) return answer(E.left(over));
        const id = asked++;
        waiting.set(id, { deadline, how, answer });
        if (waiting.size === 1) watchFirst();
        keep();
        if (unsent.length === 0) process.nextTick(send);
        unsent.push(how.isFollowed ? { id, request, isFollowed: true } : { id, request });
      }),
    hold: () => {
      holds++;
      keep();
      let held = true;
      return () => {
        if (held) holds--;
        held = false;
        keep();
      };
    },
    end: () => {
      const closed = transportFault('CLOSED', 'the transport is closed');
      finish(closed, closed);
      child.ref();
      return buried(gone);
    },
    isOver: () => over !== undefined,
  };
};
