/**
 * What can be tried in test mode. These words are the demonstration's, not a portal's: no pack has them.
 *
 * @packageDocumentation
 */
import { layout } from '../parts/layout.js';
import { type Html, html, nothing } from '../site/html.js';
import type { View } from '../site/view.js';

type Idea = readonly [href: string, zh: string, en: string];

/** Of the portals beside GEPI. */
const others: Readonly<Record<string, ReadonlyArray<Idea>>> = {
  nhi: [
    [
      '/register',
      '單位註冊:以「示範商行有限公司」單位憑證,或負責人葉老闆的健保卡(代號 310000038)註冊。',
      'Register 310000038 with its certificate, or with the health card of 葉老闆.',
    ],
    [
      '/login',
      '勾選「單位憑證(負責人健保卡)」,以洪負責的健保卡登入 310000012,新增單位管理者。',
      'Tick "unit\'s certificate" and sign in to 310000012 with the health card of 洪負責; add a clerk.',
    ],
    [
      '/replace-unit',
      '單位憑證變更作業:王小明登入 310000025,再放入示範科技的新卡。',
      'Replace the certificate of 310000025: 王小明 signs in, then its new card.',
    ],
    [
      '/unit-data',
      '單位資料查詢及變更:王小明變更通訊電話(免證明)及登記地址(附證明文件)。',
      'Change the telephone of 310000025 (no proof), and its registered address (with proof).',
    ],
    [
      '/login',
      '暫時關閉的單位:簡文教登入 310000041,出現「洽詢承辦人」。',
      'A unit that is closed: 簡文教 signs in to 310000041.',
    ],
    [
      '/staff',
      '業務組人員:重新開啟 310000041,審核單位資料變更。',
      'Staff: open 310000041 again, decide changes of data.',
    ],
  ],
  doc: [
    [
      '/credentials',
      '使用者憑證登記:許承辦(P0230)登入 393000000C,以「展期後」的卡新增並啟用,原登記即變更為不啟用。',
      'P0230 signs in to 393000000C and adds the renewed card: the one before goes out.',
    ],
    [
      '/user-credentials/renewed',
      '展期後重新登記:先於「自然人憑證線上展期」以高護理的卡展期,再以 P0310 登入 393000001C,放入該卡,按一次「登記並啟用」。',
      'After a renewal of the card of 高護理: sign in to 393000001C as P0310, put the card in, and press once.',
    ],
    [
      '/credentials',
      '自行登打自然人憑證序號:孫同仁(P0231),試試 32、34 及 35 位。',
      'Type the serials of a citizen certificate as P0231: 32, 34 and 35 digits.',
    ],
    [
      '/registry',
      '登記桌:吳登記(P0001)點選代碼,改為不啟用,再改回啟用。',
      'The registry desk (P0001): choose a code, make it inactive, then active again.',
    ],
  ],
  ecpa: [
    [
      '/bind',
      '機關憑證認證作業:示範縣政府人事處(391000000A)的機關卡,再輸入 hr-county 的帳號密碼。',
      'Bind the certificate of 391000000A: its card, then the account hr-county.',
    ],
    [
      '/grant',
      '應用系統授權設定:以示範市政府人事處(392000000B)的機關卡登入,選擇系統。',
      'Grant a system: enter with the card of 392000000B and choose one.',
    ],
    [
      '/login',
      '獲授權人員登入:lee03 登入 392000000B。',
      'Sign in as somebody who was let in: lee03 of 392000000B.',
    ],
  ],
};

const ideas: ReadonlyArray<Idea> = [
  [
    '/first-registration',
    '首次註冊:以「示範市政府人事處」機關卡(機關代號 DM001)與林示範的自然人憑證完成註冊。',
    'First registration: register DM001 with its agency card and the citizen card of 林示範.',
  ],
  [
    '/first-registration',
    '資料比對不符:以「示範市示範國民小學」機關卡(DM002)註冊,填寫申請人資料送審。',
    'A certificate that is not on the records: try DM002, and apply for a review.',
  ],
  [
    '/delegation',
    '授權指派:以 DM003 機關卡與許公營的自然人憑證(展期前)進入,新增王小明為經辦人。',
    'Delegation: enter with the cards of DM003 and 許公營 (before renewal), and add 王小明 as a clerk.',
  ],
  [
    '/replace-manager',
    '更換授權管理者自然人憑證:DM003 的許公營已展期,卡號相同而序號不同。',
    "Replace the manager's certificate: 許公營 of DM003 was renewed; same card, another serial.",
  ],
  [
    '/query-records',
    '查詢憑證註冊收件紀錄:輸入 DM003 或 DM005,不需卡片。',
    'Registration records: type DM003 or DM005; no card is needed.',
  ],
  [
    '/login',
    '經辦人登入:以曹承辦的卡登入 DM003;再以郭展期「展期後」的卡試試。',
    'Sign in as a clerk: 曹承辦 of DM003; then try the renewed card of 郭展期.',
  ],
  [
    '/renewal',
    '自然人憑證線上展期:以高護理(即將到期)或周過期(已過期)的卡展期,再看舊憑證登記在何處。',
    'Extend a citizen certificate: the card of 高護理 ends soon, that of 周過期 has ended; then see where the old one is on record.',
  ],
  [
    '/planner',
    '憑證更換指引:誰的憑證換了,應備哪些憑證、依什麼順序辦理。',
    'What to bring: who has a new card, and so what to do in which order.',
  ],
  [
    '/history',
    '授權歷程:以 DM003 的卡片進入授權指派後,查看歷程、某日狀態與授權依據。',
    'History: enter delegation with the cards of DM003, then look back, at any date, and at who granted what.',
  ],
  [
    '/staff',
    '承保機關人員:審核 DM005 的申請、暫停機關、檢驗憑據(測試帳號列於登入頁)。',
    'Staff: decide the application of DM005, suspend an agency, verify evidence (accounts stand on the sign-in page).',
  ],
];

export const testModePage = (view: View): Html => {
  const { lang } = view.words;
  const zh = lang === 'zh';
  const title = zh ? '測試模式' : 'Test mode';
  return layout(view, {
    title,
    crumbs: [{ label: title }],
    body: html`<p class="lead">${
      zh
        ? '不需讀卡機。卡片步驟的頁面上有一個測試卡片抽屜:選一張卡放入讀卡機,輸入卡片上印的PIN碼。錯誤三次即鎖卡,可在抽屜中解鎖。'
        : 'No card reader is needed. The pages that ask for a card have a drawer of test cards: put one into the reader and type the PIN that is printed on it. Three wrong PINs lock it; the drawer unlocks it.'
    }</p><h2>${zh ? '可以試試' : 'What to try'}</h2><ul class="ideas">${(
      others[view.pack.portal] ?? ideas
    ).map(
      ([href, chinese, english]) => html`<li><a href="${href}">${zh ? chinese : english}</a></li>`,
    )}</ul>${
      view.test?.anyHour === true && view.words.has('login.hours')
        ? html`<p class="hint">${
            zh
              ? `測試模式不限開放時間;正式入口網${view.words.say('login.hours')}。`
              : `Open at any hour for testing; a portal in service keeps its hours (${view.words.say('login.hours')}).`
          }</p>`
        : nothing
    }<p class="hint">${
      zh
        ? '測試卡片的私密金鑰交給瀏覽器使用,只有測試用的憑證機構簽發;正式的信賴起點不會開啟本功能。'
        : 'The private keys of test cards are handed to the browser. They are issued by a test authority alone; with the anchors of production there is no drawer.'
    }</p>`,
  });
};
