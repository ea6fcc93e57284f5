/**
 * From a package to a signature: what is refused at once, which card is meant, and the signature itself.
 *
 * @packageDocumentation
 */
import { couldBeSignedAttributes } from '@mandate/certificates';
import type { CardFault, CardReader, Clock, Pin, RawSignature } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { answerOf } from '../hipki/answer.js';
import { retCodes } from '../hipki/codes.js';
import { type Bag, toBase64 } from '../hipki/json.js';
import type { SignPackage } from '../hipki/package.js';
import { cardKindOf } from './card-kind.js';
import { isFault, readable, type SeenCard, type SeenSlot } from './cards.js';
import { faultCodes, readingCodes } from './fault-codes.js';
import { protocolVersion } from './info.js';
import { isAmbiguous, namedOrigin } from './shown.js';

/** An answer without a signature. */
export const refusal = (retCode: number, lastError = 0): Bag =>
  answerOf('sign', retCode, { lastError, version: protocolVersion });

/** Of a PIN it is also told whose card it is, where the card that was shown it is given: the page says who unlocks it. */
export const refusalOf = (fault: CardFault, card?: SeenCard): Bag => {
  const { retCode, lastError } = faultCodes(fault);
  const cardKind = card !== undefined && retCode === retCodes.loginFailed ? cardKindOf(card) : undefined;
  return { ...refusal(retCode, lastError), ...(cardKind === undefined ? {} : { cardKind }) };
};

/** The card of a slot, where it has one that can be read. */
export const cardOf = ({ card }: SeenSlot): SeenCard | undefined => readable(card);

// -------------------------------------------------------------------------------------
// what is refused without a look at the cards
// -------------------------------------------------------------------------------------

/** Bare, it could be the signed attributes of an answer to another challenge. */
const couldBeAttributes = ({ signatureType, content }: SignPackage): boolean =>
  signatureType === 'PKCS1' && couldBeSignedAttributes(content);

/** The `ret_code` of a package that is signed by no card; `undefined` where one may sign. */
export const packageRefusal = (wanted: SignPackage, origin: string): number | undefined => {
  // SHA-1 is signed no more, whoever asks.
  if (wanted.hashAlgorithm !== 'SHA256' || couldBeAttributes(wanted)) return retCodes.unsupported;
  // No key was ever named to the page, so it cannot name one; signing with another would be worse than a no.
  if (wanted.keyidb64 !== undefined) return retCodes.namedKeyMissing;
  if (isAmbiguous(wanted.content)) return retCodes.parameter;
  const named = namedOrigin(wanted.content);
  return named === undefined || named === origin ? undefined : retCodes.forbiddenDomain;
};

// -------------------------------------------------------------------------------------
// which card
// -------------------------------------------------------------------------------------

const validityRefusal = ({ card }: { readonly card?: SeenSlot['card'] }, now: number): number | undefined => {
  const signing = readable(card)?.signing;
  if (signing === undefined) return undefined;
  if (now < signing.notBefore) return retCodes.notYetValid;
  return now > signing.notAfter ? retCodes.expired : undefined;
};

/** Why cards cannot be read; first what may pass. */
const hindrances = (slots: ReadonlyArray<SeenSlot>): ReadonlyArray<CardFault> => {
  const faults = slots.flatMap(({ card }) => (card !== undefined && isFault(card) ? [card] : []));
  const those = (code: CardFault['code']) => faults.filter((fault) => fault.code === code);
  return [...new Set([...those('CARD_BUSY'), ...those('TIMEOUT'), ...faults])];
};

/** The card that is meant may be the one that is held by another program, or that is late. */
const passing = (slots: ReadonlyArray<SeenSlot>): number | undefined => {
  const [first] = hindrances(slots);
  return first?.code === 'CARD_BUSY' || first?.code === 'TIMEOUT' ? readingCodes(first).retCode : undefined;
};

const absence = (slots: ReadonlyArray<SeenSlot>): number => {
  if (slots.length === 0) return retCodes.noReader;
  const [first] = hindrances(slots);
  if (slots.some((slot) => cardOf(slot) !== undefined)) return passing(slots) ?? retCodes.noCertificate;
  return first === undefined ? retCodes.noCard : readingCodes(first).retCode;
};

