/**
 * 四、首次註冊作業: the hospital, where nothing goes wrong.
 *
 * @packageDocumentation
 */
import { hospital, people } from '../../world/cast.js';
import { done } from '../outcome.js';
import { orElse } from '../scene.js';
import { steps } from '../step.js';
import { contactOf, issueAgencyCard, issueCitizenCard, say, validity } from './shared.js';

const step = steps('registration', hospital);

export const hospitalRegistration = [
  step(
    'hospital',
    '2026-01-06T14:00',
    '醫事憑證首次註冊',
    'An agency with a card of the healthcare CA registers',
    'GEPI-8 GEPI-22',
    done('TermsAccepted', 'AgencyRegistered', 'ManagerAppointed'),
    async (scene) => {
      const cards = [
        await issueAgencyCard(scene, 'hospital', hospital, validity('2021-04-15', '2026-04-15')),
        await issueCitizenCard(scene, 'tsai', people.tsai, validity('2024-05-02', '2029-05-02')),
      ];
      const contact = contactOf(people.tsai, 'tsai', '03-8227141', '120');
      return orElse(await scene.show('first-registration', hospital, cards), (confirmed) =>
        scene.sendWithTerms(
          confirmed,
          { type: 'RegisterAgency', contact },
          { text: say('message.agencyRegistered') },
        ),
      );
    },
  ),
];
