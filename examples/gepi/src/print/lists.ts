/**
 * The lists of the manual as tables.
 *
 * @packageDocumentation
 */
import { type CatalogueVersion, gepiTexts } from '@mandate/domain';
import type { AgencyClerkList, AgencyRegistrations, RegistrationItem } from '@mandate/projections';
import type { Lists } from '../report/lists.js';
import { forgottenName } from '../world/names.js';
import { rocDay, shortTime } from './dates.js';
import { holderNames } from './forecast.js';
import { type Page, printHeading } from './page.js';
import { shortSerial } from './serial.js';
import { tableLines } from './table.js';

/** Names of functions as the menu has them now, in its order. */
export type FunctionNames = (codes: ReadonlyArray<string>) => string;

export const functionNames = (catalogue: CatalogueVersion | undefined): FunctionNames => {
  const order = [...(catalogue?.entries.keys() ?? [])];
  return (codes) =>
    [...codes]
      .sort((a, b) => order.indexOf(a) - order.indexOf(b))
      .map((code) => catalogue?.entries.get(code)?.zh ?? code)
      .join('、');
};

const proofs: Readonly<Record<string, string>> = {
  signed: '已簽章',
  read: '已讀卡',
  typedByHand: '手輸序號',
};

const statuses: Readonly<Record<AgencyClerkList['agencyStatus'], string>> = {
  registered: '',
  suspended: '(暫時關閉)',
  deregistered: '(已終止服務)',
};

const printClerks = (page: Page, list: AgencyClerkList, namesOf: FunctionNames): void => {
  page.line();
  page.line(
    `  ${page.style.bold(`${list.agencyCode} ${list.agencyName}`)} ${statuses[list.agencyStatus]}  授權管理者 ${list.managerName ?? '—'}`,
  );
  if (list.rows.length === 0) {
    page.line(page.style.dim(`    ${gepiTexts['message.noClerks'].zh}`));
    return;
  }
  const rows = list.rows.map((row) => [
    String(row.number),
    row.name ?? forgottenName,
    row.nationalId ?? '',
    proofs[row.credential.proof] ?? '',
    namesOf(row.permissions),
  ]);
  const heading = ['序號', '姓名', '身分證統一編號', '憑證', '功能選單'];
  for (const line of tableLines(page, heading, rows)) page.line(line);
};

const items: Readonly<Record<string, string>> = {
  'first-registration': gepiTexts['record.registered'].zh,
  'replace-agency': gepiTexts['record.agencyReplaced'].zh,
  'replace-manager': gepiTexts['record.managerReplaced'].zh,
  'replace-both': gepiTexts['record.bothReplaced'].zh,
  'new-manager': `${gepiTexts['record.managerReplaced'].zh}(授權管理者易人)`,
};

const itemStatus: Readonly<Record<RegistrationItem['status'], string>> = {
  completed: gepiTexts['record.done'].zh,
  pending: gepiTexts['record.reviewing'].zh,
  approved: gepiTexts['record.approved'].zh,
  rejected: gepiTexts['record.rejected'].zh,
  used: `${gepiTexts['record.approved'].zh}(已辦理)`,
  superseded: '已另案辦理',
};

const recordRows = (agency: AgencyRegistrations): ReadonlyArray<ReadonlyArray<string>> =>
  agency.items.map((item) => [
    shortTime(item.receivedAt),
    items[item.item] ?? item.item,
    itemStatus[item.status],
  ]);

/** 授權經辦人清單 of every agency. */
export const printClerkLists = (page: Page, lists: Lists, namesOf: FunctionNames): void => {
  printHeading(page, '授權經辦人清單', 'Authorised clerks');
  for (const list of lists.clerks) printClerks(page, list, namesOf);
};

/** 憑證註冊收件紀錄 of every agency (GEPI-51: no card is asked for). */
export const printRegistrations = (page: Page, lists: Lists): void => {
  printHeading(page, '憑證註冊收件紀錄', 'Registrations and replacements received');
  for (const agency of lists.registrations) {
    page.line();
    page.line(`  ${page.style.bold(`${agency.agencyCode} ${agency.agencyName}`)}`);
    const heading = ['收件時間', '註冊項目', '申請及審核情形'];
    for (const line of tableLines(page, heading, recordRows(agency))) page.line(line);
  }
};

/** Certificates on record, with the day on which each expires. */
export const printCertificates = (page: Page, lists: Lists): void => {
  printHeading(page, '現行憑證', 'Certificates on record');
  page.line();
  const rows = lists.certificates.map((held) => [
    held.agencyCode,
    holderNames[held.holder],
    held.name ?? held.agencyName,
    shortSerial(held),
    held.certificate === null ? '—' : rocDay(Date.parse(held.certificate.notAfter)),
  ]);
  const heading = ['機關', '持有人', '姓名或名稱', '憑證', '有效至'];
  for (const line of tableLines(page, heading, rows)) page.line(line);
};
