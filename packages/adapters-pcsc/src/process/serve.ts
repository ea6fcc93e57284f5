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

const tell = (told: Told): void => {
  // The parent may have gone a moment ago; `disconnect` is on its way then.
  if (process.connected) process.send?.(told, () => undefined);
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
  process.on('message', (asked: Asked) => {
    before = before.then(async () => {
      try {
        const handle = await loaded;
        tell({ id: asked.id, answer: await handle(asked.request, aliveOf(asked.id)) });
      } catch (thrown) {
        tell({ id: asked.id, threw: wordsOf(thrown) });
      }
    });
  });
  try {
    await loaded;
    tell({ ready: true });
  } catch (thrown) {
    tell({ absent: wordsOf(thrown) });
  }
};
