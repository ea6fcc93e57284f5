/**
 * Reviews at the counter: an application, and what staff say to it.
 *
 * @packageDocumentation
 */
import type { Executed } from '@mandate/domain';
import { school } from '../../src/world/cast.js';
import { agreeToTerms, showCards } from '../../src/world/counter.js';
import { type Answer, confirmed, give, type Pair } from './counter.js';
import { byStaff, type Office, right } from './office.js';

export const applicant = { name: '黃兼任', phone: '03-9251000', extension: '11' };

/** The school with a card of the organisation that is on record for it. */
export const ownSchool = { ...school, oid: '2.16.886.111.90003.90003.100099' };

/** Shows an agency's card and sends the mismatch screen's form (GEPI-23). */
export const apply = async ({ register }: Office, of: Pair, purpose: string): Answer<Executed> => {
  const visit = await confirmed(register, purpose, of, of.shown.slice(0, 1));
  const terms = right(await agreeToTerms(register));
  return give(register, visit, { type: 'RequestReview', terms, applicant });
};

/** The review that a command's events name. */
export const reviewOf = (executed: {
  readonly events: ReadonlyArray<{ readonly data: unknown }>;
}): string => {
  for (const { data } of executed.events) {
    if (typeof data === 'object' && data !== null && 'review' in data) return String(data.review);
  }
  throw new Error('no review');
};

/** Staff decide a review of the school. */
export const decide = (office: Office, review: string, outcome: 'approved' | 'rejected'): Answer<Executed> =>
  byStaff(office, { type: 'DecideReview', agencyCode: school.code, review, outcome, note: '已電話確認' });

/** What the first card of a purpose is told. */
export const showAgency = ({ register }: Office, of: Pair, purpose: string) =>
  showCards(register, purpose, of.agency.code, of.shown.slice(0, 1));
