/**
 * 五、授權指派: a clerk's certificate changed, so the clerk is locked out, and is let in again in the two ways of the
 * manual (GEPI-39, GEPI-42).
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { cityOffice, people } from '../../world/cast.js';
import { readOrThrow } from '../../world/reading.js';
import { answer, answered, done, refused } from '../outcome.js';
import { orElse, type Scene } from '../scene.js';
import { type Step, steps } from '../step.js';
import { cardEntry, logIn } from './entry.js';
import { desk, reissueCard, renewCard, say } from './shared.js';

const step = steps('delegation', cityOffice);
const atDesk = desk(cityOffice, 'city', people.lin, 'lin');

const renewed: ReadonlyArray<Step> = [
  step(
    'wang-renewed',
    '2026-03-10T08:03',
    '王小明展期後登入(同一張卡,序號已變)',
    'After a renewal: the same card, another serial',
    'GEPI-42',
    refused('CREDENTIAL_REPLACED'),
    async (scene) => {
      await renewCard(scene, 'wang-2', 'wang', people.wang.pin);
      return logIn(cityOffice, people.wang, 'wang-2')(scene);
    },
  ),
  step(
    'wang-modified',
    '2026-03-10T08:30',
    '方式一:修改序號,並於同一次存檔增加權限',
    'Remedy 1: certificate and permissions in one save',
    'GEPI-39 GEPI-42',
    done('CertificateReplaced', 'ClerkPermissionsChanged'),
    async (scene) =>
      orElse(await atDesk(scene), async (session) =>
        scene.send(
          session,
          {
            type: 'ChangeClerk',
            clerkId: scene.clerkOf('delegation/added'),
            clerk: await cardEntry(scene, people.wang, 'wang-2'),
            permissions: ['premium-edit', 'premium-send', 'benefit-query', 'premium-reconcile'],
          },
          { text: say('message.clerkChanged') },
        ),
      ),
  ),
  step(
    'wang-in-again',
    '2026-03-10T08:40',
    '王小明重新登入',
    'The clerk signs in again',
    'GEPI-42',
    done('ClerkCredentialProved'),
    logIn(cityOffice, people.wang, 'wang-2'),
  ),
];

const replaced: ReadonlyArray<Step> = [
  step(
    'chen-new-card',
    '2026-03-17T08:05',
    '陳手打換新卡後登入',
    'After a new card: another card number',
    'GEPI-42',
    refused('CREDENTIAL_REPLACED'),
    async (scene) => {
      await reissueCard(scene, 'chen-2', 'chen', people.chen.pin);
      return logIn(cityOffice, people.chen, 'chen-2')(scene);
    },
  ),
  step(
    'chen-old-card',
    '2026-03-17T08:07',
    '改插舊卡(換卡時已廢止)',
    'The old card was revoked when the new one was issued',
    'GEPI-42',
    refused('CERTIFICATE_REVOKED'),
    logIn(cityOffice, people.chen, 'chen'),
  ),
  step(
    'chen-deleted',
    '2026-03-17T09:00',
    '方式二:先刪除陳手打',
    'Remedy 2: delete',
    'GEPI-40 GEPI-42',
    done('ClerkRevoked'),
    async (scene) =>
      orElse(await atDesk(scene), (session) =>
        scene.send(
          session,
          { type: 'RevokeClerk', clerkId: scene.clerkOf('delegation/serial-typed'), confirmed: true },
          { text: say('message.clerkDeleted') },
        ),
      ),
  ),
  step(
    'chen-added-again',
    '2026-03-17T09:02',
    '再新增陳手打(歷程仍屬同一人)',
    'and add again: the history stays that of one person',
    'GEPI-42',
    done('ClerkAuthorized'),
    async (scene: Scene) =>
      orElse(await atDesk(scene), async (session) =>
        scene.send(
          session,
          {
            type: 'AuthorizeClerk',
            clerk: await cardEntry(scene, people.chen, 'chen-2'),
            permissions: ['benefit-estimate', 'benefit-query'],
          },
          {
            text: say('message.clerkAdded'),
          },
        ),
      ),
  ),
  step(
    'chen-in-again',
    '2026-03-17T09:10',
    '陳手打以新卡登入',
    'The clerk signs in with the new card',
    'GEPI-42',
    done('ClerkCredentialProved'),
    logIn(cityOffice, people.chen, 'chen-2'),
  ),
];

const history: Step = step(
  'chen-history',
  '2026-03-17T09:20',
  '查陳手打的歷程:前後兩筆授權,同一個人',
  'The history: two entries of one person',
  'GEPI-42',
  answered,
  async (scene) => {
    const { reading, vault } = scene.world.portal;
    await reading.refresh();
    const person = await vault.pseudonym('person', people.chen.nationalId)();
    const changes = E.isLeft(person) ? [] : readOrThrow(reading.history.ofPerson(person.right));
    const entries = new Set(changes.map((change) => change.clerk));
    return answer(
      entries.size === 2,
      `異動${changes.length}筆,授權${entries.size}筆,刪除與再新增皆在其中。`,
      `${changes.length} changes of ${entries.size} entries`,
    );
  },
);

export const lockedOut: ReadonlyArray<Step> = [...renewed, ...replaced, history];
