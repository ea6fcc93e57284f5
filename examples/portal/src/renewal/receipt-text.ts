/**
 * 儲存收執聯: the receipt as a file of lines (MOICA-15).
 *
 * @packageDocumentation
 */
import { printRocDate, type RenewalView } from '@mandate/domain';
import { longTime } from '../site/times.js';
import type { View } from '../site/view.js';

export const receiptText = ({ words: { say, lang } }: View, renewal: RenewalView): string => {
  const days = ({ from, to }: RenewalView['window']): string =>
    lang === 'zh' ? `${printRocDate(from, 'long')} 到 ${printRocDate(to, 'long')}` : `${from} to ${to}`;
  const lines: ReadonlyArray<readonly [string, string]> = [
    ['renewal.receipt.number', renewal.id],
    ['renewal.receipt.time', longTime(renewal.since, lang)],
    ['renewal.cardNumber', renewal.cardNumber],
    ['renewal.holder', renewal.name],
    ['renewal.original', days(renewal.original)],
    ['renewal.extended', days(renewal.extended)],
    ['renewal.serial.old', renewal.previous.serial],
    ['renewal.serial.new', renewal.next?.serial ?? ''],
  ];
  const text = lines.map(([key, value]) => `${say(key)}: ${value}`).join('\r\n');
  return `${say('renewal.receipt.title')}\r\n\r\n${text}\r\n\r\n${say('renewal.after.text')}\r\n`;
};
