import type { AnswerOf } from '../site/answer-of.js';

/** What an agency has on record of itself, as the register tells it. */
export type Data = AnswerOf<'agencyData'>;
