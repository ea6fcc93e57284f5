/**
 * The register that a portal holds.
 *
 * @packageDocumentation
 */
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { CatalogueVersion } from '../catalogue/state.js';
import type { RegisterError } from '../errors.js';
import type { PortalPolicy } from '../policy/policy.js';
import { type AgencyDataRequest, agencyDataRequests } from './agency-data-requests.js';
import { type IssuedChallenge, issueChallenge } from './challenge.js';
import { type CardConfirmed, confirmCard } from './confirm.js';
import { endConfirmation } from './confirmation-store.js';
import { createContext } from './context.js';
import { type FoundEvidence, findEvidence } from './evidence.js';
import { type ExecuteOptions, execute } from './execute.js';
import {
  type AgencyDataAnswer,
  type AgencyRecord,
  agencyData,
  agencyRecord,
  type CertificateAnswer,
  type ClerkList,
  checkConfirmation,
  clerkList,
  credentialList,
  currentCatalogue,
  findPerson,
  type ListedCredential,
  type OrganisationAnswer,
  organisationOf,
  type PersonAnswer,
  type PresentedTerms,
  presentTerms,
  type SerialAnswer,
  serialOf,
  showCertificate,
} from './queries.js';
import type { Executed } from './run.js';
import type { RegisterSettings } from './settings.js';
import { type CredentialAnswer, showCredential } from './show-credential.js';
import { asksForCommand, issueCommandChallenge } from './sign-command.js';

/**
 * Everything that can be asked of a register. Each function takes what a caller sent, as it came (JSON), decodes it
 * strictly, and answers a value: a refusal has changed nothing, and nothing throws.
 */
export interface Register {
  readonly policy: PortalPolicy;
  /** The terms to show, with the page-download time that the command must bring back (GEPI-12, GEPI-13). */
  readonly presentTerms: () => TaskEither<RegisterError, PresentedTerms>;
  /** The function menu as it is now (GEPI-36). */
  readonly catalogue: () => TaskEither<RegisterError, CatalogueVersion>;
  /** What the next card must sign: a `ChallengeRequest`, or a `CommandChallengeRequest` where commands are signed. */
  readonly issueChallenge: (request: unknown) => TaskEither<RegisterError, IssuedChallenge>;
  /** What the card made of it: a `CardAnswer`. */
  readonly confirmCard: (answer: unknown) => TaskEither<RegisterError, CardConfirmed>;
  /** Ends a confirmation before its time (登出). At any hour, and right also where there is none any more. */
  readonly endConfirmation: (confirmation: unknown) => TaskEither<RegisterError, void>;
  /** Whether a complete confirmation still stands, its cards neither revoked nor replaced since. */
  readonly checkConfirmation: (confirmation: unknown) => TaskEither<RegisterError, void>;
  /** Carries out a `Command`. */
  readonly execute: (command: unknown, options?: ExecuteOptions) => TaskEither<RegisterError, Executed>;
  /** 授權經辦人清單, under a delegation confirmation (GEPI-32). */
  readonly clerkList: (confirmation: unknown) => TaskEither<RegisterError, ClerkList>;
  /** What a clerk's certificate shows, `{ der }` in base64, under a delegation confirmation (GEPI-33, GEPI-34). */
  readonly showCertificate: (
    confirmation: unknown,
    certificate: unknown,
  ) => TaskEither<RegisterError, CertificateAnswer>;
  /** 投保單位基本資料, under a confirmation that may change them (NHI-22…24). */
  readonly agencyData: (confirmation: unknown) => TaskEither<RegisterError, AgencyDataAnswer>;
  /** What the agency is known by now, under a confirmation that may change its certificate or its data (NHI-17). */
  readonly agencyRecord: (confirmation: unknown) => TaskEither<RegisterError, AgencyRecord>;
  /** For staff: what an agency asked to have changed, with what holds now. */
  readonly agencyDataRequests: (
    agencyCode: unknown,
  ) => TaskEither<RegisterError, ReadonlyArray<AgencyDataRequest>>;
  /** 使用者憑證登記(瀏覽), under a confirmation that registers credentials (DOC-2). */
  readonly credentialList: (
    confirmation: unknown,
  ) => TaskEither<RegisterError, ReadonlyArray<ListedCredential>>;
  /** What both certificates of a card say, `{ nationalId, signing, encryption }` in base64, before it is registered (DOC-7). */
  readonly showCredential: (
    confirmation: unknown,
    certificates: unknown,
  ) => TaskEither<RegisterError, CredentialAnswer>;
  /**
   * 查詢人員自訂帳號, `{ nationalId }`, under a confirmation that hands out authority or registers credentials (ECPA-6, ECPA-7,
   * DOC-8). Who registers their own alone asks about themselves.
   */
  readonly findPerson: (confirmation: unknown, person: unknown) => TaskEither<RegisterError, PersonAnswer>;
  /** 查詢機關憑證OID, under a confirmation with the agency's card (GEPI-52). */
  readonly organisationOf: (confirmation: unknown) => TaskEither<RegisterError, OrganisationAnswer>;
  /** 查詢自然人憑證序號, under a confirmation with a citizen's card (GEPI-53). */
  readonly serialOf: (confirmation: unknown) => TaskEither<RegisterError, SerialAnswer>;
  /** The evidence that an event names by its hash, for an audit. Who may ask is for the portal to say. */
  readonly evidence: (hash: string) => TaskEither<RegisterError, FoundEvidence>;
}

/** Opens a register on its store, vault and the rest. Costs nothing: streams are read when they are needed. */
export const createRegister = (settings: RegisterSettings): Register => {
  const context = createContext(settings);
  return {
    policy: settings.policy,
    presentTerms: () => () => presentTerms(context),
    catalogue: () => () => currentCatalogue(context),
    issueChallenge: (request) => () =>
      asksForCommand(request) ? issueCommandChallenge(context, request) : issueChallenge(context, request),
    confirmCard: (answer) => () => confirmCard(context, answer),
    endConfirmation: (confirmation) => () => endConfirmation(context, confirmation, context.now()),
    checkConfirmation: (confirmation) => () => checkConfirmation(context, confirmation),
    execute: (command, options) => () => execute(context, command, options),
    clerkList: (confirmation) => () => clerkList(context, confirmation),
    showCertificate: (confirmation, certificate) => () => showCertificate(context, confirmation, certificate),
    agencyData: (confirmation) => () => agencyData(context, confirmation),
    agencyRecord: (confirmation) => () => agencyRecord(context, confirmation),
    agencyDataRequests: (agencyCode) => () => agencyDataRequests(context, agencyCode),
    credentialList: (confirmation) => () => credentialList(context, confirmation),
    showCredential: (confirmation, certificates) => () => showCredential(context, confirmation, certificates),
    findPerson: (confirmation, person) => () => findPerson(context, confirmation, person),
    organisationOf: (confirmation) => () => organisationOf(context, confirmation),
    serialOf: (confirmation) => () => serialOf(context, confirmation),
    evidence: (hash) => () => findEvidence(context, hash),
  };
};
