/**
 * 五、授權指派 (五)(六): clerks sign in, are changed, and leave (GEPI-2, 3, 38, 40, 41).
 *
 * @packageDocumentation
 */
import { cityOffice, people } from '../../world/cast.js';
import { done, refused } from '../outcome.js';
import { orElse, type Scene } from '../scene.js';
import { type Step, steps } from '../step.js';
import { wangHolds } from './delegation-adding.js';
import { cardEntry, logIn } from './entry.js';
import { desk, issueCitizenCard, say, validity } from './shared.js';

const step = steps('delegation', cityOffice);
const atDesk = desk(cityOffice, 'city', people.lin, 'lin');

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

export const working: ReadonlyArray<Step> = [
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

const deleteLiu = (confirmed: boolean) => async (scene: Scene) =>
  orElse(await atDesk(scene), (session) =>
    scene.send(
      session,
      { type: 'RevokeClerk', clerkId: scene.clerkOf('delegation/liu-added'), confirmed },
      { text: say('message.clerkDeleted') },
    ),
  );

export const leaving: ReadonlyArray<Step> = [
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
