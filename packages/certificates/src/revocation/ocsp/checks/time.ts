/**
 * Is the answer about the time asked (RFC 6960 3.2 (5) and (6), RFC 5019 4)? Every rule is written as what must hold, so that
 * a limit that is no number refuses.
 */
import { certificateError } from '../../../errors.js';
import type { AnswerCheck } from './check.js';

const iso = (time: number): string => new Date(time).toISOString();

/** Neither signed nor known to be right later than the time asked, as far as clocks agree. */
export const notFromTheFutureCheck: AnswerCheck = ({ response, answer, at, skew }) => {
  if (!(answer.thisUpdate <= at + skew)) {
    return certificateError('OCSP_NOT_YET_VALID', `thisUpdate ${iso(answer.thisUpdate)}`);
  }
  return response.producedAt <= at + skew
    ? undefined
    : certificateError('OCSP_NOT_YET_VALID', `producedAt ${iso(response.producedAt)}`);
};

/** Nobody can have signed what was only to become known. */
export const producedAfterKnownCheck: AnswerCheck = ({ response, answer, skew }) =>
  answer.thisUpdate <= response.producedAt + skew
    ? undefined
    : certificateError('OCSP_NOT_YET_VALID', `produced before thisUpdate ${iso(answer.thisUpdate)}`);

/** Not after nextUpdate; where there is none, not older than the terms allow. */
export const freshCheck: AnswerCheck = ({ answer, at, skew, maxAge }) => {
  const { thisUpdate, nextUpdate } = answer;
  if (nextUpdate === undefined) {
    return at - thisUpdate <= maxAge + skew
      ? undefined
      : certificateError('OCSP_STALE', `thisUpdate ${iso(thisUpdate)} without nextUpdate`);
  }
  if (!(nextUpdate >= thisUpdate)) return certificateError('OCSP_STALE', 'nextUpdate before thisUpdate');
  return nextUpdate >= at - skew
    ? undefined
    : certificateError('OCSP_STALE', `nextUpdate ${iso(nextUpdate)}`);
};
