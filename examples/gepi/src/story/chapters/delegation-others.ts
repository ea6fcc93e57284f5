/**
 * 五、授權指派 at the other agencies: a manager who is a clerk too, and the hospital's one clerk (GEPI-43).
 *
 * @packageDocumentation
 */
import { type Agency, hospital, type Person, people, school } from '../../world/cast.js';
import { done } from '../outcome.js';
import { orElse, type Scene } from '../scene.js';
import { type Step, steps } from '../step.js';
import { cardEntry, logIn } from './entry.js';
import { type Desk, desk, say } from './shared.js';

const add =
  (atDesk: Desk, person: Person, card: string, permissions: ReadonlyArray<string>) => async (scene: Scene) =>
    orElse(await atDesk(scene), async (session) =>
      scene.send(
        session,
        { type: 'AuthorizeClerk', clerk: await cardEntry(scene, person, card), permissions },
        {
          text: say('message.clerkAdded'),
        },
      ),
    );

const at = (agency: Agency) => steps('delegation', agency);

export const otherAgencies: ReadonlyArray<Step> = [
  at(school)(
    'huang-added',
    '2026-01-23T13:30',
    '授權管理者黃兼任指派自己為經辦人',
    'The manager makes himself a clerk too',
    'GEPI-43',
    done('ClerkAuthorized'),
    add(desk(school, 'school', people.huang, 'huang'), people.huang, 'huang', [
      'premium-edit',
      'premium-query',
    ]),
  ),
  at(school)(
    'huang-in',
    '2026-01-23T13:40',
    '黃兼任以經辦人身分登入',
    'He signs in as a clerk',
    'GEPI-2 GEPI-43',
    done('ClerkCredentialProved'),
    logIn(school, people.huang, 'huang'),
  ),
  at(hospital)(
    'kao-added',
    '2026-01-23T14:10',
    '新增高護理',
    'The hospital adds a clerk',
    'GEPI-33',
    done('ClerkAuthorized'),
    add(desk(hospital, 'hospital', people.tsai, 'tsai'), people.kao, 'kao', ['benefit-claim']),
  ),
];
