/**
 * 健保署 多憑證網路承保作業 (NHI): the pack (NHI-1…27).
 *
 * @packageDocumentation
 */
import type { CatalogueEntry } from '../../catalogue/events.js';
import type { PortalPolicy } from '../policy.js';
import { caHelpdesks } from './ca-helpdesks.js';
import { defineCatalogue, definePack, type PortalPolicySource } from './define.js';
import { nhiTexts } from './nhi-texts.js';
import { citizenCard, organisationCard } from './profiles.js';

type Step = PortalPolicySource['purposes'][number]['steps'][number];

const either: ReadonlyArray<'certificate' | 'registeredCard'> = ['certificate', 'registeredCard'];

/** The unit's certificate, or the health card of the person responsible (NHI-3, NHI-4). */
const unit = (card: 'presented' | 'registered'): Step => ({
  role: 'agency',
  card,
  means: [...either],
  accountRole: null,
});

/** A clerk by citizen certificate or registered health card (NHI-6). */
const clerk: Step = { role: 'clerk', card: 'presented', means: [...either], accountRole: null };

const item = (id: string, label: PortalPolicy['name']) => ({ id, label, purpose: id });

export const nhiPolicy: PortalPolicy = definePack({
  portal: 'nhi',
  name: nhiTexts['portal.name'],
  origin: 'https://nhi.example',
  code: 'nhiUnitCode',
  // NHI-16: the unit's own card acts; its clerks are called 單位管理者, and none of them is above the others.
  manager: 'none',
  profiles: {
    agency: organisationCard(['MOEACA', 'GCA', 'XCA', 'HCA']),
    manager: citizenCard,
    clerk: citizenCard,
  },
  purposes: [
    {
      id: 'register',
      label: nhiTexts['screen.register.title'],
      terms: false,
      steps: [unit('presented')],
      reuse: 'once',
      evidence: 'session',
      commands: ['RegisterAgency'],
    },
    {
      id: 'managers',
      label: nhiTexts['screen.managers.title'],
      terms: false,
      steps: [unit('registered')],
      reuse: 'session',
      evidence: 'session',
      // NHI-13: no edit. Who changes is deleted and added.
      commands: ['AuthorizeClerk', 'RevokeClerk'],
    },
    {
      id: 'replace-unit',
      label: nhiTexts['screen.replace.title'],
      terms: false,
      steps: [clerk, { role: 'agency', card: 'next' }],
      reuse: 'once',
      evidence: 'session',
      commands: ['ReplaceAgencyCertificate'],
    },
    {
      id: 'unit-data',
      label: nhiTexts['screen.data.title'],
      terms: false,
      steps: [clerk],
      reuse: 'session',
      evidence: 'session',
      commands: ['ChangeAgencyData'],
    },
    {
      id: 'login',
      label: nhiTexts['screen.login.title'],
      terms: false,
      steps: [clerk],
      reuse: 'once',
      evidence: 'session',
      commands: ['LogIn'],
    },
  ],
  challengeMinutes: 10,
  sessionMinutes: 20,
  revocationSeconds: 60,
  // NHI-12: one coarse permission, which a clerk may also be without.
  clerks: { minPermissions: 0, typedSerialCa: 'MOICA', nameFromCard: true },
  clerkMeans: [...either],
  clerkMail: 'required',
  review: { purposes: [], maxPending: 1, validFrom: 'atOnce' },
  reopening: 'nextDay',
  openingHours: null,
  expiryLocksOut: { agency: false, manager: false, clerk: true },
  agencyFields: [
    {
      id: 'labour-number',
      label: nhiTexts['field.labourNumber'],
      evidence: 'none',
      effectiveAfterMinutes: 30,
      pattern: '^[0-9]{8}[A-Z]$',
    },
    {
      id: 'registered-address',
      label: nhiTexts['field.registeredAddress'],
      evidence: 'attachments',
      effectiveAfterMinutes: 0,
      pattern: null,
    },
    {
      id: 'unit-name',
      label: nhiTexts['field.unitName'],
      evidence: 'attachments',
      effectiveAfterMinutes: 0,
      pattern: null,
    },
    {
      id: 'mailing-address',
      label: nhiTexts['field.mailingAddress'],
      evidence: 'none',
      effectiveAfterMinutes: 0,
      pattern: null,
    },
    {
      id: 'phone',
      label: nhiTexts['field.phone'],
      evidence: 'none',
      effectiveAfterMinutes: 0,
      pattern: '^[0-9()#-]{5,20}$',
    },
    {
      id: 'fax',
      label: nhiTexts['field.fax'],
      evidence: 'none',
      effectiveAfterMinutes: 0,
      pattern: '^[0-9()#-]{5,20}$',
    },
  ],
  planner: [
    { changed: ['clerk'], operations: ['managers'] },
    { changed: ['agency'], operations: ['replace-unit'] },
    // A clerk must be on record again before a clerk can replace the unit's certificate.
    { changed: ['agency', 'clerk'], operations: ['managers', 'replace-unit'] },
  ],
  menu: [
    {
      label: nhiTexts['menu.system'],
      items: [
        item('register', nhiTexts['screen.register.title']),
        item('managers', nhiTexts['screen.managers.title']),
        item('replace-unit', nhiTexts['screen.replace.title']),
      ],
    },
    { label: nhiTexts['menu.data'], items: [item('unit-data', nhiTexts['screen.data.title'])] },
  ],
  helpdesks: [
    {
      id: 'portal',
      ca: null,
      name: { zh: '健保署臺北業務組', en: 'National Health Insurance Administration, Taipei division' },
      phone: '(02)25232388',
      url: null,
      applyUrl: null,
      unlockUrl: null,
      routes: [],
    },
    ...caHelpdesks,
  ],
  texts: nhiTexts,
});

/** The pack for a portal at `origin`; challenges name it. */
export const nhiPolicyFor = (origin: string): PortalPolicy => ({ ...nhiPolicy, origin });

/** The one function that there is (NHI-12). */
export const nhiCatalogue: ReadonlyArray<CatalogueEntry> = defineCatalogue([
  {
    code: 'enrolment',
    kind: 'function',
    parent: null,
    zh: '所有加退保業務功能',
    en: 'All enrolment functions',
  },
]);
