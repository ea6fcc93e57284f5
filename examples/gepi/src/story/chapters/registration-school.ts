/**
 * 四、首次註冊作業, where the OID does not match: approved on a Friday, registered again on the Monday (GEPI-23…27).
 *
 * @packageDocumentation
 */
import { people, school } from '../../world/cast.js';
import { answered, done, refused } from '../outcome.js';
import { orElse, refusal, type Scene } from '../scene.js';
import { type Step, steps } from '../step.js';
import { applyForReview, decide, mismatch, queue } from './review.js';
import { contactOf, issueAgencyCard, issueCitizenCard, say, validity } from './shared.js';

const purpose = 'first-registration';

const atSchool = steps('registration', school);

const schoolCard = (scene: Scene) =>
  issueAgencyCard(scene, 'school', school, validity('2025-11-03', '2031-11-03'));

const schoolCards = async (scene: Scene) => [
  await schoolCard(scene),
  await issueCitizenCard(scene, 'huang', people.huang, validity('2022-08-22', '2027-08-22')),
];

const applicant = { name: people.huang.name, phone: '03-9252241', extension: '21' };

export const schoolSteps: ReadonlyArray<Step> = [
  atSchool(
    'school-mismatch',
    '2026-01-14T09:30',
    '機關憑證OID與資料不符',
    'The certificate names an OID that is not on record',
    'GEPI-23',
    refused('ORGANISATION_MISMATCH'),
    async (scene) => mismatch(scene, purpose, school, await schoolCard(scene)),
  ),
  atSchool(
    'school-applies',
    '2026-01-14T09:34',
    '確認使用該張憑證,填姓名及電話申請',
    'Confirmed: apply with this card, leaving name and phone',
    'GEPI-23 GEPI-24',
    done('TermsAccepted', 'RegistrationReviewRequested'),
    async (scene) => applyForReview(scene, purpose, school, await schoolCard(scene), applicant),
  ),
  atSchool(
    'school-applies-again',
    '2026-01-15T10:00',
    '審核中再次申請(不重複收件)',
    'Once more while it is pending: no second application',
    'GEPI-25 GEPI-26 GEPI-27',
    refused('ALREADY_PENDING'),
    async (scene) => refusal(await scene.show(purpose, school, await schoolCards(scene)), school),
  ),
  atSchool(
    'school-queue',
    '2026-01-16T15:20',
    '承保機關查看待審核案件',
    'The insurer looks at the review queue',
    'GEPI-24 GEPI-50',
    answered,
    queue(school),
  ),
  atSchool(
    'school-approved',
    '2026-01-16T15:30',
    '星期五審核通過',
    'Approved on a Friday',
    'GEPI-24',
    done('RegistrationReviewDecided'),
    decide(school, 'approved', '已電洽確認,組織調整後之OID。'),
  ),
  atSchool(
    'school-saturday',
    '2026-01-17T10:00',
    '星期六即想重新辦理',
    'Registering on the Saturday: not before the next business day',
    'GEPI-24 GEPI-25',
    refused('REVIEW_NOT_YET_EFFECTIVE'),
    async (scene) => refusal(await scene.show(purpose, school, await schoolCards(scene))),
  ),
  atSchool(
    'school-registered',
    '2026-01-19T08:50',
    '下一個營業日(星期一)重新辦理註冊',
    'Registered again on the Monday',
    'GEPI-25',
    done('TermsAccepted', 'AgencyRegistered', 'ManagerAppointed'),
    async (scene) =>
      orElse(await scene.show(purpose, school, await schoolCards(scene)), (confirmed) =>
        scene.sendWithTerms(
          confirmed,
          { type: 'RegisterAgency', contact: contactOf(people.huang, 'huang', '03-9252241', '21') },
          { text: say('message.agencyRegistered') },
        ),
      ),
  ),
];
