/**
 * Texts of the steps before the work itself: terms, agency card, citizen card, review (GEPI-12…26).
 *
 * @packageDocumentation
 */
import type { Text } from '../policy.js';

const text = (zh: string, en: string): Text => ({ zh, en });

export const gepiCardTexts = {
  // terms (GEPI-12, 13, 14)
  'screen.terms.title': text('公教人員保險網路作業e系統用戶約定條款', 'Terms of use of the online services'),
  'screen.terms.downloadedAt': text('網頁下載時間:', 'Page shown at:'),
  'screen.terms.read': text(
    '請詳細閱讀用戶約定條款,同意者請於條款下方點選同意條款內容按鈕。',
    'Please read the terms. If you agree, press the button below them.',
  ),
  'button.acceptTerms': text('同意條款內容', 'I agree to the terms'),

  // agency card (GEPI-10, 16, 17, 46, 48)
  'screen.agencyCard.title': text('機關憑證確認畫面', 'Confirm the agency certificate'),
  'screen.agencyCard.insert': text(
    '請將機關憑證IC卡放入讀卡機,並輸入畫面欄位:',
    'Put the agency certificate card into the reader and fill in the fields:',
  ),
  'screen.agencyCard.insertNew': text(
    '請將更換後機關憑證IC卡放入讀卡機,並輸入畫面欄位:',
    'Put the new agency certificate card into the reader and fill in the fields:',
  ),
  'lock.agency': text(
    'IC卡PIN碼(即密碼)輸入三次以上錯誤,即造成IC卡鎖卡,請至所屬憑證管理中心進行鎖卡解碼。',
    'Three wrong PINs lock the card. Unlock it at the certificate authority that issued it.',
  ),

  // citizen card (GEPI-18, 19, 20, 47, 53)
  'screen.citizenCard.title': text('自然人憑證確認畫面', 'Confirm the citizen certificate'),
  'screen.managerCard.insert': text(
    '請放入授權管理者之自然人憑證IC卡,並輸入畫面欄位:',
    "Put the manager's citizen certificate card into the reader and fill in the fields:",
  ),
  'screen.managerCard.insertNew': text(
    '請放入更換後授權管理者之自然人憑證IC卡,並輸入畫面欄位:',
    "Put the manager's new citizen certificate card into the reader and fill in the fields:",
  ),
  'screen.personCard.insert': text(
    '請放入自然人憑證IC卡,並輸入畫面欄位:',
    'Put the citizen certificate card into the reader and fill in the fields:',
  ),
  'lock.citizen': text(
    '自然人IC卡PIN碼(即密碼)輸入三次以上錯誤,即造成IC卡鎖卡,請至內政部憑證管理中心(http://moica.nat.gov.tw)\\『憑證作業』\\『鎖卡解碼』重新設定新的PIN碼。',
    'Three wrong PINs lock the card. Set a new PIN at MOICA (http://moica.nat.gov.tw) under 『憑證作業』 (certificate services), 『鎖卡解碼』 (unlock a card).',
  ),
  'hint.agencyFirst': text(
    '機關憑證通過認證後,再進行授權管理者自然人憑證確認。',
    "Once the agency certificate has passed, the manager's citizen certificate is confirmed.",
  ),
  'hint.activated': text(
    '※請先確認IC卡已完成開卡程序。',
    'Please make sure that the card has been activated.',
  ),
  'hint.notes': text('※注意事項:', 'Please note:'),
  'hint.required': text('* 為必填欄位。', 'Fields with * must be filled in.'),
  'hint.oneReader': text(
    '一台讀卡機即可,請依序放入機關憑證及自然人憑證。',
    'One reader is enough: put in the agency card first, then the citizen card.',
  ),

  // review (GEPI-23…26)
  'screen.review.title': text('機關憑證註冊申請人確認畫面', 'Applicant for the agency certificate'),
  'message.reviewMismatch': text(
    '貴機關申請憑證註冊,因申請資料比對不符,需進行審核,請填聯絡資料。',
    'The certificate does not match our records of your agency and must be reviewed; please leave your name and number.',
  ),
  'hint.reviewCause': text(
    '該機關憑證 OID 資料經比對不符。',
    "The certificate's OID is not the one on our records.",
  ),
  'hint.reviewConfirm': text(
    '如確認使用該張機關憑證申請註冊,請輸入姓名及電話並按確認;如不使用該張憑證申請註冊,請按取消。',
    'To apply with this certificate, fill in name and phone and press confirm; to leave it, press cancel.',
  ),
  'message.reviewPending': text(
    '申請資料審核中,若審核通過,於下一個營業日貴機關即可重新辦理註冊。若審核不通過,本部將與貴機關聯絡。',
    'Your application is under review. If it is approved you can register again on the next business day; if not, we will contact you.',
  ),
  'hint.reviewAgain': text(
    '送出申請後請於次一營業日再重新註冊。申請資料審核通過前,於憑證註冊步驟皆會出現審核中訊息。',
    'Please register again on the next business day. Until the application is approved, the certificate step shows that it is under review.',
  ),
  'hint.reviewStillPending': text(
    '如於次一營業日後再行註冊仍出現此訊息,請惠予與本部聯絡。',
    'If this message is still shown after the next business day, please call us.',
  ),
  'hint.reviewRejected': text(
    '如審核不通過,本部會主動聯絡申請人。',
    'If the application is not approved, we will call the applicant.',
  ),
} satisfies Readonly<Record<string, Text>>;
