/**
 * Handing out challenges: what a card must sign so that it counts, once, for one purpose (docs/architecture.md 4).
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { invalidInput, type RegisterError, registerError } from '../errors.js';
import { codeOfPortal } from '../policy/agency-code.js';
import { type CardStep, meansOfStep, type PurposePolicy, purposeOf } from '../policy/policy.js';
import { decodeValue, PersonalId, strict, UnitCode, Uuid } from '../values/index.js';
import { canonicalJson } from './canonical.js';
import type { CommandToSign } from './commands.js';
import { Challenge, confirmationHash } from './confirmation.js';
import { findConfirmation } from './confirmation-store.js';
import { agencyFacts, findAgency, type RegisterContext, whenOpen } from './context.js';
import { personPseudonym } from './identify.js';
import { ReasonCode } from './input.js';
import { parseJson } from './json.js';
import { type SignedCommand, textTypes } from './signed-command.js';
import { checkCards } from './step.js';
import { fromStoreFault } from './streams.js';
import { plusMinutes, sealTransient } from './transient.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What a caller sends to get a challenge. The first step of a purpose names purpose and agency; each further one names
 * the confirmation that the step before it answered with.
 */
export const ChallengeRequest = strict(
  { purpose: ReasonCode },
  {
    /** 機關代號 (GEPI-16: 五碼). */
    agencyCode: UnitCode,
    /** 身分證統一編號, where the step asks for it (GEPI-18, GEPI-53). */
    nationalId: PersonalId,
    confirmation: Uuid,
  },
);

/** What the card must sign, and until when. */
export interface IssuedChallenge {
  readonly nonce: string;
  readonly confirmation: string;
  readonly step: CardStep;
  /** UTF-8 text: canonical JSON (RFC 8785) of origin, portal, purpose, agency, person, step, confirmation (by hash), nonce and expiry. */
  readonly text: string;
  readonly expiresAt: string;
  /**
   * The command that is to be signed, as the register has read it: the text names SHA-256 of its canonical JSON, so a
   * page can show what is signed and compute it anew. `undefined` where a card is to be confirmed.
   */
  readonly command: CommandToSign | undefined;
}

/**
 * Whether the step asks for a typed ID: of the manager always, of a clerk where no agency tells who the clerk is. Other
 * means than certificates tell who the person is.
 */
const asksForId = (step: CardStep, agencyCode: string | null): boolean =>
  meansOfStep(step).includes('certificate') &&
  (step.role === 'manager' || (step.role === 'clerk' && agencyCode === null));

/** A purpose that only looks at a citizen's card needs no agency (GEPI-53). */
const asksForAgency = (purpose: PurposePolicy): boolean =>
  purpose.commands.length > 0 || purpose.steps.some(({ role }) => role === 'agency' || role === 'officer');

// -------------------------------------------------------------------------------------
// issue
// -------------------------------------------------------------------------------------

interface Progress {
  readonly confirmation: string;
  readonly agencyCode: string | null;
  readonly step: number;
}

const begin = async (
  context: RegisterContext,
  purpose: PurposePolicy,
  agencyCode: string | undefined,
): Promise<E.Either<RegisterError, Progress>> => {
  if (!asksForAgency(purpose)) {
    return E.right({ confirmation: context.ids.uuid(), agencyCode: null, step: 0 });
  }
  if (agencyCode === undefined) return E.left(invalidInput([{ path: 'agencyCode', code: 'REQUIRED' }]));
  const entry = await findAgency(context, agencyCode);
  if (E.isLeft(entry)) return entry;
  return E.right({ confirmation: context.ids.uuid(), agencyCode, step: 0 });
};

const proceed = async (
  context: RegisterContext,
  purpose: PurposePolicy,
  id: string,
  agencyCode: string | undefined,
  now: string,
): Promise<E.Either<RegisterError, Progress>> => {
  const found = await findConfirmation(context, id, now);
  if (E.isLeft(found)) return found;
  const { confirmation } = found.right;
  if (confirmation.purpose !== purpose.id) return E.left(registerError('CONFIRMATION_OTHER_PURPOSE'));
  if (agencyCode !== undefined && agencyCode !== confirmation.agencyCode) {
    return E.left(registerError('CONFIRMATION_OTHER_AGENCY'));
  }
  if (confirmation.complete) return E.left(registerError('STEP_OUT_OF_ORDER'));
  const facts = await agencyFacts(context, confirmation.agencyCode);
  if (E.isLeft(facts)) return facts;
  // Told before the next card is asked for, rather than after it has signed.
  const { cards } = confirmation;
  const checked = checkCards(facts.right.state, {
    policy: context.policy,
    purpose,
    cards,
    entry: facts.right.entry,
    at: now,
  });
  if (E.isLeft(checked)) return checked;
  return E.right({
    confirmation: confirmation.id,
    agencyCode: confirmation.agencyCode,
    step: confirmation.cards.length,
  });
};

