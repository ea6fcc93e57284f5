/**
 * The child's side: does what it is asked, in order, and ends with its parent.
 *
 * @packageDocumentation
 */
import { type Asked, type Told, tellAliveEvery } from './wire.js';

/**
 * Ends this process at once. An ordinary exit waits for Node's thread pool, and a native call that hangs in it never
 * comes back.
 */
const endNow = (): void => {
  process.kill(process.pid, 'SIGKILL');
};

const send = (told: Told | ReadonlyArray<Told>): void => {
  // The parent may have gone a moment ago; `disconnect` is on its way then.
  if (process.connected) process.send?.(told, () => undefined);
};

const kept: Told[] = [];
let keptTooLong: NodeJS.Timeout | undefined;

/** Tells, in order, with what was kept. */
const tell = (told?: Told): void => {
  clearTimeout(keptTooLong);
  keptTooLong = undefined;
  const all = kept.splice(0);
  if (told !== undefined) all.push(told);
  const [only, ...others] = all;
  if (only !== undefined) send(others.length === 0 ? only : all);
};

/** To be told with what comes next: each message wakes the parent, which works on the same processors as the card's service. */
const keep = (told: Told): void => {
  kept.push(told);
  keptTooLong ??= setTimeout(tell, tellAliveEvery);
};

/** To be told when the next thing to do, if there is one, has begun: a card is asked meanwhile, and does not wait for a message. */
const tellSoon = (told: Told): void => {
  kept.push(told);
  setImmediate(tell);
};

/** Tells the parent of something that it has not asked for. */
export const tellEvent = (event: unknown): void => tell({ event });

export const wordsOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : typeof thrown;

/** Tells that what was asked goes on, and not too often. */
const aliveOf = (id: number): (() => void) => {
  let last = performance.now();
  return () => {
    const now = performance.now();
    if (now - last < tellAliveEvery) return;
    last = now;
    tell({ alive: id });
  };
};

/**
 * Loads what this process is for, then answers. What `load` throws means that it is not on this machine; what `handle`
 * throws is told as an unexpected end of that one request.
 */
export const serve = async (
  load: () => Promise<(request: unknown, alive: () => void) => Promise<unknown>>,
): Promise<void> => {
  process.on('disconnect', endNow);
  // Ctrl-C in a terminal reaches every process of the group: it is the parent that decides.
  process.on('SIGINT', () => undefined);
  if (!process.connected) endNow();
  let before: Promise<unknown> = Promise.resolve();
  const loaded = load();
  const perform = async ({ id, request }: Asked): Promise<Told> => {
    try {
      const handle = await loaded;
      return { id, answer: await handle(request, aliveOf(id)) };
    } catch (thrown) {
      return { id, threw: wordsOf(thrown) };
    }
  };
  const hear = (asked: Asked): void => {
    before = before.then(async () => {
      const told = await perform(asked);
      if (asked.isFollowed) keep(told);
      else tellSoon(told);
    });
  };
  process.on('message', (asked: Asked | ReadonlyArray<Asked>) => {
    if (Array.isArray(asked)) for (const one of asked) hear(one);
    else hear(asked as Asked);
  });
  try {
    await loaded;
    tell({ ready: true });
  } catch (thrown) {
    tell({ absent: wordsOf(thrown) });
  }
};
