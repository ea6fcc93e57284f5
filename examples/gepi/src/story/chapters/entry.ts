/**
 * What is entered of a clerk, and how a clerk signs in.
 *
 * @packageDocumentation
 */
import type { Agency, Person } from '../../world/cast.js';
import type { Outcome } from '../outcome.js';
import { loginShown, orElse, readCard, type Scene } from '../scene.js';
import { say } from './shared.js';

/** What the manager enters of a clerk whose card is in the reader. */
export const cardEntry = async (scene: Scene, person: Person, card: string) => ({
  name: person.name,
  nationalId: person.nationalId,
  certificate: await readCard(scene.world.box.card(card)),
});

/** 登入 with agency code and card (GEPI-3). */
export const logIn =
  (agency: Agency, person: Person, card: string) =>
  async (scene: Scene): Promise<Outcome> =>
    orElse(await scene.show('login', agency, [loginShown(scene, person, card)]), (confirmed) =>
      scene.send(confirmed, { type: 'LogIn' }, { text: say('message.loggedIn') }),
    );
