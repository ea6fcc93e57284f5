/**
 * Answering a challenge: one card more is confirmed, in the order of the policy (GEPI-16…21), or a command is signed.
 *
 * @packageDocumentation
 */
import type { GpkiFacts } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { ClerkDetails } from '../clerk/events.js';
import { activeClerks, clerkWithCertificate } from '../clerk/state.js';
import type { SeenCredential } from '../credential/credential.js';
import { invalidInput, type RegisterError, registerError } from '../errors.js';
import { type CardStep, meansOfStep, type PurposePolicy, purposeOf } from '../policy/policy.js';
import { agencyStream } from '../ports/stream-name.js';
import type { t } from '../schema.js';
import { decodeValue, normalPersonName, strict } from '../values/index.js';
import { verifyAnswer } from './answer.js';
import { fromBase64 } from './bytes.js';
import { challengeContext, challengeText, readChallenge } from './challenge.js';
import { type Challenge, type Confirmation, ConfirmedCard } from './confirmation.js';
import { findConfirmation, type Standing, saveConfirmation } from './confirmation-store.js';
import { agencyFacts, type RegisterContext, whenOpen } from './context.js';
import { evidenceHash, keepEvidence } from './evidence.js';
import type { NewEvidence } from './evidence-bundle.js';
import { matchIdentity, toOrganisation } from './identify.js';
import { Base64, ShortText } from './input.js';
import { AccountAnswer, judgeMeans, type MeansAnswer, RegisteredCardAnswer } from './means.js';
import { openSealed } from './opening.js';
import { checkRecordedName } from './recorded-name.js';
import { type Signed, signCommand } from './sign-command.js';
import type { SignedCommand } from './signed-command.js';
import { checkCards } from './step.js';
import { noteGood, stillGood } from './still-good.js';
import { fromStoreFault } from './streams.js';
import { isOver, openTransient, plusMinutes } from './transient.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a caller sends: the challenge by its nonce, and what the card made of it (CMS SignedData, DER, base64). */
export const CardAnswer = strict({ nonce: ShortText, cms: Base64 });

type Answer = (typeof CardAnswer)['_A'] | MeansAnswer;

/** Whether one person does two steps of a purpose that takes different ones. */
const isTwice = (
  { persons }: PurposePolicy,
  before: Confirmation['cards'],
  { person }: Confirmation['cards'][number],
): boolean => persons === 'different' && person !== null && before.some((one) => one.person === person);

/** Which answer a caller sends is told by its one telling field; what is none is held to be a card's. */
const answerCodecOf = (input: unknown): t.Decoder<unknown, Answer> => {
  try {
    if (typeof input === 'object' && input !== null) {
      if (Object.hasOwn(input, 'registeredCard')) return RegisteredCardAnswer;
      if (Object.hasOwn(input, 'account')) return AccountAnswer;
    }
  } catch {
    // A proxy may throw at anything; the decoder says that it is no data.
  }
  return CardAnswer;
};

/** A card more is confirmed, or a command is signed by one that was. */
export interface CardConfirmed {
  readonly confirmation: Confirmation;
  /** The card that comes next; `undefined` when all are confirmed. */
  readonly next: CardStep | undefined;
  /**
   * The agency's certificate does not match and may be sent to review (GEPI-23): the screen asks for name and
   * telephone, and `RequestReview` takes this confirmation. Nothing else does.
   */
  readonly reviewNeeded: RegisterError | undefined;
  /** The command that the card signed; `undefined` where the card itself was confirmed. */
  readonly signed: SignedCommand | undefined;
}

// -------------------------------------------------------------------------------------
// confirm
// -------------------------------------------------------------------------------------

