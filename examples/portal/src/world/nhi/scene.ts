/**
 * 多憑證網路承保作業 as the demonstration has it: four units, and a week of past.
 *
 * @packageDocumentation
 */
import type { TestCard } from '@mandate/certificates/test-pki';
import { nhiCatalogue, nhiPolicyFor } from '@mandate/domain';
import type { DrawerCard } from '../../cards/deck.js';
import { entriesOf } from '../entries.js';
import { type PastScene, pastScene } from '../past-scene.js';
import type { Scene } from '../scene.js';
import { cardService, recordsOf } from '../services.js';
import {
  type Citizen,
  citizens,
  clinic,
  closed,
  company,
  healthCards,
  shop,
  type Unit,
  units,
} from './cast.js';

const day = 86_400_000;
const note = (zh: string, en: string): DrawerCard['note'] => ({ zh, en });

const deal: Scene['deal'] = async (pki, now, lent) => {
  const since = { notBefore: new Date(now - 400 * day) };
  const lately = { notBefore: new Date(now - 5 * day) };
  const unitCard = ({ name, organisation }: Unit): Promise<TestCard> =>
    pki.issueAgency({
      ca: 'MOEACA',
      name,
      businessNumber: organisation.value,
      ...since,
    });
  const ofUnit = (id: string, unit: Unit, words: DrawerCard['note'], card: TestCard): DrawerCard => ({
    ...{
      id,
      compartment: 'agency',
      holder: unit.name,
      agencyCode: unit.code,
      note: words,
      pin: unit.pin,
      card,
    },
  });
  const ofPerson = async (id: string, person: Citizen, words: DrawerCard['note']): Promise<DrawerCard> => ({
    ...{ id, compartment: 'clerk', holder: person.name, nationalId: person.nationalId, note: words },
    pin: person.pin,
    card: await pki.issueCitizen({ name: person.name, last4: person.nationalId.slice(-4), ...since }),
  });
  /** Who acts in another portal too has one card for both; where there is none, one that ends soon. */
  const kao = lent.find(({ nationalId }) => nationalId === citizens.kao.nationalId);
  const kaoCard =
    kao?.card ??
    (await pki.issueCitizen({
      name: citizens.kao.name,
      last4: citizens.kao.nationalId.slice(-4),
      notBefore: new Date(now - 1800 * day),
      notAfter: new Date(now + 26 * day),
    }));
  const companyCard = await unitCard(company);
  return [
    ofUnit('shop', shop, note('尚未註冊:由此開始', 'Not registered yet: begin here'), await unitCard(shop)),
    ofUnit('company', company, note('已註冊,現行卡', 'Registered; the card on record'), companyCard),
    ofUnit(
      'company-new',
      company,
      note('換發的新卡,尚未變更登記', 'A new card, not on record yet'),
      await pki.reissue(companyCard, lately),
    ),
    ofUnit(
      'clinic',
      clinic,
      note(
        '診所以負責人健保卡註冊,不能改用此卡',
        'The clinic registered by health card, so this one is refused',
      ),
      await unitCard(clinic),
    ),
    ofUnit(
      'closed',
      closed,
      note('已註冊,暫時關閉', 'Registered, and closed for the time being'),
      await unitCard(closed),
    ),
    await ofPerson('wang', citizens.wang, note('示範科技承辦人', 'Clerk of the company 310000025')),
    {
      ...{ id: 'kao', compartment: 'clerk', holder: citizens.kao.name, pin: citizens.kao.pin },
      nationalId: citizens.kao.nationalId,
      note: note('示範科技承辦人,憑證即將到期', 'Clerk of the company 310000025; the certificate ends soon'),
      card: kaoCard,
    },
    await ofPerson('ho', citizens.ho, note('尚未被指派', 'Not assigned yet')),
    await ofPerson('chien', citizens.chien, note('示範文教承辦人', 'Clerk of 310000041, which is closed')),
  ];
};

const assign = async (
  scene: PastScene,
  { code }: Unit,
  visit: string,
  clerk: Readonly<Record<string, unknown>>,
): Promise<void> => scene.ask(code, visit, { type: 'AuthorizeClerk', clerk, permissions: ['enrolment'] });

const byCard = ({ card, nationalId }: DrawerCard, email: string) => ({
  ...{ name: card.holderName, nationalId, email },
  certificate: {
    kind: 'card',
    der: Buffer.from(card.certificate).toString('base64'),
    cardNumber: card.cardNumber,
  },
});

const register = async (scene: PastScene, unit: Unit, root: string): Promise<string> => {
  const registering = await scene.show('register', unit.code, [root]);
  await scene.ask(unit.code, registering, { type: 'RegisterAgency' });
  return scene.show('managers', unit.code, [root]);
};

const fillPast: Scene['fillPast'] = async (opened, deck, clock) => {
  const scene = pastScene(opened, deck, healthCards);
  clock.to(9, 9, 0);
  await scene.staff({ type: 'PublishCatalogue', version: 1, entries: entriesOf(nhiCatalogue) });
  clock.to(8, 10, 0);
  const atCompany = await register(scene, company, 'company');
  await assign(scene, company, atCompany, byCard(scene.card('wang'), 'wang@company.example'));
  await assign(scene, company, atCompany, byCard(scene.card('kao'), 'kao@company.example'));
  clock.to(7, 11, 0);
  const atClinic = await register(scene, clinic, 'health:owner');
  await assign(scene, clinic, atClinic, {
    ...{ name: '陳護理', nationalId: 'D220000440', email: 'nurse@clinic.example' },
    certificate: { kind: 'registeredCard' },
  });
  clock.to(6, 14, 0);
  const atClosed = await register(scene, closed, 'closed');
  await assign(scene, closed, atClosed, byCard(scene.card('chien'), 'chien@closed.example'));
  clock.to(2, 16, 0);
  await scene.staff({ type: 'SuspendAgency', agencyCode: closed.code, reason: 'closed-for-now' });
};

export const nhiScene: Scene = {
  policyFor: nhiPolicyFor,
  directory: recordsOf(units),
  cas: ['MOEACA', 'MOICA'],
  deal,
  fillPast,
  renewal: false,
  registeredCards: cardService(healthCards),
  healthCards,
};
