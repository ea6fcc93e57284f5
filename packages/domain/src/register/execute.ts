/**
 * The door for commands: decoded strictly, told apart, carried out.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { ClerkDetails } from '../clerk/events.js';
import { invalidInput, type RegisterError } from '../errors.js';
import { Contact } from '../manager/events.js';
import { codeOfPortal } from '../policy/agency-code.js';
import { agencyStream } from '../ports/stream-name.js';
import { t } from '../schema.js';
import { decodeValue } from '../values/index.js';
import { type AgencyStreamState, agencyStreamAt } from './agency-stream.js';
import { commandDigest, recordedDigest } from './command-digest.js';
import { type CardCommand, type Command, isStaffCommand } from './commands.js';
import { confirmationHash } from './confirmation.js';
import { spendConfirmation } from './confirmation-store.js';
import { type RegisterContext, whenOpen } from './context.js';
import { actorOf, causeOf, decideCardCommand, type OpenedState } from './decide.js';
import { executeStaff } from './execute-staff.js';
import { StaffAccount } from './input.js';
import { openSealed } from './opening.js';
import { type Prepared, prepare } from './prepare.js';
import { type Ask, type Executed, nothing, type Result, run } from './run.js';
import { fromVaultFault } from './vault-faults.js';

/** How a command is to be carried out. */
export interface ExecuteOptions {
  /** Account of the member of staff who gives a staff command; needed for those, refused for others. */
  readonly staff?: string;
  /** Decide and answer, but keep and append nothing; the command need not be signed for that. */
  readonly dryRun?: boolean;
}

/** Carries out a command of a caller. Whatever comes in, the answer is a value. */
export const execute = async (
  context: RegisterContext,
  input: unknown,
  options: ExecuteOptions = {},
): Result<Executed> => {
  const command = decodeValue(context.commands, input);
  if (E.isLeft(command)) return E.left(invalidInput(command.left));
  const { right } = command;
  const ofPortal =
    'agencyCode' in right ? codeOfPortal(context.policy, right.agencyCode) : E.right(undefined);
  if (E.isLeft(ofPortal)) return ofPortal;
  const told = commandDigest(context.sha256, right);
  const digest = await recordedDigest(context.vault, told, confirmationOf(context, right))();
  if (E.isLeft(digest)) return E.left(fromVaultFault(digest.left));
  const ask = { context, commandId: right.commandId, digest: digest.right, dryRun: options.dryRun === true };
  if (isStaffCommand(right)) {
    const staff = decodeValue(StaffAccount, options.staff);
    if (E.isLeft(staff)) return E.left(invalidInput(staff.left.map(({ code }) => ({ path: 'staff', code }))));
    return executeStaff(ask, right, { kind: 'staff', account: staff.right });
  }
  // A caller who sends both has mistaken one door for the other.
  if (options.staff !== undefined) return E.left(invalidInput([{ path: 'staff', code: 'UNKNOWN_FIELD' }]));
  return executeByCards(ask, right);
};

const confirmationOf = ({ sha256 }: RegisterContext, command: Command): string | null =>
  isStaffCommand(command) ? null : confirmationHash(sha256, command.confirmation);

// -------------------------------------------------------------------------------------
// commands of card holders
// -------------------------------------------------------------------------------------

const executeByCards = async (ask: Ask, command: CardCommand): Result<Executed> => {
  const { context } = ask;
  const stream = agencyStream(context.policy.portal, command.agencyCode);
  let prepared: E.Either<RegisterError, Prepared> | undefined;
  // Only what is to be decided is prepared: a retry is answered even when its confirmation is long gone and the
  // portal closed.
  const prepareOnce = async (): Promise<E.Either<RegisterError, Prepared>> => {
    const open = whenOpen(context);
    if (E.isLeft(open)) return open;
    prepared ??= await prepare(context, command, ask, context.now());
    return prepared;
  };
  return run(ask, {
    stream,
    streams: context.agencies,
    decide: async (recorded) => {
      const state = agencyStreamAt(recorded, context.now());
      const ready = await prepareOnce();
      if (E.isLeft(ready)) return ready;
      const opened = await openFor(context, state, command);
      if (E.isLeft(opened)) return opened;
      const events = decideCardCommand(state, context.policy, ready.right, command, opened.right);
      if (E.isLeft(events)) return events;
      return E.right({
        events: events.right,
        actor: actorOf(ready.right),
        cause: causeOf(state, events.right),
        evidence: evidenceOf(ready.right),
        confirmation: ready.right.confirmationHash,
      });
    },
    keep: async () => {
      const ready = prepared !== undefined && E.isRight(prepared) ? prepared.right : undefined;
      const keep = ready?.clerk?.keep ?? ready?.credential?.keep;
      return keep === undefined ? E.right([]) : E.map((hash: string) => [hash])(await keep());
    },
    withoutEvents: async () => {
      const once = prepared !== undefined && E.isRight(prepared) && prepared.right.purpose.reuse === 'once';
      return once ? spendConfirmation(context, command.confirmation, ask.digest, context.now()) : nothing();
    },
    after: nothing,
  });
};

/** Of the cards that were confirmed, in their order, then of the command that the last of them signed. */
const evidenceOf = ({ confirmation, signature }: Prepared): ReadonlyArray<string> => [
  ...confirmation.cards.map((card) => card.evidence),
  ...(E.isRight(signature) ? signature.right : []),
];

/** Opens what the command compares itself with. */
const openFor = async (
  context: RegisterContext,
  state: AgencyStreamState,
  command: CardCommand,
): Result<OpenedState> => {
  switch (command.type) {
    case 'ReplaceAgencyCertificate':
    case 'ReplaceManagerCertificate':
    case 'ReplaceBothCertificates': {
      if (state.manager === undefined) break;
      const contact = await openSealed(context.vault, sealedContact, state.manager.contact);
      if (E.isLeft(contact)) return contact;
      return E.right({ contact: contact.right?.contact, clerk: undefined });
    }
    case 'ChangeClerk': {
      const clerk = state.clerks.get(command.clerkId);
      if (clerk === undefined) break;
      const details = await openSealed(context.vault, ClerkDetails, clerk.details);
      return E.isLeft(details) ? details : E.right({ contact: undefined, clerk: details.right });
    }
    default:
      break;
  }
  return E.right({ contact: undefined, clerk: undefined });
};

/** `ManagerAppointed` and `ContactChanged` both hold it. */
const sealedContact: t.Type<{ contact: Contact }, { contact: Contact }, unknown> = t.type({
  contact: Contact,
});
