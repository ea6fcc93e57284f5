/**
 * Which keys an event promises to delete.
 *
 * @packageDocumentation
 */
import type { SubjectId } from '../ports/key-vault.js';
import { reviewSubject } from '../review/decide.js';
import { privacyEvents } from './events.js';

/** A subject that was forgotten, and the ids of its keys that are deleted for it. */
export interface ForgottenKeys {
  readonly subject: SubjectId;
  readonly keys: ReadonlyArray<string>;
}

const { SubjectForgotten, ApplicantForgotten } = privacyEvents;

/** `undefined` for an event that forgets nobody. */
export const forgottenKeys = (event: {
  readonly type: string;
  readonly data: unknown;
}): ForgottenKeys | undefined => {
  const { type, data } = event;
  if (type === 'SubjectForgotten' && SubjectForgotten.data.is(data)) {
    return { subject: data.person, keys: data.keys };
  }
  if (type === 'ApplicantForgotten' && ApplicantForgotten.data.is(data)) {
    return { subject: reviewSubject(data.review), keys: data.keys };
  }
  return undefined;
};
