/**
 * The forecast as a table.
 *
 * @packageDocumentation
 */
import { type LockoutCause, type PlannedCard, printRocDate, type Remedy } from '@mandate/domain';
import type { NamedLockout } from '../report/forecast.js';
import type { Lists } from '../report/lists.js';
import { type Page, printHeading } from './page.js';
import { tableLines } from './table.js';

export const holderNames = { agency: '機關', manager: '授權管理者', clerk: '經辦人' } as const;

const causes: Readonly<Record<LockoutCause, string>> = {
  expiry: '到期',
  activationOverdue: '逾期未開卡',
  superseded: '已換發新憑證',
};

const remedies: Readonly<Record<Remedy, string>> = {
  renew: '展期',
  newCard: '換卡',
  open: '開卡',
  enterNew: '登錄新憑證',
};

const remedyOf = ({ remedy, window }: NamedLockout): string =>
  window === null ? remedies[remedy] : `${remedies[remedy]},至${printRocDate(window.closes, 'slashes')}`;

const cards = { agency: '機關卡', manager: '管理者卡', clerk: '經辦人卡' } as const;

const cardOf = ({ role, which }: PlannedCard): string => `${which === 'new' ? '新' : ''}${cards[role]}`;

const rowOf = (lockout: NamedLockout): ReadonlyArray<string> => [
  printRocDate(lockout.day, 'slashes'),
  lockout.who.agencyCode,
  holderNames[lockout.who.holder],
  lockout.name,
  causes[lockout.cause],
  remedyOf(lockout),
  lockout.mending?.cards.map(cardOf).join('、') ?? '—',
];

/** From which day on a certificate on record is of no use, and the cards that put the next one on record (GEPI-45). */
export const printForecast = (page: Page, lists: Lists): void => {
  printHeading(page, '憑證到期預測', 'Who will be locked out in three years');
  page.line();
  const heading = ['自', '機關', '持有人', '姓名或名稱', '原因', '補救', '應備卡片'];
  for (const line of tableLines(page, heading, lists.forecast.map(rowOf))) page.line(line);
};
