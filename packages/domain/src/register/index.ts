export type { AgencyDataRequest } from './agency-data-requests.js';
export { type AgencyStreamState, evolveAgencyStream, initialAgencyStream } from './agency-stream.js';
export { appendSize, importedRowSize, largestAppend, type SizedRow } from './append-size.js';
export * from './chain.js';
export { ChallengeRequest, type IssuedChallenge } from './challenge.js';
export {
  type ClerkImporter,
  type ClerkImporterSettings,
  createClerkImporter,
} from './clerk-importer.js';
export {
  createCodec,
  createRegisterCodec,
  type Decoded,
  derivedId,
  type EventCodec,
  type WritingContext,
} from './codec.js';
export { commandDigest, recordedDigest } from './command-digest.js';
export {
  type CardCommand,
  Command,
  CommandToSign,
  type CommandType,
  cardCommands,
  commandOf,
  isStaffCommand,
  portalForms,
  type StaffCommand,
  staffCommands,
} from './commands.js';
export { CardAnswer, type CardConfirmed } from './confirm.js';
export {
  type Confirmation,
  type ConfirmedCard,
  cardOf,
  confirmationHash,
  type Shown,
} from './confirmation.js';
export { evidenceContext, type FoundEvidence, findEvidence } from './evidence.js';
export { EvidenceBundle, listsOf, toEvidence } from './evidence-bundle.js';
export type { ExecuteOptions } from './execute.js';
export { type ImportedRow, importDigest } from './execute-import.js';
export {
  Base64,
  Flag,
  LongText,
  oneOf,
  ReasonCode,
  Secret,
  ShortText,
  StaffAccount,
  VersionNumber,
} from './input.js';
export { AccountAnswer, RegisteredCardAnswer } from './means.js';
export { openEvent, openSealed } from './opening.js';
export type {
  AgencyDataAnswer,
  AgencyRecord,
  CertificateAnswer,
  ClerkList,
  ListedClerk,
  ListedCredential,
  OrganisationAnswer,
  PersonAnswer,
  PresentedTerms,
  SerialAnswer,
} from './queries.js';
export { type Reapplied, reapplyForgetting } from './reapply-forgetting.js';
export { createRecent, type Recent } from './recent.js';
export { createRegister, type Register } from './register.js';
export type { Executed, ExecutedEvent } from './run.js';
export type { RegisterSettings } from './settings.js';
export { type CredentialAnswer, CredentialQuestion } from './show-credential.js';
export { CommandChallengeRequest } from './sign-command.js';
export { SignedCommand, signedCommandOf } from './signed-command.js';
