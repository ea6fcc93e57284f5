/**
 * PC/SC through the package `pcsc-mini`.
 *
 * @packageDocumentation
 */
import { type Board, board } from '../transport/board.js';
import { transportFault } from '../transport/transport.js';
import { type Layer, type LayerCard, LayerFault, longestAnswer, pause } from './layer.js';
import { pcscMiniFault } from './pcsc-mini-faults.js';

type Package = typeof import('pcsc-mini');
type Client = InstanceType<Package['Client']>;
type Reader = InstanceType<Package['Reader']>;
type Card = InstanceType<Package['Card']>;

/** Milliseconds in which a client that has just been started has named all readers; it does not say when it has. */
const settling = 200;
/** How often, until then, one reader is looked for. */
const lookForReaderEvery = 5;
/** How often a service that went away is looked for. */
const lookAgainEvery = 500;
/** Others look at a new card as well, each for a moment: so often, and so long between, it is asked for. */
const peeks = 10;
const peekEvery = 50;

/** The answer to reset, read from the card: the octets that come with the event are not those of the card. */
const peekOnce = async (pcsc: Package, reader: Reader): Promise<Uint8Array> => {
  const card = await reader.connect(pcsc.CardMode.SHARED);
  try {
    return new Uint8Array((await card.state()).atr);
  } finally {
    await card.disconnect(pcsc.CardDisposition.LEAVE);
  }
};

/** `undefined`: pulled out meanwhile. Of no length: another program keeps it to itself. */
const peek = async (pcsc: Package, reader: Reader): Promise<Uint8Array | undefined> => {
  for (let left = peeks; left > 0; left--) {
    try {
      return await peekOnce(pcsc, reader);
    } catch (thrown) {
      const { code } = pcscMiniFault(thrown);
      if (code === 'NO_CARD' || code === 'CARD_REMOVED' || code === 'NO_READER') return undefined;
    }
    await pause(peekEvery);
  }
  return new Uint8Array(0);
};

/** Puts what a reader tells on the board, one change after the other; each is also given to `work`. */
const follow = (
  pcsc: Package,
  seen: Board,
  isLost: () => boolean,
  reader: Reader,
  work: (change: Promise<void>) => void,
): void => {
  let before: Promise<void> = Promise.resolve();
  let gone = false;
  let present = false;
  reader.on('change', (status) => {
    const now = status.has(pcsc.ReaderStatus.PRESENT) && !status.has(pcsc.ReaderStatus.MUTE);
    // Others connecting and going are changes too, and so is our own look at the card.
    if (now && present) return;
    present = now;
    before = before.then(async () => {
      const atr = now ? await peek(pcsc, reader) : undefined;
      if (!gone && !isLost()) seen.see(reader.name(), atr);
    });
    work(before);
  });
  reader.on('disconnect', () => {
    gone = true;
    if (!isLost()) seen.forget(reader.name());
  });
};

interface Live {
  readonly client: Client;
  readonly started: number;
  lost: boolean;
}

const hasSettled = async ({ started }: Live): Promise<void> => {
  const left = started + settling - Date.now();
  if (left > 0) await pause(left);
};

export const pcscMiniLayer = async (): Promise<Layer> => {
  const pcsc = await import('pcsc-mini');
  const seen = board();
  // A process that holds cards has another client than one that looks at them: looking would get in its own way.
  let live: Live | undefined;
  let holder: Live | undefined;
  let watching = false;
  let quiet: Promise<unknown> = Promise.resolve();

  const lookAgain = async (): Promise<void> => {
    while (live === undefined) {
      await pause(lookAgainEvery);
      try {
        await looker();
      } catch {
        // Not back yet.
      }
    }
  };

  /** It tells once that its service is gone, and nothing of its readers. */
  const startClient = (onLost: () => void): Live => {
    const fresh: Live = { client: new pcsc.Client(), started: Date.now(), lost: false };
    fresh.client.on('error', () => {
      if (fresh.lost) return;
      fresh.lost = true;
      onLost();
    });
    return fresh;
  };

  const startLooking = (): Live => {
    const started = startClient(() => {
      live = undefined;
      seen.lose();
      if (watching) void lookAgain();
    });
    const isLost = (): boolean => started.lost;
    const work = (change: Promise<void>): void => {
      quiet = Promise.all([quiet, change]);
    };
    started.client.on('reader', (reader) => follow(pcsc, seen, isLost, reader, work));
    started.client.start();
    seen.regain();
    return started;
  };

  const startHolding = (): Live => {
    const started = startClient(() => {
      holder = undefined;
    });
    started.client.start();
    return started;
  };

  const looker = async (): Promise<Client> => {
    live ??= startLooking();
    return live.client;
  };

  const settled = async (): Promise<void> => {
    await looker();
    if (live !== undefined) await hasSettled(live);
    await quiet;
  };

  /** A client tells of its readers one by one; the one that is wanted is not waited for longer than it takes. */
  const find = async (name: string): Promise<Reader> => {
    holder ??= startHolding();
    const { client, started } = holder;
    for (;;) {
      const reader = client.reader(name);
      if (reader !== undefined) return reader;
      if (Date.now() >= started + settling) break;
      await pause(lookForReaderEvery);
    }
    throw new LayerFault(transportFault('NO_READER', 'no reader of that name'));
  };

  const cardOf = async (card: Card): Promise<LayerCard> => {
    const { atr } = await card.state();
    const transaction = await card.transaction();
    const room = new ArrayBuffer(longestAnswer);
    return {
      atr: new Uint8Array(atr),
      transmit: async (command) => new Uint8Array(await card.transmit(command, room)),
      end: async () => {
        try {
          await transaction.end(pcsc.CardDisposition.LEAVE);
        } finally {
          await card.disconnect(pcsc.CardDisposition.RESET);
        }
      },
    };
  };

  const connect = async (name: string): Promise<LayerCard> => {
    const card = await (await find(name)).connect(pcsc.CardMode.EXCLUSIVE);
    try {
      return await cardOf(card);
    } catch (thrown) {
      await card.disconnect(pcsc.CardDisposition.RESET);
      throw thrown;
    }
  };

  return {
    board: seen,
    list: async () => {
      await settled();
      return seen.states();
    },
    watch: async () => {
      await settled();
      watching = true;
    },
    connect,
    faultOf: pcscMiniFault,
  };
};
