/**
 * Texts of NHI's screens beside those that its Q&A prints word by word (NHI-2, NHI-8, NHI-13, NHI-16…19, NHI-22…24).
 *
 * @packageDocumentation
 */
import type { Text } from '../policy.js';
import { screenTexts } from './screen-texts.js';

const text = (zh: string, en: string): Text => ({ zh, en });

export const nhiScreenTexts = {
  ...screenTexts,
  'area.delegation': text('多憑證網路', 'Several kinds of credentials'),
  'area.business': text('加退保業務', 'Enrolment'),
  'link.business': text('承辦人員登入', 'Sign in as a clerk'),
  'login.gate': text(
    '承辦人員請選擇憑證類別登入;單位請勾選「單位憑證(負責人健保卡)」。',
    'Clerks choose their credential; to sign in as the unit, tick "unit\'s certificate".',
  ),
  'login.agencyCode': text('投保單位代號', 'Unit code'),
  'button.login': text('登入', 'Sign in'),
  'screen.agencyCard.title': text(
    '單位憑證(負責人健保卡)',
    "Unit's certificate (or the responsible person's health card)",
  ),
  'screen.citizenCard.title': text('承辦人員(單位管理者)', 'Clerk of the unit'),
  'step.card.agency': text('單位憑證', "Unit's certificate"),
  'step.card.clerk': text('承辦人員', 'Clerk'),
  'home.register.text': text(
    '以單位憑證,或以負責人健保卡及密碼註冊。',
    "Register with the unit's certificate, or with the health card of the person responsible.",
  ),
  'home.managers.text': text(
    '指派作業是指授權給承辦人員可使用多憑證之權利。',
    'To assign is to let a clerk use this service for the unit.',
  ),
  'home.replace-unit.text': text(
    '單位憑證到期更換,由承辦人員登入後辦理。',
    "When the unit's certificate is new, a clerk signs in and replaces it.",
  ),
  'home.unit-data.text': text('查詢及變更投保單位基本資料。', 'See and change the data of the unit.'),
  'screen.clerkList.title': text('單位管理者登錄作業', 'Clerks of the unit'),
  'crumb.delegationWork': text('單位管理者登錄作業', 'Clerks of the unit'),
  'crumb.delegation': text('系統管理作業', 'Administration'),
  'screen.clerkAdd.title': text('新增單位管理者', 'Add a clerk'),
  'screen.clerkDelete.title': text('刪除單位管理者', 'Delete a clerk'),
  'panel.clerkAdd': text('憑證類別', 'Kind of credential'),
  'means.citizen': text('自然人憑證', 'Citizen certificate'),
  'column.agencyCode': text('投保單位代號', 'Unit code'),
  'column.agencyName': text('投保單位名稱', 'Unit'),
  'column.email': text('電子郵件信箱', 'E-mail address'),
  'panel.newCertificate': text('新憑證資料', 'The new certificate'),
  'certificate.newIssuer': text('新憑證發行者', 'Issuer of the new certificate'),
  'certificate.newSubject': text('新憑證主體', 'Holder of the new certificate'),
  'certificate.newSerial': text('新憑證序號', 'Serial number of the new certificate'),
  'panel.currentCertificate': text('目前登記資料', 'On record'),
  'certificate.currentSubject': text('單位憑證主體', 'Holder of the certificate on record'),
  'certificate.byHealthCard': text(
    '負責人健保卡註冊',
    'Registered by the health card of the person responsible',
  ),
  'replace.notSeen': text(
    '新憑證主體尚未顯示,請確認後再按「儲存」。',
    'The holder of the new certificate was not shown yet; please check it, then save.',
  ),
  'hint.replaceSave': text(
    '看到新憑證主體後,再按「儲存」。',
    'Press "Save" once the holder of the new certificate is shown.',
  ),
  'message.agencyRegistered': text('註冊成功', 'The unit is registered.'),
  'message.registrationFailed': text('註冊不成功', 'The unit was not registered.'),
  'message.agencyReplaced': text('憑證更新成功', 'The certificate was replaced.'),
  'message.agencyReplaceFailed': text('憑證更新不成功', 'The certificate was not replaced.'),
  'message.goOnToDelegation': text(
    '負責人欲使用加退保等異動作業,請於單位管理者登錄作業新增自然人憑證或健保卡資料。',
    'Whoever is to act, the person responsible too, is added under "Clerks of the unit".',
  ),
  // NHI-25, NHI-26: business behind the gate
  'business.item.enrolment.checked-changes': text('異動檢核後查詢', 'Changes after their check'),
  'business.item.enrolment.print-forms': text(
    '列印及媒體上傳:申報資料套印表格',
    'Printing and uploading: forms filled with what was declared',
  ),
  'suspended.title': text('洽詢承辦人', 'Please call us'),
  'data.noProof': text('基本資料變更-不需證明文件', 'Changes that need no proof'),
  'data.proof': text('基本資料變更-需證明文件', 'Changes that need proof'),
  'data.saved': text('儲存成功', 'Saved.'),
  'data.current': text('目前資料', 'On record'),
  'data.none': text('(未填)', '(none)'),
  'data.from': text('生效時間', 'In force from'),
  'data.requests': text('變更申請', 'Requests'),
  'data.attachment.one': text('證明文件一', 'Document 1'),
  'data.attachment.two': text('證明文件二', 'Document 2'),
  'data.contactName': text('聯絡人姓名', 'Name of the contact'),
  'data.contactPhone': text('聯絡電話', 'Telephone'),
  // NHI-23, NHI-24: an address is chosen and typed in parts.
  'parts.registered-address': text(
    '縣市|鄉鎮市區|村里|鄰|街路門號',
    'County or city|District|Village|Neighbourhood|Street and number',
  ),
  'parts.mailing-address': text(
    '縣市|鄉鎮市區|村里|鄰|街路門號',
    'County or city|District|Village|Neighbourhood|Street and number',
  ),
  'data.number': text('附件編號', 'Number of the request'),
  'data.number.later': text('(儲存後編列)', '(given when it is saved)'),
  'data.agencyCode': text('單位代號', 'Unit code'),
  'data.businessNumber': text('統一編號', 'Business number'),
  'data.agencyName': text('單位名稱', 'Name of the unit'),
  'data.before.registered-address': text('原登記地址', 'Registered address until now'),
  'data.before.mailing-address': text('原通訊地址', 'Mailing address until now'),
  'data.effectiveOn': text('生效日期', 'In force from'),
  'data.effectiveOn.hint': text('未填者自審核通過起生效。', 'Without one it holds once it is approved.'),
  'data.attachments': text('檢附文件', 'Documents'),
  'data.explanation': text('相關證明文件說明', 'What the documents are'),
  'data.tick': text('請先勾選要變更的項目。', 'Please tick what is to change first.'),
  'data.note': text('審核意見(單位可閱)', 'Note for the unit'),
  'data.noteOf': text('審核意見', 'Note'),
  'data.empty': text('請至少填寫一個欄位。', 'Fill in at least one field.'),
  'data.approve': text('審核通過', 'Approve'),
  'data.reject': text('審核不通過', 'Reject'),
  'environment.title': text('new 環境說明', 'Setting up your computer'),
  'environment.3003': text('錯誤代碼3003', 'Error code 3003'),
  'agency.reopen.text': text(
    '確認為暫時關閉後開啟;單位隔天再登入,即可正常使用。',
    'Open it where it was closed for the time being only; the unit can sign in from the next day on.',
  ),
} as const satisfies Readonly<Record<string, Text>>;
