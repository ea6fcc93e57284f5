/**
 * Whether a confirmed card is the one that its step asks for. Asked when the card is shown, and again when a command
 * is decided, since the register may have changed in between.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { activeAgency, mayRegister, neverReplaced, sameRootKind } from '../agency/decide.js';
import { Organisation } from '../agency/organisation.js';
import { proveCredential } from '../clerk/decide.js';
import { isMeans, isSeen, sameCertificate, validAt } from '../credential/credential.js';
import { type RegisterError, registerError } from '../errors.js';
import { isTheManager } from '../manager/decide.js';
import {
  type CardStep,
  meansOfStep,
  type PortalPolicy,
  type PurposePolicy,
  registersAgencies,
} from '../policy/policy.js';
import type { DirectoryEntry } from '../ports/agency-directory.js';
import { type Accepted, assess, type Presented } from '../review/decide.js';
import type { AgencyStreamState } from './agency-stream.js';
import type { ActingCard } from './confirmation.js';

export interface StepInput {
  readonly policy: PortalPolicy;
  readonly purpose: string;
  readonly step: CardStep;
  readonly card: ActingCard;
  /** The portal's record; `undefined` where the purpose has no agency. */
  readonly entry: DirectoryEntry | undefined;
  /** ISO, UTC. */
  readonly at: string;
}

/** How the portal's record names the organisation. */
export const expectedOrganisation = (entry: DirectoryEntry | undefined): Organisation | null => {
  const decoded = Organisation.decode(entry?.organisation);
  return E.isRight(decoded) ? decoded.right : null;
};

/** Against what an agency's card is held: its registration once it has one, the portal's record before. */
const expected = (state: AgencyStreamState, input: StepInput): Organisation | null =>
  input.step.card === 'next' && state.agency.status !== 'unregistered'
    ? state.agency.organisation
    : expectedOrganisation(input.entry);

/** Accepts an agency's new or first card, or says that it must be reviewed, waits, or was rejected. */
export const assessAgencyCard = (
  state: AgencyStreamState,
  input: StepInput,
): E.Either<RegisterError, Accepted> => {
  const presented = presentedForReview(state, input);
  if (E.isRight(presented)) return assess(state.reviews, input.policy, presented.right);
  // Means of the person responsible name no organisation: whose agency it is, is in the portal's own records (NHI-4).
  const organisation = expectedOrganisation(input.entry);
  return organisation === null
    ? E.left(registerError('AGENCY_IDENTITY_MISSING'))
    : E.right({ organisation, review: undefined });
};

/** What the review of an agency's card would hold it against. Only certificates are reviewed. */
export const presentedForReview = (
  state: AgencyStreamState,
  input: StepInput,
): E.Either<RegisterError, Presented> => {
  const { credential, organisation: presented } = input.card;
  if (!isSeen(credential)) return E.left(registerError('REVIEW_NOT_NEEDED'));
  const { purpose, at } = input;
  return E.right({ purpose, credential, presented, expected: expected(state, input), at });
};

const registersFirst = (input: StepInput): boolean =>
  input.policy.purposes
    .find((purpose) => purpose.id === input.purpose)
    ?.commands.includes('RegisterAgency') === true;

/** Before the organisation: what was replaced is not let in by a review either. */
const checkNewCard = (state: AgencyStreamState, input: StepInput): E.Either<RegisterError, void> => {
  const fresh = neverReplaced(state.agency, input.card.credential);
  return E.isLeft(fresh) ? fresh : E.map(() => undefined)(assessAgencyCard(state, input));
};

const checkAgency = (state: AgencyStreamState, input: StepInput): E.Either<RegisterError, void> => {
  if (input.step.card === 'presented') {
    if (!registersFirst(input)) return E.right(undefined);
    const open = mayRegister(state.agency);
    if (E.isLeft(open)) return open;
    return checkNewCard(state, input);
  }
  const agency = activeAgency(state.agency);
  if (E.isLeft(agency)) return agency;
  const same = sameCertificate(agency.right.credential, input.card.credential);
  if (input.step.card === 'registered') {
    return same ? E.right(undefined) : E.left(registerError('AGENCY_CERTIFICATE_NOT_REGISTERED'));
  }
  const kind = sameRootKind(agency.right, input.card.credential);
  if (E.isLeft(kind)) return kind;
  if (same) return E.left(registerError('CERTIFICATE_UNCHANGED'));
  return checkNewCard(state, input);
};

