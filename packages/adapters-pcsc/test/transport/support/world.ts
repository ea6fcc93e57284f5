// A world of the contract on a real pcscd.
import { until } from '@mandate/testing/card-service';
import type { TransportWorld } from '../../../src/transport/conformance/index.js';
import type { Deadlines } from '../../../src/transport/hosted-parts.js';
import type { CardTransport } from '../../../src/transport/transport.js';
import { virtualReaderName } from '../../../src/virtual-card/index.js';
import { type Bed, type BedCard, startBed } from '../../support/bed.js';

const readers = [virtualReaderName(0), virtualReaderName(1)] as const;

export interface ServiceWorlds {
  /** A fresh world on the one bed of the file. */
  readonly make: () => Promise<TransportWorld>;
  readonly end: () => Promise<void>;
}

/** A bed, and a card for each of its readers, outside of them. */
const startReaders = async () => {
  const bed = await startBed();
  process.env['PCSCLITE_CSOCK_NAME'] = bed.env['PCSCLITE_CSOCK_NAME'];
  const [first, second] = await Promise.all(
    ([0, 1] as const).map((slot) => bed.startCard({ kind: 'rule', slot, out: true })),
  );
  if (first === undefined || second === undefined) throw new Error('no cards');
  return {
    bed,
    cards: new Map<string, BedCard>([
      [readers[0], first],
      [readers[1], second],
    ]),
  };
};

/** Asks until a program sees a card there, or none: pcscd looks at these readers every few hundred milliseconds. */
const seen = (program: CardTransport, reader: string, there: boolean): Promise<void> => {
  let last: unknown;
  return until(
    async () => {
      const states = await program.list()();
      last = states;
      const state = states._tag === 'Right' ? states.right.find((one) => one.reader === reader) : undefined;
      return state !== undefined && (state.atr !== undefined) === there;
    },
    () => `${there ? 'a card' : 'no card'} in ${reader}; the last list was ${JSON.stringify(last)}`,
  );
};

export const serviceWorlds = (make: (deadlines?: Partial<Deadlines>) => CardTransport): ServiceWorlds => {
  let opened: Promise<{ readonly bed: Bed; readonly cards: ReadonlyMap<string, BedCard> }> | undefined;

  const world = async (): Promise<TransportWorld> => {
    opened ??= startReaders();
    const { bed, cards } = await opened;
    const programs: Array<CardTransport> = [];
    const transport: TransportWorld['transport'] = (deadlines) => {
      const program = make(deadlines);
      programs.push(program);
      return program;
    };
    const overview = transport();
    const inside = new Set<string>();
    let serving = true;
    const put = async (reader: string): Promise<void> => {
      await cards.get(reader)?.insert();
      inside.add(reader);
      await seen(overview, reader, true);
    };
    const take = async (reader: string): Promise<void> => {
      await cards.get(reader)?.pull();
      inside.delete(reader);
      await seen(overview, reader, false);
    };
    const restore = async (): Promise<void> => {
      if (serving) return;
      serving = true;
      await bed.startService();
      for (const reader of inside) await seen(overview, reader, true);
    };
    return {
      transport,
      reader: readers[0],
      otherReader: readers[1],
      insert: put,
      pull: take,
      service: {
        lose: async () => {
          serving = false;
          await bed.killService();
        },
        restore,
      },
      close: async () => {
        await restore();
        for (const reader of [...inside]) await take(reader);
        await Promise.all(programs.map((program) => program.close()));
      },
    };
  };
  return { make: world, end: async () => (await opened)?.bed.end() };
};
