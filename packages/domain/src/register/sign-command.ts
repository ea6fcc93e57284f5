/**
 * A command signed by the card that is in the reader: asked for, and answered
 * (docs/decisions/0042-a-command-that-is-signed.md).
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { sameCertificate } from '../credential/credential.js';
import { invalidInput, type RegisterError, registerError } from '../errors.js';
import { type CardStep, type PurposePolicy, purposeOf } from '../policy/policy.js';
import { decodeValue, strict, Uuid } from '../values/index.js';
import { verifyAnswer } from './answer.js';
import { challengeText, handOut, type IssuedChallenge } from './challenge.js';
import { commandDigest } from './command-digest.js';
import { CommandToSign } from './commands.js';
import { type Challenge, type Confirmation, type ConfirmedCard, confirmationHash } from './confirmation.js';
import { findConfirmation } from './confirmation-store.js';
import { agencyFacts, type RegisterContext, whenOpen } from './context.js';
import { keepEvidence } from './evidence.js';
import { parseJson } from './json.js';
import { keepSignature, SignedCommand } from './signed-command.js';
import { checkCards } from './step.js';
import { noteGood } from './still-good.js';
import { openTransient, plusMinutes, sealTransient } from './transient.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What a caller sends to have a command signed: the confirmation under which it will be given, and the command itself
 * without it. Where the policy asks for it (`evidence: 'command'`), nothing else makes the register carry it out.
 */
export const CommandChallengeRequest = strict({ confirmation: Uuid, command: CommandToSign });

/** The command was signed; it can be given under the confirmation until the challenge would have expired. */
export interface Signed {
  readonly confirmation: Confirmation;
  readonly command: SignedCommand;
}

/** The card that signs commands: the last that was confirmed. */
interface Signing {
  readonly confirmation: Confirmation;
  readonly purpose: PurposePolicy;
  readonly index: number;
  readonly step: CardStep;
  readonly card: ConfirmedCard;
}

type Result<A> = Promise<E.Either<RegisterError, A>>;

// -------------------------------------------------------------------------------------
// who may sign
// -------------------------------------------------------------------------------------

/**
 * The card that must sign a command of this type, where it would be heard at all: told before the card is asked for.
 * An application for review is given when the agency's card alone is confirmed, so that one signs it (GEPI-23).
 */
const signingCard = async (
  context: RegisterContext,
  id: string,
  type: string,
  now: string,
): Result<Signing> => {
  const found = await findConfirmation(context, id, now);
  if (E.isLeft(found)) return found;
  const { confirmation } = found.right;
  const purpose = purposeOf(context.policy, confirmation.purpose);
  if (purpose?.commands.includes(type) !== true) return E.left(registerError('CONFIRMATION_OTHER_PURPOSE'));
  if (purpose.evidence !== 'command') {
    return E.left(invalidInput([{ path: 'command', code: 'UNKNOWN_FIELD' }]));
  }
  if (!confirmation.complete && type !== 'RequestReview') {
    return E.left(registerError('CONFIRMATION_INCOMPLETE'));
  }
  const index = confirmation.cards.length - 1;
  const [card, step] = [confirmation.cards[index], purpose.steps[index]];
  return card === undefined || step === undefined
    ? E.left(registerError('CONFIRMATION_INCOMPLETE'))
    : E.right({ confirmation, purpose, index, step, card });
};

/** The confirmation still serves, and its cards are still the right ones. */
const stillServes = async (
  context: RegisterContext,
  { confirmation, purpose }: Signing,
  now: string,
): Result<void> => {
  const facts = await agencyFacts(context, confirmation.agencyCode);
  if (E.isLeft(facts)) return facts;
  const { state, entry } = facts.right;
  const spent =
    confirmation.spentBy !== null ||
    state.confirmations.has(confirmationHash(context.sha256, confirmation.id));
  if (purpose.reuse === 'once' && spent) return E.left(registerError('CONFIRMATION_USED'));
  if (!confirmation.complete) return E.right(undefined);
  const { cards } = confirmation;
  return checkCards(state, { policy: context.policy, purpose, cards, entry, at: now });
};