/** Hands out a challenge for the next card of a purpose. */
export const issueChallenge = async (
  context: RegisterContext,
  input: unknown,
): Promise<E.Either<RegisterError, IssuedChallenge>> => {
  const request = decodeValue(ChallengeRequest, input);
  if (E.isLeft(request)) return E.left(invalidInput(request.left));
  const open = whenOpen(context);
  if (E.isLeft(open)) return open;
  const { agencyCode, nationalId, confirmation } = request.right;
  const ofPortal = agencyCode === undefined ? E.right(undefined) : codeOfPortal(context.policy, agencyCode);
  if (E.isLeft(ofPortal)) return ofPortal;
  const purpose = purposeOf(context.policy, request.right.purpose);
  if (purpose === undefined) return E.left(registerError('PURPOSE_UNKNOWN'));

  const now = context.now();
  const progress =
    confirmation === undefined
      ? await begin(context, purpose, agencyCode)
      : await proceed(context, purpose, confirmation, agencyCode, now);
  if (E.isLeft(progress)) return progress;
  const step = purpose.steps[progress.right.step];
  if (step === undefined) return E.left(registerError('STEP_OUT_OF_ORDER'));

  const nonce = context.ids.nonce();
  const typed = asksForId(step, progress.right.agencyCode)
    ? await holder(context, nonce, nationalId)
    : noHolder;
  if (E.isLeft(typed)) return typed;

  const expiresAt = plusMinutes(now, context.policy.challengeMinutes);
  const bound = {
    portal: context.policy.portal,
    purpose: purpose.id,
    agencyCode: progress.right.agencyCode,
    person: typed.right.person,
    step: progress.right.step,
    confirmation: progress.right.confirmation,
    nonce,
    expiresAt,
  };
  const { nationalId: sealed } = typed.right;
  const kept = { nationalId: sealed, command: null, issuedAt: now };
  return E.map(toConfirm)(await handOut(context, step, bound, kept, undefined));
};

/** What a challenge is bound to. */
type Bound = Omit<Challenge, 'person' | 'step' | 'nationalId' | 'command' | 'issuedAt'> & {
  readonly person: string | null;
  readonly step: number;
};

type HandedOut = Omit<IssuedChallenge, 'command'>;

const toConfirm = (challenge: HandedOut): IssuedChallenge => ({ ...challenge, command: undefined });

/** Keeps a challenge until it is answered, and says what is to be signed. */
export const handOut = async (
  context: RegisterContext,
  step: CardStep,
  bound: Bound,
  kept: Pick<Challenge, 'nationalId' | 'command' | 'issuedAt'>,
  command: SignedCommand | undefined,
): Promise<E.Either<RegisterError, HandedOut>> => {
  const text = challengeText(context, bound, command);
  const { nonce, confirmation, expiresAt } = bound;
  const record = { key: nonce, text: JSON.stringify({ ...bound, ...kept }), expiresAt };
  const added = await context.challenges.addChallenge(record, kept.issuedAt)();
  if (E.isLeft(added)) return E.left(fromStoreFault(added.left));
  return E.right({ nonce, confirmation, step, text, expiresAt });
};

/**
 * What the card signs. Made anew when it is answered: so the signature speaks of each of these fields, and a challenge
 * that was changed where it is kept is signed by nobody. The text is kept as evidence, where a confirmation's id must
 * not stand.
 */
export const challengeText = (
  { sha256, policy }: RegisterContext,
  bound: Bound,
  command: SignedCommand | undefined,
): string => {
  const { portal, purpose, agencyCode, person, step, nonce, expiresAt } = bound;
  const confirmation = confirmationHash(sha256, bound.confirmation);
  const { origin } = policy;
  return canonicalJson({
    ...{ portal, purpose, agencyCode, person, step, confirmation, nonce, expiresAt, origin },
    ...(command === undefined ? { type: textTypes.card } : { type: textTypes.command, command }),
  });
};

interface Holder {
  readonly person: string | null;
  readonly nationalId: string | null;
}

const noHolder: E.Either<RegisterError, Holder> = E.right({ person: null, nationalId: null });

/** Associated data of the ID that is kept with a challenge. */
export const challengeContext = (nonce: string): string => `challenge/${nonce}`;

const holder = async (
  context: RegisterContext,
  nonce: string,
  nationalId: string | undefined,
): Promise<E.Either<RegisterError, Holder>> => {
  if (nationalId === undefined) return E.left(invalidInput([{ path: 'nationalId', code: 'REQUIRED' }]));
  const person = await personPseudonym(context.vault, nationalId);
  if (E.isLeft(person)) return person;
  const sealed = await sealTransient(context.vault, challengeContext(nonce), nationalId);
  return E.isLeft(sealed) ? sealed : E.right({ person: person.right, nationalId: sealed.right });
};

/** Reads a challenge back from its store. */
export const readChallenge = (text: string): Challenge | undefined => {
  const decoded = Challenge.decode(parseJson(text));
  return E.isRight(decoded) ? decoded.right : undefined;
};
