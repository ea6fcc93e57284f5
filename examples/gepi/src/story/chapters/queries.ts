/**
 * 七、查詢作業 (GEPI-51…53).
 *
 * @packageDocumentation
 */
import { cityOffice, company, people } from '../../world/cast.js';
import { answer, answered, type Outcome, refused } from '../outcome.js';
import { agencyShown, orElse, personShown, refusal, type Scene } from '../scene.js';
import { type Chapter, steps } from '../step.js';
import { say } from './shared.js';

const atCity = steps('queries', cityOffice);
const atCompany = steps('queries', company);

const oidOf =
  (agency: typeof cityOffice, card: string) =>
  async (scene: Scene): Promise<Outcome> =>
    orElse(await scene.show('query-oid', agency, [agencyShown(scene, agency, card)]), async (confirmed) =>
      orElse(
        await scene.register.organisationOf(confirmed.confirmation.id)(),
        ({ agencyName, organisation }) =>
          answer(
            organisation.value === (agency.oid ?? agency.businessNumber),
            `${agencyName}  ${organisation.kind === 'oid' ? 'OID' : '統一編號'} ${organisation.value}`,
            'Name and OID, or business number',
          ),
      ),
    );

export const queries: Chapter = {
  id: 'queries',
  title: { zh: '七、查詢作業', en: 'Enquiries' },
  steps: [
    atCity(
      'oid',
      '2026-08-03T10:00',
      '(二)查詢機關憑證OID',
      'OID of an agency certificate',
      'GEPI-52',
      answered,
      oidOf(cityOffice, 'city-2'),
    ),
    atCompany(
      'business-number',
      '2026-08-03T10:10',
      '(二)查詢機關憑證OID:工商憑證記載統一編號',
      "The business CA's certificates name a business number",
      'GEPI-52',
      answered,
      oidOf(company, 'company-2'),
    ),
    atCity(
      'serial',
      '2026-08-03T10:20',
      '(三)查詢自然人憑證序號',
      'Serial number of a citizen certificate',
      'GEPI-53',
      answered,
      async (scene) =>
        orElse(
          await scene.show('query-serial', undefined, [personShown(scene, people.wang, 'wang-2')]),
          async (confirmed) =>
            orElse(await scene.register.serialOf(confirmed.confirmation.id)(), ({ name, serial }) =>
              answer(
                serial === scene.world.box.card('wang-2').card.serial,
                `${name}  ${say('column.serial').zh} ${serial}`,
                'Name and serial',
              ),
            ),
        ),
    ),
    atCity(
      'serial-of-another',
      '2026-08-03T10:30',
      '以他人身分證統一編號查詢',
      "The same with somebody else's ID",
      'GEPI-53',
      refused('IDENTITY_MISMATCH'),
      async (scene) => {
        const shown = personShown(scene, people.wang, 'wang-2');
        const other = { ...shown, nationalId: people.lin.nationalId };
        return refusal(await scene.show('query-serial', undefined, [other]));
      },
    ),
  ],
};
