/**
 * 公務人員人事服務網 (eCPA): the pack (ECPA-1…8).
 *
 * @packageDocumentation
 */
import type { CatalogueEntry } from '../../catalogue/events.js';
import type { PortalPolicy, Text } from '../policy.js';
import { caHelpdesks } from './ca-helpdesks.js';
import { type CatalogueEntrySource, defineCatalogue, definePack } from './define.js';
import { ecpaHistoryTexts } from './ecpa-history-texts.js';
import { ecpaScreenTexts } from './ecpa-screen-texts.js';
import { frameTexts } from './frame-texts.js';
import { historyTexts } from './history-texts.js';
import { cardOf, noCard } from './profiles.js';
import { workTexts } from './work-texts.js';

const text = (zh: string, en: string): Text => ({ zh, en });

export const ecpaTexts = {
  ...frameTexts,
  ...workTexts,
  ...historyTexts,
  ...ecpaScreenTexts,
  ...ecpaHistoryTexts,
  'portal.name': text('公務人員人事服務網', 'Personnel services for civil servants (eCPA)'),
  'portal.about': text(
    '人事人員以機關憑證授權同仁使用應用系統。',
    "HR officers let colleagues use application systems with the agency's certificate.",
  ),
  'screen.bind.title': text('機關憑證認證作業', "Bind the agency's certificate"),
  'screen.grant.title': text('應用系統授權設定', 'Grant application systems'),
  'screen.login.title': text('登入', 'Sign in'),
  'bind.precondition': text(
    '欲上傳機關憑證之人員已有 eCPA 之帳號與密碼',
    'Whoever shows the certificate has an account of eCPA',
  ),
  'bind.done': text('完成機關憑證認證作業,請重新登入 eCPA', 'The certificate is bound; please sign in again'),
  'bind.step.certificate': text('使用憑證登入', 'Sign in with the certificate'),
  'bind.step.account': text('輸入人事人員 eCPA 帳號與密碼', "Enter the HR officer's account and password"),
  'grant.category': text('報送資料權限', 'Permission to report data'),
  'grant.search': text(
    '輸入欲被授權人員之身分證號→搜尋→打勾→確定',
    'Enter the national IDs, search, tick, confirm',
  ),
  // what the one table says with a manager or a screen that there is not here
  'error.NOT_AUTHORIZED': text(
    '貴機關尚未授權您使用應用系統,請洽人事人員。',
    'Your agency has not granted you an application system yet; please ask its HR officer.',
  ),
  'error.PERMISSION_NOT_GRANTED': text('您沒有此項功能的權限。', 'You do not hold this permission.'),
  'error.AGENCY_CERTIFICATE_NOT_REGISTERED': text(
    '此張機關憑證尚未完成認證,請先辦理機關憑證認證作業。',
    'This certificate is not bound; please bind it first.',
  ),
  'account.search': text('查詢人員自訂帳號', 'Look up the account of a person'),
};

const item = (id: string, label: Text) => ({ id, label, purpose: id });

export const ecpaPolicy: PortalPolicy = definePack({
  portal: 'ecpa',
  name: ecpaTexts['portal.name'],
  origin: 'https://ecpa.example',
  code: 'generalAgencyCode',
  // ECPA-8: the agency's card alone has authority.
  manager: 'none',
  profiles: {
    agency: cardOf(['GCA'], ['agency', 'unit']),
    manager: noCard,
    clerk: noCard,
  },
  purposes: [
    {
      id: 'bind',
      label: ecpaTexts['screen.bind.title'],
      terms: false,
      steps: [
        { role: 'agency', card: 'presented' },
        { role: 'officer', card: 'presented', means: ['account'], accountRole: 'hr-officer' },
      ],
      // ECPA-3: what comes after it needs another sign-in.
      reuse: 'once',
      evidence: 'session',
      commands: ['RegisterAgency'],
    },
    {
      id: 'grant',
      label: ecpaTexts['screen.grant.title'],
      terms: false,
      steps: [{ role: 'agency', card: 'registered' }],
      reuse: 'session',
      evidence: 'session',
      commands: ['AuthorizePeople', 'RevokeClerk'],
    },
    {
      id: 'login',
      label: ecpaTexts['screen.login.title'],
      terms: false,
      steps: [{ role: 'clerk', card: 'presented', means: ['account'], accountRole: null }],
      reuse: 'once',
      evidence: 'session',
      commands: ['LogIn'],
    },
    {
      id: 'replace-agency',
      label: ecpaTexts['screen.replace.title'],
      terms: false,
      steps: [
        { role: 'agency', card: 'next' },
        { role: 'officer', card: 'registered', means: ['account'], accountRole: 'hr-officer' },
      ],
      reuse: 'once',
      evidence: 'session',
      commands: ['ReplaceAgencyCertificate'],
    },
  ],
  challengeMinutes: 10,
  sessionMinutes: 20,
  revocationSeconds: 60,
  clerks: { minPermissions: 1, typedSerialCa: null, nameFromCard: false },
  clerkMeans: ['account'],
  review: { purposes: [], maxPending: 1, validFrom: 'atOnce' },
  openingHours: null,
  expiryLocksOut: { agency: false, manager: false, clerk: false },
  planner: [{ changed: ['agency'], operations: ['replace-agency'] }],
  menu: [
    {
      label: ecpaTexts['screen.grant.title'],
      items: [
        item('bind', ecpaTexts['screen.bind.title']),
        item('grant', ecpaTexts['screen.grant.title']),
        item('replace-agency', ecpaTexts['screen.replace.title']),
      ],
    },
  ],
  helpdesks: caHelpdesks,
  texts: ecpaTexts,
});

export const ecpaPolicyFor = (origin: string): PortalPolicy => ({ ...ecpaPolicy, origin });

const system = (code: string, zh: string, en: string): CatalogueEntrySource => ({
  code,
  kind: 'group',
  parent: null,
  zh,
  en,
});
const category = (parent: string, code: string, zh: string, en: string): CatalogueEntrySource => ({
  code: `${parent}-${code}`,
  kind: 'function',
  parent,
  zh,
  en,
});

/** An example: application systems, and in each its categories of permission (ECPA-4, ECPA-5). */
export const ecpaCatalogue: ReadonlyArray<CatalogueEntry> = defineCatalogue([
  system('payroll', '待遇管理系統', 'Pay'),
  category('payroll', 'report', '報送資料權限', 'Report data'),
  category('payroll', 'read', '查詢資料權限', 'Read data'),
  system('personnel', '人事資料報送系統', 'Personnel data'),
  category('personnel', 'report', '報送資料權限', 'Report data'),
  category('personnel', 'read', '查詢資料權限', 'Read data'),
]);
