/**
 * Texts of 多憑證網路承保作業 (NHI-1…27), as its Q&A of 109年5月11日 words them.
 *
 * @packageDocumentation
 */
import type { Text } from '../policy.js';
import { frameTexts } from './frame-texts.js';
import { historyTexts } from './history-texts.js';
import { nhiHistoryTexts } from './nhi-history-texts.js';
import { nhiScreenTexts } from './nhi-screen-texts.js';
import { workTexts } from './work-texts.js';

const text = (zh: string, en: string): Text => ({ zh, en });

export const nhiTexts = {
  ...frameTexts,
  ...workTexts,
  ...historyTexts,
  ...nhiScreenTexts,
  ...nhiHistoryTexts,
  'portal.name': text('多憑證網路承保作業', 'NHI enrolment with several kinds of credentials'),
  'portal.about': text(
    '投保單位以單位憑證或負責人健保卡註冊,指派承辦人員辦理加退保等業務。',
    'Insured units register with their certificate or the health card of the person responsible, and let clerks act for them.',
  ),
  /** NHI-27: guidance is of a date. */
  'guidance.date': text('中華民國109年5月11日', '11 May 2020'),
  // NHI-1, NHI-5
  'assign.about': text(
    '指派作業是指授權給承辦人員可使用多憑證之權利。',
    'To assign is to let a clerk use this service for the unit.',
  ),
  'menu.system': text('系統管理作業', 'Administration'),
  'menu.data': text('單位資料查詢及變更', 'Data of the unit'),
  'screen.register.title': text('單位註冊', 'Register the unit'),
  'screen.managers.title': text('單位管理者登錄作業', 'Clerks of the unit'),
  'screen.login.title': text('登入', 'Sign in'),
  'screen.replace.title': text('單位憑證變更作業', "Replace the unit's certificate"),
  'screen.data.title': text('基本資料變更', "Change the unit's data"),
  // NHI-2, NHI-4
  'login.means': text('請選擇憑證類別', 'Please choose the kind of credential'),
  'means.certificate': text('憑證登入', 'Certificate'),
  'means.registeredCard': text('健保卡', 'Health card'),
  'login.unit': text(
    '單位憑證(負責人健保卡)',
    "Unit's certificate (or health card of the person responsible)",
  ),
  'field.agencyCode': text('投保單位代號', 'Unit code'),
  'field.password': text('註冊密碼', 'Password'),
  // NHI-5…11
  'managers.swap': text(
    '讀卡機請換承辦人之自然人憑證或健保卡。',
    "Please put the clerk's citizen certificate or health card into the reader.",
  ),
  'managers.notice.kinds': text(
    '憑證類別可選擇自然人憑證或健保卡(已註冊)。',
    'The credential is a citizen certificate or a registered health card.',
  ),
  'managers.notice.register': text(
    '健保卡尚未註冊者,請連結至「健保卡網路服務註冊」,點選「首次登入請先申請」完成註冊程序並設定密碼。',
    'A health card that is not registered yet is registered by its holder first, who sets a password.',
  ),
  'managers.notice.owner': text(
    '負責人欲使用加退保等異動作業,請於下方新增自然人憑證或健保卡資料。',
    'The person responsible who wants to act adds an entry for themselves.',
  ),
  'managers.notice.serial': text(
    '『自然人憑證序號』請利用本系統提供的電子憑證及讀卡機偵測工具,或輸入憑證PIN碼按讀取按鍵讀出。',
    'The serial is told by the detection tool, or read from the card.',
  ),
  'managers.delete': text(
    '※承辦人員離職或變更,請點選『刪除』,解除其權限。',
    'When a clerk leaves or changes, delete the entry.',
  ),
  'field.permission': text('允許使用所有加退保業務功能', 'May use all enrolment functions'),
  'field.email': text('電子郵件信箱', 'E-mail address'),
  // NHI-14, NHI-15
  'fault.3003': text(
    '錯誤代碼3003表示憑證元件需更新,並非新憑證有問題:多憑證首頁→new環境說明→下載元件安裝檔→重新啟動電腦。',
    'Code 3003 means that the card component is out of date, not that the new card is bad: download the component and restart the computer.',
  ),
  'component.md5.grey': text(
    '版面(灰):IE8以上(不支援Edge),MD5 5DFFCD6D94E79E0773FB42F3A29953B7',
    'Grey pages: IE8 and later, not Edge; MD5 5DFFCD6D94E79E0773FB42F3A29953B7',
  ),
  'component.md5.windows': text(
    '版面(紫)Windows:MD5 592782E6054F7B85AADA432431275E1C',
    'Purple pages, Windows: MD5 592782E6054F7B85AADA432431275E1C',
  ),
  'component.md5.mac': text(
    '版面(紫)Mac:MD5 99AF9ED07C1EFEBF73210CA0E90A247D',
    'Purple pages, Mac: MD5 99AF9ED07C1EFEBF73210CA0E90A247D',
  ),
  'component.md5.linux': text(
    '版面(紫)Linux(Ubuntu):MD5 01AF170D3EAB8878ED2A1B7CCD878758',
    'Purple pages, Linux (Ubuntu): MD5 01AF170D3EAB8878ED2A1B7CCD878758',
  ),
  // NHI-16…19
  'replace.read': text(
    '請確認已將IC卡放入讀卡機,再按下「讀取」按鈕,系統會自動讀入您的憑證資料',
    'Put the card into the reader and press "read"; the certificate is read by itself.',
  ),
  'replace.done': text('憑證更新成功', 'The certificate was replaced.'),
  'root.fixed': text(
    '需註銷原多憑證帳號再重新註冊:請單位電洽承辦人註銷後,再以工商憑證重新註冊及指派單位承辦人員。',
    'The account must be ended and registered anew: call the portal, then register and assign all clerks again.',
  ),
  'suspended.ask': text(
    '請電洽本組承辦人,確認為暫時關閉後會將單位開啟,請單位隔天再登入。',
    'Please call us; once it is opened again, the unit can sign in from the next day on.',
  ),
  // NHI-22…24
  'field.labourNumber': text('勞保證號', 'Labour insurance number'),
  'field.registeredAddress': text('變更登記地址', 'Registered address'),
  'field.unitName': text('變更單位名稱', 'Name of the unit'),
  'field.mailingAddress': text('變更通訊地址', 'Mailing address'),
  'field.phone': text('通訊電話', 'Telephone'),
  'field.fax': text('電話傳真', 'Fax'),
  'data.delay': text('請先登出,等30分鐘後再登入,即可使用。', 'Sign out and come back after 30 minutes.'),
  'data.review': text('等候本組承辦人員審核完成,即變更成功。', 'It is changed once staff have reviewed it.'),
  // what the one table says with a manager or a screen that there is not here
  'error.NOT_AUTHORIZED': text(
    '您尚未經單位指派為承辦人員,請單位以單位憑證或負責人健保卡辦理指派。',
    'You are no clerk of this unit yet; the unit assigns you with its own card.',
  ),
  'error.NAME_MISMATCH': text(
    '姓名與自然人憑證或健保卡所載不符,請重新讀取,或依其所載更正姓名。',
    'The name is not the one on the certificate or health card; read it again, or correct the name to what it shows.',
  ),
  'error.PERMISSION_NOT_GRANTED': text('您沒有此項功能的權限。', 'You do not hold this permission.'),
  'error.CREDENTIAL_REPLACED': text(
    '您的憑證與單位登錄的資料不符,請單位刪除後重新新增。',
    'Your credential is not the one on record; the unit deletes your entry and adds you again.',
  ),
  'error.AGENCY_CERTIFICATE_NOT_REGISTERED': text(
    '此張憑證或健保卡與單位註冊資料不符;憑證到期更換請由承辦人員辦理「單位憑證變更作業」,欲改以另一類憑證(單位憑證、負責人健保卡)者,需註銷原多憑證帳號再重新註冊,請電洽承辦人。',
    'This is not what the unit registered with; a clerk replaces a certificate under "Replace the unit\'s certificate". To change from a health card to a certificate, or back, the account is ended and registered anew: please call us.',
  ),
  'error.CLERK_ALREADY_AUTHORIZED': text(
    '此人已是單位的承辦人員,如需變更請刪除後重新新增。',
    'This person is a clerk of the unit already; to change the entry delete it and add it again.',
  ),
  // NHI-25: what a later check of what was filed may say, by its code
  'check.ok': text('審核正確', 'Correct: it was filed.'),
  'check.code.0': text(
    '異動資料之受理分區業務組與投保單位所屬分區業務組不符',
    'The division that took the change is not the one of the unit.',
  ),
  'check.code.2': text(
    '眷屬年齡可能錯誤:直系卑親屬出生日期與被保險人不可相差14歲以內',
    'The age of a dependant may be wrong: a descendant is less than 14 years younger.',
  ),
  'check.code.3': text(
    '六類二目被保險人未滿20歲,且無法定代理人',
    'The insured person is under 20 and has no legal representative.',
  ),
  'check.code.5': text('投保金額級距尚未建檔', 'The grade of the insured amount is not on file yet.'),
  // NHI-20
  'unlock.citizen': text(
    '自然人憑證鎖卡:(1)攜帶身分證明文件至各戶政事務所;(2)上網至內政部憑證管理中心;(3)0800-080-117,週一至週五上午7點至晚上11點,星期例假日8:30~17:30。',
    'A locked citizen card: at any household registration office, on the web, or by phone 0800-080-117.',
  ),
};
