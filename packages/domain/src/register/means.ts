/**
 * Steps that no certificate proves: a registered card with its password, or an account (NHI-4, NHI-6, ECPA-2, DOC-3).
 *
 * The password goes from the caller to the service that knows it, and is written down nowhere.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { meansOf } from '../credential/credential.js';
import { type RegisterError, registerError } from '../errors.js';
import type { CardStep } from '../policy/policy.js';
import type { DependencyFault } from '../ports/faults.js';
import { HealthCardNumber, PersonalId, strict } from '../values/index.js';
import { challengeText } from './challenge.js';
import type { Challenge, ConfirmedCard } from './confirmation.js';
import { findAgency, type RegisterContext } from './context.js';
import { evidenceHash } from './evidence.js';
import { type NewEvidence, toStatement } from './evidence-bundle.js';
import { personPseudonym } from './identify.js';
import { Secret, ShortText } from './input.js';

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A health card in the reader, read without a PIN, and the password that its holder typed. */
export const RegisteredCardAnswer = strict({
  nonce: ShortText,
  registeredCard: strict({ nationalId: PersonalId, cardNumber: HealthCardNumber, password: Secret }),
});

/** An account of the portal, and its password or what single sign-on answered. */
export const AccountAnswer = strict({
  nonce: ShortText,
  account: strict({ name: ShortText, secret: Secret }),
});

export type MeansAnswer = (typeof RegisteredCardAnswer)['_A'] | (typeof AccountAnswer)['_A'];

type Result<A> = Promise<E.Either<RegisterError, A>>;

const unavailable = (fault?: DependencyFault): E.Either<RegisterError, never> =>
  E.left(registerError('MEANS_UNAVAILABLE', { detail: fault?.detail }));

// -------------------------------------------------------------------------------------
// answers
// -------------------------------------------------------------------------------------

/** Who it is, as the service says. */
interface Known {
  readonly nationalId: string;
  readonly name: string;
  readonly account?: string;
}

const askCards = async (
  { registeredCards }: RegisterContext,
  { nonce, registeredCard }: (typeof RegisteredCardAnswer)['_A'],
): Result<Known> => {
  if (registeredCards === undefined) return unavailable();
  const answer = await registeredCards.prove({ ...registeredCard, nonce })();
  if (E.isLeft(answer)) return unavailable(answer.left);
  switch (answer.right._tag) {
    case 'Proved':
      return E.right({ nationalId: registeredCard.nationalId, name: answer.right.name });
    case 'NotRegistered':
      return E.left(registerError('REGISTERED_CARD_UNKNOWN'));
    case 'Locked':
      return E.left(registerError('MEANS_LOCKED'));
    case 'Refused':
      return E.left(registerError('MEANS_REFUSED'));
  }
};

const askAccounts = async (
  { accounts }: RegisterContext,
  { nonce, account }: (typeof AccountAnswer)['_A'],
  { agencyCode }: Challenge,
  role: string | null,
): Result<Known> => {
  if (accounts === undefined) return unavailable();
  const { name, secret } = account;
  const answer = await accounts.prove({ account: name, secret, agencyCode, nonce })();
  if (E.isLeft(answer)) return unavailable(answer.left);
  const holder = answer.right;
  if (holder === undefined) return E.left(registerError('MEANS_REFUSED'));
  return role === null || holder.roles.includes(role)
    ? E.right({ nationalId: holder.nationalId, name: holder.name, account: holder.account })
    : E.left(registerError('ACCOUNT_ROLE_MISSING'));
};

/** Asks the service whose means they are; where they stand for the agency, whether that person may. */
export const judgeMeans = async (
  context: RegisterContext,
  challenge: Challenge,
  step: CardStep,
  answer: MeansAnswer,
  now: string,
): Result<{ readonly card: ConfirmedCard; readonly proof: NewEvidence }> => {
  const kind = 'account' in answer ? 'account' : 'registeredCard';
  if (!('means' in step) || !step.means.includes(kind)) return E.left(registerError('MEANS_NOT_ALLOWED'));
  const known =
    'account' in answer
      ? await askAccounts(context, answer, challenge, step.accountRole)
      : await askCards(context, answer);
  if (E.isLeft(known)) return known;
  const { nationalId, name, account } = known.right;
  if (step.role === 'agency') {
    const responsible = await standsForAgency(context, challenge.agencyCode, nationalId);
    if (E.isLeft(responsible)) return responsible;
  }
  const person = await personPseudonym(context.vault, nationalId);
  if (E.isLeft(person)) return person;
  const proof = toStatement(kind, challengeText(context, challenge, undefined), now);
  const card = {
    role: step.role,
    credential: meansOf(kind, person.right),
    organisation: null,
    person: person.right,
    identityProof: 'full',
    evidence: evidenceHash(context.sha256, proof.bundle),
    shown: {
      displayName: name,
      nationalId,
      subjectSerialNumber: null,
      ...(account === undefined ? {} : { account }),
    },
  } as ConfirmedCard;
  return E.right({ card, proof });
};

/** An agency's own card cannot be a person's, but for the one whom the portal's records call responsible (NHI-4). */
const standsForAgency = async (
  context: RegisterContext,
  agencyCode: string | null,
  nationalId: string,
): Result<void> => {
  const entry = agencyCode === null ? E.right(undefined) : await findAgency(context, agencyCode);
  if (E.isLeft(entry)) return entry;
  return entry.right?.responsible === nationalId
    ? E.right(undefined)
    : E.left(registerError('NOT_THE_RESPONSIBLE'));
};

// -------------------------------------------------------------------------------------
// look-ups
// -------------------------------------------------------------------------------------

/** Whether a person has such means, and under which name (NHI-7, ECPA-6, ECPA-7). */
export const findMeans = async (
  { registeredCards, accounts }: RegisterContext,
  kind: 'registeredCard' | 'account',
  nationalId: string,
): Result<{ readonly name: string; readonly account?: string }> => {
  const port = kind === 'account' ? accounts : registeredCards;
  if (port === undefined) return unavailable();
  const found = await port.find(nationalId)();
  if (E.isLeft(found)) return unavailable(found.left);
  return found.right === undefined
    ? E.left(registerError(kind === 'account' ? 'ACCOUNT_UNKNOWN' : 'REGISTERED_CARD_UNKNOWN'))
    : E.right(found.right);
};
