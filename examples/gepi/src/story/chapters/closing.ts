/**
 * Agencies that are closed for the time being, or for good (GEPI-15), and a person who is forgotten.
 *
 * @packageDocumentation
 */
import { company, hospital, type Person, people } from '../../world/cast.js';
import { done, refused } from '../outcome.js';
import { refusal, type Scene } from '../scene.js';
import { type Chapter, steps } from '../step.js';
import { decisionOn } from './decisions.js';
import { logIn } from './entry.js';
import { desk } from './shared.js';

const atCompany = steps('closing', company);
const atHospital = steps('closing', hospital);
const step = steps('forgetting');

const companyDesk = desk(company, 'company-2', people.hsu, 'hsu-2');

export const closing: Chapter = {
  id: 'closing',
  title: { zh: '暫時關閉與終止服務', en: 'Suspension and the end of service' },
  steps: [
    atCompany(
      'suspended',
      '2026-10-05T09:00',
      '承保機關暫時關閉該機關',
      'The insurer suspends the agency',
      'GEPI-15',
      done('AgencySuspended'),
      (scene) =>
        scene.staff(
          { type: 'SuspendAgency', agencyCode: company.code, reason: 'data-check' },
          { text: { zh: '已暫時關閉。', en: 'Suspended.' } },
        ),
    ),
    atCompany(
      'suspended-desk',
      '2026-10-05T10:00',
      '關閉期間辦理授權指派',
      'Delegation while it is suspended',
      'GEPI-15 GEPI-27',
      refused('AGENCY_SUSPENDED'),
      async (scene) => refusal(await companyDesk(scene), company),
    ),
    atCompany(
      'reopened',
      '2026-10-07T09:00',
      '重新開放',
      'Reopened',
      'GEPI-15',
      done('AgencyReopened'),
      (scene) =>
        scene.staff(
          { type: 'ReopenAgency', agencyCode: company.code, reason: 'data-checked' },
          { text: { zh: '已重新開放。', en: 'Reopened.' } },
        ),
    ),
    atHospital(
      'abolished',
      '2026-10-12T09:00',
      '醫院裁撤,依條款第9條終止服務',
      'The hospital is abolished: clause 9 of the terms',
      'GEPI-15',
      done('AgencyDeregistered'),
      (scene) =>
        scene.staff(
          { type: 'DeregisterAgency', agencyCode: hospital.code, reason: 'abolished' },
          { text: { zh: '已終止服務。', en: 'Its service has ended.' } },
        ),
    ),
    atHospital(
      'abolished-in',
      '2026-10-12T10:00',
      '高護理登入',
      'Its clerk signs in',
      'GEPI-2 GEPI-15',
      refused('AGENCY_DEREGISTERED'),
      logIn(hospital, people.kao, 'kao'),
    ),
    atHospital(
      'abolished-may',
      '2026-10-12T10:05',
      '高護理的權限是否仍有效?',
      'Does the clerk still hold the permission?',
      'GEPI-15',
      refused('AGENCY_DEREGISTERED'),
      decisionOn(hospital, people.kao, 'benefit-claim'),
    ),
  ],
};

const forget = (person: Person) => (scene: Scene) =>
  scene.staff(
    { type: 'ForgetSubject', nationalId: person.nationalId, legalBasis: '個人資料保護法第11條第3項' },
    {
      text: {
        zh: '金鑰已刪除,姓名及身分證統一編號無法再還原。',
        en: 'The key is gone, and the name with it.',
      },
    },
  );

export const forgetting: Chapter = {
  id: 'forgetting',
  title: { zh: '個人資料刪除', en: 'Forgetting a person' },
  steps: [
    step(
      'still-active',
      '2026-11-02T10:00',
      '刪除現職經辦人王小明的個資',
      'Forgetting a clerk who is still in service',
      'GEPI-41',
      refused('PERSON_STILL_ACTIVE'),
      forget(people.wang),
    ),
    step(
      'forgotten',
      '2026-11-02T10:05',
      '刪除已離職劉離職的個資(歷程與雜湊鏈不變)',
      'Forgetting the former clerk; history and chain stay',
      'GEPI-15',
      done('SubjectForgotten'),
      forget(people.liu),
    ),
  ],
};
