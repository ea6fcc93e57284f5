/**
 * Texts of eCPA's screens beside those of its operating steps (ECPA-1…8).
 *
 * @packageDocumentation
 */
import type { Text } from '../policy.js';
import { screenTexts } from './screen-texts.js';

const text = (zh: string, en: string): Text => ({ zh, en });

export const ecpaScreenTexts = {
  ...screenTexts,
  'area.delegation': text(
    '機關憑證認證及應用系統授權',
    'Certificates of agencies, and who may use which system',
  ),
  'area.business': text('應用系統', 'Application systems'),
  'link.business': text('以帳號登入', 'Sign in with an account'),
  'login.gate': text(
    '獲授權人員請以 eCPA 帳號與密碼登入。',
    'Whoever was let in signs in with an eCPA account.',
  ),
  'login.agencyCode': text('機關代碼', 'Agency code'),
  'field.agencyCode': text('機關代碼', 'Agency code'),
  'field.agencyPin': text('機關憑證密碼', "PIN of the agency's card"),
  'button.login': text('登入', 'Sign in'),
  'screen.agencyCard.title': text('使用憑證登入', 'Sign in with the certificate'),
  'screen.accountStep.title': text('人事人員 eCPA 帳號與密碼', "The HR officer's account"),
  'screen.clerkAccount.title': text('eCPA 帳號與密碼', 'Your account'),
  'step.card.agency': text('使用憑證登入', 'Certificate'),
  'step.card.officer': text('輸入人事人員 eCPA 帳號與密碼', "The HR officer's account"),
  'step.card.clerk': text('帳號與密碼', 'Account'),
  'step.confirm': text('完成機關憑證認證作業', 'Bind the certificate'),
  'step.work': text('應用系統授權設定', 'Grant application systems'),
  'home.bind.text': text(
    '欲上傳機關憑證之人員已有 eCPA 之帳號與密碼。',
    'Whoever shows the certificate has an account of eCPA.',
  ),
  'home.grant.text': text(
    '選擇欲授權之系統,輸入欲被授權人員之身分證號。',
    'Choose a system, and enter the national IDs of whom to let in.',
  ),
  'home.replace-agency.text': text('機關憑證換發後重新認證。', 'Bind a new certificate of the agency.'),
  'screen.replace.title': text('重新認證機關憑證', "Bind the agency's new certificate"),
  'planner.card.agency': text('機關憑證', "The agency's certificate"),
  'panel.agencyCertificate': text('機關憑證', "The agency's certificate"),
  'panel.officer': text('人事人員', 'HR officer'),
  'message.agencyRegistered': text(
    '完成機關憑證認證作業,請重新登入 eCPA',
    'The certificate is bound; please sign in again.',
  ),
  'message.registrationFailed': text('機關憑證認證未完成', 'The certificate was not bound.'),
  'message.agencyReplaced': text('機關憑證更新成功', 'The certificate was replaced.'),
  'message.agencyReplaceFailed': text('機關憑證更新不成功', 'The certificate was not replaced.'),
  'message.goOnToDelegation': text(
    '請重新點選「使用憑證登入」,辦理應用系統授權設定。',
    'Sign in with the certificate once more to grant application systems.',
  ),
  'crumb.delegation': text('應用系統授權設定', 'Grant application systems'),
  'crumb.delegationWork': text('應用系統授權設定', 'Grant application systems'),
  'screen.clerkDelete.title': text('取消授權', 'Take a permission away'),
  'grant.system': text('應用系統', 'Application system'),
  'grant.choose': text('請選擇', 'Please choose'),
  'grant.of': text('已授權人員', 'Who has it'),
  'grant.ids': text('欲被授權人員之身分證號', 'National IDs of whom to let in'),
  'grant.ids.hint': text('可輸入多筆,一行一筆。', 'Several may be entered, one a line.'),
  'grant.found': text('查詢結果', 'Found'),
  'grant.tick': text('請打勾後按「確定」', 'Tick whom to let in, then confirm'),
  'grant.done': text('授權完成', 'They were let in.'),
  'grant.noneTicked': text('請至少勾選一人。', 'Tick at least one.'),
  'account.title': text('查詢人員自訂帳號', 'Look up an account'),
  'account.id': text('員工身分證號', 'National ID number'),
  'account.found': text('人員自訂帳號', 'Account'),
} as const satisfies Readonly<Record<string, Text>>;
