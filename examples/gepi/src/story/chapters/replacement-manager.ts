/**
 * 六、更換憑證作業 (二) 更換授權管理者自然人憑證 (GEPI-43, 45, 47, 49): the same person with a new certificate, a manager
 * who is a clerk, and another person.
 *
 * @packageDocumentation
 */
import { type Agency, cityOffice, type Person, people, school } from '../../world/cast.js';
import { answer, answered, done, refused } from '../outcome.js';
import { agencyShown, orElse, personShown, refusal, type Scene } from '../scene.js';
import { type Step, steps } from '../step.js';
import { cardEntry, logIn } from './entry.js';
import { planFact } from './replacement-plan.js';
import { contactOf, desk, reissueCard, renewCard, say } from './shared.js';

const purpose = 'replace-manager';

const replace =
  (
    agency: Agency,
    agencyCard: string,
    person: Person,
    card: string,
    contact: Readonly<Record<string, string>>,
  ) =>
  async (scene: Scene) => {
    const cards = [agencyShown(scene, agency, agencyCard), personShown(scene, person, card)];
    return orElse(await scene.show(purpose, agency, cards), (confirmed) =>
      scene.sendWithTerms(
        confirmed,
        { type: 'ReplaceManagerCertificate', contact },
        { text: say('message.managerReplaced') },
      ),
    );
  };

const delegationWith =
  (agency: Agency, agencyCard: string, person: Person, card: string) => async (scene: Scene) =>
    refusal(
      await scene.show('delegation', agency, [
        agencyShown(scene, agency, agencyCard),
        personShown(scene, person, card),
      ]),
    );

// -------------------------------------------------------------------------------------
// the same person
// -------------------------------------------------------------------------------------

const atCity = steps('replacement', cityOffice);

const renewed: ReadonlyArray<Step> = [
  atCity(
    'lin-renewed',
    '2026-05-11T09:00',
    '林示範展期後,直接辦理授權指派',
    'The manager renewed her card and goes straight to delegation',
    'GEPI-44',
    refused('MANAGER_CERTIFICATE_NOT_REGISTERED'),
    async (scene) => {
      await renewCard(scene, 'lin-2', 'lin', people.lin.pin);
      return delegationWith(cityOffice, 'city-2', people.lin, 'lin-2')(scene);
    },
  ),
  atCity(
    'lin-replaced',
    '2026-05-11T09:10',
    '更換授權管理者自然人憑證,並更新分機',
    'Replaced: the same person, a new certificate, a new extension',
    'GEPI-47 GEPI-49',
    done('TermsAccepted', 'CertificateReplaced', 'ContactChanged'),
    replace(cityOffice, 'city-2', people.lin, 'lin-2', contactOf(people.lin, 'lin', '04-22289111', '5388')),
  ),
];

// -------------------------------------------------------------------------------------
// manager and clerk in one person
// -------------------------------------------------------------------------------------

const atSchool = steps('replacement', school);

const both: ReadonlyArray<Step> = [
  atSchool(
    'huang-plan',
    '2026-05-18T08:50',
    '黃兼任換新卡:他是授權管理者,也是經辦人',
    'The manager who is a clerk has a new card: what to do?',
    'GEPI-43 GEPI-45',
    answered,
    async (scene) => {
      await reissueCard(scene, 'huang-2', 'huang', people.huang.pin);
      const row = planFact(say('planner.managerAndClerk'), { manager: true, managerIsClerk: true });
      const holds = row.value.includes('1.更換授權管理者自然人憑證 2.授權指派');
      return answer(holds, say('hint.managerIsClerk').zh, 'Both operations, in this order.', [row]);
    },
  ),
  atSchool(
    'huang-wrong-order',
    '2026-05-18T09:00',
    '先做2.授權指派(順序錯誤)',
    'Starting with operation 2',
    'GEPI-43',
    refused('MANAGER_CERTIFICATE_NOT_REGISTERED'),
    delegationWith(school, 'school', people.huang, 'huang-2'),
  ),
  atSchool(
    'huang-replaced',
    '2026-05-18T09:05',
    '1.更換授權管理者自然人憑證',
    'Operation 1',
    'GEPI-43 GEPI-47',
    done('TermsAccepted', 'CertificateReplaced'),
    replace(school, 'school', people.huang, 'huang-2', contactOf(people.huang, 'huang', '03-9252241', '21')),
  ),
  atSchool(
    'huang-half',
    '2026-05-18T09:12',
    '只做1.,經辦人身分仍無法登入',
    'After operation 1 alone the clerk is still locked out',
    'GEPI-43',
    refused('CREDENTIAL_REPLACED'),
    logIn(school, people.huang, 'huang-2'),
  ),
  atSchool(
    'huang-modified',
    '2026-05-18T09:20',
    '2.授權指派:修改自己的經辦人憑證',
    'Operation 2',
    'GEPI-43',
    done('CertificateReplaced'),
    async (scene) =>
      orElse(await desk(school, 'school', people.huang, 'huang-2')(scene), async (session) =>
        scene.send(
          session,
          {
            type: 'ChangeClerk',
            clerkId: scene.clerkOf('delegation/huang-added'),
            clerk: await cardEntry(scene, people.huang, 'huang-2'),
            permissions: ['premium-edit', 'premium-query'],
          },
          { text: say('message.clerkChanged') },
        ),
      ),
  ),
  atSchool(
    'huang-in-again',
    '2026-05-18T09:30',
    '黃兼任重新以經辦人身分登入',
    'He signs in as a clerk again',
    'GEPI-43',
    done('ClerkCredentialProved'),
    logIn(school, people.huang, 'huang-2'),
  ),
];

// -------------------------------------------------------------------------------------
// another person
// -------------------------------------------------------------------------------------

const successor: ReadonlyArray<Step> = [
  atCity(
    'chang-appointed',
    '2026-06-01T09:00',
    '林示範調職,張接任於同一畫面更換',
    'Another person on the same screen: a new manager, not a new card',
    'GEPI-47 GEPI-49',
    done('TermsAccepted', 'ManagerAppointed'),
    replace(
      cityOffice,
      'city-2',
      people.chang,
      'chang',
      contactOf(people.chang, 'chang', '04-22289111', '5320'),
    ),
  ),
  atCity(
    'lin-after',
    '2026-06-01T09:20',
    '林示範再辦授權指派',
    'The former manager tries delegation',
    'GEPI-49',
    refused('MANAGER_PERSON_DIFFERS'),
    delegationWith(cityOffice, 'city-2', people.lin, 'lin-2'),
  ),
];

export const replaceManagerSteps: ReadonlyArray<Step> = [...renewed, ...both, ...successor];
