/**
 * Texts of the work itself: panels, fields, columns, buttons and hints (GEPI-16…53).
 *
 * A `field` is a label with the mark of a mandatory field as the screens print it, and `mark.required` stands
 * beside it; a `column` names the same thing in a table or a read-only panel.
 *
 * @packageDocumentation
 */
import type { Text } from '../policy.js';

const text = (zh: string, en: string): Text => ({ zh, en });

export const gepiScreenTexts = {
  // titles
  'screen.firstRegistration.title': text('首次註冊', 'First registration'),
  'screen.firstRegistrationConfirm.title': text('首次註冊資訊確認', 'Confirm the first registration'),
  'screen.delegation.title': text('授權指派', 'Delegation'),
  'screen.clerkList.title': text('授權經辦人清單', 'Authorised clerks'),
  'screen.clerkAdd.title': text('新增授權經辦人', 'Add a clerk'),
  'screen.clerkChange.title': text('修改授權經辦人', 'Change a clerk'),
  'screen.clerkDelete.title': text('刪除授權經辦人', 'Delete a clerk'),
  'screen.replaceAgency.title': text('更換機關憑證', 'Replace the agency certificate'),
  'screen.replaceAgencyConfirm.title': text('更換機關憑證資訊確認', 'Confirm the new agency certificate'),
  'screen.replaceManager.title': text(
    '更換授權管理者自然人憑證',
    "Replace the manager's citizen certificate",
  ),
  'screen.replaceManagerConfirm.title': text(
    '更換授權管理者自然人憑證資訊確認',
    "Confirm the manager's new citizen certificate",
  ),
  'screen.replaceBoth.title': text('更換機關憑證和更換授權管理者自然人憑證', 'Replace both certificates'),
  'screen.replaceBothConfirm.title': text(
    '更換機關憑證資訊和授權管理者自然人憑證資訊確認',
    'Confirm both new certificates',
  ),
  'screen.records.title': text('查詢憑證註冊收件紀錄', 'Registration records'),
  'screen.oid.title': text('查詢機關憑證OID', 'OID of an agency certificate'),
  'screen.serial.title': text('查詢自然人憑證序號', 'Serial number of a citizen certificate'),

  // panels
  'panel.agencyCertificate': text('機關(組織)憑證資訊', 'Agency (organisation) certificate'),
  'panel.managerCertificate': text('授權管理者自然人憑證資訊', "Manager's citizen certificate"),
  'panel.user': text('使用者資訊', 'User'),
  'panel.input': text('請輸入下列欄位:', 'Please fill in:'),
  'panel.clerkAdd': text('資料輸入區【新增授權經辦人】', 'Add a clerk'),
  'panel.clerkChange': text('資料輸入區【修改授權經辦人】', 'Change a clerk'),
  'panel.functions': text('功能選單【新增擁有權限】', 'Function menu: permissions'),

  // fields
  'mark.required': text('(必填)', '(required)'),
  'field.agencyCode': text('* 機關代號(五碼):', '* Agency code (five characters):'),
  'field.agencyPin': text('* 機關憑證IC卡密碼(PIN碼):', '* PIN of the agency certificate card:'),
  'field.newAgencyPin': text('* 更換後機關憑證IC卡密碼(PIN碼):', '* PIN of the new agency certificate card:'),
  'field.managerId': text('* 授權管理者身分證統一編號:', "* Manager's national ID number:"),
  'field.citizenPin': text('* 自然人憑證IC卡密碼(PIN碼):', '* PIN of the citizen certificate card:'),
  'field.nationalId': text('* 身分證統一編號:', '* National ID number:'),
  'field.name': text('* 姓名:', '* Name:'),
  'field.email': text('* 電子信箱:', '* E-mail:'),
  'field.phone': text('* 連絡電話:', '* Phone:'),
  'field.extension': text('分機:', 'Extension:'),
  'field.serial': text('* 憑證序號(SN):', '* Certificate serial number (SN):'),
  'field.clerkName': text('* 授權經辦人姓名:', "* Clerk's name:"),
  'field.functions': text('* 功能選單項目:', '* Functions:'),
  'field.applicantName': text('* 姓名:', '* Name:'),
  'field.applicantPhone': text('* 電話:', '* Phone:'),
  'field.recordsAgencyCode': text('* 機關代號:', '* Agency code:'),

  // columns
  'column.agencyCode': text('機關代號', 'Agency code'),
  'column.agencyName': text('機關名稱', 'Agency'),
  'column.managerName': text('授權管理者姓名', 'Manager'),
  'column.number': text('序號', 'No.'),
  'column.name': text('姓名', 'Name'),
  'column.nationalId': text('身分證統一編號', 'National ID number'),
  'column.actions': text('操作區', 'Actions'),
  'column.functions': text('功能選單', 'Functions'),
  'column.receivedAt': text('收件時間', 'Received'),
  'column.item': text('註冊項目', 'Item'),
  'column.status': text('申請及審核情形', 'Status'),
  'column.oid': text('機關憑證OID', 'OID of the agency certificate'),
  'column.serial': text('自然人憑證序號', 'Serial number of the citizen certificate'),

  // buttons
  'button.confirm': text('確認', 'Confirm'),
  'button.cancel': text('取消', 'Cancel'),
  'button.back': text('上一頁', 'Back'),
  'button.add': text('新增', 'Add'),
  'button.change': text('修改', 'Change'),
  'button.delete': text('刪除', 'Delete'),
  'button.readCard': text('讀取憑證', 'Read the card'),
  'button.query': text('查詢', 'Search'),

  // first registration (GEPI-22, 28)
  'hint.firstRegistration': text(
    '第一次使用本e系統之要保機關需先以機關憑證及自然人憑證進行註冊。',
    'An agency that uses the services for the first time registers with its agency certificate and a citizen certificate.',
  ),
  'hint.enterContact': text(
    '請於下方輸入授權管理者之姓名、電子信箱、連絡電話…等欄位資料,並點選確認按鈕。',
    "Enter the manager's name, e-mail and phone below and press confirm.",
  ),

  // delegation (GEPI-30…35, 39, 41, 42, 43)
  'hint.delegationCards': text(
    '請備妥機關憑證及授權管理者自然人憑證。',
    "Have the agency certificate and the manager's citizen certificate ready.",
  ),
  'hint.oneManager': text('授權管理者 1 人,經辦人不限定人數', 'One manager; any number of clerks'),
  'hint.manyClerks': text('※可設定多名經辦人', 'Several clerks can be authorised.'),
  'hint.insertClerkCard': text(
    '新增指派經辦人,請放入指派經辦人自然人憑證以便匯入憑證序號及姓名。',
    "Put in the clerk's citizen certificate so that its serial number and name are filled in.",
  ),
  'hint.noClerkPin': text(
    '讀取經辦人憑證時,無須輸入經辦人之PIN碼。',
    "The clerk's card is read without a PIN.",
  ),
  'hint.serialField': text(
    '憑證序號(SN):請直接輸入本欄位或於讀卡機中插入自然人憑證後按讀取憑證。',
    'Serial number (SN): type it here, or put the citizen certificate into the reader and press "Read the card".',
  ),
  'hint.serialByHand': text(
    '※若無法以被授權人自然人憑證讀取憑證,亦可事先查詢備妥其自然人憑證序號,以複製貼上方式或自行輸入方式完成。',
    'If the card cannot be read here, look up the serial number beforehand (Enquiries: serial number of a citizen certificate) and paste or type it.',
  ),
  'hint.atLeastOne': text('功能選單項目為必填,請至少勾選一項。', 'Tick at least one function.'),
  'hint.oldSerial': text(
    '畫面顯示之憑證序號為舊卡資料。',
    'The serial number shown is that of the old card.',
  ),
  'hint.checkFunctions': text(
    '檢查頁面右方功能選單是否須增刪權限,再點選確認按鈕。',
    'Check whether functions should be added or taken away, then press confirm.',
  ),
  'hint.offboarding': text(
    '※當經辦人離職或不再辦理此工作,請刪除經辦人權限。',
    'When a clerk leaves or no longer does this work, please delete the clerk.',
  ),
  'hint.renewedClerk': text(
    '※當授權經辦人的自然人憑證因展期或換卡,憑證序號變更造成無法再登入要保機關作業,授權管理者可採用以下兩種方式:',
    'After a renewal or a new card the serial number is another one and the clerk can no longer sign in. The manager has two ways:',
  ),
  'hint.renewedClerk.change': text(
    '1.修改先前已授權指派的憑證序號(插入授權經辦人自然人憑證後點選讀取憑證)點選確認,授權經辦人即可重新登入要保機關作業。',
    '1. Change the serial number on record: put in the clerk\'s card, press "Read the card", then confirm. The clerk can sign in again.',
  ),
  'hint.renewedClerk.addAgain': text(
    '2.刪除先前已授權指派之該名授權經辦人資料,再重新新增該授權經辦人資料。',
    '2. Delete the clerk and add the same clerk again.',
  ),
  'hint.managerIsClerk': text(
    '授權管理者兼經辦人更換憑證時,請依序辦理:1.更換授權管理者自然人憑證 2.授權指派。',
    "A manager who is also a clerk does both, in this order: 1. replace the manager's citizen certificate; 2. delegation.",
  ),

  // replacements (GEPI-44…48)
  'hint.replaceWhen': text(
    '機關憑證更換或展期、授權管理者自然人憑證更換或展期,皆須進入本項功能變更註冊資料。',
    "When the agency certificate or the manager's citizen certificate was replaced or renewed, the registration is changed here.",
  ),
  'hint.replaceClerk': text(
    '如僅為經辦人自然人憑證更換或展期,則僅需由授權管理者於授權指派作業修改經辦人憑證序號資料,或刪除經辦人後再新增。',
    "When only a clerk's certificate was replaced or renewed, the manager changes the serial number under delegation, or deletes the clerk and adds the clerk again.",
  ),
  'hint.confirmContact': text(
    '請再次確認下方授權管理者之姓名、電子信箱、連絡電話…等欄位資料,點選確認按鈕。',
    "Check the manager's name, e-mail and phone below once more and press confirm.",
  ),
  'hint.enterContactAgain': text(
    '請於下方重新輸入授權管理者之姓名、電子信箱、連絡電話…等欄位資料,點選確認按鈕。',
    "Enter the manager's name, e-mail and phone below again and press confirm.",
  ),
  'planner.title': text(
    '提供所需憑證及應辦理作業之情形表供參考',
    'Which certificates to bring, and what to do',
  ),
  'planner.who': text('自然人憑證更換或展期之人員', 'Whose citizen certificate was replaced or renewed'),
  'planner.cards': text('所需憑證', 'Certificates needed'),
  'planner.operations': text('辦理作業', 'What to do'),
  'planner.managerOnly': text('僅授權管理者', 'The manager only'),
  'planner.clerkOnly': text('僅經辦人', 'A clerk only'),
  'planner.managerAndClerk': text(
    '授權管理者及經辦人(含授權管理者兼經辦人)',
    'Manager and clerk (also a manager who is a clerk)',
  ),
  'planner.card.agency': text('機關憑證', 'Agency certificate'),
  'planner.card.manager': text('授權管理者自然人憑證', "Manager's citizen certificate"),
  'planner.card.clerk': text('經辦人自然人憑證', "Clerk's citizen certificate"),
  'planner.new': text('更換後', 'new'),
  'planner.current': text('現行', 'on record'),

  // queries (GEPI-51, 52, 53)
  'hint.records': text('請輸入機關代號,點選查詢按鈕。', 'Enter the agency code and press search.'),
  'hint.oid': text(
    '請插入機關憑證,並輸入機關代號與機關憑證密碼(PIN碼),點選確認按鈕。',
    'Put in the agency certificate, enter the agency code and the PIN, and press confirm.',
  ),
  'hint.serial': text(
    '請插入自然人憑證,並輸入身分證統一編號與自然人憑證IC卡密碼(PIN碼),點選確認按鈕。',
    'Put in the citizen certificate, enter the national ID number and the PIN, and press confirm.',
  ),
} satisfies Readonly<Record<string, Text>>;
