/**
 * A little past, so that lists and histories have something to show: two agencies are registered, their clerks have
 * changed since, one application waits for review, and the function menu has a newer version.
 *
 * @packageDocumentation
 */
import { gepiCatalogue, gepiCatalogueNext, gepiTerms, type Register } from '@mandate/domain';
import type { DrawerCard } from '../cards/deck.js';
import { hospital, people, township, water } from './cast.js';
import { entriesOf } from './entries.js';
import { type PastClock, type PastScene, pastScene } from './past-scene.js';

const clerkOf = ({ card, nationalId }: DrawerCard) => ({
  name: card.holderName,
  nationalId,
  certificate: {
    kind: 'card',
    der: Buffer.from(card.certificate).toString('base64'),
    cardNumber: card.cardNumber,
  },
});

/** A delegation session of the company's manager. */
const delegate = (scene: PastScene): Promise<string> =>
  scene.show('delegation', water.code, ['water', 'hsu']);

const publish = async (scene: PastScene): Promise<void> => {
  const { version, title, text, english } = gepiTerms;
  await scene.staff({ type: 'PublishTerms', version, title, text, english });
  await scene.staff({ type: 'PublishCatalogue', version: 1, entries: entriesOf(gepiCatalogue) });
};

/** An agency agrees to the terms and registers with its card and its manager's. */
const registerAgency = async (
  scene: PastScene,
  agencyCode: string,
  cards: ReadonlyArray<string>,
  contact: Readonly<Record<'name' | 'email' | 'phone', string> & { extension?: string }>,
): Promise<void> => {
  const terms = await scene.terms();
  const registration = await scene.show('first-registration', agencyCode, cards);
  await scene.ask(agencyCode, registration, { type: 'RegisterAgency', terms, contact });
};

const companyBegins = async (scene: PastScene, clock: PastClock): Promise<void> => {
  clock.to(40, 10, 12);
  await registerAgency(scene, water.code, ['water', 'hsu'], {
    name: people.hsu.name,
    email: 'hsu@water.example',
    phone: '07-5550123',
    extension: '21',
  });
  clock.to(39, 14, 5);
  const first = await delegate(scene);
  const add = (id: string, permissions: ReadonlyArray<string>) =>
    scene.ask(water.code, first, { type: 'AuthorizeClerk', clerk: clerkOf(scene.card(id)), permissions });
  await add('tsao', ['premium-edit', 'premium-send', 'premium-query']);
  await add('kuo', ['premium-print', 'premium-query', 'benefit-query']);
  clock.to(38, 9, 40);
  const second = await delegate(scene);
  await scene.ask(water.code, second, {
    type: 'AuthorizeClerk',
    clerk: clerkOf(scene.card('liu')),
    permissions: ['benefit-claim', 'benefit-print', 'benefit-query'],
  });
};

const hospitalBegins = async (scene: PastScene, clock: PastClock): Promise<void> => {
  clock.to(30, 11, 20);
  await registerAgency(scene, hospital.code, ['hospital', 'tsai'], {
    name: people.tsai.name,
    email: 'tsai@hospital.example',
    phone: '03-8550456',
  });
  clock.to(30, 11, 31);
  const delegation = await scene.show('delegation', hospital.code, ['hospital', 'tsai']);
  await scene.ask(hospital.code, delegation, {
    type: 'AuthorizeClerk',
    clerk: clerkOf(scene.card('kao')),
    permissions: ['premium-edit', 'premium-query', 'seniority-query'],
  });
};

const companyChanges = async (scene: PastScene, clock: PastClock): Promise<void> => {
  clock.to(20, 15, 2);
  const first = await delegate(scene);
  const tsao = await scene.clerkId(first, people.tsao.name);
  const change = (confirmation: string, permissions: ReadonlyArray<string>) =>
    scene.ask(water.code, confirmation, {
      type: 'ChangeClerk',
      clerkId: tsao,
      clerk: clerkOf(scene.card('tsao')),
      permissions,
    });
  await change(first, ['premium-send', 'premium-query', 'benefit-estimate']);
  clock.to(12, 9, 15);
  const second = await delegate(scene);
  const liu = await scene.clerkId(second, people.liu.name);
  await scene.ask(water.code, second, { type: 'RevokeClerk', clerkId: liu, confirmed: true });
  clock.to(9, 8, 30);
  await scene.staff({ type: 'PublishCatalogue', version: 2, entries: entriesOf(gepiCatalogueNext) });
  clock.to(6, 16, 44);
  const third = await delegate(scene);
  await change(third, ['premium-send', 'premium-query', 'benefit-claim', 'benefit-estimate']);
};

const townshipApplies = async (scene: PastScene, clock: PastClock): Promise<void> => {
  clock.to(1, 10, 8);
  const terms = await scene.terms();
  const confirmation = await scene.show('first-registration', township.code, ['township']);
  await scene.ask(township.code, confirmation, {
    type: 'RequestReview',
    terms,
    applicant: { name: '方申請', phone: '08-7550789', extension: '12' },
  });
};

/** Plays it all, up to the evening before the first start. */
export const fillPast = async (
  register: Register,
  deck: ReadonlyArray<DrawerCard>,
  clock: PastClock,
): Promise<void> => {
  const scene = pastScene(register, deck);
  clock.to(45, 9, 0);
  await publish(scene);
  await companyBegins(scene, clock);
  await hospitalBegins(scene, clock);
  await companyChanges(scene, clock);
  await townshipApplies(scene, clock);
};
