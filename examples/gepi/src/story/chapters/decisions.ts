/**
 * Asking the decision: who may use which function now.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Agency, Person } from '../../world/cast.js';
import { answer, type Outcome, refusedOutcome } from '../outcome.js';
import type { Scene } from '../scene.js';

export const decisionOn =
  (agency: Agency, person: Person, code: string) =>
  async (scene: Scene): Promise<Outcome> => {
    const pseudonym = await scene.world.portal.vault.pseudonym('person', person.nationalId)();
    if (E.isLeft(pseudonym)) throw new Error(pseudonym.left.detail);
    const may = await scene.world.portal.deciding.may(agency.code, pseudonym.right, code);
    return E.isLeft(may) ? refusedOutcome(may.left) : answer(true, '可以。', 'Yes.');
  };

export const unassigned =
  (agency: Agency, code: string, expected: boolean) =>
  async (scene: Scene): Promise<Outcome> => {
    const holders = await scene.world.portal.deciding.holders(agency.code, code);
    return answer((holders === 0) === expected, `${code}:${holders} 人`, `${holders} clerks hold it`);
  };
