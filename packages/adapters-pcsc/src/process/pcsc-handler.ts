/**
 * Answers the requests for one layer, in the child process.
 *
 * @packageDocumentation
 */
import type { CardStep } from '../drivers/data.js';
import { transportFault } from '../transport/transport.js';
import { type Layer, type LayerCard, pause } from './layer.js';
import type { PcscAnswer, PcscEvent, PcscRequest } from './pcsc-requests.js';
import { loadSteps, type Steps } from './steps.js';
import { transmitAhead } from './transmit-ahead.js';

// By hand: each reader has a process, and what it loads is waited for.
const done = (right: unknown): PcscAnswer => ({ _tag: 'Right', right });
const refused = (left: ReturnType<typeof transportFault>): PcscAnswer => ({ _tag: 'Left', left });

const tryAgainAfter = 50;

type Connect = Extract<PcscRequest, { readonly op: 'connect' }>;

export const pcscHandler = (
  layer: Layer,
  tell: (event: PcscEvent) => void,
): ((request: PcscRequest, alive?: () => void) => Promise<PcscAnswer>) => {
  const watchers = new Map<number, () => void>();
  let held: LayerCard | undefined;
  let steps: Steps | undefined;

  const watch = async (watcher: number): Promise<null> => {
    await layer.watch();
    watchers.set(
      watcher,
      layer.board.watch((event) => tell({ watcher, event })),
    );
    return null;
  };

  const unwatch = (watcher: number): null => {
    watchers.get(watcher)?.();
    watchers.delete(watcher);
    return null;
  };

  const connect = async (reader: string, patience: number): Promise<Uint8Array> => {
    try {
      held = await layer.connect(reader);
      return held.atr;
    } catch (thrown) {
      if (patience <= 0 || layer.faultOf(thrown).code !== 'CARD_BUSY') throw thrown;
    }
    await pause(tryAgainAfter);
    return connect(reader, patience - tryAgainAfter);
  };

  /** What steps need is loaded while the service powers the card, and not at the cost of an exchange's time. */
  const connectForSteps = async ({ reader, patience }: Connect): Promise<Uint8Array> => {
    const loading = loadSteps().catch(() => undefined);
    const atr = await connect(reader, patience);
    await loading;
    return atr;
  };

  const end = async (): Promise<null> => {
    const card = held;
    held = undefined;
    steps = undefined;
    await card?.end();
    return null;
  };

  const step = async (card: LayerCard, wanted: CardStep, alive: () => void): Promise<unknown> => {
    steps ??= (await loadSteps())(layer, card);
    return steps(wanted, alive);
  };

  const perform = (request: PcscRequest, alive: () => void): Promise<unknown> | unknown => {
    switch (request.op) {
      case 'list':
        return layer.list();
      case 'watch':
        return watch(request.watcher);
      case 'unwatch':
        return unwatch(request.watcher);
      case 'connect':
        return request.forSteps ? connectForSteps(request) : connect(request.reader, request.patience);
      case 'transmit':
        return held === undefined ? undefined : transmitAhead(held, request.command, request.ahead);
      case 'step':
        return held === undefined ? undefined : step(held, request.step, alive);
      case 'end':
        return end();
    }
  };

  return async (request, alive = () => undefined) => {
    if ((request.op === 'transmit' || request.op === 'step') && held === undefined) {
      return refused(transportFault('TRANSPORT', 'no card is held'));
    }
    try {
      return done(await perform(request, alive));
    } catch (thrown) {
      return refused(layer.faultOf(thrown));
    }
  };
};
