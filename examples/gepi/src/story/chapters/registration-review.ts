/**
 * 四、首次註冊作業, where the agency's certificate does not match: review, the next business day, and once more
 * (GEPI-23…27). The school is approved, the company's branch card is not.
 *
 * @packageDocumentation
 */

import { type Instant, printRocDateTime } from '@mandate/domain';
import { type Agency, company, people, school } from '../../world/cast.js';
import type { Shown } from '../../world/counter.js';
import { readOrThrow } from '../../world/reading.js';
import { answer, answered, done, type Fact, type Outcome, refused, refusedOutcome } from '../outcome.js';
import { fieldOf, orElse, refusal, type Scene } from '../scene.js';
import { type Step, steps } from '../step.js';
import { contactOf, issueAgencyCard, issueCitizenCard, say, validity } from './shared.js';

const purpose = 'first-registration';

// -------------------------------------------------------------------------------------
// what all reviews have
// -------------------------------------------------------------------------------------

/** The first step with a card whose organisation is not the one on record: asked for name and phone. */
export const mismatch = async (
  scene: Scene,
  purposeId: string,
  agency: Agency,
  card: Shown,
): Promise<Outcome> =>
  orElse(await scene.show(purposeId, agency, [card]), ({ reviewNeeded }) =>
    reviewNeeded === undefined
      ? answer(false, '憑證相符', 'The certificate matches')
      : refusedOutcome(reviewNeeded),
  );

/** 確認 on the mismatch screen: the applicant leaves name and telephone. */
export const applyForReview = async (
  scene: Scene,
  purposeId: string,
  agency: Agency,
  card: Shown,
  applicant: Readonly<Record<string, string>>,
): Promise<Outcome> =>
  orElse(await scene.show(purposeId, agency, [card]), (confirmed) =>
    scene.sendWithTerms(
      confirmed,
      { type: 'RequestReview', applicant },
      { text: say('message.reviewPending'), help: agency },
    ),
  );

/** The review queue as staff see it. */
const pending = async (scene: Scene) => {
  const { reading } = scene.world.portal;
  await reading.refresh();
  return readOrThrow(await reading.reviews.list({ status: 'pending' })());
};

/** The pending review of an agency. */
const pendingReview = async (scene: Scene, agency: Agency): Promise<string> =>
  (await pending(scene)).find((review) => review.agencyCode === agency.code)?.review ?? '';

export const decide =
  (agency: Agency, outcome: 'approved' | 'rejected', note: string) =>
  async (scene: Scene): Promise<Outcome> =>
    scene.staff(
      {
        type: 'DecideReview',
        agencyCode: agency.code,
        review: await pendingReview(scene, agency),
        outcome,
        note,
      },
      {
        text: say(outcome === 'approved' ? 'record.approved' : 'record.rejected'),
        facts: (executed): ReadonlyArray<Fact> => {
          const from = fieldOf(executed, 'RegistrationReviewDecided', 'validFrom');
          return from === ''
            ? []
            : [{ label: { zh: '自此生效', en: 'valid from' }, value: printRocDateTime(from as Instant) }];
        },
      },
    );

const queue =
  (agency: Agency) =>
  async (scene: Scene): Promise<Outcome> => {
    const all = await pending(scene);
    return answer(
      all.length === 1 && all[0]?.agencyCode === agency.code,
      `待審核 ${all.length} 件:${all.map((review) => review.agencyName).join('、')}`,
      `${all.length} waiting`,
    );
  };

// -------------------------------------------------------------------------------------
// the school
// -------------------------------------------------------------------------------------

const atSchool = steps('registration', school);

const schoolCard = (scene: Scene) =>
  issueAgencyCard(scene, 'school', school, validity('2025-11-03', '2031-11-03'));

const schoolCards = async (scene: Scene) => [
  await schoolCard(scene),
  await issueCitizenCard(scene, 'huang', people.huang, validity('2022-08-22', '2027-08-22')),
];

const applicant = { name: people.huang.name, phone: '03-9252241', extension: '21' };

const schoolSteps: ReadonlyArray<Step> = [
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

// -------------------------------------------------------------------------------------
// the company
// -------------------------------------------------------------------------------------

const atCompany = steps('registration', company);

/** The card of a subsidiary, by its business number. */
const otherCompany: Agency = { ...company, name: '示範工程顧問股份有限公司', businessNumber: '10000009' };

const wrongCard = (scene: Scene) =>
  issueAgencyCard(scene, 'company-other', otherCompany, validity('2024-03-01', '2029-03-01'));

const companyCards = async (scene: Scene) => [
  await issueAgencyCard(scene, 'company', company, validity('2021-08-10', '2026-08-10')),
  await issueCitizenCard(scene, 'hsu', people.hsu, validity('2021-08-02', '2026-08-02')),
];

const companySteps: ReadonlyArray<Step> = [
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

export const reviewSteps: ReadonlyArray<Step> = [...schoolSteps, ...companySteps];