/** Takes a card's answer. A challenge that was answered is spent, whatever came of it. */
export const confirmCard = async (
  context: RegisterContext,
  input: unknown,
): Promise<E.Either<RegisterError, CardConfirmed>> => {
  const answer = decodeValue(answerCodecOf(input), input);
  if (E.isLeft(answer)) return E.left(invalidInput(answer.left));
  const open = whenOpen(context);
  if (E.isLeft(open)) return open;
  const now = context.now();
  const challenge = await consume(context, answer.right.nonce, now);
  if (E.isLeft(challenge)) return challenge;
  if (challenge.right.command !== null) {
    // A command is signed by a certificate or not at all.
    if (!('cms' in answer.right)) return E.left(registerError('MEANS_NOT_ALLOWED'));
    const cms = fromBase64(answer.right.cms);
    const signed = await signCommand(context, challenge.right, challenge.right.command, cms, now);
    return E.map(
      ({ confirmation, command }: Signed): CardConfirmed => ({
        confirmation,
        next: undefined,
        reviewNeeded: undefined,
        signed: command,
      }),
    )(signed);
  }
  const purpose = purposeOf(context.policy, challenge.right.purpose);
  const step = purpose?.steps[challenge.right.step];
  if (purpose === undefined || step === undefined) return E.left(registerError('PURPOSE_UNKNOWN'));

  const progress = await progressOf(context, challenge.right, now);
  if (E.isLeft(progress)) return progress;
  const { confirmation: before, record } = progress.right;
  const judged =
    'cms' in answer.right
      ? await judge(context, challenge.right, step, fromBase64(answer.right.cms), now)
      : await judgeMeans(context, challenge.right, step, answer.right, now);
  if (E.isLeft(judged)) return judged;
  const { card, proof } = judged.right;
  if (isTwice(purpose, before.cards, card)) return E.left(registerError('PERSON_TWICE'));
  const checked = await check(context, purpose, before, card, now);
  if (E.isLeft(checked)) return checked;
  const good = await earlierCardsStillGood(context, purpose, before, now);
  if (E.isLeft(good)) return good;
  // Only of cards that were accepted, and only where an event may name it: nothing is kept of passers-by.
  if (purpose.commands.length > 0) {
    const kept = await keepEvidence(context, card.person ?? `agency.${challenge.right.agencyCode}`, proof);
    if (E.isLeft(kept)) return kept;
    noteGood(context, card, now);
  }

  const cards = [...before.cards, card];
  const reviewNeeded = checked.right;
  const confirmation: Confirmation = {
    ...before,
    cards,
    complete: reviewNeeded === undefined && cards.length === purpose.steps.length,
    expiresAt: plusMinutes(now, context.policy.sessionMinutes),
  };
  const saved = await saveConfirmation(context, confirmation, record);
  if (E.isLeft(saved)) return saved;
  // Another answer to the same step was quicker: what its screen shows is what holds.
  if (!saved.right) return E.left(registerError('STEP_OUT_OF_ORDER'));
  const next = reviewNeeded === undefined ? purpose.steps[cards.length] : undefined;
  return E.right({ confirmation, next, reviewNeeded, signed: undefined });
};

// -------------------------------------------------------------------------------------
// parts
// -------------------------------------------------------------------------------------

const consume = async (
  context: RegisterContext,
  nonce: string,
  now: string,
): Promise<E.Either<RegisterError, Challenge>> => {
  const consumed = await context.challenges.consumeChallenge(nonce)();
  if (E.isLeft(consumed)) return E.left(fromStoreFault(consumed.left));
  switch (consumed.right._tag) {
    case 'Unknown':
      return E.left(registerError('CHALLENGE_UNKNOWN'));
    case 'Used':
      return E.left(registerError('CHALLENGE_USED'));
    case 'Fresh': {
      const challenge = readChallenge(consumed.right.text);
      // A store shared by several portals must not let one answer the challenge of another.
      if (challenge === undefined || challenge.portal !== context.policy.portal) {
        return E.left(registerError('CHALLENGE_UNKNOWN'));
      }
      return isOver(challenge.expiresAt, now, context.policy.challengeMinutes)
        ? E.left(registerError('CHALLENGE_EXPIRED'))
        : E.right(challenge);
    }
  }
};

/** `record` is `undefined` before the first card. */
type Progress = Omit<Standing<Confirmation>, 'record'> & {
  readonly record: Standing<Confirmation>['record'] | undefined;
};

/** The cards confirmed before this one; the step must be the one after them (GEPI-20). */
const progressOf = async (
  context: RegisterContext,
  challenge: Challenge,
  now: string,
): Promise<E.Either<RegisterError, Progress>> => {
  if (challenge.step === 0) {
    const confirmation = {
      id: challenge.confirmation,
      portal: challenge.portal,
      purpose: challenge.purpose,
      agencyCode: challenge.agencyCode,
      startedAt: now,
      expiresAt: now,
      complete: false,
      spentBy: null,
      cards: [],
    };
    return E.right({ confirmation, record: undefined });
  }
  const found = await findConfirmation(context, challenge.confirmation, now);
  if (E.isLeft(found)) return found;
  return found.right.confirmation.cards.length === challenge.step
    ? found
    : E.left(registerError('STEP_OUT_OF_ORDER'));
};

interface Judged {
  readonly card: ConfirmedCard;
  readonly proof: NewEvidence;
}

/** Verifies the answer, and tells whose card it is. */
const judge = async (
  context: RegisterContext,
  challenge: Challenge,
  step: CardStep,
  cms: Uint8Array,
  now: string,
): Promise<E.Either<RegisterError, Judged>> => {
  if (!meansOfStep(step).includes('certificate')) return E.left(registerError('MEANS_NOT_ALLOWED'));
  const text = challengeText(context, challenge, undefined);
  const verified = await verifyAnswer(context, step.role, text, cms, now);
  if (E.isLeft(verified)) return verified;
  const { facts, credential, proof } = verified.right;
  const who = await holderOf(context, challenge, step, facts, credential);
  if (E.isLeft(who)) return who;
  const { person, nationalId, identityProof } = who.right;
  if (step.role === 'clerk' && challenge.agencyCode !== null) {
    const shown = { facts, credential, identityProof };
    const named = await checkRecordedName(context, challenge.agencyCode, shown);
    if (E.isLeft(named)) return named;
  }

  const card = ConfirmedCard.decode({
    role: step.role,
    credential,
    organisation: step.role === 'agency' ? toOrganisation(facts) : null,
    person,
    identityProof,
    evidence: evidenceHash(context.sha256, proof.bundle),
    shown: {
      displayName: facts.displayName,
      nationalId,
      subjectSerialNumber: facts.subjectSerialNumber ?? null,
    },
  });
  return E.isLeft(card)
    ? E.left(registerError('SUBJECT_FACTS_INVALID', { ca: facts.ca }))
    : E.right({ card: card.right, proof });
};

