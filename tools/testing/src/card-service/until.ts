import { setTimeout as pause } from 'node:timers/promises';

const patience = 60_000;

/**
 * Asks again until the answer is yes: card services tell what happened some hundred milliseconds late. What has not come
 * after a minute will not come: an error says what was waited for.
 */
export const until = async (
  question: () => Promise<boolean>,
  what = () => 'what was waited for',
): Promise<void> => {
  const end = Date.now() + patience;
  while (!(await question())) {
    if (Date.now() > end) throw new Error(`not in ${patience} ms: ${what()}`);
    await pause(20);
  }
};
