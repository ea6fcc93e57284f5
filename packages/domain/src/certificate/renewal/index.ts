/**
 * 展期: a certificate is extended, from the card in the reader to the new certificate on it (MOICA-3…16).
 *
 * @packageDocumentation
 */
export { afterRenewal, type NamedHolder, type OnRecord, type ToDo } from './after.js';
export { certificateNow } from './card.js';
export type { RenewalSettings } from './context.js';
export { FoundOnCard, type RenewalEvent, renewalEvents, type StoredRenewalEvent } from './events.js';
export { RenewalPack, type RenewalPackSource } from './pack.js';
export { createRenewals, type Renewals, type RenewalTerms } from './renewals.js';
export type { Submitted, ToSign } from './request.js';
export {
  evolveRenewal,
  initialRenewal,
  isUnderWay,
  type Renewal,
  type RenewalState,
  type RenewalStep,
} from './state.js';
export type { DayRange, RenewalOffer, RenewalView } from './view.js';
export type { ToWrite } from './write.js';