interface Holder {
  readonly person: string | null;
  readonly nationalId: string | null;
  readonly identityProof: 'full' | 'last4' | null;
}

const nobody: Holder = { person: null, nationalId: null, identityProof: null };

/** Whose card it is: of a typed ID, of the clerk on record with this certificate, or nobody's (an agency's). */
const holderOf = async (
  context: RegisterContext,
  challenge: Challenge,
  step: CardStep,
  facts: GpkiFacts,
  credential: SeenCredential,
): Promise<E.Either<RegisterError, Holder>> => {
  if (challenge.nationalId !== null) {
    const nationalId = await openTransient(
      context.vault,
      challengeContext(challenge.nonce),
      challenge.nationalId,
    );
    if (E.isLeft(nationalId)) return nationalId;
    if (nationalId.right === undefined) return E.left(registerError('CHALLENGE_UNKNOWN'));
    return matched(context, facts, challenge.person, nationalId.right);
  }
  if (step.role !== 'clerk' || challenge.agencyCode === null) return E.right(nobody);
  const known = await clerkOnRecord(context, challenge.agencyCode, facts, credential);
  if (E.isLeft(known)) return known;
  return known.right === undefined
    ? E.right(nobody)
    : matched(context, facts, known.right.person, known.right.nationalId);
};

const matched = async (
  context: RegisterContext,
  facts: GpkiFacts,
  person: string | null,
  nationalId: string,
): Promise<E.Either<RegisterError, Holder>> =>
  E.map((identityProof: 'full' | 'last4'): Holder => ({ person, nationalId, identityProof }))(
    await matchIdentity(context.identity, facts, nationalId),
  );

/**
 * The clerk whom a card is likely to belong to: by certificate, else by name and last four characters, so that a
 * renewed card is told from a stranger's (GEPI-42). Whether the clerk may act is decided by the certificate alone.
 */
const clerkOnRecord = async (
  context: RegisterContext,
  agencyCode: string,
  facts: GpkiFacts,
  credential: SeenCredential,
): Promise<E.Either<RegisterError, { readonly person: string; readonly nationalId: string } | undefined>> => {
  const loaded = await context.agencies.load(agencyStream(context.policy.portal, agencyCode));
  if (E.isLeft(loaded)) return loaded;
  const { clerks } = loaded.right.state;
  const byCertificate = clerkWithCertificate(clerks, credential);
  for (const clerk of byCertificate === undefined ? activeClerks(clerks) : [byCertificate]) {
    const details = await openSealed(context.vault, ClerkDetails, clerk.details);
    if (E.isLeft(details)) return details;
    if (details.right === undefined) continue;
    const { name, nationalId } = details.right;
    const fits = name === normalPersonName(facts.displayName) && nationalId.slice(-4) === facts.last4;
    if (byCertificate !== undefined || fits) return E.right({ person: clerk.person, nationalId });
  }
  return E.right(undefined);
};

/**
 * Checks the card, and once more those before it, against the register. A mismatch of this one that can be reviewed is
 * an answer, not a refusal.
 */
const check = async (
  context: RegisterContext,
  purpose: PurposePolicy,
  before: Confirmation,
  card: ConfirmedCard,
  at: string,
): Promise<E.Either<RegisterError, RegisterError | undefined>> => {
  const facts = await agencyFacts(context, before.agencyCode);
  if (E.isLeft(facts)) return facts;
  const { entry, state } = facts.right;
  const common = { policy: context.policy, purpose, entry, at };
  const earlier = checkCards(state, { ...common, cards: before.cards });
  if (E.isLeft(earlier)) return earlier;
  const checked = checkCards(state, { ...common, cards: [...before.cards, card] });
  if (E.isRight(checked)) return E.right(undefined);
  return checked.left.code === 'ORGANISATION_MISMATCH' ? E.right(checked.left) : checked;
};

/** Asked anew, however lately they were asked; of a purpose that hands out nothing there is no evidence to ask with. */
const earlierCardsStillGood = (
  context: RegisterContext,
  purpose: PurposePolicy,
  { cards }: Confirmation,
  now: string,
): Promise<E.Either<RegisterError, void>> =>
  stillGood(context, purpose.commands.length > 0 ? cards : [], now, 0);
