/** What `pcscMiniLooker` needs of `pcsc-mini`, worked by hand. */
import { EventEmitter } from 'node:events';
import type { PcscMini } from '../../../src/process/pcsc-mini-card.js';

const flags = { PRESENT: 32, EMPTY: 16, MUTE: 512 };

const failure = (code: string): Error => Object.assign(new Error(code), { code });

const fakeReader = (name: string, atr: () => Uint8Array | undefined) =>
  Object.assign(new EventEmitter(), {
    name: () => name,
    connect: async () => {
      const inside = atr();
      if (inside === undefined) throw failure('NoSmartCard');
      return { state: async () => ({ atr: inside }), disconnect: async () => undefined };
    },
  });

export type FakeReader = ReturnType<typeof fakeReader>;

export interface FakeClient extends EventEmitter {
  readonly isStopped: () => boolean;
  /** As the package does it: a reader is named, then told the state of. */
  readonly name: (reader: string, atr?: Uint8Array) => FakeReader;
  readonly tell: (reader: string, atr?: Uint8Array) => void;
  /** A card is in it that cannot be connected to yet; the service tells of it once. */
  readonly tellUnpowered: (reader: string) => void;
  /** Now it can, and nothing is told. */
  readonly power: (reader: string, atr: Uint8Array) => void;
  readonly break: (code: string) => void;
}

export interface FakePcscMini {
  readonly pcsc: PcscMini;
  /** Those that were started, in order. */
  readonly clients: FakeClient[];
  /** What each client does as soon as it has been started. */
  readonly onStart: (does: (client: FakeClient) => void) => void;
  readonly service: (isThere: boolean) => void;
}

export const fakePcscMini = (): FakePcscMini => {
  const clients: FakeClient[] = [];
  let does: (client: FakeClient) => void = () => undefined;
  let isThere = true;

  const makeClient = () => {
    const readers = new Map<string, FakeReader>();
    const atrs = new Map<string, Uint8Array | undefined>();
    let stopped = false;
    const change = (name: string, raw: number): void => {
      readers.get(name)?.emit('change', { has: (flag: number) => (raw & flag) === flag });
    };
    const client = Object.assign(new EventEmitter(), {
      reader: (name: string) => readers.get(name),
      start: () => {
        if (!isThere) throw failure('NoService');
        clients.push(client);
        setImmediate(() => does(client));
        return client;
      },
      stop: () => {
        if (!isThere) throw failure('NoService');
        stopped = true;
        for (const reader of readers.values()) reader.emit('disconnect');
      },
      isStopped: () => stopped,
      name: (name: string, atr?: Uint8Array) => {
        const reader = fakeReader(name, () => atrs.get(name));
        readers.set(name, reader);
        client.emit('reader', reader);
        client.tell(name, atr);
        return reader;
      },
      tell: (name: string, atr?: Uint8Array) => {
        atrs.set(name, atr);
        change(name, atr === undefined ? flags.EMPTY : flags.PRESENT);
      },
      tellUnpowered: (name: string) => {
        atrs.set(name, undefined);
        change(name, flags.PRESENT);
      },
      power: (name: string, atr: Uint8Array) => {
        atrs.set(name, atr);
      },
      break: (code: string) => {
        client.emit('error', failure(code));
      },
    });
    return client;
  };

  const pcsc = {
    // The package's own is a class; a function that answers an object is one, too.
    Client: function Client() {
      return makeClient();
    },
    ReaderStatus: flags,
    CardMode: { SHARED: 2 },
    CardDisposition: { LEAVE: 0 },
  };
  return {
    pcsc: pcsc as unknown as PcscMini,
    clients,
    onStart: (next) => {
      does = next;
    },
    service: (next) => {
      isThere = next;
    },
  };
};
