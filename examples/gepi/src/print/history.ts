/**
 * The history as a list, and what was asked of it.
 *
 * @packageDocumentation
 */
import { type RegisterErrorCode, registerErrors } from '@mandate/domain';
import type { AuthorityDiff } from '@mandate/projections';
import type { Asked, HeldFunction, HistoryReport, WhoCould } from '../report/history.js';
import { functionName } from '../story/chapters/decisions.js';
import { personName } from '../world/names.js';
import type { Reading } from '../world/reading.js';
import { changeCells } from './changes.js';
import { rocDay, shortTime } from './dates.js';
import type { FunctionNames } from './lists.js';
import { type Page, printHeading, printLed, printPair } from './page.js';
import { shortSerial } from './serial.js';
import { tableLines } from './table.js';

// -------------------------------------------------------------------------------------
// 授權異動歷程
// -------------------------------------------------------------------------------------

/** Every change of authority of one agency. */
export const printChanges = (
  page: Page,
  report: HistoryReport,
  agency: string,
  reading: Reading,
  namesOf: FunctionNames,
): void => {
  printHeading(page, '授權異動歷程', `Permission history of ${agency}`);
  page.line();
  const changes = report.changes.find((each) => each.agency === agency)?.changes ?? [];
  const rows = changes.map((change) => [
    shortTime(change.recordedAt),
    ...changeCells(change, reading, namesOf),
  ]);
  for (const line of tableLines(page, ['時間', '異動', '對象', '辦理人', '內容'], rows)) page.line(line);
};

// -------------------------------------------------------------------------------------
// questions
// -------------------------------------------------------------------------------------

const question = (page: Page, zh: string, en: string): void => {
  page.line();
  printLed(page, 5, '  問 ', zh, en, { main: page.style.bold });
};

const proofs = {
  signed: '',
  read: '(已讀卡)',
  typedByHand: '(手輸序號)',
  registeredCard: '(健保卡)',
  account: '(帳號)',
} as const;

const labelled = (page: Page, label: string, text: string): void =>
  page.line(`       ${page.style.dim(label)}  ${text}`);

const printHeld = (page: Page, held: HeldFunction): void => {
  const { agency, catalogueVersion, manager, terms } = held.grant;
  const until = held.until === null ? '' : ` 至 ${shortTime(held.until)}`;
  page.line(`     ${page.style.good('✓')} ${held.name}  ${shortTime(held.from)} 起${until}`);
  labelled(
    page,
    '授權',
    `${held.grantedBy}(授權管理者),功能選單第${catalogueVersion}版,條款第${terms?.version ?? '?'}版`,
  );
  const cards = [
    ...(agency === undefined ? [] : [`機關 ${shortSerial(agency.credential)}`]),
    ...(manager === undefined ? [] : [`授權管理者 ${shortSerial(manager.credential)}`]),
  ];
  labelled(page, '所持憑證', `${cards.join('  ')}  證據${held.evidence}份可驗證`);
  const own = held.credentials.map(
    ({ credential }) => `${shortSerial(credential)}${proofs[credential.proof]}`,
  );
  labelled(page, '經辦人憑證', own.join(' → '));
};

const printWhoCould = (page: Page, asked: WhoCould): void => {
  const { en, zh } = functionName(asked.function);
  question(
    page,
    `115年3月,誰能為 ${asked.agency} 辦理「${zh}」?誰授權的?憑哪些憑證?`,
    `Who could do "${en}" in March 2026, who let them, with which cards?`,
  );
  if (asked.holders.length === 0) page.line(`     無人。  ${page.style.dim('Nobody.')}`);
  for (const held of asked.holders) printHeld(page, held);
  printDoubt(page, asked.holds);
};

const isKnownCode = (code: string): code is RegisterErrorCode => Object.hasOwn(registerErrors, code);

const printAsked = (page: Page, asked: Asked): void => {
  question(page, asked.zh, asked.en);
  const times = `${shortTime(asked.at)}${asked.knownAt === null ? '' : `(以 ${shortTime(asked.knownAt)} 所知)`}`;
  const { code } = asked;
  if (code === null) page.line(`     ${page.style.good('✓')} ${times}  可以。`);
  else {
    const text = isKnownCode(code) ? registerErrors[code].zh : code;
    printPair(page, 5, `✗ ${times}  ${text}`, code);
  }
  printDoubt(page, asked.holds);
};

