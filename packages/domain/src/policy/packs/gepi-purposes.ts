/**
 * What a person comes to GEPI for: cards in order, commands, and what to do after a replacement (GEPI-12…21, 44…53).
 *
 * @packageDocumentation
 */
import type { PortalPolicy } from '../policy.js';
import { gepiTexts } from './gepi-texts.js';

export const gepiPurposes: PortalPolicy['purposes'] = [
  {
    id: 'first-registration',
    label: gepiTexts['screen.firstRegistration.title'],
    terms: true,
    steps: [
      { role: 'agency', card: 'presented' },
      { role: 'manager', card: 'presented' },
    ],
    reuse: 'once',
    evidence: 'session',
    commands: ['RegisterAgency', 'RequestReview'],
  },
  {
    id: 'delegation',
    label: gepiTexts['screen.delegation.title'],
    terms: false,
    steps: [
      { role: 'agency', card: 'registered' },
      { role: 'manager', card: 'registered' },
    ],
    reuse: 'session',
    evidence: 'session',
    commands: ['AuthorizeClerk', 'ChangeClerk', 'RevokeClerk'],
  },
  {
    id: 'replace-agency',
    label: gepiTexts['screen.replaceAgency.title'],
    terms: true,
    steps: [
      { role: 'agency', card: 'next' },
      { role: 'manager', card: 'registered' },
    ],
    reuse: 'once',
    evidence: 'session',
    commands: ['ReplaceAgencyCertificate', 'RequestReview'],
  },
  {
    id: 'replace-manager',
    label: gepiTexts['screen.replaceManager.title'],
    terms: true,
    steps: [
      { role: 'agency', card: 'registered' },
      { role: 'manager', card: 'next' },
    ],
    reuse: 'once',
    evidence: 'session',
    commands: ['ReplaceManagerCertificate'],
  },
  {
    id: 'replace-both',
    label: gepiTexts['screen.replaceBoth.title'],
    terms: true,
    steps: [
      { role: 'agency', card: 'next' },
      { role: 'manager', card: 'next' },
    ],
    reuse: 'once',
    evidence: 'session',
    commands: ['ReplaceBothCertificates', 'RequestReview'],
  },
  {
    id: 'query-oid',
    label: gepiTexts['screen.oid.title'],
    terms: false,
    steps: [{ role: 'agency', card: 'presented' }],
    reuse: 'once',
    evidence: 'session',
    commands: [],
  },
  {
    id: 'query-serial',
    label: gepiTexts['screen.serial.title'],
    terms: false,
    steps: [{ role: 'clerk', card: 'presented' }],
    reuse: 'once',
    evidence: 'session',
    commands: [],
  },
  {
    id: 'login',
    label: gepiTexts['login.title'],
    terms: false,
    steps: [{ role: 'clerk', card: 'presented' }],
    reuse: 'once',
    evidence: 'session',
    commands: ['LogIn'],
  },
];

/**
 * The manual's table has the rows for manager, clerk, and both (GEPI-45). The rows with an agency certificate follow
 * from GEPI-44 and GEPI-48: its replacement comes before everything that asks for it as registered.
 */
export const gepiPlanner: PortalPolicy['planner'] = [
  { changed: ['manager'], operations: ['replace-manager'] },
  { changed: ['clerk'], operations: ['delegation'] },
  { changed: ['manager', 'clerk'], operations: ['replace-manager', 'delegation'] },
  { changed: ['agency'], operations: ['replace-agency'] },
  { changed: ['agency', 'manager'], operations: ['replace-both'] },
  { changed: ['agency', 'clerk'], operations: ['replace-agency', 'delegation'] },
  { changed: ['agency', 'manager', 'clerk'], operations: ['replace-both', 'delegation'] },
];

const item = (id: string, label: PortalPolicy['name'], purpose: string | null = id) => ({
  id,
  label,
  purpose,
});

/** The left function column (GEPI-6). The records are asked for by agency code, without a card (GEPI-51). */
export const gepiMenu: PortalPolicy['menu'] = [
  {
    label: gepiTexts['crumb.firstRegistration'],
    items: [item('first-registration', gepiTexts['screen.firstRegistration.title'])],
  },
  {
    label: gepiTexts['screen.delegation.title'],
    items: [item('delegation', gepiTexts['screen.delegation.title'])],
  },
  {
    label: gepiTexts['crumb.replace'],
    items: [
      item('replace-agency', gepiTexts['screen.replaceAgency.title']),
      item('replace-manager', gepiTexts['screen.replaceManager.title']),
      item('replace-both', gepiTexts['screen.replaceBoth.title']),
    ],
  },
  {
    label: gepiTexts['crumb.query'],
    items: [
      item('query-records', gepiTexts['screen.records.title'], null),
      item('query-oid', gepiTexts['screen.oid.title']),
      item('query-serial', gepiTexts['screen.serial.title']),
    ],
  },
];
