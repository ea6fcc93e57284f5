import * as E from 'fp-ts/lib/Either.js';

import { type TransportFault, transportFault } from '../transport/transport.js';
import type { Host, HostOptions } from './host.js';
import type { Layer } from './layer.js';
import { pcscHandler } from './pcsc-handler.js';
import type { PcscRequest } from './pcsc-requests.js';

/**
 * A host without a process of its own, for layers that are only data: the same answers in the same order, and an end
 * when a deadline passes.
 */
export const startHere = (
  layer: Layer,
  { onEvent, onOver }: Pick<HostOptions, 'onEvent' | 'onOver'>,
): Host => {
  let over: TransportFault | undefined;
  let before: Promise<unknown> = Promise.resolve();
  const handle = pcscHandler(layer, (event) => {
    if (over === undefined) onEvent(event);
  });

  const finish = async (why: TransportFault, others: TransportFault): Promise<void> => {
    if (over !== undefined) return;
    over = others;
    onOver(why);
    // As when a process ends: the card is let go, and reset.
    await handle({ op: 'end' });
  };

  const late = (
    deadline: number,
  ): { readonly passed: Promise<TransportFault>; readonly stop: () => void } => {
    let timer: NodeJS.Timeout | undefined;
    const passed = new Promise<TransportFault>((resolve) => {
      timer = setTimeout(resolve, deadline, transportFault('TIMEOUT', 'the card did not answer in time'));
    });
    return { passed, stop: () => clearTimeout(timer) };
  };

  const perform = async (request: PcscRequest, deadline: number) => {
    if (over !== undefined) return E.left(over);
    const { passed, stop } = late(deadline);
    const first = await Promise.race([handle(request), passed]);
    stop();
    if (over !== undefined) return E.left(over);
    if (!('code' in first)) return E.right(first);
    await finish(first, transportFault('TRANSPORT', 'what was asked before it hung'));
    return E.left(first);
  };

  return {
    ask: (request, deadline, { whole = deadline } = {}) => {
      const answer = before.then(() => perform(request as PcscRequest, whole));
      before = answer;
      return answer;
    },
    hold: () => () => undefined,
    end: () => {
      const closed = transportFault('CLOSED', 'the transport is closed');
      return finish(closed, closed);
    },
    isOver: () => over !== undefined,
  };
};
