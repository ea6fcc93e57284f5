/**
 * 四、首次註冊作業: the city office, with everything that can go wrong at the counter; the hospital, with nothing; the
 * school and the company by way of a review (GEPI-2…4, 10, 12…29).
 *
 * @packageDocumentation
 */
import type { Chapter } from '../step.js';
import { agencyCards, gate } from './registration-agency-card.js';
import { companySteps } from './registration-company.js';
import { afterwards, form } from './registration-form.js';
import { hospitalRegistration } from './registration-hospital.js';
import { challenges, managerCards } from './registration-manager-card.js';
import { schoolSteps } from './registration-school.js';

export const registration: Chapter = {
  id: 'registration',
  title: { zh: '四、首次註冊作業', en: 'First registration' },
  steps: [
    ...gate,
    ...agencyCards,
    ...managerCards,
    ...challenges,
    ...form,
    ...afterwards,
    ...hospitalRegistration,
    ...schoolSteps,
    ...companySteps,
  ],
};
