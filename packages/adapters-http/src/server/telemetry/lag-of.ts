/**
 * The lag of a program's read models, asked for now and then.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Services } from '../services.js';
import { createLag } from './lag.js';

/** Seconds that the slowest read model is behind; 0 where that cannot be asked. */
export const lagOf = ({
  clock,
  changes,
  reads,
}: Pick<Services, 'clock' | 'changes' | 'reads'>): (() => Promise<number>) => {
  const lag = createLag(clock);
  return async () => {
    const head = await changes?.head?.()();
    const models = reads.status?.();
    if (head === undefined || models === undefined || E.isLeft(head) || E.isLeft(models)) return 0;
    // Positions are texts, compared and never counted with.
    const [slowest = ''] = models.right.map(({ position }) => position ?? '').sort();
    return lag.observe(head.right, slowest === '' ? undefined : slowest);
  };
};
