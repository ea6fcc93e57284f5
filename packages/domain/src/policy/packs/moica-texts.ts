/**
 * Words of the renewal programme (MOICA-3…16): the manual's own where it has them.
 *
 * @packageDocumentation
 */
import type { RenewalPackSource } from '../../certificate/renewal/pack.js';

const t = (zh: string, en: string) => ({ zh, en });

export const moicaTexts: RenewalPackSource['texts'] = {
  // ---- frame
  'renewal.title': t('自然人憑證線上展期作業', 'Extending a citizen certificate online'),
  // ---- the CA's own programme (MOICA-1, MOICA-2): for cards that cannot be written here
  'renewal.own.title': t('內政部自然人憑證線上展期軟體', "The certificate authority's own programme"),
  'renewal.own.path': t(
    '公文系統「使用者手冊」→「公文系統服務平台」(相關連結)→「MOICA內政部憑證管理中心」→右上角點「X」→(常用功能)「憑證展期」→(方式)「a.線上展期」→下載『自然人憑證線上展期軟體』儲存至桌面。',
    'In the document system: 「使用者手冊」, then 「公文系統服務平台」 among the links, MOICA, the 「X」 of the window that opens, 「憑證展期」 among the common functions, 「a.線上展期」; save 『自然人憑證線上展期軟體』 to the desktop.',
  ),
  'renewal.own.install': t(
    '執行安裝程式:「確定」→「下一步(N)」→檢查需較長時間,請耐心等待→「預設(C)」→「下一步(N)」→「完成」;桌面上產生「內政部自然人憑證展期程式」之圖示。',
    'Run the installer: 「確定」, 「下一步(N)」, a check that takes long, 「預設(C)」, 「下一步(N)」, 「完成」; the icon 「內政部自然人憑證展期程式」 is on the desktop then.',
  ),
  // ---- step one (MOICA-3)
  'renewal.one.title': t('步驟一', 'Step one'),
  'renewal.one.read': t(
    '讀取自然人憑證IC卡。請插入自然人憑證IC卡',
    'Reading the citizen card. Please put the citizen card in.',
  ),
  'renewal.button.ok': t('確定', 'OK'),
  'renewal.button.about': t('關於', 'About'),
  'renewal.button.leave': t('離開', 'Leave'),
  // ---- step two (MOICA-4)
  'renewal.two.title': t('步驟二', 'Step two'),
  'renewal.two.ask': t('請輸入身分證字號及出生年月日', 'Please enter your ID number and date of birth'),
  'renewal.two.id': t('身分證字號', 'National ID number'),
  'renewal.two.id.hint': t('含英文(不分大小寫)', 'With its letter, in upper or lower case'),
  'renewal.two.birth': t('出生年月日', 'Date of birth'),
  'renewal.two.era': t('年號', 'Era'),
  'renewal.two.before': t('民國前', 'Before the Republic'),
  'renewal.two.roc': t('民國', 'Republic'),
  'renewal.two.year': t('年', 'Year'),
  'renewal.two.month': t('月', 'Month'),
  'renewal.two.day': t('日', 'Day'),
  // ---- confirmation (MOICA-5, MOICA-9)
  'renewal.confirm.title': t('請您確認要做憑證展期的資料', 'Please confirm what is to be extended'),
  'renewal.window': t('可線上展期期間', 'Can be extended online'),
  'renewal.user': t('用戶資料', 'Holder'),
  'renewal.cardNumber': t('IC卡卡號', 'Card number'),
  'renewal.holder': t('持有人姓名', "Holder's name"),
  'renewal.original': t('原憑證有效期間', 'Certificate now valid'),
  'renewal.extended': t('憑證展期有效期間', 'Valid after the extension'),
  'renewal.to': t('到', 'to'),
  'renewal.notes': t('注意事項', 'Please note'),
  'renewal.note.stay': t(
    '申請憑證展期期間,請勿將自然人憑證IC卡拔出,避免可能造成卡片損毀。',
    'Do not take the card out while the certificate is being extended: the card might be damaged.',
  ),
  'renewal.note.fail': t(
    '由於憑證線上展期需連線至憑證管理中心,並由用戶的讀卡機寫入展期後的憑證,因此展期過程中可能會因為網路環境、讀卡機...等原因,而無法展期成功。',
    'The extension needs a connection to the certificate authority, and your reader writes the new certificate; network or reader may keep it from succeeding.',
  ),
  'renewal.note.counter': t(
    '若用戶無法順利於線上完成辦理展期者,請用戶本人親自攜帶國民身分證與自然人憑證,至各地戶政事務所自然人憑證申辦櫃檯辦理憑證展期。[不限戶籍地,可跨縣市辦理]',
    'If it does not succeed online, please go in person, with your ID card and the citizen card, to the counter of any household registration office, wherever you are registered.',
  ),
  'renewal.button.network': t('網路設定', 'Network settings'),
  'renewal.network.what': t(
    '連線至憑證管理中心由本系統辦理;代理伺服器等設定依瀏覽器與所在網路之設定。',
    'This site connects to the certificate authority by itself; proxies and the like are those of your browser and network.',
  ),
  'renewal.button.again': t('重新讀取IC卡資料', 'Read the card again'),
  'renewal.button.apply': t('申請展期', 'Apply for the extension'),
  'renewal.button.cancel': t('取消', 'Cancel'),
  // ---- terms (MOICA-11)
  'renewal.terms': t('用戶同意條款內容', 'Terms for subscribers'),
  'renewal.button.agree': t('同意', 'I agree'),
  'renewal.button.disagree': t('不同意', 'I do not agree'),
  // ---- PINs (MOICA-12…14)
  'renewal.pin.sign': t('展期作業需用戶簽章', 'The holder signs the request'),
  'renewal.pin.write': t('展期新憑證寫入IC卡', 'The new certificate is written to the card'),
  'renewal.pin.ask': t('請輸入IC卡PIN碼', 'PIN of the card'),
  'renewal.pin.default': t(
    '若未改過,則為預設民國年月日6碼',
    'If it was never changed, it is your date of birth in the ROC calendar, six digits',
  ),
  'renewal.pin.lock': t(
    '為安全起見,當您輸入PIN碼三次都驗證失敗時,憑證將會自動鎖卡而無法使用。請至網站上「憑證作業/忘記PIN碼/鎖卡解碼」,輸入用戶代碼來執行鎖卡解碼的動作,或請洽客服中心免付費電話:0800-080-117。',
    'For safety, three wrong PINs lock the card. Unlock it on the web site under 「憑證作業/忘記PIN碼/鎖卡解碼」 with your user code, or call 0800-080-117, free of charge.',
  ),
  'renewal.button.confirm': t('確認', 'Confirm'),
  // ---- what takes long (MOICA-10)
  'renewal.busy.sign': t('展期憑證資料執行中,請稍候...', 'The extension is being prepared, please wait…'),
  'renewal.busy.long': t(
    '展期作業執行中,此作業約需3~5分鐘,請您耐心等待…',
    'The extension is being carried out. It takes three to five minutes; please be patient…',
  ),
  'renewal.busy.silent': t(
    '畫面若暫時沒有回應,作業仍在進行,請勿關閉視窗或取出IC卡。',
    'If the page does not respond for a while, the work still goes on. Do not close it, and leave the card in.',
  ),
  'renewal.pending': t(
    '憑證管理中心尚在處理您的申請,將自動再次查詢,您也可以稍後再繼續。',
    'The certificate authority is still at work on your request. It is asked again by itself; you may also go on later.',
  ),
  // ---- where it stands
  'renewal.step.started': t('已申請,待同意條款', 'Begun; the terms come next'),
  'renewal.step.agreed': t('已同意條款,待用戶簽章', "Agreed; the holder's signature comes next"),
  'renewal.step.signed': t('已簽章,待送出申請', 'Signed; the request goes out next'),
  'renewal.step.submitted': t(
    '申請已送出,尚待憑證管理中心回覆',
    'Sent; the certificate authority has not answered yet',
  ),
  'renewal.step.issued': t(
    '新憑證已簽發,待寫入IC卡',
    'The new certificate was issued; it is written to the card next',
  ),
  'renewal.step.writing': t('寫入IC卡未經確認', 'A write to the card was begun and not confirmed'),
  'renewal.step.unreadable': t(
    'IC卡內讀不到原憑證或新憑證',
    'The card shows neither the old nor the new certificate',
  ),
  'renewal.step.completed': t('完成展期', 'Extended'),
  'renewal.step.voided': t('展期作業已終止,IC卡內的憑證未變更', 'Ended; the card is unchanged'),
  'renewal.step.referred': t('改至戶政事務所臨櫃辦理', 'To be done at a household registration office'),
  'renewal.resume': t(
    '此張IC卡有未完成的展期作業。',
    'A renewal of this card was begun and is not complete.',
  ),
  'renewal.button.resume': t('繼續辦理', 'Go on'),
  'renewal.writing.what': t(
    '新憑證開始寫入IC卡後未能確認結果,IC卡內可能是原憑證,也可能是新憑證。請將同一張IC卡放入讀卡機,按「讀取確認」,系統將讀出卡內憑證後告知下一步。確認前請勿以此卡辦理其他作業。',
    'Writing the new certificate was begun, and what came of it is not known: the card may hold the old certificate or the new one. Put the same card in and have it read; what to do next follows from what it holds. Until then do not use the card for anything else.',
  ),
  'renewal.button.check': t('讀取確認', 'Read the card'),
  'renewal.unreadable.what': t(
    '讀出的卡片內沒有原憑證,也沒有新憑證。請再寫入一次;若仍無法完成,請攜帶國民身分證與此卡至戶政事務所辦理。新憑證已由憑證管理中心簽發,不會遺失。',
    'The card holds neither the old certificate nor the new one. Please write it once more; if that does not help, take your ID card and this card to a household registration office. The new certificate was issued and is not lost.',
  ),
  'renewal.previous.what': t(
    'IC卡內仍是原憑證,新憑證尚未寫入,請再寫入一次。',
    'The card still holds the old certificate; please write the new one once more.',
  ),
  'renewal.uncertain.what': t(
    '先前送出的申請未獲回覆,憑證管理中心可能已經簽發。請洽客服中心0800-080-117確認。',
    'An earlier request was never answered, and the certificate authority may have granted it. Please ask 0800-080-117.',
  ),
  'renewal.button.counter': t('改至戶政事務所辦理', 'Go to a household registration office instead'),
  'renewal.write.unsupported': t(
    '此張IC卡的寫入指令未公開,無法在此寫入新憑證,因此不在此申請展期,卡片與憑證均未變更。請使用內政部憑證管理中心的線上展期軟體,或攜帶國民身分證與自然人憑證至戶政事務所辦理。',
    'How certificates are written to this card is not public, so nothing can be written here and no renewal is begun; card and certificate are unchanged. Please use the programme of the certificate authority, or go to a household registration office with your ID card and the citizen card.',
  ),
  // ---- done (MOICA-15, MOICA-16)
  'renewal.done.title': t('完成展期', 'The certificate was extended'),
  'renewal.button.finish': t('完成', 'Finish'),
  'renewal.button.save': t('儲存收執聯', 'Save the receipt'),
  'renewal.receipt.title': t('自然人憑證展期收執聯', 'Receipt for the extension of a citizen certificate'),
  'renewal.receipt.number': t('收執號碼', 'Receipt number'),
  'renewal.receipt.time': t('完成時間', 'Completed'),
  'renewal.serial.old': t('原憑證序號', 'Serial number before'),
  'renewal.serial.new': t('新憑證序號', 'New serial number'),
  'renewal.after.title': t('展期之後', 'Afterwards'),
  'renewal.after.role': t('登記身分', 'On record as'),
  'renewal.after.text': t(
    '因為憑證序號不同,請承辦人再至各系統更新所登記的憑證。IC卡卡號不變。',
    'The serial number is another one, so the new certificate must be entered wherever the old one is on record. The card number is the same.',
  ),
  'renewal.after.new': t('新憑證序號,同一張IC卡', 'The new serial number, on the same card'),
  'renewal.after.out': t(
    '以下登記的仍是原憑證序號:在更新之前,這張卡無法以此身分登入或辦理。',
    'The old serial number is on record here: until that is changed, this card does not let in as what it stands for.',
  ),
  'renewal.after.todo': t('如何更新', 'What mends it'),
  'renewal.after.alone': t('您可以自行辦理:', 'You can do it yourself:'),
  'renewal.after.others': t(
    '須由持有下列憑證者辦理,請將此連結交給他們:',
    'It takes whoever has the following; hand them this link:',
  ),
  'renewal.after.ask': t('請洽客服:', 'Please ask the helpdesk:'),
  'renewal.after.nothing': t(
    '沒有登記原憑證,不需辦理。',
    'The old certificate is not on record here: nothing is to be done.',
  ),
  'renewal.after.unknown': t(
    '目前無法查詢,請稍後重新整理本頁。',
    'It cannot be asked at present; please load this page again later.',
  ),
  'renewal.after.past': t('過去登記的原憑證', 'Where it was on record before'),
  'renewal.after.until': t('登記期間', 'On record'),
  'renewal.as.agency': t('機關', 'Agency'),
  'renewal.as.manager': t('授權管理者', 'Manager'),
  'renewal.as.clerk': t('經辦人', 'Clerk'),
  'renewal.as.officer': t('承辦帳號', 'Officer’s account'),
};
