/** Measures the card agent: many windows at once on one card. */
import type { Measure } from './lib/child.js';
import type { FiguresOf } from './measurements.js';
import type { Plan } from './plan.js';

export interface AgentResults {
  readonly windows: ReadonlyArray<FiguresOf<'agentWindows'>>;
}

export interface AgentRunOptions {
  readonly plan: Plan;
  readonly measure: Measure;
  /** Told before each measurement. */
  readonly tell: (what: string) => void;
}

export const runAgent = async ({ plan, measure, tell }: AgentRunOptions): Promise<AgentResults> => {
  const windows: Array<FiguresOf<'agentWindows'>> = [];
  for (let round = 1; round <= plan.rounds; round++) {
    tell(`${plan.agentWindows} windows of the card agent, round ${round} of ${plan.rounds}`);
    windows.push(await measure('agentWindows', { windows: plan.agentWindows, times: plan.agentTimes }));
  }
  return { windows };
};
