/**
 * 四、首次註冊作業 at the city office: the cards of the two steps.
 *
 * @packageDocumentation
 */
import { cityOffice, people } from '../../world/cast.js';
import { agencyShown, type Scene } from '../scene.js';
import { contactOf, issueAgencyCard, issueCitizenCard, say, validity } from './shared.js';

export const purpose = 'first-registration';

export const office = (scene: Scene) =>
  issueAgencyCard(scene, 'city', cityOffice, validity('2021-04-20', '2026-04-20'));

export const lin = (scene: Scene) =>
  issueCitizenCard(scene, 'lin', people.lin, validity('2021-06-15', '2026-06-15'));

export const contact = contactOf(people.lin, 'lin', '04-22289111', '5312');

/** Only the first of the two cards. */
export const agencyStep = (scene: Scene, card: string) =>
  scene.show(purpose, cityOffice, [agencyShown(scene, cityOffice, card)]);

export const both = async (scene: Scene) =>
  scene.show(purpose, cityOffice, [await office(scene), await lin(scene)]);

/** The agency's card passed; the manager's step with whatever is shown. */
export const managerStep = async (scene: Scene, card: string, nationalId: string, pin: string) =>
  scene.show(purpose, cityOffice, [
    await office(scene),
    { card: scene.world.box.card(card), pin, nationalId },
  ]);

/** What is told of a registration. */
export const registered = { text: say('message.agencyRegistered') };
