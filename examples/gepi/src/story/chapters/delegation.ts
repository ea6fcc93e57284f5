/**
 * 五、授權指派: the manager lets clerks act (GEPI-30…41).
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { cityOffice, people } from '../../world/cast.js';
import { answer, answered, done, refused, refusedOutcome, wouldDo } from '../outcome.js';
import { agencyShown, orElse, personShown, refusal, type Scene } from '../scene.js';
import { type Chapter, type Step, steps } from '../step.js';
import { lockedOut } from './delegation-locked-out.js';
import { otherAgencies } from './delegation-others.js';
import { typedSerials } from './delegation-typed.js';
import { cardEntry, logIn } from './entry.js';
import { desk, issueAgencyCard, issueCitizenCard, say, validity } from './shared.js';

const step = steps('delegation', cityOffice);

const atDesk = desk(cityOffice, 'city', people.lin, 'lin');
const added = { text: say('message.clerkAdded') };

/** 新增: a clerk by card. */
const addWang =
  (permissions: ReadonlyArray<string>, change: Readonly<Record<string, string>> = {}) =>
  async (scene: Scene) =>
    orElse(await atDesk(scene), async (session) =>
      scene.send(
        session,
        {
          type: 'AuthorizeClerk',
          clerk: { ...(await cardEntry(scene, people.wang, 'wang')), ...change },
          permissions,
        },
        {
          text: added.text,
        },
      ),
    );

const wangHolds = ['premium-edit', 'premium-send', 'premium-query'];

// -------------------------------------------------------------------------------------
// who may open the list
// -------------------------------------------------------------------------------------

