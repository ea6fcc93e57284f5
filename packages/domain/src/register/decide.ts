/**
 * From a prepared command to events: which aggregates a command asks, and in which order their answers are written.
 *
 * Pure. Everything that a decision rests on is in its arguments.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { activeAgency, registerAgency, replaceAgencyCertificate } from '../agency/decide.js';
import { changeAgencyData } from '../agency-data/decide.js';
import {
  authorizeClerk,
  authorizePeople,
  changeClerk,
  proveCredential,
  revokeClerk,
} from '../clerk/decide.js';
import type { ClerkDetails } from '../clerk/events.js';
import { isMeans } from '../credential/credential.js';
import { invalidInput, type RegisterError, registerError } from '../errors.js';
import type { Actor } from '../events/define.js';
import type { NewEvent } from '../events/table.js';
import {
  appointManager,
  type ConfirmedPerson,
  confirmContact,
  replaceManagerCertificate,
} from '../manager/decide.js';
import type { Contact } from '../manager/events.js';
import { hasManager, type PortalPolicy } from '../policy/policy.js';
import {
  type ActiveDays,
  activateCredential,
  deactivateCredential,
  registerCredential,
} from '../registered-credential/decide.js';
import { requestReview } from '../review/decide.js';
import { acceptTerms } from '../terms/decide.js';
import { endOfTaipeiDay, type RocDate, startOfTaipeiDay } from '../values/index.js';
import type { AgencyStreamState } from './agency-stream.js';
import { derivedId } from './codec.js';
import type { CardCommand } from './commands.js';
import { cardOf } from './confirmation.js';
import { type Prepared, toContact } from './prepare.js';
import { assessAgencyCard, checkCards, checkStep, presentedForReview, type StepInput } from './step.js';

/** What is read out of sealed parts of the state for a command; `undefined` where it cannot be read any more. */
export interface OpenedState {
  readonly contact: Contact | undefined;
  readonly clerk: ClerkDetails | undefined;
}

type Decision = E.Either<RegisterError, ReadonlyArray<NewEvent>>;

// -------------------------------------------------------------------------------------
// who may ask
// -------------------------------------------------------------------------------------

const stepInput = (policy: PortalPolicy, prepared: Prepared, index: number): StepInput | undefined => {
  const step = prepared.purpose.steps[index];
  const card = prepared.confirmation.cards[index];
  return step === undefined || card === undefined
    ? undefined
    : { policy, purpose: prepared.purpose.id, step, card, entry: prepared.entry, at: prepared.at };
};

/**
 * The confirmation is complete, unspent where it serves once, and its cards are still the right ones; the command is
 * signed where it must be.
 */
export const authorise = (
  state: AgencyStreamState,
  policy: PortalPolicy,
  prepared: Prepared,
): E.Either<RegisterError, void> => {
  const { confirmation, purpose } = prepared;
  const { cards } = confirmation;
  if (!confirmation.complete || cards.length < purpose.steps.length) {
    return E.left(registerError('CONFIRMATION_INCOMPLETE'));
  }
  if (isSpent(state, prepared)) return E.left(registerError('CONFIRMATION_USED'));
  const checked = checkCards(state, { policy, purpose, cards, entry: prepared.entry, at: prepared.at });
  return E.isLeft(checked) ? checked : E.map(() => undefined)(prepared.signature);
};

const isSpent = (state: AgencyStreamState, prepared: Prepared): boolean =>
  prepared.purpose.reuse === 'once' &&
  (prepared.spentElsewhere || state.confirmations.has(prepared.confirmationHash));

/** Who acts: the person whom the steps name, else the agency by its own card. */
export const actorOf = (prepared: Prepared): Actor => {
  const manager = cardOf(prepared.confirmation, 'manager');
  if (manager !== undefined && manager.person !== null) return { kind: 'manager', person: manager.person };
  const clerk = cardOf(prepared.confirmation, 'clerk');
  if (clerk !== undefined && clerk.person !== null) return { kind: 'clerk', person: clerk.person };
  const officer = cardOf(prepared.confirmation, 'officer');
  if (officer !== undefined && officer.person !== null) return { kind: 'officer', person: officer.person };
  return { kind: 'agency' };
};

/** The event from which the actor's authority comes; `null` at the very beginning. */
export const causeOf = (state: AgencyStreamState, events: ReadonlyArray<NewEvent>): string | null => {
  for (const event of events) {
    const review =
      event.type === 'AgencyRegistered' || event.type === 'CertificateReplaced' ? event.data.review : null;
    const decided = state.reviews.find((candidate) => candidate.id === review);
    if (decided !== undefined) return decided.decidedBy;
  }
  if (state.manager !== undefined) return state.manager.authority;
  return state.agency.status === 'unregistered' ? null : state.agency.since;
};

// -------------------------------------------------------------------------------------
// commands
// -------------------------------------------------------------------------------------

