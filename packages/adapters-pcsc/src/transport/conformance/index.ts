/**
 * The contract of `CardTransport`, to be run against any implementation. A transport that does not pass is not one.
 *
 * @packageDocumentation
 */
import { overviewRules } from './overview-rules.js';
import { settled, type TransportRule, type TransportWorld, type WorldAbilities } from './rule.js';
import { sessionRules } from './session-rules.js';

export { type RuleCard, ruleCard, ruleCardAtr, ruleCommands, ruleSession } from './card.js';
export type { TransportRule, TransportWorld, WorldAbilities } from './rule.js';

/** One test: its name is the rule. `run` throws an `Error` in words where the rule does not hold. */
export interface TransportCase {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** What is not waited for by a name of its own: an end, a hand in the reader. */
const ruleMilliseconds = 300_000;

/** The rules as tests; `makeWorld` is asked for a fresh world for each, which is closed after it. */
export const cardTransportRules = (
  makeWorld: (rule: TransportRule) => Promise<TransportWorld>,
  abilities: WorldAbilities,
): ReadonlyArray<TransportCase> =>
  [...overviewRules, ...sessionRules]
    .filter(({ needs }) => needs === undefined || abilities[needs])
    .map((rule) => ({
      name: rule.name,
      run: async () => {
        const world = await makeWorld(rule);
        try {
          await settled(rule.run(world), () => 'the rule', ruleMilliseconds);
        } finally {
          await settled(world.close(), () => 'the world, closing', ruleMilliseconds);
        }
      },
    }));
