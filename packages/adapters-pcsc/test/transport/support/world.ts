// A world of the contract on a real pcscd.
import type { TransportWorld } from '../../../src/transport/conformance/index.js';
import type { Deadlines } from '../../../src/transport/hosted-parts.js';
import type { CardTransport } from '../../../src/transport/transport.js';
import { openService, type Service, serviceReaders } from './service.js';

/** Asks until the service sees it: pcscd looks at these readers every few hundred milliseconds. */
const seen = async (program: CardTransport, reader: string, there: boolean): Promise<void> => {
  for (;;) {
    const states = await program.list()();
    const state = states._tag === 'Right' ? states.right.find((one) => one.reader === reader) : undefined;
    if (state !== undefined && (state.atr !== undefined) === there) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

export interface ServiceWorlds {
  /** A fresh world on the one service of the file. */
  readonly make: () => Promise<TransportWorld>;
  readonly service: () => Promise<Service>;
  readonly end: () => Promise<void>;
}

export const serviceWorlds = (make: (deadlines?: Partial<Deadlines>) => CardTransport): ServiceWorlds => {
  let opened: Promise<Service> | undefined;
  const service = (): Promise<Service> => {
    opened ??= openService().then((one) => {
      process.env['PCSCLITE_CSOCK_NAME'] = one.socket;
      return one;
    });
    return opened;
  };

  const world = async (): Promise<TransportWorld> => {
    const { insert, pull, kill, start } = await service();
    const programs: Array<CardTransport> = [];
    const transport: TransportWorld['transport'] = (deadlines) => {
      const program = make(deadlines);
      programs.push(program);
      return program;
    };
    const overview = transport();
    const cards = new Set<string>();
    let serving = true;
    const take = async (reader: string): Promise<void> => {
      await pull(reader);
      cards.delete(reader);
      await seen(overview, reader, false);
    };
    const restore = async (): Promise<void> => {
      if (serving) return;
      serving = true;
      await start();
      // What was in the readers has lost its connection with them.
      for (const reader of cards) await insert(reader);
    };
    return {
      transport,
      reader: serviceReaders[0],
      otherReader: serviceReaders[1],
      insert: async (reader) => {
        await insert(reader);
        cards.add(reader);
        await seen(overview, reader, true);
      },
      pull: take,
      service: {
        lose: async () => {
          serving = false;
          await kill();
        },
        restore,
      },
      close: async () => {
        await restore();
        for (const reader of [...cards]) await take(reader);
        await Promise.all(programs.map((program) => program.close()));
      },
    };
  };
  return { make: world, service, end: async () => (await opened)?.close() };
};