const printBlame = (page: Page, report: HistoryReport, reading: Reading): void => {
  const { blame } = report;
  if (blame === null) return;
  const { en, zh } = functionName(blame.function);
  question(
    page,
    `曾有「${zh}」權限而現已不在者,由誰授與、由誰取消?`,
    `Who gave "${en}", and who took it away?`,
  );
  const by = (cause: typeof blame.granted): string =>
    `${shortTime(cause.event.recordedAt)} ${cause.manager === null ? '' : personName(reading, cause.manager.person)}`;
  const ended = blame.ended === null ? '' : `,取消 ${by(blame.ended)}`;
  page.line(`     ${personName(reading, blame.person)}:授與 ${by(blame.granted)}${ended}`);
};

// -------------------------------------------------------------------------------------
// what changed
// -------------------------------------------------------------------------------------

const holders = { agency: '機關', manager: '授權管理者', clerk: '經辦人' } as const;

const diffLines = (diff: AuthorityDiff, reading: Reading, namesOf: FunctionNames): ReadonlyArray<string> => {
  const name = (person: string | undefined): string =>
    person === undefined ? '—' : personName(reading, person);
  const stays = new Set([...diff.joined, ...diff.left].map((clerk) => clerk.clerk));
  const permissions = (changes: AuthorityDiff['granted'], sign: string): ReadonlyArray<string> =>
    changes
      .filter((change) => !stays.has(change.clerk))
      .map((change) => `${sign} 權限    ${name(change.person)}:${namesOf([change.function])}`);
  const list = (clerks: AuthorityDiff['joined']): ReadonlyArray<string> =>
    clerks.map((clerk) => `${name(clerk.person)}:${namesOf(clerk.permissions.map((held) => held.function))}`);
  return [
    ...(diff.manager === null
      ? []
      : [`~ 授權管理者  ${name(diff.manager.from?.person)} → ${name(diff.manager.to?.person)}`]),
    ...list(diff.left).map((text) => `− 經辦人  ${text}`),
    ...list(diff.joined).map((text) => `+ 經辦人  ${text}`),
    ...permissions(diff.revoked, '−'),
    ...permissions(diff.granted, '+'),
    ...diff.certificates
      .filter((change) => change.kind === 'replaced')
      .map(
        (change) =>
          `~ 憑證    ${holders[change.holder]}:${shortSerial(change.from)} → ${shortSerial(change.to)}`,
      ),
    ...(diff.terms === null
      ? []
      : [
          `~ 條款    第${diff.terms.to?.version ?? '?'}版,最近同意 ${shortTime(diff.terms.to?.accepted.recordedAt ?? '')}`,
        ]),
  ];
};

const printDiff = (
  page: Page,
  { diff, from, to }: HistoryReport['diffs'][number],
  reading: Reading,
  namesOf: FunctionNames,
): void => {
  const days = `${rocDay(Date.parse(from))}至${rocDay(Date.parse(to))}`;
  question(page, `${diff.agencyCode} ${days},授權有何不同?`, 'What changed between the two dates?');
  const lines = diffLines(diff, reading, namesOf);
  if (lines.length === 0) page.line('     無異動。');
  for (const line of lines) printPair(page, 5, line, '');
};

const printDoubt = (page: Page, holds: boolean): void => {
  if (!holds) page.line(page.style.bad('     ‼ 與預期不符 not as expected'));
};

/** What was asked of the history, and its answers. */
export const printHistory = (
  page: Page,
  report: HistoryReport,
  reading: Reading,
  namesOf: FunctionNames,
): void => {
  printHeading(page, '回顧', 'Asking the history');
  for (const asked of report.whoCould) printWhoCould(page, asked);
  for (const asked of report.asked) printAsked(page, asked);
  printBlame(page, report, reading);
  for (const diff of report.diffs) printDiff(page, diff, reading, namesOf);
};