/** Decides a command of card holders. */
export const decideCardCommand = (
  state: AgencyStreamState,
  policy: PortalPolicy,
  prepared: Prepared,
  command: CardCommand,
  opened: OpenedState,
): Decision => {
  if (command.type === 'RequestReview') return decideReviewRequest(state, policy, prepared, command);
  const authorised = authorise(state, policy, prepared);
  if (E.isLeft(authorised)) return authorised;
  switch (command.type) {
    case 'RegisterAgency':
      return all(
        () => agree(prepared, command.terms),
        () => decideRegistration(state, policy, prepared),
        () => decideFirstManager(state, policy, prepared, command.contact),
        () => bindOfficer(prepared),
      );
    case 'ReplaceAgencyCertificate':
      return all(
        () => agree(prepared, command.terms),
        () => decideAgencyReplacement(state, policy, prepared),
        () =>
          command.contact === undefined
            ? E.right([])
            : confirmContact(state.manager, opened.contact, toContact(command.contact)),
      );
    case 'ReplaceManagerCertificate':
      return all(
        () => agree(prepared, command.terms),
        () => decideManagerReplacement(state, prepared, toContact(command.contact), opened.contact),
      );
    case 'ReplaceBothCertificates':
      return all(
        () => agree(prepared, command.terms),
        () => decideAgencyReplacement(state, policy, prepared),
        () => decideManagerReplacement(state, prepared, toContact(command.contact), opened.contact),
      );
    case 'AuthorizeClerk':
      return prepared.clerk === undefined
        ? E.left(registerError('CLERK_NOT_FOUND'))
        : authorizeClerk(
            state.clerks,
            policy,
            prepared.catalogue,
            derivedId(command.commandId, 'clerk'),
            prepared.clerk.entry,
          );
    case 'AuthorizePeople':
      return authorizePeople(
        state.clerks,
        policy,
        prepared.catalogue,
        (index) => derivedId(command.commandId, `clerk/${index}`),
        prepared.people ?? [],
      );
    case 'ChangeClerk':
      return prepared.clerk === undefined
        ? E.left(registerError('CLERK_NOT_FOUND'))
        : changeClerk(
            state.clerks,
            policy,
            prepared.catalogue,
            command.clerkId,
            () => derivedId(command.commandId, 'clerk'),
            prepared.clerk.entry,
            opened.clerk,
          );
    case 'RegisterCredential':
      return decideCredential(state, policy, prepared, command);
    case 'ActivateCredential':
      return activateCredential(state.credentials, command.credential, daysOf(command));
    case 'DeactivateCredential':
      return deactivateCredential(state.credentials, command.credential);
    case 'ChangeAgencyData':
      return decideAgencyDataChange(state, policy, prepared, command);
    case 'RevokeClerk':
      return revokeClerk(state.clerks, command.clerkId, command.confirmed);
    case 'LogIn':
      return decideLogIn(state, prepared);
  }
};

const all = (...parts: ReadonlyArray<() => Decision>): Decision => {
  const events: NewEvent[] = [];
  for (const part of parts) {
    const decided = part();
    if (E.isLeft(decided)) return decided;
    events.push(...decided.right);
  }
  return E.right(events);
};

const agree = (
  prepared: Prepared,
  terms: { readonly hash: string; readonly presentedAt: string } | undefined,
): Decision =>
  prepared.purpose.terms ? acceptTerms(prepared.terms, prepared.purpose.id, terms, prepared.at) : E.right([]);

const agencyInput = (policy: PortalPolicy, prepared: Prepared): StepInput | undefined => {
  const index = prepared.purpose.steps.findIndex((step) => step.role === 'agency');
  return stepInput(policy, prepared, index);
};

const incomplete: Decision = E.left(registerError('CONFIRMATION_INCOMPLETE'));

const decideRegistration = (state: AgencyStreamState, policy: PortalPolicy, prepared: Prepared): Decision => {
  const input = agencyInput(policy, prepared);
  if (input === undefined) return incomplete;
  const accepted = assessAgencyCard(state, input);
  if (E.isLeft(accepted)) return accepted;
  return registerAgency(state.agency, {
    code: prepared.entry.code,
    name: prepared.entry.name,
    organisation: accepted.right.organisation,
    credential: input.card.credential,
    review: accepted.right.review?.id ?? null,
  });
};

const decideAgencyReplacement = (
  state: AgencyStreamState,
  policy: PortalPolicy,
  prepared: Prepared,
): Decision => {
  const input = agencyInput(policy, prepared);
  if (input === undefined) return incomplete;
  const accepted = assessAgencyCard(state, input);
  if (E.isLeft(accepted)) return accepted;
  return replaceAgencyCertificate(state.agency, {
    next: input.card.credential,
    organisation: accepted.right.organisation,
    review: accepted.right.review?.id ?? null,
  });
};

/** Where the portal has a manager, the first one comes with the registration (GEPI-28). */
const decideFirstManager = (
  state: AgencyStreamState,
  policy: PortalPolicy,
  prepared: Prepared,
  contact: Parameters<typeof toContact>[0] | undefined,
): Decision => {
  if (!hasManager(policy)) return E.right([]);
  if (contact === undefined) return E.left(invalidInput([{ path: 'contact', code: 'REQUIRED' }]));
  return withManager(prepared, (person) => appointManager(state.manager, person, toContact(contact)));
};