// -------------------------------------------------------------------------------------
// ask
// -------------------------------------------------------------------------------------

/** Whether a request for a challenge is one for a command. Everything else of it is for the decoder to judge. */
export const asksForCommand = (input: unknown): boolean => {
  try {
    return typeof input === 'object' && input !== null && Object.hasOwn(input, 'command');
  } catch {
    // A proxy may throw at anything; the decoder says that it is no data.
    return false;
  }
};

const sealingContext = (nonce: string): string => `challenge/${nonce}/command`;

/** Hands out a challenge for a command. */
export const issueCommandChallenge = async (
  context: RegisterContext,
  input: unknown,
): Result<IssuedChallenge> => {
  const request = decodeValue(CommandChallengeRequest, input);
  if (E.isLeft(request)) return E.left(invalidInput(request.left));
  const open = whenOpen(context);
  if (E.isLeft(open)) return open;
  const { command } = request.right;
  const now = context.now();
  const signing = await signingCard(context, request.right.confirmation, command.type, now);
  if (E.isLeft(signing)) return signing;
  const { confirmation, index, step, card } = signing.right;
  if (command.agencyCode !== confirmation.agencyCode) {
    return E.left(registerError('CONFIRMATION_OTHER_AGENCY'));
  }
  const serves = await stillServes(context, signing.right, now);
  if (E.isLeft(serves)) return serves;

  const nonce = context.ids.nonce();
  const { type, commandId: id } = command;
  const named = { type, id, digest: commandDigest(context.sha256, command) } as SignedCommand;
  // A digest of what was typed is as personal as what was typed, to whoever can guess that.
  const sealed = await sealTransient(context.vault, sealingContext(nonce), JSON.stringify(named));
  if (E.isLeft(sealed)) return sealed;
  const bound = {
    portal: context.policy.portal,
    purpose: confirmation.purpose,
    agencyCode: confirmation.agencyCode,
    person: card.person,
    step: index,
    confirmation: confirmation.id,
    nonce,
    expiresAt: plusMinutes(now, context.policy.challengeMinutes),
  };
  const kept = { nationalId: null, command: sealed.right, issuedAt: now };
  return E.map((challenge: Omit<IssuedChallenge, 'command'>) => ({ ...challenge, command }))(
    await handOut(context, step, bound, kept, named),
  );
};

// -------------------------------------------------------------------------------------
// answer
// -------------------------------------------------------------------------------------

/** Takes the card's answer to a challenge that has been consumed; `sealed` is its command. */
export const signCommand = async (
  context: RegisterContext,
  challenge: Challenge,
  sealed: string,
  cms: Uint8Array,
  now: string,
): Result<Signed> => {
  const opened = await openTransient(context.vault, sealingContext(challenge.nonce), sealed);
  if (E.isLeft(opened)) return opened;
  const command = SignedCommand.decode(parseJson(opened.right ?? ''));
  if (E.isLeft(command)) return E.left(registerError('CHALLENGE_UNKNOWN'));
  const signing = await signingCard(context, challenge.confirmation, command.right.type, now);
  if (E.isLeft(signing)) return signing;
  const { confirmation, step, card } = signing.right;
  if (signing.right.index !== challenge.step) return E.left(registerError('STEP_OUT_OF_ORDER'));

  const text = challengeText(context, challenge, command.right);
  const verified = await verifyAnswer(context, step.role, text, cms, now);
  if (E.isLeft(verified)) return verified;
  const { credential, proof } = verified.right;
  // Another card of the same person, too: what was confirmed is this certificate.
  if (!sameCertificate(card.credential, credential)) {
    return E.left(registerError('COMMAND_SIGNED_BY_OTHER_CARD'));
  }
  const kept = await keepEvidence(context, card.person ?? `agency.${challenge.agencyCode}`, proof);
  if (E.isLeft(kept)) return kept;
  noteGood(context, card, now);
  const signature = { command: command.right, evidence: kept.right, expiresAt: challenge.expiresAt };
  const noted = await keepSignature(context, confirmation.id, signature);
  return E.map(() => ({ confirmation, command: command.right }))(noted);
};
