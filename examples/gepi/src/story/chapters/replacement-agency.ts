/**
 * 六、更換憑證作業 (一) 更換機關憑證 (GEPI-46, GEPI-50): the hospital by way of a review, the city office at once.
 *
 * @packageDocumentation
 */
import { type Agency, cityOffice, hospital, people } from '../../world/cast.js';
import { done, refused } from '../outcome.js';
import { agencyShown, orElse, personShown, refusal, type Scene } from '../scene.js';
import { type Step, steps } from '../step.js';
import { applyForReview, decide } from './review.js';
import { contactOf, issueAgencyCard, reissueCard, say, validity } from './shared.js';

const purpose = 'replace-agency';

// -------------------------------------------------------------------------------------
// the hospital: a new OID on the new card
// -------------------------------------------------------------------------------------

const atHospital = steps('replacement', hospital);

const reorganised: Agency = { ...hospital, oid: '2.16.886.112.90003.20007' };

const newCard = (scene: Scene) =>
  issueAgencyCard(scene, 'hospital-2', reorganised, validity('2026-03-20', '2031-03-20'));

const contactOfTsai = contactOf(people.tsai, 'tsai', '03-8227141', '120');

const hospitalSteps: ReadonlyArray<Step> = [
  atHospital(
    'hospital-applies',
    '2026-04-01T10:00',
    '更換後機關憑證OID不同,申請審核',
    'The new card names another OID: apply for a review',
    'GEPI-46 GEPI-50',
    done('TermsAccepted', 'RegistrationReviewRequested'),
    async (scene) =>
      applyForReview(scene, purpose, hospital, await newCard(scene), {
        name: people.tsai.name,
        phone: '03-8227141',
      }),
  ),
  atHospital(
    'hospital-approved',
    '2026-04-02T15:00',
    '連假前(星期四)審核通過',
    'Approved on the Thursday before a long weekend',
    'GEPI-24 GEPI-50',
    done('RegistrationReviewDecided'),
    decide(hospital, 'approved', '院區整併。'),
  ),
  atHospital(
    'hospital-holiday',
    '2026-04-06T10:00',
    '連假中想更換',
    'Replacing it during the holidays',
    'GEPI-24',
    refused('REVIEW_NOT_YET_EFFECTIVE'),
    async (scene) => refusal(await scene.show(purpose, hospital, [await newCard(scene)])),
  ),
  atHospital(
    'hospital-replaced',
    '2026-04-07T09:00',
    '下一個營業日更換機關憑證',
    'Replaced on the next business day',
    'GEPI-46 GEPI-50',
    done('TermsAccepted', 'CertificateReplaced'),
    async (scene) => {
      const cards = [await newCard(scene), personShown(scene, people.tsai, 'tsai')];
      return orElse(await scene.show(purpose, hospital, cards), (confirmed) =>
        scene.sendWithTerms(
          confirmed,
          { type: 'ReplaceAgencyCertificate', contact: contactOfTsai },
          { text: say('message.agencyReplaced') },
        ),
      );
    },
  ),
];

// -------------------------------------------------------------------------------------
// the city office: a new card, the old one still valid
// -------------------------------------------------------------------------------------

const atCity = steps('replacement', cityOffice);

const contact = contactOf(people.lin, 'lin', '04-22289111', '5312');

const citySteps: ReadonlyArray<Step> = [
  atCity(
    'city-not-registered',
    '2026-04-09T09:00',
    '換發新機關憑證後,直接辦理授權指派',
    'Delegation with a new agency card that was not registered',
    'GEPI-44',
    refused('AGENCY_CERTIFICATE_NOT_REGISTERED'),
    async (scene) => {
      await reissueCard(scene, 'city-2', 'city', cityOffice.pin);
      return refusal(await scene.show('delegation', cityOffice, [agencyShown(scene, cityOffice, 'city-2')]));
    },
  ),
  atCity(
    'city-old-card',
    '2026-04-09T09:05',
    '更換機關憑證,卻插入舊卡',
    'Replacement with the card on record',
    'GEPI-46',
    refused('CERTIFICATE_UNCHANGED'),
    async (scene) => refusal(await scene.show(purpose, cityOffice, [agencyShown(scene, cityOffice, 'city')])),
  ),
  atCity(
    'city-not-manager',
    '2026-04-09T09:10',
    '新機關憑證,但非授權管理者本人',
    'The new card, but somebody who is not the manager',
    'GEPI-46',
    refused('MANAGER_PERSON_DIFFERS'),
    async (scene) =>
      refusal(
        await scene.show(purpose, cityOffice, [
          agencyShown(scene, cityOffice, 'city-2'),
          personShown(scene, people.chang, 'chang'),
        ]),
      ),
  ),
  atCity(
    'city-replaced',
    '2026-04-09T09:15',
    '更換機關憑證,再次確認聯絡資料',
    'Replaced; the contact data are confirmed once more',
    'GEPI-46',
    done('TermsAccepted', 'CertificateReplaced'),
    async (scene) => {
      const cards = [agencyShown(scene, cityOffice, 'city-2'), personShown(scene, people.lin, 'lin')];
      return orElse(await scene.show(purpose, cityOffice, cards), (confirmed) =>
        scene.sendWithTerms(
          confirmed,
          { type: 'ReplaceAgencyCertificate', contact },
          { text: say('message.agencyReplaced') },
        ),
      );
    },
  ),
  atCity(
    'city-old-after',
    '2026-04-09T09:30',
    '舊機關憑證雖未逾期,已不能使用',
    'The old card is still valid, and no longer registered',
    'GEPI-31 GEPI-46',
    refused('AGENCY_CERTIFICATE_NOT_REGISTERED'),
    async (scene) =>
      refusal(await scene.show('delegation', cityOffice, [agencyShown(scene, cityOffice, 'city')])),
  ),
];

export const replaceAgencySteps: ReadonlyArray<Step> = [...hospitalSteps, ...citySteps];
