/**
 * 五、授權指派 (四): adding a clerk by card (GEPI-33, 34, 36, 37).
 *
 * @packageDocumentation
 */
import { cityOffice, people } from '../../world/cast.js';
import { done, refused, wouldDo } from '../outcome.js';
import { orElse, type Scene } from '../scene.js';
import { type Step, steps } from '../step.js';
import { cardEntry } from './entry.js';
import { desk, say } from './shared.js';

const step = steps('delegation', cityOffice);
const atDesk = desk(cityOffice, 'city', people.lin, 'lin');

const added = { text: say('message.clerkAdded') };

export const wangHolds = ['premium-edit', 'premium-send', 'premium-query'];

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

export const adding: ReadonlyArray<Step> = [
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
