/**
 * Times as the portal prints them: in Taipei, by the ROC calendar (GEPI-13).
 *
 * @packageDocumentation
 */
import { type Instant, printRocDateTime } from '@mandate/domain';

const weekdays = ['日', '一', '二', '三', '四', '五', '六'];

const instant = (epochMs: number): Instant => new Date(epochMs).toISOString() as Instant;

/** `115年01月05日06點30分00秒`, the form of GEPI-13. */
export const rocTime = (iso: string): string => printRocDateTime(iso as Instant);

/** `115年01月05日(一)`. */
export const rocDay = (epochMs: number): string => {
  const weekday = weekdays[new Date(epochMs + 8 * 3_600_000).getUTCDay()] ?? '';
  return `${printRocDateTime(instant(epochMs)).split('日')[0] ?? ''}日(${weekday})`;
};

/** `06:30`. */
export const clockTime = (epochMs: number): string => {
  const [, hours = '', minutes = ''] = /日(\d\d)點(\d\d)分/.exec(printRocDateTime(instant(epochMs))) ?? [];
  return `${hours}:${minutes}`;
};

/** `115/01/05 06:30`, for columns. */
export const shortTime = (iso: string): string => {
  const [, year = '', month = '', day = '', hours = '', minutes = ''] =
    /^(\D*\d+)年(\d\d)月(\d\d)日(\d\d)點(\d\d)分/.exec(rocTime(iso)) ?? [];
  return `${year}/${month}/${day} ${hours}:${minutes}`;
};
