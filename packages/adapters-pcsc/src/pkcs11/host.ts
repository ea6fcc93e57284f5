/** Starts the process that holds a module, asks it, and ends it where it does not answer. */
import { setTimeout as pause } from 'node:timers/promises';
import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

import { beside } from '../process/entry.js';
import { type Host, startHost } from '../process/host.js';
import { defaultDeadlines } from '../transport/hosted-parts.js';
import type { TransportFault } from '../transport/transport.js';
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
   * stays held; then comes what is to be done `afterwards`, before the next.
   */
  readonly use: <A>(
    work: (module: OpenModule) => Promise<E.Either<CardFault, A>>,
    afterwards: () => Promise<void>,
  ) => Promise<E.Either<CardFault, A>>;
  /** Ends what is under way, and resolves when what comes afterwards is over too. */
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

const { start: startDeadline } = defaultDeadlines;
const entry = beside('./child', import.meta.url);

/** Makes OpenSC and the spy of PKCS#11 write down what passes, PINs included. */
const talkative = ['OPENSC_DEBUG', 'PKCS11SPY', 'PKCS11SPY_OUTPUT'];

const environmentFor = (own: Readonly<Record<string, string>>): NodeJS.ProcessEnv => {
  const environment = { ...process.env, ...own };
  for (const name of talkative) delete environment[name];
  return environment;
};

/** What went wrong with the process, as a fault of the command that it was asked. */
const faultDuring = (name: CommandName, deadline: number, { code, detail }: TransportFault): CardFault => {
  if (code === 'NO_PCSC') return cardFault('NO_PCSC', detail);
  return code === 'TIMEOUT'
    ? cardFault('TIMEOUT', `${name} took over ${deadline} ms`)
    : cardFault('CARD_FAULT', `the process of the PKCS#11 module ended during ${name}`);
};

/** A host with no process yet: it is started by the first use, and again after it was ended. */
export const moduleHost = (options: HostOptions): ModuleHost => {
  let child: Host | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  const running = (): Host => {
    if (child !== undefined && !child.isOver()) return child;
    child = startHost({
      entry,
      args: [options.path],
      environment: environmentFor(options.environment),
      startDeadline,
      onEvent: () => undefined,
      onOver: () => undefined,
    });
    return child;
  };

  const askOf =
    (process: Host): Ask =>
    async (name, input) => {
      const told = await process.ask({ name, input }, options.deadline);
      if (E.isLeft(told)) return E.left(faultDuring(name, options.deadline, told.left));
      const answer = told.right as Answer;
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
    if (!process.isOver() && E.isLeft(await ask('close', undefined))) await process.end();
    return result;
  };

  return {
    use: (work, afterwards) => {
      const turn = last.then(async () => {
        try {
          return await once(work);
        } finally {
          await afterwards();
        }
      });
      last = turn.catch(() => undefined);
      return turn;
    },
    close: async () => {
      closed = true;
      await child?.end();
      await last;
    },
  };
};
