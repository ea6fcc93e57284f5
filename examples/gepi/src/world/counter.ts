/**
 * What a person does at the counter of a portal: show cards in order, then ask for something.
 *
 * @packageDocumentation
 */
import {
  type CardConfirmed,
  type Executed,
  type Register,
  type RegisterError,
  singleUsePin,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { PinnedCard } from './drawer.js';

export type Answer<A> = Promise<E.Either<RegisterError, A>>;

/** A card with what is typed beside it. */
export interface Shown {
  readonly card: PinnedCard;
  readonly pin: string;
  /** 身分證統一編號, for a citizen's card. */
  readonly nationalId?: string;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Answers one challenge with a card. The PIN is right: a wrong one ends at the card and never gets here. */
export const showCard = async (
  register: Register,
  request: {
    readonly purpose: string;
    readonly agencyCode?: string;
    readonly confirmation?: string;
  },
  shown: Shown,
): Answer<CardConfirmed> => {
  const { nationalId } = shown;
  const challenge = await register.issueChallenge(
    nationalId === undefined ? request : { ...request, nationalId },
  )();
  if (E.isLeft(challenge)) return challenge;
  const signed = await shown.card.sign(
    new TextEncoder().encode(challenge.right.text),
    singleUsePin(shown.pin),
  )();
  if (E.isLeft(signed)) throw new Error(`the story's card refused its PIN: ${signed.left.code}`);
  return register.confirmCard({ nonce: challenge.right.nonce, cms: base64(signed.right) })();
};

/** Shows the cards of a purpose one after the other, up to the first that is not accepted. */
export const showCards = async (
  register: Register,
  purpose: string,
  agencyCode: string | undefined,
  cards: ReadonlyArray<Shown>,
): Answer<CardConfirmed> => {
  let last: CardConfirmed | undefined;
  for (const shown of cards) {
    const request = {
      purpose,
      ...(agencyCode === undefined ? {} : { agencyCode }),
      ...(last === undefined ? {} : { confirmation: last.confirmation.id }),
    };
    const confirmed = await showCard(register, request, shown);
    if (E.isLeft(confirmed)) return confirmed;
    last = confirmed.right;
    if (last.reviewNeeded !== undefined) break;
  }
  if (last === undefined) throw new Error('no card was shown');
  return E.right(last);
};

/** The terms as the screen hands them out, in the form that a command brings back. */
export const agreeToTerms = async (
  register: Register,
): Answer<{ readonly hash: string; readonly presentedAt: string; readonly receipt: string }> => {
  const shown = await register.presentTerms()();
  if (E.isLeft(shown)) return shown;
  const { terms, presentedAt, receipt } = shown.right;
  return E.right({ hash: terms.hash, presentedAt, receipt });
};

/** Executes a command under a confirmation. */
export const ask = (
  register: Register,
  confirmed: CardConfirmed,
  command: Readonly<Record<string, unknown>> & { readonly type: string; readonly commandId: string },
): Answer<Executed> =>
  register.execute({
    agencyCode: confirmed.confirmation.agencyCode,
    confirmation: confirmed.confirmation.id,
    ...command,
  })();
