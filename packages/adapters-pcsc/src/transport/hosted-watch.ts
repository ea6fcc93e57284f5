import type { Either } from 'fp-ts/lib/Either.js';
import * as E from 'fp-ts/lib/Either.js';

import type { Host } from '../process/host.js';
import type { PcscRequest } from '../process/pcsc-requests.js';
import type { AskPcsc, StartHost } from './hosted-parts.js';
import { eventTold } from './told.js';
import type { ReaderEvent, TransportFault } from './transport.js';

type Listener = (event: ReaderEvent) => void;

export interface OverviewNeeds {
  readonly start: StartHost;
  readonly ask: (host: Host) => AskPcsc;
  readonly deadline: number;
}

export interface Overview {
  readonly ask: (request: PcscRequest) => Promise<Either<TransportFault, unknown>>;
  readonly watch: (
    listener: Listener,
  ) => Promise<Either<TransportFault, { readonly close: () => Promise<void> }>>;
  readonly end: () => Promise<void>;
}

interface Watcher {
  readonly listener: Listener;
  /** It has been told that the service is gone, and not yet that it is back. */
  lost: boolean;
}

/** Milliseconds between tries to start a process again for those who watch. */
const startAgainAfter = 1_000;

/** The process that sees all readers. When it ends, those who watch are told, and it is started again for them. */
export const hostedWatch = ({ start, ask, deadline }: OverviewNeeds): Overview => {
  const watchers = new Map<number, Watcher>();
  let host: Host | undefined;
  let release: (() => void) | undefined;
  let numbers = 0;
  let isClosed = false;
  let again: NodeJS.Timeout | undefined;

  const tell = (watcher: Watcher, event: ReaderEvent): void => {
    const repeats =
      (event.type === 'service-lost' && watcher.lost) || (event.type === 'service-back' && !watcher.lost);
    if (event.type === 'service-lost') watcher.lost = true;
    if (event.type === 'service-back') watcher.lost = false;
    if (!repeats) watcher.listener(event);
  };

  const hear = (told: unknown): void => {
    const read = eventTold(told);
    if (read === undefined) return;
    const { watcher, event } = read;
    const known = watchers.get(watcher);
    if (known === undefined) return;
    // The first that a fresh process says means that it is there again.
    if (known.lost && event.type !== 'service-lost') tell(known, { type: 'service-back' });
    tell(known, event);
  };

  const over = (): void => {
    release = undefined;
    if (isClosed || watchers.size === 0) return;
    for (const watcher of [...watchers.values()]) tell(watcher, { type: 'service-lost' });
    again = setTimeout(() => void resume(), startAgainAfter);
  };

  const hostNow = (): Host => {
    if (host === undefined || host.isOver()) host = start(hear, over);
    return host;
  };

  /** A held channel keeps the program running as long as somebody watches. */
  const keep = (): void => {
    if (watchers.size > 0 && host !== undefined && !host.isOver()) release ??= host.hold();
    else {
      release?.();
      release = undefined;
    }
  };

  const resume = async (): Promise<void> => {
    if (isClosed || watchers.size === 0) return;
    const fresh = hostNow();
    keep();
    for (const watcher of [...watchers.keys()]) {
      const answer = await ask(fresh)({ op: 'watch', watcher }, deadline);
      const known = watchers.get(watcher);
      if (E.isRight(answer) && known !== undefined) tell(known, { type: 'service-back' });
      // The process is there and the service is not: `over` tries again when the process ends, this when it does not.
      if (E.isLeft(answer) && !fresh.isOver()) await fresh.end();
      if (fresh.isOver()) return;
    }
  };

  return {
    ask: (request) => ask(hostNow())(request, deadline),
    watch: async (listener) => {
      const watcher = numbers++;
      watchers.set(watcher, { listener, lost: false });
      const answer = await ask(hostNow())({ op: 'watch', watcher }, deadline);
      if (E.isLeft(answer)) {
        watchers.delete(watcher);
        keep();
        return answer;
      }
      keep();
      return E.right({
        close: async () => {
          if (!watchers.delete(watcher)) return;
          if (host !== undefined && !host.isOver()) await ask(host)({ op: 'unwatch', watcher }, deadline);
          keep();
        },
      });
    },
    end: async () => {
      isClosed = true;
      clearTimeout(again);
      watchers.clear();
      await host?.end();
    },
  };
};
