/**
 * 公教人員保險網路作業e系統 (GEPI): the pack (GEPI-1…53, docs/gpki.md 3).
 *
 * @packageDocumentation
 */
import type { PortalPolicy } from '../policy.js';
import { definePack } from './define.js';
import { gepiHelpdesks } from './gepi-helpdesks.js';
import { gepiMenu, gepiPlanner, gepiPurposes } from './gepi-purposes.js';
import { gepiTexts } from './gepi-texts.js';
import { citizenCard, organisationCard } from './profiles.js';

export const gepiPolicy: PortalPolicy = definePack({
  portal: 'gepi',
  name: gepiTexts['portal.name'],
  origin: 'https://gepi.example',
  profiles: {
    agency: organisationCard(['GCA', 'XCA', 'MOEACA', 'HCA']),
    manager: citizenCard,
    clerk: citizenCard,
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
