/**
 * Wakes those who wait for something new.
 *
 * @packageDocumentation
 */

/** A bell that rings when something may have come. */
export interface Bell {
  /** How often it has rung. Taken before one looks, so that a ring between look and wait is not missed. */
  readonly count: () => number;
  readonly ring: () => void;
  /** Resolves once it has rung since `count`, or once `signal` is aborted. */
  readonly wait: (count: number, signal: AbortSignal) => Promise<void>;
}

/** Looks from time to time whether the bell should ring, for as long as somebody waits. */
export interface Watch {
  readonly everyMilliseconds: number;
  readonly changed: () => boolean;
}

/** Makes a {@link Bell}. */
export const makeBell = (watch?: Watch): Bell => {
  const waiting = new Set<() => void>();
  let count = 0;
  let timer: NodeJS.Timeout | undefined;

  const ring = (): void => {
    count += 1;
    for (const wake of [...waiting]) wake();
  };
  const startWatch = (): void => {
    if (watch === undefined || timer !== undefined) return;
    timer = setInterval(() => {
      if (watch.changed()) ring();
    }, watch.everyMilliseconds);
  };
  const stopWatch = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const wait = (seen: number, signal: AbortSignal): Promise<void> =>
    seen !== count || signal.aborted
      ? Promise.resolve()
      : new Promise((resolve) => {
          const wake = (): void => {
            waiting.delete(wake);
            signal.removeEventListener('abort', wake);
            if (waiting.size === 0) stopWatch();
            resolve();
          };
          waiting.add(wake);
          signal.addEventListener('abort', wake);
          startWatch();
        });
  return { count: () => count, ring, wait };
};
