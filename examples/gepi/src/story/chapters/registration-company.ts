/**
 * 四、首次註冊作業, with a subsidiary's card: not approved; then with the right one (GEPI-22, 23, 26, 27).
 *
 * @packageDocumentation
 */
import { type Agency, company, people } from '../../world/cast.js';
import { done, refused } from '../outcome.js';
import { orElse, refusal, type Scene } from '../scene.js';
import { type Step, steps } from '../step.js';
import { applyForReview, decide } from './review.js';
import { contactOf, issueAgencyCard, issueCitizenCard, say, validity } from './shared.js';

const purpose = 'first-registration';

const atCompany = steps('registration', company);

/** The card of a subsidiary, by its business number. */
const otherCompany: Agency = { ...company, name: '示範工程顧問股份有限公司', businessNumber: '10000009' };

const wrongCard = (scene: Scene) =>
  issueAgencyCard(scene, 'company-other', otherCompany, validity('2024-03-01', '2029-03-01'));

const companyCards = async (scene: Scene) => [
  await issueAgencyCard(scene, 'company', company, validity('2021-08-10', '2026-08-10')),
  await issueCitizenCard(scene, 'hsu', people.hsu, validity('2021-08-02', '2026-08-02')),
];

export const companySteps: ReadonlyArray<Step> = [
  atCompany(
    'company-applies',
    '2026-01-20T09:10',
    '誤用子公司憑證申請',
    "Applies with a subsidiary's card by mistake",
    'GEPI-23',
    done('TermsAccepted', 'RegistrationReviewRequested'),
    async (scene) =>
      applyForReview(scene, purpose, company, await wrongCard(scene), {
        name: people.hsu.name,
        phone: '07-3373900',
      }),
  ),
  atCompany(
    'company-rejected',
    '2026-01-21T16:05',
    '審核不通過',
    'Not approved',
    'GEPI-24 GEPI-26',
    done('RegistrationReviewDecided'),
    decide(company, 'rejected', '統一編號屬子公司。'),
  ),
  atCompany(
    'company-refused',
    '2026-01-22T09:00',
    '持同一張憑證再來',
    'The same card again',
    'GEPI-26 GEPI-27',
    refused('REVIEW_REJECTED'),
    async (scene) => refusal(await scene.show(purpose, company, [await wrongCard(scene)]), company),
  ),
  atCompany(
    'company-registered',
    '2026-01-22T09:20',
    '改用本公司憑證,直接註冊成功',
    "With the company's own card: registered at once",
    'GEPI-22',
    done('TermsAccepted', 'AgencyRegistered', 'ManagerAppointed'),
    async (scene) =>
      orElse(await scene.show(purpose, company, await companyCards(scene)), (confirmed) =>
        scene.sendWithTerms(
          confirmed,
          { type: 'RegisterAgency', contact: contactOf(people.hsu, 'hsu', '07-3373900', '8') },
          { text: say('message.agencyRegistered'), help: company },
        ),
      ),
  ),
];