/** Where an officer's account was shown beside the agency's card, the two are tied (ECPA-2). */
const bindOfficer = ({ officer }: Prepared): Decision =>
  officer === undefined
    ? E.right([])
    : E.right([
        {
          type: 'OfficerBound',
          data: { person: officer.person },
          personal: officer.details,
          subject: officer.person,
        },
      ]);

const decideManagerReplacement = (
  state: AgencyStreamState,
  prepared: Prepared,
  contact: Contact,
  current: Contact | undefined,
): Decision =>
  withManager(prepared, (person) => replaceManagerCertificate(state.manager, person, contact, current));

const withManager = (prepared: Prepared, decide: (person: ConfirmedPerson) => Decision): Decision => {
  const person = confirmedPerson(prepared);
  return person === undefined ? E.left(registerError('IDENTITY_NOT_SHOWN')) : decide(person);
};

const confirmedPerson = ({ confirmation, managerId }: Prepared): ConfirmedPerson | undefined => {
  const card = cardOf(confirmation, 'manager');
  if (card === undefined || card.person === null || card.identityProof === null) return undefined;
  const { person, identityProof, credential } = card;
  return managerId === null || isMeans(credential)
    ? undefined
    : { person, identityProof, credential, nationalId: managerId };
};

/** The agency's card alone is enough, and must be the one that did not match (GEPI-23). */
const decideReviewRequest = (
  state: AgencyStreamState,
  policy: PortalPolicy,
  prepared: Prepared,
  command: Extract<CardCommand, { readonly type: 'RequestReview' }>,
): Decision => {
  const input = agencyInput(policy, prepared);
  if (input === undefined) return incomplete;
  const checked = checkStep(state, input);
  if (E.isRight(checked)) return E.left(registerError('REVIEW_NOT_NEEDED'));
  // Before the confirmation is asked for: who clicks twice is told that the application is under review (GEPI-25).
  if (checked.left.code !== 'ORGANISATION_MISMATCH') return checked;
  if (isSpent(state, prepared)) return E.left(registerError('CONFIRMATION_USED'));
  if (E.isLeft(prepared.signature)) return prepared.signature;
  const presented = presentedForReview(state, input);
  if (E.isLeft(presented)) return presented;
  const { name, phone, extension } = command.applicant;
  return all(
    () => agree(prepared, command.terms),
    () =>
      requestReview(state.reviews, policy, {
        ...presented.right,
        review: derivedId(command.commandId, 'review'),
        code: prepared.entry.code,
        agencyName: prepared.entry.name,
        applicant: { name, phone, extension: extension ?? null },
      }),
  );
};

/** Whole days in Taipei. */
const daysOf = ({ from, to }: { readonly from: RocDate; readonly to: RocDate }): ActiveDays => ({
  from: startOfTaipeiDay(from),
  to: endOfTaipeiDay(to),
});

const decideCredential = (
  state: AgencyStreamState,
  policy: PortalPolicy,
  { credential, confirmation }: Prepared,
  { commandId, active, from, to }: Extract<CardCommand, { readonly type: 'RegisterCredential' }>,
): Decision => {
  if (credential === undefined) return incomplete;
  const missing = active
    ? [...(from === undefined ? ['from'] : []), ...(to === undefined ? ['to'] : [])]
    : [];
  if (missing.length > 0) {
    return E.left(invalidInput(missing.map((path) => ({ path, code: 'REQUIRED' as const }))));
  }
  const desk = cardOf(confirmation, 'officer') !== undefined;
  const person = cardOf(confirmation, 'clerk')?.person ?? '';
  return registerCredential(state.credentials, policy.credentials, desk ? { desk } : { desk, person }, {
    ...credential.entry,
    id: derivedId(commandId, 'credential'),
    active: active && from !== undefined && to !== undefined ? daysOf({ from, to }) : undefined,
  });
};

const decideAgencyDataChange = (
  state: AgencyStreamState,
  policy: PortalPolicy,
  prepared: Prepared,
  command: Extract<CardCommand, { readonly type: 'ChangeAgencyData' }>,
): Decision => {
  const { commandId, changes, attachments, contact, effectiveOn, explanation } = command;
  return E.chain(
    (): Decision =>
      changeAgencyData(policy, {
        request: derivedId(commandId, 'change'),
        subject: `agency.${prepared.entry.code}`,
        changes,
        attachments: attachments ?? [],
        contact:
          contact === undefined
            ? undefined
            : { name: contact.name, phone: contact.phone, extension: contact.extension ?? null },
        from: effectiveOn === undefined ? null : startOfTaipeiDay(effectiveOn),
        explanation,
        at: prepared.at,
      }),
  )(activeAgency(state.agency));
};

const decideLogIn = (state: AgencyStreamState, prepared: Prepared): Decision => {
  const card = cardOf(prepared.confirmation, 'clerk');
  if (card === undefined) return incomplete;
  return E.map((proved: { readonly events: ReadonlyArray<NewEvent> }) => proved.events)(
    proveCredential(state.clerks, card),
  );
};
