/**
 * Times as people read them here: in Taipei, by the ROC calendar in Chinese (GEPI-13) and by the common one in English.
 *
 * @packageDocumentation
 */
import { type Instant, printRocDateTime } from '@mandate/domain';
import type { Lang } from './words.js';

const taipei = 8 * 3_600_000;

/** `2026-11-21T20:36:28`, as a clock in Taipei shows it; summer time ended there in 1979. */
const local = (iso: string): string => new Date(Date.parse(iso) + taipei).toISOString().slice(0, 19);

/** `115年11月21日20點36分28秒`. */
export const longTime = (iso: string, lang: Lang): string =>
  lang === 'zh' ? printRocDateTime(iso as Instant) : `${local(iso).replace('T', ' ')} (UTC+8)`;

const rocDay = (iso: string): string => {
  const [, year = '', month = '', day = ''] =
    /^(\D*\d+)年(\d\d)月(\d\d)日/.exec(printRocDateTime(iso as Instant)) ?? [];
  return `${year}/${month}/${day}`;
};

/** `115/11/21`, for panels and columns. */
export const shortDay = (iso: string, lang: Lang): string =>
  lang === 'zh' ? rocDay(iso) : local(iso).slice(0, 10);

/** `115/11/21 20:36`. */
export const shortTime = (iso: string, lang: Lang): string =>
  `${shortDay(iso, lang)} ${local(iso).slice(11, 16)}`;

/** `20:36`. */
export const clockTime = (iso: string): string => local(iso).slice(11, 16);
