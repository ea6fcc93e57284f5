/** Measures the reading of revocation lists: a complete one of the largest CA, and a small one that everyone can read. */
import { emptyFolder, type Measure, removeFolder } from './lib/child.js';
import type { FiguresOf } from './measurements.js';
import type { Plan } from './plan.js';

export interface CrlRound {
  readonly ours: FiguresOf<'crlOurs'>;
  readonly pkijs: FiguresOf<'crlPkijs'>;
  readonly openssl: FiguresOf<'crlOpenssl'>;
}

export interface CrlResults {
  readonly complete: ReadonlyArray<CrlRound>;
  readonly small: ReadonlyArray<CrlRound>;
}

export interface CrlRunOptions {
  readonly plan: Plan;
  readonly measure: Measure;
  /** Told before each measurement. */
  readonly tell: (what: string) => void;
}

export const runCrls = async ({ plan, measure, tell }: CrlRunOptions): Promise<CrlResults> => {
  const sizes = { complete: plan.crlEntries, small: plan.smallCrlEntries } as const;
  const rounds: Record<keyof typeof sizes, CrlRound[]> = { complete: [], small: [] };
  for (const size of ['complete', 'small'] as const) {
    const folder = emptyFolder();
    tell(`making a revocation list of ${sizes[size]}`);
    await measure('buildCrl', { folder, entries: sizes[size] });
    for (let round = 1; round <= plan.rounds; round++) {
      tell(`revocation list of ${sizes[size]}, round ${round} of ${plan.rounds}`);
      rounds[size].push({
        ours: await measure('crlOurs', { folder, questions: plan.crlQuestions }),
        pkijs: await measure('crlPkijs', { folder }),
        openssl: await measure('crlOpenssl', { folder }),
      });
    }
    removeFolder(folder);
  }
  return rounds;
};
