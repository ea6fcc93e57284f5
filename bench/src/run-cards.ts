/** Measures cards in a real reader: pcscd, vpcd and a virtual card. */
import { bedNeed } from '@mandate/testing/card-service';
import type { Measure } from './lib/child.js';
import type { FiguresOf } from './measurements.js';
import type { Plan } from './plan.js';

export const cardKinds = ['t7s', 'piv'] as const;

export interface CardResults {
  /** Why nothing was measured. */
  readonly missing?: string;
  readonly t7s: ReadonlyArray<FiguresOf<'cardOperations'>>;
  readonly piv: ReadonlyArray<FiguresOf<'cardOperations'>>;
}

export interface CardRunOptions {
  readonly plan: Plan;
  readonly measure: Measure;
  /** Told before each measurement. */
  readonly tell: (what: string) => void;
}

export const runCards = async ({ plan, measure, tell }: CardRunOptions): Promise<CardResults> => {
  const { available, reason: missing } = bedNeed();
  if (!available) return { missing, t7s: [], piv: [] };
  const results: Record<(typeof cardKinds)[number], Array<FiguresOf<'cardOperations'>>> = {
    t7s: [],
    piv: [],
  };
  for (let round = 1; round <= plan.rounds; round++) {
    for (const kind of cardKinds) {
      tell(`a ${kind} card in a reader, round ${round} of ${plan.rounds}`);
      const { cardOperations: operations, cardInsertions: insertions, cardWarmUp: warmUp } = plan;
      results[kind].push(await measure('cardOperations', { kind, operations, insertions, warmUp }));
    }
  }
  return results;
};
