/**
 * Asking the decision: who may use which function now (GEPI-2, X-6).
 *
 * @packageDocumentation
 */
import { gepiCatalogueNext, type Reasons, registerError, type Text } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { Agency, Person } from '../../world/cast.js';
import { personName } from '../../world/names.js';
import { answer, type Outcome, refusedOutcome } from '../outcome.js';
import type { Scene } from '../scene.js';

/** The name of a function, in the latest menu. */
export const functionName = (code: string): Text => {
  const entry = gepiCatalogueNext.find((candidate) => candidate.code === code);
  return { zh: entry?.zh ?? code, en: entry?.en ?? code };
};

const nowOf = (scene: Scene): string => new Date(scene.world.clock.now()).toISOString();

const whoLet = (scene: Scene, { grant }: Reasons): string => {
  const manager =
    grant.manager === undefined ? '' : personName(scene.world.portal.reading, grant.manager.person);
  return `可以。授權人 ${manager},功能選單第${grant.catalogueVersion}版。`;
};

/** May this person use the function now? */
export const decisionOn =
  (agency: Agency, person: Person, code: string) =>
  async (scene: Scene): Promise<Outcome> => {
    const { reading, vault } = scene.world.portal;
    await reading.refresh();
    const pseudonym = await vault.pseudonym('person', person.nationalId)();
    if (E.isLeft(pseudonym)) throw new Error(pseudonym.left.detail);
    const decision = reading.authority.may({
      agency: agency.code,
      who: { person: pseudonym.right },
      function: code,
      at: nowOf(scene),
    });
    return decision.allowed
      ? answer(true, whoLet(scene, decision.reasons()), 'Yes, with the manager who granted it.')
      : refusedOutcome(registerError(decision.code));
  };

/** Functions of the menu that nobody of the agency holds: is this one among them? */
export const unassigned =
  (agency: Agency, code: string) =>
  async (scene: Scene): Promise<Outcome> => {
    const { reading } = scene.world.portal;
    await reading.refresh();
    const codes = reading.authority.unassignedFunctions(agency.code, { at: nowOf(scene) });
    const names = codes.map((each) => functionName(each).zh).join('、');
    return answer(codes.includes(code), `尚未指派任何經辦人:${names}`, `${codes.length} functions`);
  };
