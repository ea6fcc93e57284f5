/** Measures the store on EventStoreDB and the bare client in turn. */
import type { Measure } from './lib/child.js';
import type { FiguresOf } from './measurements.js';
import type { Plan } from './plan.js';

type Rounds = ReadonlyArray<FiguresOf<'eventStoreDbCommands'>>;

export interface EventStoreDbResults {
  readonly ours: Rounds;
  readonly bare: Rounds;
}

export interface EventStoreDbRunOptions {
  readonly plan: Plan;
  readonly measure: Measure;
  /** Told before each measurement. */
  readonly tell: (what: string) => void;
}

export const runEventStoreDb = async ({
  plan,
  measure,
  tell,
}: EventStoreDbRunOptions): Promise<EventStoreDbResults> => {
  const { streams, eventsPerStream, warmUp, width } = plan;
  const results: { readonly ours: Array<Rounds[number]>; readonly bare: Array<Rounds[number]> } = {
    ours: [],
    bare: [],
  };
  for (let round = 1; round <= plan.rounds; round++) {
    tell(`EventStoreDB, round ${round} of ${plan.rounds}`);
    for (const subject of ['bare', 'ours'] as const) {
      const params = { subject, streams, eventsPerStream, warmUp, width };
      results[subject].push(await measure('eventStoreDbCommands', params));
    }
  }
  return results;
};
