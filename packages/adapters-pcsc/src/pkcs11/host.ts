/** Starts the process that holds a module, asks it, and ends it where it does not answer. */
import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

import type { Answer, CommandName, Commands } from './protocol.js';
import { cardFault } from './return-values.js';

export type Ask = <Name extends CommandName>(
  name: Name,
  input: Commands[Name]['input'],
) => Promise<E.Either<CardFault, Commands[Name]['output']>>;

export interface OpenModule {
  readonly ask: Ask;
  readonly pause: (milliseconds: number) => Promise<unknown>;
  /** Told before a PIN goes to the card in that reader. */
  readonly shownTo?: (reader: string) => void;
}

export interface ModuleHost {
  /**
   * Something done with the module, open for it alone: the next waits. The module is closed afterwards, so that no card
   * stays held.
   */
  readonly use: <A>(
    work: (module: OpenModule) => Promise<E.Either<CardFault, A>>,
  ) => Promise<E.Either<CardFault, A>>;
  readonly close: () => Promise<void>;
}

export interface HostOptions {
  /** Path of the module. */
  readonly path: string;
  /** Milliseconds for one command; a process that takes longer is ended. */
  readonly deadline: number;
  /** Variables for the process beside the program's own. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Under tsx the sources run as they are; published, they are beside it as JavaScript. */
const isSource = import.meta.url.endsWith('.ts');
const childFile = fileURLToPath(new URL(isSource ? './child.ts' : './child.js', import.meta.url));

/** Makes OpenSC and the spy of PKCS#11 write down what passes, PINs included. */
const talkative = ['OPENSC_DEBUG', 'PKCS11SPY', 'PKCS11SPY_OUTPUT'];

const environmentFor = (own: Readonly<Record<string, string>>): NodeJS.ProcessEnv => {
  const environment = { ...process.env, ...own };
  for (const name of talkative) delete environment[name];
  return environment;
};

const start = ({ path, environment }: HostOptions): ChildProcess =>
  fork(childFile, [path], {
    // What a module prints is nobody's business.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    execArgv: isSource ? process.execArgv : [],
    env: environmentFor(environment),
  });

const kept = (child: ChildProcess, yes: boolean): void => {
  // While nothing is asked, the process must not keep the program from ending.
  if (yes) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
};

/** One question, until it is answered, the process ends, or the deadline passes. */
const question = (
  child: ChildProcess,
  number: number,
  name: CommandName,
  input: unknown,
  deadline: number,
): Promise<Answer> =>
  new Promise((resolve) => {
    const done = (answer: Answer): void => {
      clearTimeout(timer);
      child.off('message', heard);
      child.off('exit', ended);
      child.off('error', ended);
      kept(child, false);
      resolve(answer);
    };
    const fail = (code: CardFault['code'], detail: string): void => {
      child.kill('SIGKILL');
      done({ number, fault: cardFault(code, detail) });
    };
    const heard = (message: unknown): void => {
      const answer = message as Answer;
      if (answer.number === number) done(answer);
    };
    const ended = (): void => fail('CARD_FAULT', `the process of the PKCS#11 module ended during ${name}`);
    const timer = setTimeout(() => fail('TIMEOUT', `${name} took over ${deadline} ms`), deadline);
    kept(child, true);
    child.on('message', heard);
    child.on('exit', ended);
    child.on('error', ended);
    if (child.connected)
      child.send({ number, name, input }, (error) => (error === null ? undefined : ended()));
    else ended();
  });

const isRunning = (child: ChildProcess): boolean =>
  child.connected && !child.killed && child.exitCode === null && child.signalCode === null;

/** Resolves when the process is gone. */
const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) resolve();
    else {
      child.ref();
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    }
  });

/** A host with no process yet: it is started by the first use, and again after it was ended. */
export const moduleHost = (options: HostOptions): ModuleHost => {
  let child: ChildProcess | undefined;
  let count = 0;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  const running = (): ChildProcess => {
    if (child !== undefined && isRunning(child)) return child;
    child = start(options);
    return child;
  };

  const askOf =
    (process: ChildProcess): Ask =>
    async (name, input) => {
      count += 1;
      const answer = await question(process, count, name, input, options.deadline);
      return answer.fault === undefined
        ? E.right(answer.output as Commands[typeof name]['output'])
        : E.left(answer.fault);
    };

  const once = async <A>(work: (module: OpenModule) => Promise<E.Either<CardFault, A>>) => {
    if (closed) return E.left(cardFault('CANCELLED', 'the reader is closed'));
    const process = running();
    const ask = askOf(process);
    const opened = await ask('open', undefined);
    if (E.isLeft(opened)) return opened;
    const result = await work({ ask, pause }).catch(() =>
      E.left(cardFault('CARD_FAULT', 'the work with the module failed')),
    );
    // A module that does not let go of its cards is ended with them.
    if (isRunning(process) && E.isLeft(await ask('close', undefined))) process.kill('SIGKILL');
    return result;
  };

  return {
    use: (work) => {
      const turn = last.then(() => once(work));
      last = turn.catch(() => undefined);
      return turn;
    },
    close: async () => {
      closed = true;
      if (child !== undefined) await ended(child);
    },
  };
};
