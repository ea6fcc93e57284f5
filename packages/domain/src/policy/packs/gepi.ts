/**
 * 公教人員保險網路作業e系統 (GEPI): the pack (GEPI-1…53, docs/gpki.md 3).
 *
 * @packageDocumentation
 */
import type { PortalPolicy } from '../policy.js';
import { definePack, type PortalPolicySource } from './define.js';
import { gepiHelpdesks } from './gepi-helpdesks.js';
import { gepiMenu, gepiPlanner, gepiPurposes } from './gepi-purposes.js';
import { gepiTexts } from './gepi-texts.js';

/** Assurance level 3 of the GPKI, at which all its card CAs issue. */
const levelThree = '2.16.886.101.0.3.3';

/** GEPI-9: managers and clerks use citizen certificates, and no others. */
const citizen: PortalPolicySource['profiles']['clerk'] = {
  cas: ['MOICA'],
  subjectTypes: ['citizen'],
  policies: [levelThree],
  minRsaBits: 2048,
};

export const gepiPolicy: PortalPolicy = definePack({
  portal: 'gepi',
  name: gepiTexts['portal.name'],
  origin: 'https://gepi.example',
  profiles: {
    agency: {
      cas: ['GCA', 'XCA', 'MOEACA', 'HCA'],
      subjectTypes: ['agency', 'unit', 'company', 'firm', 'branch', 'school', 'medicalInstitution'],
      policies: [levelThree],
      minRsaBits: 2048,
    },
    manager: citizen,
    clerk: citizen,
  },
  purposes: gepiPurposes,
  challengeMinutes: 10,
  sessionMinutes: 20,
  revocationSeconds: 60,
  clerks: { minPermissions: 1, typedSerialCa: 'MOICA', nameFromCard: true },
  review: {
    purposes: ['first-registration', 'replace-agency', 'replace-both'],
    maxPending: 10,
    validFrom: 'nextBusinessDay',
  },
  openingHours: { from: '07:00', to: '24:00' },
  expiryLocksOut: { agency: false, manager: false, clerk: true },
  planner: gepiPlanner,
  menu: gepiMenu,
  helpdesks: gepiHelpdesks,
  texts: gepiTexts,
});

/** The pack for a portal at `origin`, such as `https://portal.example`; challenges name it. */
export const gepiPolicyFor = (origin: string): PortalPolicy => ({ ...gepiPolicy, origin });
