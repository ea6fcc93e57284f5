import type { AnswerOf } from '../site/answer-of.js';

/** What an agency has on record of itself, as the register tells it. */
export type Data = AnswerOf<'agencyData'>;

/** By what the agency is known: its name, its organisation, its certificate. */
export type OnRecord = AnswerOf<'agencyRecord'>;

/** 附件編號: short enough to be read out on the telephone. */
export const requestNumber = (id: string): string => id.slice(0, 8).toUpperCase();
