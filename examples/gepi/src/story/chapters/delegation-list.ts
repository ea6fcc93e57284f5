/**
 * 五、授權指派 (一)…(三): who may open the list of clerks (GEPI-30…32).
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { cityOffice, people } from '../../world/cast.js';
import { answer, answered, refused, refusedOutcome } from '../outcome.js';
import { agencyShown, orElse, personShown, refusal } from '../scene.js';
import { type Step, steps } from '../step.js';
import { desk, issueAgencyCard, issueCitizenCard, say, validity } from './shared.js';

const step = steps('delegation', cityOffice);
const atDesk = desk(cityOffice, 'city', people.lin, 'lin');

/** Cards that the chapter needs before anybody shows them. */
export const cards: Step = step(
  'cards',
  '2026-01-23T08:30',
  '各經辦人備妥自然人憑證',
  'The clerks have their cards',
  'GEPI-9 GEPI-10',
  answered,
  async (scene) => {
    await issueAgencyCard(
      scene,
      'city-other',
      { ...cityOffice, name: '示範市政府主計處', oid: '2.16.886.101.90003.20001.20006' },
      validity('2024-06-01', '2029-06-01'),
    );
    await issueCitizenCard(scene, 'chen', people.chen, validity('2024-10-01', '2029-10-01'));
    await issueCitizenCard(scene, 'liu', people.liu, validity('2023-03-15', '2028-03-15'));
    await issueCitizenCard(scene, 'kao', people.kao, validity('2025-05-20', '2030-05-20'));
    return answer(true, '陳手打、劉離職、高護理已領卡並開卡。', 'Issued by MOICA and activated.');
  },
);

export const whoOpens: ReadonlyArray<Step> = [
  step(
    'other-agency-card',
    '2026-01-23T09:00',
    '插入其他機關的憑證',
    "Another agency's card",
    'GEPI-31',
    refused('AGENCY_CERTIFICATE_NOT_REGISTERED'),
    async (scene) =>
      refusal(await scene.show('delegation', cityOffice, [agencyShown(scene, cityOffice, 'city-other')])),
  ),
  step(
    'not-the-manager',
    '2026-01-23T09:04',
    '非授權管理者本人',
    'Somebody who is not the manager',
    'GEPI-31',
    refused('MANAGER_PERSON_DIFFERS'),
    async (scene) =>
      refusal(
        await scene.show('delegation', cityOffice, [
          agencyShown(scene, cityOffice, 'city'),
          personShown(scene, people.chang, 'chang'),
        ]),
      ),
  ),
  step(
    'empty-list',
    '2026-01-23T09:10',
    '兩張憑證確認後,進入授權經辦人清單',
    'Both cards confirmed: the list of clerks',
    'GEPI-30 GEPI-31 GEPI-32',
    answered,
    async (scene) => {
      const session = await atDesk(scene);
      if (E.isLeft(session)) return refusedOutcome(session.left);
      return orElse(await scene.register.clerkList(session.right.confirmation.id)(), (list) =>
        answer(
          list.clerks.length === 0 && list.manager.name === people.lin.name,
          `${list.agencyCode} ${list.agencyName},授權管理者 ${list.manager.name ?? ''}:${say('message.noClerks').zh}`,
          say('message.noClerks').en,
        ),
      );
    },
  ),
];