const whoOpens: ReadonlyArray<Step> = [
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

// -------------------------------------------------------------------------------------
// 新增
// -------------------------------------------------------------------------------------

const adding: ReadonlyArray<Step> = [
  step(
    'none-ticked',
    '2026-01-23T09:14',
    '功能選單一項也沒勾',
    'No function is ticked',
    'GEPI-33',
    refused('PERMISSION_REQUIRED'),
    addWang([]),
  ),
  step(
    'unknown-function',
    '2026-01-23T09:15',
    '勾選不存在的功能',
    'A function that is not in the menu',
    'GEPI-36',
    refused('PERMISSION_UNKNOWN'),
    addWang(['premium-refund']),
  ),
  step(
    'group',
    '2026-01-23T09:16',
    '勾選群組而非功能',
    'A group in place of a function',
    'GEPI-36',
    refused('PERMISSION_IS_GROUP'),
    addWang(['premium']),
  ),
  step(
    'other-name',
    '2026-01-23T09:17',
    '姓名與憑證上不同',
    'A name that is not the one on the card',
    'GEPI-33',
    refused('NAME_MISMATCH'),
    addWang(wangHolds, { name: '王大明' }),
  ),
  step(
    'other-id',
    '2026-01-23T09:18',
    '身分證統一編號與憑證不符',
    'An ID that is not the one on the card',
    'GEPI-21 GEPI-33',
    refused('IDENTITY_MISMATCH'),
    addWang(wangHolds, { nationalId: people.chen.nationalId }),
  ),
  step(
    'added-dry',
    '2026-01-23T09:19',
    '試算:新增王小明(不儲存)',
    'A dry run of adding a clerk',
    'GEPI-33',
    wouldDo('ClerkAuthorized'),
    async (scene) =>
      orElse(await atDesk(scene), async (session) =>
        scene.send(
          session,
          {
            type: 'AuthorizeClerk',
            clerk: await cardEntry(scene, people.wang, 'wang'),
            permissions: wangHolds,
          },
          { text: { zh: '可以新增。', en: 'It would be added.' }, dryRun: true },
        ),
      ),
  ),
  step(
    'added',
    '2026-01-23T09:20',
    '讀取憑證(免經辦人PIN碼),新增王小明',
    "The clerk's card is read without a PIN: added",
    'GEPI-33 GEPI-34 GEPI-36 GEPI-37',
    done('ClerkAuthorized'),
    addWang(wangHolds),
  ),
  step(
    'added-twice',
    '2026-01-23T09:22',
    '同一人再新增一次',
    'The same person once more',
    'GEPI-30',
    refused('CLERK_ALREADY_AUTHORIZED'),
    addWang(['benefit-query']),
  ),
];

// -------------------------------------------------------------------------------------
// 登入, 修改, 刪除
// -------------------------------------------------------------------------------------

const working: ReadonlyArray<Step> = [
  step(
    'wang-in',
    '2026-01-26T08:05',
    '王小明以機關代號及自然人憑證登入',
    'The new clerk signs in with agency code and card',
    'GEPI-2 GEPI-3',
    done('ClerkCredentialProved'),
    logIn(cityOffice, people.wang, 'wang'),
  ),
  step(
    'chen-in',
    '2026-01-26T08:20',
    '陳手打首次登入,手輸序號經卡片證實',
    'The typed serial is proved by its first signature',
    'GEPI-35',
    done('ClerkCredentialProved'),
    logIn(cityOffice, people.chen, 'chen'),
  ),
  step(
    'stranger-in',
    '2026-01-26T08:30',
    '未經授權之人登入',
    'A person who is no clerk',
    'GEPI-2',
    refused('NOT_AUTHORIZED'),
    async (scene) => {
      await issueCitizenCard(scene, 'stranger', people.stranger, validity('2025-02-03', '2030-02-03'));
      return logIn(cityOffice, people.stranger, 'stranger')(scene);
    },
  ),
  step(
    'manager-in',
    '2026-01-26T08:40',
    '授權管理者未兼經辦人,不能登入作業',
    'The manager is no clerk, and does not do the business',
    'GEPI-43',
    refused('NOT_AUTHORIZED'),
    logIn(cityOffice, people.lin, 'lin'),
  ),
  step(
    'unchanged',
    '2026-02-02T10:00',
    '修改王小明,但什麼都沒改',
    'Modify without a change',
    'GEPI-38',
    refused('NOTHING_CHANGED'),
    async (scene) => changeWang(scene, wangHolds),
  ),
  step(
    'changed',
    '2026-02-02T10:03',
    '修改王小明:增給付資料查詢,減申報資料查詢',
    'Modify: one function more, one less',
    'GEPI-38',
    done('ClerkPermissionsChanged'),
    async (scene) => changeWang(scene, ['premium-edit', 'premium-send', 'benefit-query']),
  ),
  step(
    'session-over',
    '2026-02-02T10:06',
    '畫面閒置超過二十分鐘後才送出',
    'The screen was left for more than twenty minutes',
    'GEPI-31',
    refused('CONFIRMATION_EXPIRED'),
    async (scene) =>
      orElse(await atDesk(scene), (session) => {
        scene.world.clock.pass(25 * 60);
        return scene.send(
          session,
          { type: 'RevokeClerk', clerkId: scene.clerkOf('delegation/added'), confirmed: true },
          { text: say('message.clerkDeleted') },
        );
      }),
  ),
];

const changeWang = async (scene: Scene, permissions: ReadonlyArray<string>) =>
  orElse(await atDesk(scene), async (session) =>
    scene.send(
      session,
      {
        type: 'ChangeClerk',
        clerkId: scene.clerkOf('delegation/added'),
        clerk: await cardEntry(scene, people.wang, 'wang'),
        permissions,
      },
      { text: say('message.clerkChanged') },
    ),
  );

const deleteLiu = (confirmed: boolean) => async (scene: Scene) =>
  orElse(await atDesk(scene), (session) =>
    scene.send(
      session,
      { type: 'RevokeClerk', clerkId: scene.clerkOf('delegation/liu-added'), confirmed },
      { text: say('message.clerkDeleted') },
    ),
  );

const leaving: ReadonlyArray<Step> = [
  step(
    'delete-asked',
    '2026-02-26T16:00',
    '劉離職離職:按刪除,系統再次詢問',
    'A clerk leaves: delete, and the question whether to',
    'GEPI-40 GEPI-41',
    refused('DELETION_NOT_CONFIRMED'),
    deleteLiu(false),
  ),
  step(
    'deleted',
    '2026-02-26T16:01',
    '確定刪除',
    'Confirmed: deleted',
    'GEPI-40 GEPI-41',
    done('ClerkRevoked'),
    deleteLiu(true),
  ),
  step(
    'deleted-in',
    '2026-03-02T08:10',
    '離職者再登入',
    'The former clerk tries to sign in',
    'GEPI-41',
    refused('NOT_AUTHORIZED'),
    logIn(cityOffice, people.liu, 'liu'),
  ),
];

/** Cards that the chapter needs before anybody shows them. */
const cards: Step = step(
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

export const delegation: Chapter = {
  id: 'delegation',
  title: { zh: '五、授權指派', en: 'Delegation' },
  steps: [
    cards,
    ...whoOpens,
    ...adding,
    ...typedSerials,
    ...otherAgencies,
    ...working,
    ...leaving,
    ...lockedOut,
  ],
};
