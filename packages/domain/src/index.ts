/**
 * `@mandate/domain`: the register, its aggregates, policy packs and ports.
 *
 * @packageDocumentation
 */
export * from './agency/decide.js';
export * from './agency/events.js';
export * from './agency/organisation.js';
export { type AgencyState, evolveAgency, initialAgency, type RegisteredAgency } from './agency/state.js';
export * from './agency-data/decide.js';
export * from './agency-data/events.js';
export {
  type AgencyDataState,
  type ChangeRequest,
  evolveAgencyData,
  initialAgencyData,
  type SavedValue,
  valueAt,
} from './agency-data/state.js';
export * from './authority/index.js';
export { type CardFaultText, cardFaultText } from './cards/card-fault-text.js';
export type { HeldCard } from './cards/unlocking.js';
export * from './catalogue/decide.js';
export * from './catalogue/events.js';
export {
  type CatalogueState,
  type CatalogueVersion,
  evolveCatalogue,
  initialCatalogue,
  newFunctions,
} from './catalogue/state.js';
export * from './certificate/renewal/index.js';
export * from './clerk/decide.js';
export * from './clerk/events.js';
export {
  activeClerks,
  type Clerk,
  type ClerkState,
  changedPermissions,
  evolveClerks,
  initialClerks,
} from './clerk/state.js';
export * from './credential/credential.js';
export * from './errors.js';
export * from './events/define.js';
export { Hex64, type Hex64Brand } from './events/hex.js';
export * from './events/table.js';
export * from './manager/decide.js';
export * from './manager/events.js';
export * from './manager/state.js';
export * from './policy/across.js';
export * from './policy/opening-hours.js';
export * from './policy/packs/index.js';
export * from './policy/planner.js';
export * from './policy/policy.js';
export * from './ports/index.js';
export * from './privacy/events.js';
export * from './privacy/forgotten.js';
export * from './register/index.js';
export * from './registered-credential/decide.js';
export * from './registered-credential/events.js';
export {
  evolveCredentials,
  initialCredentials,
  type RegisteredCredential,
  type RegisteredCredentials,
} from './registered-credential/state.js';
export * from './renewal/index.js';
export * from './review/decide.js';
export * from './review/differences.js';
export * from './review/events.js';
export {
  evolveReviews,
  initialReviews,
  type Review,
  type ReviewState,
  type ReviewStatus,
} from './review/state.js';
export { t } from './schema.js';
export * from './terms/decide.js';
export * from './terms/events.js';
export { evolveTerms, initialTerms, type TermsState, type TermsVersion } from './terms/state.js';
export * from './values/index.js';