const offers = ({ reader }: SeenSlot, wanted: SignPackage): boolean =>
  wanted.signatureType === 'PKCS7' || reader.signRaw !== undefined;

/** For the log of a page and for whoever set the agent up. */
const notSetUp =
  '此卡片在此未設定簽章方式：T7S 卡片需要傳輸金鑰（--pin-transport-key），其他卡片需要發卡廠商的 PKCS#11 模組（--pkcs11）。' +
  ' This card does not sign here as it is set up: a T7S card needs its transport key (--pin-transport-key), ' +
  'others the PKCS#11 module of their vendor (--pkcs11).';

/** The slots whose cards can sign this, or the answer that there is none. */
export const choicesOf = (
  seen: ReadonlyArray<SeenSlot>,
  wanted: SignPackage,
  clock: Clock,
): E.Either<Bag, ReadonlyArray<SeenSlot>> => {
  const { slotDescription, cardid } = wanted;
  const named = seen.filter(
    (slot) => slotDescription === undefined || slot.slotDescription === slotDescription,
  );
  // Other readers are there: to connect one is not what helps.
  if (named.length === 0 && seen.length > 0) return E.left(refusal(retCodes.readerInformation));
  const signing = named.filter((slot) => cardOf(slot)?.signing !== undefined);
  if (signing.length === 0) return E.left(refusal(absence(named)));
  const meant = signing.filter((slot) => cardid === undefined || cardOf(slot)?.view.cardNumber === cardid);
  if (meant.length === 0) return E.left(refusal(passing(named) ?? retCodes.otherCardNumber));
  const setUp = meant.filter((slot) => cardOf(slot)?.view.signs !== false);
  if (setUp.length === 0) return E.left({ ...refusal(retCodes.unsupported), message: notSetUp });
  const able = setUp.filter((slot) => offers(slot, wanted));
  if (able.length === 0) return E.left(refusal(retCodes.unsupported));
  if (!wanted.checkValidity) return E.right(able);
  const now = clock.now();
  const valid = able.filter((slot) => validityRefusal(slot, now) === undefined);
  const [first] = able;
  return valid.length > 0 || first === undefined
    ? E.right(valid)
    : E.left(refusal(validityRefusal(first, now) ?? retCodes.expired));
};

// -------------------------------------------------------------------------------------
// the signature
// -------------------------------------------------------------------------------------

export interface SignTerms {
  readonly reader: CardReader;
  readonly card: SeenCard;
  readonly wanted: SignPackage;
  readonly pin: Pin;
  readonly allowLastTry: boolean;
  readonly clock: Clock;
}

const bare = TE.map(({ signature }: RawSignature) => signature);

const signatureOf = ({ reader, card, wanted, pin, allowLastTry, clock }: SignTerms) => {
  const asked = { allowLastTry, ...(card.signing === undefined ? {} : { signer: card.signing.der }) };
  const { content, signatureType, nonce, withSigningTime, withCardSN } = wanted;
  if (signatureType === 'PKCS1') {
    return reader.signRaw === undefined ? undefined : bare(reader.signRaw(content, pin, asked));
  }
  return reader.sign(content, pin, {
    ...asked,
    withCardNumber: withCardSN,
    ...(nonce === undefined ? {} : { nonce }),
    ...(withSigningTime ? { signingTime: new Date(clock.now()) } : {}),
  });
};

/** Lets the card sign, once. */
export const signWith = async (terms: SignTerms): Promise<E.Either<CardFault, Bag>> => {
  const task = signatureOf(terms);
  if (task === undefined) return E.right(refusal(retCodes.unsupported));
  const signature = await task();
  if (E.isLeft(signature)) return signature;
  const { view, signing } = terms.card;
  return E.right(
    answerOf('sign', retCodes.ok, {
      cardSN: view.cardNumber ?? '',
      certb64: signing === undefined ? '' : toBase64(signing.der),
      signature: toBase64(signature.right),
      version: protocolVersion,
    }),
  );
};
