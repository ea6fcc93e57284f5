/**
 * 公文線上簽核系統 使用者憑證登記 (DOC): the pack (DOC-1…13).
 *
 * Which CA issues the electronic ID cards of an organisation is not said by the manual; since it sends holders here after a
 * renewal of their citizen certificate (MOICA-16), the cards are taken to be those of MOICA. Another CA is another line.
 *
 * @packageDocumentation
 */
import type { PortalPolicy, Text } from '../policy.js';
import { caHelpdesks } from './ca-helpdesks.js';
import { definePack } from './define.js';
import { docScreenTexts } from './doc-screen-texts.js';
import { frameTexts } from './frame-texts.js';
import { historyTexts } from './history-texts.js';
import { citizenCard, noCard } from './profiles.js';
import { workTexts } from './work-texts.js';

const text = (zh: string, en: string): Text => ({ zh, en });

export const docTexts = {
  ...frameTexts,
  ...workTexts,
  ...historyTexts,
  ...docScreenTexts,
  'portal.name': text('公文線上簽核系統', 'Document sign-off'),
  'portal.about': text(
    '承辦人登記電子識別證,以供線上簽核公文。',
    'Officers register the cards with which they sign documents.',
  ),
  // DOC-1, DOC-2, DOC-4
  'menu.basic': text('基本資料', 'Basic data'),
  'screen.credentials.title': text('使用者憑證登記', "Register users' certificates"),
  'screen.registry.title': text('使用者憑證登記(登記桌)', "Register users' certificates (registry desk)"),
  'screen.login.title': text('登入', 'Sign in'),
  'list.role': text(
    '本作業開放給承辦人新增、登記桌新增及修改',
    'Officers add; the registry desk adds and modifies',
  ),
  'list.pick': text('請點選代碼進行維護。', 'Choose a code to maintain it.'),
  'column.number': text('序', 'No.'),
  'column.userCode': text('使用者代碼', 'User code'),
  'column.userName': text('使用者姓名', 'User name'),
  'column.kind': text('憑證類型', 'Kind of certificate'),
  'column.serial1': text('憑證序號1', 'Serial 1'),
  'column.serial2': text('憑證序號2', 'Serial 2'),
  'column.active': text('啟用狀態', 'State'),
  'column.cardKind': text('卡別', 'Kind of card'),
  // what the one table says with a manager or a screen that there is not here
  'error.NOT_AUTHORIZED': text(
    '您沒有啟用中的憑證,請先辦理使用者憑證登記。',
    'You have no active certificate; please register one first.',
  ),
  'error.CREDENTIAL_REPLACED': text(
    '此憑證未啟用,您另有啟用中的憑證;憑證展期或換卡後,請先辦理使用者憑證登記。',
    'This certificate is not active, and another one of yours is; after a renewal or with a new card please register that one first.',
  ),
  'error.PERMISSION_NOT_GRANTED': text('您沒有此項功能的權限。', 'You do not hold this permission.'),
  // DOC-5, DOC-7, DOC-8, DOC-9
  'field.unit': text('承辦單位', 'Unit'),
  'field.user': text('承辦人員', 'Officer'),
  'field.from': text('啟用日期', 'Active from'),
  'field.to': text('終止日期', 'Active to'),
  'state.active': text('啟用', 'active'),
  'state.inactive': text('不啟用', 'not active'),
  'form.read': text(
    '使用電子識別證不須自行登打憑證序號, 只要您點選後, 系統自動讀取。',
    'The serials of an electronic ID card are read and not typed.',
  ),
  'form.exclusive': text(
    '選定啟用後, 其他憑證將自動變更為不啟用',
    'Once this one is active, all others of yours are not',
  ),
  'form.first': text('請先輸入承辦人資料, 再按"確定"。', 'Enter the officer first, then press OK.'),
  'form.second': text(
    '在執行存檔之前, 請先確定必要的欄位都已經輸入。',
    'Make sure that every field that is needed is filled in before saving.',
  ),
};

const item = (id: string, label: Text) => ({ id, label, purpose: id });

export const docPolicy: PortalPolicy = definePack({
  portal: 'doc',
  name: docTexts['portal.name'],
  origin: 'https://doc.example',
  code: 'generalAgencyCode',
  manager: 'none',
  root: 'none',
  profiles: { agency: noCard, manager: noCard, clerk: citizenCard },
  purposes: [
    {
      id: 'credentials',
      label: docTexts['screen.credentials.title'],
      terms: false,
      // DOC-3: officers add their own.
      steps: [{ role: 'clerk', card: 'presented', means: ['account'], accountRole: null }],
      reuse: 'session',
      evidence: 'session',
      commands: ['RegisterCredential'],
    },
    {
      id: 'registry',
      label: docTexts['screen.registry.title'],
      terms: false,
      // DOC-3: the registry desk adds and modifies.
      steps: [{ role: 'officer', card: 'presented', means: ['account'], accountRole: 'registry-desk' }],
      reuse: 'session',
      evidence: 'session',
      commands: ['RegisterCredential', 'ActivateCredential', 'DeactivateCredential'],
    },
  ],
  challengeMinutes: 10,
  sessionMinutes: 20,
  revocationSeconds: 60,
  clerks: { minPermissions: 0, typedSerialCa: 'MOICA', nameFromCard: false },
  clerkMeans: ['account'],
  credentials: {
    kinds: [
      { id: 'electronic-id', label: text('電子識別證', 'Electronic ID card'), entry: 'read' },
      { id: 'citizen', label: text('自然人憑證', 'Citizen certificate'), entry: 'any' },
    ],
    cardKinds: [
      { id: 'regular', label: text('正式卡', 'Regular card') },
      { id: 'temporary', label: text('臨時卡', 'Temporary card') },
    ],
    function: 'sign-off',
  },
  review: { purposes: [], maxPending: 1, validFrom: 'atOnce' },
  openingHours: null,
  expiryLocksOut: { agency: false, manager: false, clerk: true },
  planner: [{ changed: ['clerk'], operations: ['credentials'] }],
  menu: [
    {
      label: docTexts['menu.basic'],
      items: [
        item('credentials', docTexts['screen.credentials.title']),
        item('registry', docTexts['screen.registry.title']),
      ],
    },
  ],
  helpdesks: [
    {
      id: 'portal',
      ca: null,
      name: text('帝緯客服專線', 'Support of the sign-off system'),
      phone: '(04)2293-7399',
      url: null,
      applyUrl: null,
      unlockUrl: null,
      routes: [],
    },
    ...caHelpdesks,
  ],
  texts: docTexts,
});

export const docPolicyFor = (origin: string): PortalPolicy => ({ ...docPolicy, origin });
