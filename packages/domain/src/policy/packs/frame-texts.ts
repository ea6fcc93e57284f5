/**
 * Texts of the frame that every portal's pages stand in: menu, session, errors, receipts. No manual has words for these;
 * a pack takes them as they are, or puts its own in their place.
 *
 * @packageDocumentation
 */
import type { Text } from '../policy.js';

const text = (zh: string, en: string): Text => ({ zh, en });

export const frameTexts = {
  // around every page
  'frame.skip': text('跳到主要內容', 'Skip to the main content'),
  'frame.menu': text('功能選單', 'Menu'),
  'frame.breadcrumb': text('目前位置', 'You are here'),
  'frame.language': text('語言', 'Language'),
  'frame.footer': text('服務窗口與連絡電話', 'Whom to ask, and telephone numbers'),
  'frame.binding': text('本網頁以中文版為準。', 'The Chinese text of these pages is the binding one.'),
  'frame.print': text('列印', 'Print'),
  'frame.newWindow': text('(另開視窗)', '(opens a new window)'),

  // steps of a purpose
  'step.title': text('辦理步驟', 'Steps'),
  'step.terms': text('用戶約定條款', 'Terms of use'),
  'step.card.agency': text('機關憑證確認', 'Agency certificate'),
  'step.card.manager': text('授權管理者自然人憑證確認', "Manager's citizen certificate"),
  'step.card.clerk': text('自然人憑證確認', 'Citizen certificate'),
  'step.confirm': text('資訊確認', 'Check and confirm'),
  'step.work': text('辦理作業', 'The work itself'),
  'step.result': text('查詢結果', 'Result'),
  'step.done': text('完成', 'Done'),
  'step.state.done': text('已完成', 'done'),
  'step.state.current': text('目前步驟', 'current step'),

  // cards
  'card.source.title': text('使用的卡片', 'The card'),
  'card.source.reader': text('讀卡機中的卡片', 'A card in the reader'),
  'card.reader.hint': text(
    '將以本機安裝的讀卡元件讀取卡片,並開啟其視窗;請允許本網站開啟彈出視窗。',
    'The card component on this computer reads the card in a window of its own; please allow windows for this site.',
  ),
  'card.reader.ask': text('檢查讀卡機', 'Check the reader'),
  'card.reader.none': text(
    '讀卡元件已就緒,但找不到讀卡機。',
    'The component is ready, but there is no card reader.',
  ),
  'card.reader.empty': text('讀卡機中沒有卡片。', 'There is no card in the reader.'),
  'card.reader.ready': text('讀卡機中的卡片:', 'Card in the reader:'),
  'card.reader.ownPin': text(
    '此讀卡元件將自行詢問PIN碼,無須於本頁輸入。',
    'This component asks for the PIN itself; it need not be entered here.',
  ),
  'card.pin.byComponent': text(
    'PIN碼由讀卡元件的視窗詢問;若元件沒有此視窗,本頁會再請您輸入。',
    'The component asks for the PIN in its own window; where it has none, this page will ask for it.',
  ),
  'card.working': text('卡片簽章中,請勿抽出卡片…', 'The card is signing; please leave it in the reader…'),
  'card.script': text(
    '本步驟須由瀏覽器與卡片溝通,請開啟瀏覽器的 JavaScript 功能。其他頁面不受影響。',
    'This step needs JavaScript, with which the browser talks to the card. Other pages work without it.',
  ),
  'card.pin.stays': text(
    'PIN碼僅送至卡片,不會傳送至本網站。',
    'The PIN goes to the card and is never sent to this site.',
  ),
  'card.unreachable': text(
    '無法連線至本網站,請稍後再試。',
    'This site cannot be reached; please try again later.',
  ),

  // session
  'session.title': text('目前作業', 'In progress'),
  'session.purpose': text('作業', 'Purpose'),
  'session.agency': text('機關代號', 'Agency code'),
  'session.cards': text('已確認憑證', 'Certificates confirmed'),
  'session.until': text('有效至', 'Valid until'),
  'session.signOut': text('登出', 'Sign out'),
  'session.resume': text('繼續辦理', 'Go on'),
  'session.signedOut.title': text('已登出', 'Signed out'),
  'session.signedOut.text': text(
    '作業已結束,請取出讀卡機中的卡片。',
    'The session has ended. Please take your card out of the reader.',
  ),
  'session.over.title': text('作業已逾時', 'The session has ended'),
  'session.over.text': text(
    '為維護安全,憑證確認後逾時即須重新辦理。已完成的作業不受影響。',
    'For security, certificates are confirmed anew after some time. What was completed stays as it is.',
  ),
  'session.again': text('重新辦理', 'Begin again'),

  // refusals
  'errors.title': text('請檢查下列項目', 'Please check the following'),
  'errors.refused': text('作業未完成', 'This was not done'),
  'errors.helpdesk': text('如需協助,請洽', 'For help, please call'),
  'errors.reference': text('查詢編號', 'Reference'),
  'error.notFound.title': text('找不到網頁', 'Page not found'),
  'error.notFound.text': text(
    '網址可能有誤,或網頁已移動。',
    'The address may be wrong, or the page has moved.',
  ),
  'error.closed.title': text('目前非系統開放時間', 'The service is closed'),
  'error.closed.text': text('請於系統開放時間內辦理。', 'Please come back during the opening hours.'),
  'error.broken.title': text('系統發生錯誤', 'Something went wrong'),
  'error.broken.text': text(
    '作業未完成,請稍後再試;如仍有問題,請洽服務窗口並告知查詢編號。',
    'Nothing was done. Please try again later; if it happens again, call the helpdesk with the reference.',
  ),
  'error.request.title': text('無法處理此項要求', 'This request cannot be handled'),
  'error.request.text': text('請回到上一頁重新辦理。', 'Please go back and try again.'),
  'error.tooMany.title': text('查詢次數過多', 'Too many requests'),
  'error.tooMany.text': text('請稍候再試。', 'Please wait a moment, then try again.'),

  // certificates as they are shown
  'certificate.holder': text('憑證主體', 'Holder'),
  'certificate.organisation.oid': text('機關憑證OID', 'OID'),
  'certificate.organisation.businessNumber': text('統一編號', 'Business number'),
  'certificate.ca': text('發證單位', 'Issued by'),
  'certificate.serial': text('憑證序號', 'Serial number'),
  'certificate.cardNumber': text('卡號', 'Card number'),
  'certificate.valid': text('有效期間', 'Valid'),
  'certificate.validTo': text('至', 'to'),

  // receipts
  'receipt.title': text('作業收執聯', 'Receipt'),
  'receipt.number': text('作業編號', 'Number'),
  'receipt.time': text('完成時間', 'Completed'),
  'receipt.item': text('作業項目', 'Item'),
  'receipt.until': text(
    '本頁可於本瀏覽器重新開啟至 {time}。',
    'This browser can open this page again until {time}.',
  ),
  'receipt.gone': text(
    '此收執聯已不在本瀏覽器,但作業結果不受影響。請以「查詢憑證註冊收件紀錄」查詢,或確認憑證後於「授權歷程」檢視及列印。',
    'This browser has this receipt no more; what was done stands. Look it up in the registration records, or confirm your cards and print it from the history.',
  ),
  'receipt.keep': text('請列印或儲存本收執聯備查。', 'Please print this receipt or keep it as a file.'),
} satisfies Readonly<Record<string, Text>>;