const checkManager = (state: AgencyStreamState, input: StepInput): E.Either<RegisterError, void> => {
  const { person, credential } = input.card;
  if (person === null) return E.left(registerError('IDENTITY_NOT_SHOWN'));
  if (input.step.card === 'registered') {
    return E.map(() => undefined)(isTheManager(state.manager, { person, credential }));
  }
  if (input.step.card === 'next' && state.manager !== undefined) {
    const unchanged =
      state.manager.person === person && sameCertificate(state.manager.credential, credential);
    if (unchanged) return E.left(registerError('CERTIFICATE_UNCHANGED'));
  }
  return E.right(undefined);
};

const checkClerk = (state: AgencyStreamState, input: StepInput): E.Either<RegisterError, void> => {
  if (input.entry === undefined) return E.right(undefined);
  // Where nobody registers an agency nobody is entered as its clerk: who has an account there is one (DOC-3).
  if (!registersAgencies(input.policy)) return E.right(undefined);
  const agency = activeAgency(state.agency);
  if (E.isLeft(agency)) return agency;
  const { person, credential, identityProof } = input.card;
  return E.map(() => undefined)(proveCredential(state.clerks, { person, credential, identityProof }));
};

/** The account that the agency was bound to, or any that is what the step asks for (ECPA-2, DOC-3). */
const checkOfficer = (state: AgencyStreamState, input: StepInput): E.Either<RegisterError, void> => {
  if (input.card.person === null) return E.left(registerError('IDENTITY_NOT_SHOWN'));
  if (input.step.card !== 'registered') return E.right(undefined);
  const { agency } = state;
  return agency.status !== 'unregistered' && agency.officer === input.card.person
    ? E.right(undefined)
    : E.left(registerError('OFFICER_DIFFERS'));
};

/** A session may last longer than a certificate. */
const checkDates = ({ card: { credential }, at }: StepInput): E.Either<RegisterError, void> => {
  if (validAt(credential, at) !== false || !isSeen(credential)) return E.right(undefined);
  const { ca, notBefore } = credential;
  return E.left(registerError(at < notBefore ? 'CERTIFICATE_NOT_YET_VALID' : 'CERTIFICATE_EXPIRED', { ca }));
};

/** Right where the card may be used in this step. */
export const checkStep = (state: AgencyStreamState, input: StepInput): E.Either<RegisterError, void> => {
  const dates = checkDates(input);
  if (E.isLeft(dates)) return dates;
  const means = isMeans(input.card.credential) ? input.card.credential.proof : 'certificate';
  if (!meansOfStep(input.step).includes(means)) return E.left(registerError('MEANS_NOT_ALLOWED'));
  switch (input.step.role) {
    case 'agency':
      return checkAgency(state, input);
    case 'manager':
      return checkManager(state, input);
    case 'clerk':
      return checkClerk(state, input);
    case 'officer':
      return checkOfficer(state, input);
  }
};

/**
 * Right where each of these cards, shown in this order for a purpose, may still be used in its step. A card whose
 * organisation waits for a review is not one of them: no other card may follow it (GEPI-20).
 */
export const checkCards = (
  state: AgencyStreamState,
  input: Omit<StepInput, 'purpose' | 'step' | 'card'> & {
    readonly purpose: PurposePolicy;
    readonly cards: ReadonlyArray<ActingCard>;
  },
): E.Either<RegisterError, void> => {
  const { policy, purpose, cards, entry, at } = input;
  for (const [index, card] of cards.entries()) {
    const step = purpose.steps[index];
    if (step === undefined) return E.left(registerError('STEP_OUT_OF_ORDER'));
    const checked = checkStep(state, { policy, purpose: purpose.id, step, card, entry, at });
    if (E.isLeft(checked)) return checked;
  }
  return E.right(undefined);
};
