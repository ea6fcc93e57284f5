/**
 * Looks at readers and cards through `pcsc-mini`, and puts them on a board.
 *
 * @packageDocumentation
 */
import type { Board } from '../transport/board.js';
import { pause } from './layer.js';
import { type Client, type PcscMini, peek, type Reader } from './pcsc-mini-card.js';
import { pcscMiniFault } from './pcsc-mini-faults.js';

/** Milliseconds of quiet after which a client that has begun to name readers has named all: it does so in one breath. */
const breath = 100;
/** Milliseconds after which a client that has named none has none to name: it does not say so. */
const patience = 2_000;
const lookForNamesEvery = 20;
/** How often a service that went away is looked for. */
const lookAgainEvery = 500;

interface Live {
  readonly client: Client;
  /** It has named all readers there are. */
  readonly settled: Promise<void>;
  /** It is not listened to any more. */
  over: boolean;
}

export interface Looker {
  /** Resolves when the board shows what there is; rejects where there is no service. */
  readonly look: () => Promise<void>;
  /** From now on a service that went away is waited for. */
  readonly keepLooking: () => void;
}

/** Times without a new name, until there have been enough of them: a slow machine makes each of them longer. */
const allNamed = async (names: () => number): Promise<void> => {
  let known = names();
  let quiet = 0;
  while (quiet * lookForNamesEvery < (known > 0 ? breath : patience)) {
    await pause(lookForNamesEvery);
    quiet = names() === known ? quiet + 1 : 0;
    known = names();
  }
};

export const pcscMiniLooker = (pcsc: PcscMini, seen: Board): Looker => {
  // A client whose service went away cannot be stopped, and the process would end when it is collected as garbage.
  const unstoppable: Client[] = [];
  let live: Live | undefined;
  let keeps = false;
  let quiet: Promise<unknown> = Promise.resolve();

  /** Puts what a reader tells on the board, one change after the other. */
  const follow = (isOver: () => boolean, reader: Reader): void => {
    let before: Promise<void> = Promise.resolve();
    let gone = false;
    let present = false;
    let changes = 0;
    reader.on('change', (status) => {
      const now = status.has(pcsc.ReaderStatus.PRESENT) && !status.has(pcsc.ReaderStatus.MUTE);
      // Others connecting and going are changes too, and so is our own look at the card.
      if (now && present) return;
      present = now;
      changes += 1;
      const mine = changes;
      const isStillTold = (): boolean => changes === mine;
      before = before.then(async () => {
        const atr = now ? await peek(pcsc, reader, isStillTold) : undefined;
        // The next word of it is news, where it could not be looked at.
        if (atr === undefined && isStillTold()) present = false;
        if (!gone && !isOver()) seen.see(reader.name(), atr);
      });
      quiet = Promise.all([quiet, before]);
    });
    reader.on('disconnect', () => {
      gone = true;
      if (!isOver()) seen.forget(reader.name());
    });
  };

  /** Known from an earlier client and not named by this one: taken away meanwhile. */
  const forgetOthers = ({ client, over }: Live): void => {
    if (over) return;
    for (const { reader } of seen.states()) if (client.reader(reader) === undefined) seen.forget(reader);
  };

  const start = (): Live => {
    const client = new pcsc.Client();
    let named = 0;
    client.on('reader', (reader) => {
      named += 1;
      follow(() => started.over, reader);
    });
    client.on('error', (error) => fail(started, error));
    client.start();
    const settled = allNamed(() => named).then(() => forgetOthers(started));
    const started: Live = { client, settled, over: false };
    seen.regain();
    return started;
  };

  /**
   * A client fails when its service goes, and also while that lives: when it has more to tell than it has room for, or a
   * reader goes between two of its questions. What it has missed then is found by another, and told as changes.
   */
  const fail = (failed: Live, error: unknown): void => {
    if (failed.over) return;
    failed.over = true;
    live = undefined;
    if (pcscMiniFault(error).code === 'NO_PCSC') seen.lose();
    try {
      failed.client.stop();
    } catch {
      unstoppable.push(failed.client);
    }
    if (keeps) void lookAgain();
  };

  const lookAgain = async (): Promise<void> => {
    while (live === undefined) {
      await pause(lookAgainEvery);
      try {
        live ??= start();
      } catch {
        seen.lose();
      }
    }
  };

  return {
    look: async () => {
      let looked: Live;
      do {
        live ??= start();
        looked = live;
        await looked.settled;
        await quiet;
      } while (looked.over);
    },
    keepLooking: () => {
      keeps = true;
    },
  };
};
