/**
 * 六、更換憑證作業: the agency's certificate, the manager's, and both (GEPI-44…50).
 *
 * @packageDocumentation
 */
import type { Chapter } from '../step.js';
import { replaceAgencySteps } from './replacement-agency.js';
import { replaceBothSteps } from './replacement-both.js';
import { replaceManagerSteps } from './replacement-manager.js';
import { planning } from './replacement-plan.js';

export const replacement: Chapter = {
  id: 'replacement',
  title: { zh: '六、更換憑證作業', en: 'Replacing certificates' },
  steps: [...planning, ...replaceAgencySteps, ...replaceManagerSteps, ...replaceBothSteps],
};
