/** The peer: emmett's own command handler over its own stores, with the yardstick's decide and evolve. */
import { join } from 'node:path';
import { inFlight, oneByOne, type Series } from '../lib/timing.js';
import {
  decidePlain,
  evolvePlain,
  initialPlain,
  type PlainAgency,
  type PlainEvent,
  plainHistory,
} from './plain-agency.js';
import type { CommandParams } from './raw-commands.js';

export type EmmettKind = 'memory' | 'sqlite' | 'sqlite:one';

export interface EmmettParams extends CommandParams {
  readonly kind: EmmettKind;
  readonly width: number;
}

export interface EmmettFigures {
  readonly oneByOne: Series;
  readonly inFlight: Series;
  /** Commands in flight that were not carried out. */
  readonly failed: number;
}

interface Emmett {
  readonly append: (stream: string, events: ReadonlyArray<PlainEvent>) => Promise<unknown>;
  readonly command: (stream: string, decide: (state: PlainAgency) => PlainEvent) => Promise<unknown>;
}

interface Peers {
  readonly openEmmett: (
    kind: EmmettKind,
    file: string,
    domain: { readonly evolve: typeof evolvePlain; readonly initial: PlainAgency },
  ) => Emmett;
}

/** Not a module of this program: it and what it needs are installed apart, and may be missing. */
const peers = new URL('../../peers/emmett.mjs', import.meta.url).href;

export const emmettCommands = async (folder: string, params: EmmettParams): Promise<EmmettFigures> => {
  const { streams, eventsPerStream, warmUp, kind, width } = params;
  const { openEmmett }: Peers = await import(peers);
  const store = openEmmett(kind, join(folder, 'emmett.db'), { evolve: evolvePlain, initial: initialPlain });
  for (let stream = 0; stream < streams * 2 + warmUp; stream++) {
    await store.append(`A-${stream}`, plainHistory(`A-${stream}`, eventsPerStream));
  }
  const command = (index: number): Promise<unknown> =>
    store.command(`A-${index}`, (state) => decidePlain(state, `A-${index}`, index));
  let failed = 0;
  await oneByOne(warmUp, (index) => command(streams * 2 + index));
  const single = await oneByOne(streams, command);
  const many = await inFlight(streams, width, (index) =>
    command(streams + index).catch(() => {
      failed += 1;
    }),
  );
  return { oneByOne: single, inFlight: many, failed };
};
