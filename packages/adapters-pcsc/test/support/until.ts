import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until the answer is yes: card services tell what happened some hundred milliseconds late. */
export const until = async (question: () => Promise<boolean>): Promise<void> => {
  while (!(await question())) await pause(20);
};
