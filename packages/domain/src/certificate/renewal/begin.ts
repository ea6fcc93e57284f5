/**
 * Steps one and two: the card is read, the holder says who they are, and is told what a renewal would give (MOICA-3…8).
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { MatchedIdentity, SeenCredential } from '../../credential/credential.js';
import { registerError } from '../../errors.js';
import { toBase64 } from '../../register/bytes.js';
import { derivedId } from '../../register/codec.js';
import { matchIdentity, personPseudonym, toCredential } from '../../register/identify.js';
import { fromVaultFault } from '../../register/vault-faults.js';
import { mayRenew } from '../../renewal/renew.js';
import type { RocDate } from '../../values/index.js';
import { fromEpochMs, taipeiDate } from '../../values/index.js';
import { cardName, type ReadCard, readCard } from './card.js';
import { type Answer, carryOut, seen, stateOf } from './carry-out.js';
import type { RenewalContext } from './context.js';
import { startRenewal } from './decide.js';
import { isUnderWay } from './state.js';
import { offerOf, type RenewalOffer, type RenewalView } from './view.js';

interface Shown {
  readonly certificate: string;
  readonly cardNumber: string;
}

interface Holder extends Shown {
  readonly nationalId: string;
  readonly birthDate: RocDate;
}

interface Known extends ReadCard {
  /** Pseudonym of the card. */
  readonly card: string;
  readonly previous: SeenCredential;
}

const known = async (context: RenewalContext, { certificate, cardNumber }: Shown): Answer<Known> => {
  const { vault, clock } = context;
  const read = await readCard(certificate, new Date(clock.now()), context);
  if (E.isLeft(read)) return read;
  const card = await vault.pseudonym('card', cardName(cardNumber, read.right.certificate))();
  if (E.isLeft(card)) return E.left(fromVaultFault(card.left));
  const previous = await toCredential(vault, read.right.facts, 'read', cardNumber);
  if (E.isLeft(previous)) return previous;
  return E.right({ ...read.right, card: card.right, previous: previous.right });
};

/** 步驟一: whether a renewal of this card waits to be gone on with; `null` where none does. */
export const resume = async (context: RenewalContext, shown: Shown): Answer<RenewalView | null> => {
  const read = await known(context, shown);
  if (E.isLeft(read)) return read;
  const { card } = read.right;
  const state = await stateOf(context, card);
  if (E.isLeft(state)) return state;
  const { last } = state.right;
  return last !== null && isUnderWay(last) ? seen(context, card, last) : E.right(null);
};

/** Of somebody who lived when the certificate began, within a human life; 民國前 is long ago, and was somebody's (MOICA-4). */
const canBeBorn = (birthDate: RocDate, { notBefore }: ReadCard['certificate']): boolean => {
  const begun = taipeiDate(fromEpochMs(notBefore));
  return birthDate < begun && Number(begun.slice(0, 4)) - Number(birthDate.slice(0, 4)) <= 130;
};

interface Matched extends Known {
  readonly person: string;
  readonly identityProof: MatchedIdentity;
}

const matched = async (context: RenewalContext, holder: Holder): Answer<Matched> => {
  const read = await known(context, holder);
  if (E.isLeft(read)) return read;
  const { certificate, facts } = read.right;
  if (!canBeBorn(holder.birthDate, certificate)) return E.left(registerError('BIRTH_DATE_IMPOSSIBLE'));
  const identityProof = await matchIdentity(context.identity, facts, holder.nationalId);
  if (E.isLeft(identityProof)) return identityProof;
  const person = await personPseudonym(context.vault, holder.nationalId);
  if (E.isLeft(person)) return person;
  return E.right({ ...read.right, person: person.right, identityProof: identityProof.right });
};

/** 步驟二: what a renewal would give. Nothing is recorded. */
export const offer = async (context: RenewalContext, holder: Holder): Answer<RenewalOffer> => {
  const match = await matched(context, holder);
  if (E.isLeft(match)) return match;
  const { card, facts, previous } = match.right;
  const state = await stateOf(context, card);
  if (E.isLeft(state)) return state;
  const now = fromEpochMs(context.clock.now());
  const window = mayRenew(previous, now, { renewals: state.right.completed, rules: context.rules });
  if (E.isLeft(window)) return window;
  const { opens, closes, extended } = window.right;
  return E.right(
    offerOf(
      { previous, opens, closes, until: extended.to },
      { name: facts.displayName, cardNumber: holder.cardNumber },
    ),
  );
};

/** 申請展期. */
export const start = async (
  context: RenewalContext,
  { commandId, ...holder }: Holder & { readonly commandId: string },
): Answer<RenewalView> => {
  const match = await matched(context, holder);
  if (E.isLeft(match)) return match;
  const { card, certificate, facts, person, previous, identityProof } = match.right;
  const { nationalId, birthDate, cardNumber } = holder;
  const renewal = await carryOut(context, {
    commandId,
    card,
    command: { type: 'StartRenewal', ...holder },
    decide: (state) =>
      startRenewal(state, {
        id: derivedId(commandId, 'renewal'),
        person,
        previous,
        identityProof,
        holder: {
          nationalId,
          birthDate,
          name: facts.displayName,
          cardNumber,
          certificate: toBase64(certificate.der),
        },
        at: fromEpochMs(context.clock.now()),
        rules: context.rules,
      }),
  });
  return E.isLeft(renewal) ? renewal : seen(context, card, renewal.right);
};
