/**
 * What the portal says after an operation (GEPI-29, 37, 38, 40, 46…48, 51).
 *
 * The manual shows that there is a message for success and for failure but prints only 「修改成功!」; the others
 * follow that form. Why something was refused is said by the error table, not here.
 *
 * @packageDocumentation
 */
import type { Text } from '../policy.js';

const text = (zh: string, en: string): Text => ({ zh, en });

export const gepiMessageTexts = {
  // first registration
  'message.agencyRegistered': text('要保機關首次註冊成功!', 'The agency is registered.'),
  'message.registrationFailed': text('要保機關首次註冊不成功。', 'The agency was not registered.'),
  'message.goOnToDelegation': text(
    '註冊成功後可點選左方功能列接續辦理授權指派經辦人作業。',
    'You can go on to delegation in the menu on the left.',
  ),

  // clerks
  'message.clerkAdded': text('新增成功!', 'The clerk was added.'),
  'message.clerkChanged': text('修改成功!', 'The change was saved.'),
  'message.clerkDeleteAsk': text('請再次確認是否確定刪除?', 'Please confirm: delete this clerk?'),
  'message.clerkDeleted': text('刪除成功!', 'The clerk was deleted.'),
  'message.noClerks': text('尚無授權經辦人。', 'No clerk is authorised yet.'),

  // replacements
  'message.agencyReplaced': text('更換機關憑證成功!', 'The agency certificate was replaced.'),
  'message.agencyReplaceFailed': text('更換機關憑證不成功。', 'The agency certificate was not replaced.'),
  'message.managerReplaced': text(
    '更換授權管理者自然人憑證成功!',
    "The manager's citizen certificate was replaced.",
  ),
  'message.managerReplaceFailed': text(
    '更換授權管理者自然人憑證不成功。',
    "The manager's citizen certificate was not replaced.",
  ),
  'message.bothReplaced': text(
    '更換機關憑證和更換授權管理者自然人憑證成功!',
    'Both certificates were replaced.',
  ),
  'message.bothReplaceFailed': text(
    '更換機關憑證和更換授權管理者自然人憑證不成功。',
    'Neither certificate was replaced.',
  ),

  // login
  'message.loggedIn': text('登入成功!', 'You are signed in.'),
  'message.closed': text('目前非系統開放時間。', 'The service is closed at this hour.'),

  // records (GEPI-50, 51)
  'message.noRecords': text('查無收件紀錄。', 'No records were found.'),
  'record.registered': text('首次註冊', 'First registration'),
  'record.agencyReplaced': text('更換機關憑證', 'Agency certificate replaced'),
  'record.managerReplaced': text('更換授權管理者自然人憑證', "Manager's citizen certificate replaced"),
  'record.bothReplaced': text('更換機關憑證和更換授權管理者自然人憑證', 'Both certificates replaced'),
  'record.reviewing': text('審核中', 'Under review'),
  'record.approved': text('審核通過', 'Approved'),
  'record.rejected': text('審核不通過', 'Not approved'),
  'record.done': text('完成', 'Done'),
} satisfies Readonly<Record<string, Text>>;
