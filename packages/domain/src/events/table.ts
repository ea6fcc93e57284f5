/**
 * Every event of the register under its name.
 *
 * @packageDocumentation
 */
import { agencyEvents } from '../agency/events.js';
import { agencyDataEvents } from '../agency-data/events.js';
import { catalogueEvents } from '../catalogue/events.js';
import { renewalEvents } from '../certificate/renewal/events.js';
import { clerkEvents } from '../clerk/events.js';
import { managerEvents } from '../manager/events.js';
import { privacyEvents } from '../privacy/events.js';
import { registeredCredentialEvents } from '../registered-credential/events.js';
import { reviewEvents } from '../review/events.js';
import { termsEvents } from '../terms/events.js';
import type { NewEventOf, PersonalOf, StoredEventOf } from './define.js';

export const registerEvents = {
  ...agencyEvents,
  ...agencyDataEvents,
  ...managerEvents,
  ...clerkEvents,
  ...registeredCredentialEvents,
  ...reviewEvents,
  ...catalogueEvents,
  ...termsEvents,
  ...privacyEvents,
  ...renewalEvents,
};

export type RegisterEventTable = typeof registerEvents;
export type RegisterEventType = keyof RegisterEventTable;

/** An event that a decider made. */
export type NewEvent = NewEventOf<RegisterEventTable>;

/** An event that was read back; personal data still sealed. */
export type StoredEvent = StoredEventOf<RegisterEventTable>;

/** A stored event with its personal data opened; `undefined` where the person was forgotten. */
export type OpenedEvent = {
  readonly [K in RegisterEventType]: Extract<StoredEvent, { readonly type: K }> & {
    readonly personal?: PersonalOf<RegisterEventTable, K> | undefined;
  };
}[RegisterEventType];
