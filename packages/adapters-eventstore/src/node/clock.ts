import type { Clock } from '@mandate/domain';

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() };
