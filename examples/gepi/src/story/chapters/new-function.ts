/**
 * The portal opens a new function: nobody has it until a manager assigns it.
 *
 * @packageDocumentation
 */
import { gepiCatalogueNext } from '@mandate/domain';
import { cityOffice, people } from '../../world/cast.js';
import { answered, done, refused } from '../outcome.js';
import { orElse } from '../scene.js';
import { type Chapter, steps } from '../step.js';
import { decisionOn, unassigned } from './decisions.js';
import { cardEntry } from './entry.js';
import { entriesOf } from './preparation.js';
import { desk, say } from './shared.js';

const step = steps('new-function');
const atCity = steps('new-function', cityOffice);

const publish = { type: 'PublishCatalogue', version: 2, entries: entriesOf(gepiCatalogueNext) };

export const newFunction: Chapter = {
  id: 'new-function',
  title: { zh: '功能選單改版', en: 'A new function' },
  steps: [
    step(
      'published',
      '2026-09-01T08:00',
      '公布功能選單第2版,新增「繳費證明下載」',
      'Version 2 of the menu has one function more',
      'X-6',
      done('CataloguePublished'),
      (scene) => scene.staff(publish, { text: { zh: '已公布。', en: 'Published.' } }),
    ),
    step(
      'published-again',
      '2026-09-01T08:02',
      '想以第1版蓋掉第2版',
      'Version 1 in place of version 2',
      'X-6',
      refused('VERSION_NOT_NEXT'),
      (scene) => scene.staff({ ...publish, version: 1 }, { text: { zh: '已公布。', en: 'Published.' } }),
    ),
    atCity(
      'unassigned',
      '2026-09-01T08:05',
      '尚無人擁有的功能',
      'Functions that nobody holds',
      'X-6',
      answered,
      unassigned(cityOffice, 'premium-certificate'),
    ),
    atCity(
      'not-yet',
      '2026-09-01T08:10',
      '王小明能否下載繳費證明?',
      'May the clerk use it?',
      'X-6 GEPI-36',
      refused('PERMISSION_NOT_GRANTED'),
      decisionOn(cityOffice, people.wang, 'premium-certificate'),
    ),
    atCity(
      'assigned',
      '2026-09-01T09:00',
      '授權管理者張接任勾選新功能',
      'The manager assigns it',
      'X-6 GEPI-38',
      done('ClerkPermissionsChanged'),
      async (scene) =>
        orElse(await desk(cityOffice, 'city-2', people.chang, 'chang')(scene), async (session) =>
          scene.send(
            session,
            {
              type: 'ChangeClerk',
              clerkId: scene.clerkOf('delegation/added'),
              clerk: await cardEntry(scene, people.wang, 'wang-2'),
              permissions: [
                'premium-edit',
                'premium-send',
                'premium-reconcile',
                'premium-certificate',
                'benefit-query',
              ],
            },
            { text: say('message.clerkChanged') },
          ),
        ),
    ),
    atCity(
      'now',
      '2026-09-01T09:05',
      '王小明能否下載繳費證明?',
      'May the clerk use it now?',
      'X-6 GEPI-36',
      answered,
      decisionOn(cityOffice, people.wang, 'premium-certificate'),
    ),
  ],
};
