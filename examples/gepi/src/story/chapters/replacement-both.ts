/**
 * 六、更換憑證作業 (三) 更換機關憑證和更換授權管理者自然人憑證: both or neither (GEPI-48).
 *
 * @packageDocumentation
 */
import { company, people } from '../../world/cast.js';
import { done, refused } from '../outcome.js';
import { agencyShown, orElse, personShown, refusal } from '../scene.js';
import { type Step, steps } from '../step.js';
import { contactOf, reissueCard, say } from './shared.js';

const step = steps('replacement', company);
const purpose = 'replace-both';

export const replaceBothSteps: ReadonlyArray<Step> = [
  step(
    'company-one-old',
    '2026-07-06T10:00',
    '新機關憑證配舊自然人憑證',
    "The agency's new card with the manager's old one",
    'GEPI-48',
    refused('CERTIFICATE_UNCHANGED'),
    async (scene) => {
      await reissueCard(scene, 'company-2', 'company', company.pin);
      return refusal(
        await scene.show(purpose, company, [
          agencyShown(scene, company, 'company-2'),
          personShown(scene, people.hsu, 'hsu'),
        ]),
      );
    },
  ),
  step(
    'company-replaced',
    '2026-07-06T10:30',
    '兩張都換:一次完成,不會只換一半',
    'Both new: one transaction, never half of it',
    'GEPI-48',
    done('TermsAccepted', 'CertificateReplaced', 'CertificateReplaced'),
    async (scene) => {
      await reissueCard(scene, 'hsu-2', 'hsu', people.hsu.pin);
      const cards = [agencyShown(scene, company, 'company-2'), personShown(scene, people.hsu, 'hsu-2')];
      return orElse(await scene.show(purpose, company, cards), (confirmed) =>
        scene.sendWithTerms(
          confirmed,
          { type: 'ReplaceBothCertificates', contact: contactOf(people.hsu, 'hsu', '07-3373900', '8') },
          { text: say('message.bothReplaced') },
        ),
      );
    },
  ),
];
