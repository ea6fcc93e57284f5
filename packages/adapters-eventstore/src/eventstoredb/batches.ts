/**
 * What a call gives, in batches: as much as lies ready, and no more than asked for. Nothing is taken from the socket before
 * somebody wants it.
 *
 * @packageDocumentation
 */
import type { Incoming } from './connection.js';

/** How a call went on. */
export type Pull<A> =
  | { readonly _tag: 'Items'; readonly items: ReadonlyArray<A> }
  | { readonly _tag: 'Ended' }
  | { readonly _tag: 'Failed'; readonly error: unknown };

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Pulls batches of at most `most` out of a call; `Ended` when `signal` is aborted. */
export const puller = <A>(call: Incoming<A>, most: number, signal: AbortSignal) => {
  let over: Pull<A> | undefined;
  let wake = (): void => {};
  const finish = (pull: Pull<A>): void => {
    over ??= pull;
    wake();
  };
  call.on('readable', () => wake());
  call.on('end', () => finish({ _tag: 'Ended' }));
  call.on('close', () => finish({ _tag: 'Ended' }));
  call.on('error', (error) => finish({ _tag: 'Failed', error }));

  const drain = (into: Array<A>): void => {
    while (into.length < most) {
      const item = call.read();
      if (item === null) return;
      into.push(item);
    }
  };
  return async (): Promise<Pull<A>> => {
    const items: Array<A> = [];
    const leave = (): void => wake();
    signal.addEventListener('abort', leave);
    try {
      for (;;) {
        const ready = new Promise<void>((resolve) => {
          wake = resolve;
        });
        if (signal.aborted) return { _tag: 'Ended' };
        drain(items);
        if (items.length > 0) {
          // What comes in the same breath belongs to the same batch.
          for (let before = 0; before < items.length && items.length < most; ) {
            before = items.length;
            await turn();
            drain(items);
          }
          return { _tag: 'Items', items };
        }
        if (over !== undefined) return over;
        await ready;
      }
    } finally {
      signal.removeEventListener('abort', leave);
    }
  };
};
