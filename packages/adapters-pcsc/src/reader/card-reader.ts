/**
 * The port `CardReader` of `@mandate/domain` on any `CardTransport`.
 *
 * @packageDocumentation
 */
import { couldBeSignedAttributes } from '@mandate/certificates';
import {
  type CardFault,
  type CardReader,
  cardFault,
  type Pin,
  type RawSignature,
  type SigningOptions,
  singleUsePin,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { faultOfTransport } from '../apdu/exchange.js';
import { equalOctets } from '../apdu/octets.js';
import type { CardContents, CardKeys } from '../drivers/data.js';
import type { Outcome } from '../drivers/driver.js';
import { paddedDigest } from '../drivers/rsa.js';
import type { CardTransport, ReaderEvent, ReaderState } from '../transport/transport.js';
import type { CardInHand, ToProve, Wanted } from './card-in-hand.js';
import { contentsOf } from './contents.js';
import { type Draft, draftOf } from './draft.js';
import { type TriesHere, triesOf } from './known-tries.js';
import { maySign } from './may-sign.js';
import { ownContent } from './own-content.js';
import { ownCrypto } from './own-crypto.js';
import { pinOctets } from './pin-octets.js';
import { withCard } from './session.js';
import {
  faultOfBuilding,
  knownCertificates,
  type LastCard,
  type ReadyCard,
  readyCard,
  type Signer,
  signedByCard,
} from './sign.js';
import { mayBeWritten, writtenByCard } from './write.js';

export interface CardReaderOptions {
  /** As PC/SC names it. Default: the first that has a card, at the moment of each request. */
  readonly reader?: string;
  /** Keys that cards want and that are not in this package. */
  readonly keys?: CardKeys;
  /**
   * Milliseconds after which a card that is still being asked is given up, with `TIMEOUT`. Default 120,000: a slow card is read
   * in a tenth of that, and each command has a deadline of the transport's besides.
   */
  readonly patience?: number;
}

/** A `CardReader` that also tells of readers and of what kind a card is. */
export interface PcscCardReader extends CardReader {
  readonly signRaw: NonNullable<CardReader['signRaw']>;
  readonly mayWrite: NonNullable<CardReader['mayWrite']>;
  readonly write: NonNullable<CardReader['write']>;
  /** As `read`, with kind and model of the card; of an NHI card its basic data. */
  readonly inspect: () => TaskEither<CardFault, CardContents>;
  readonly readers: () => TaskEither<CardFault, ReadonlyArray<ReaderState>>;
  /** Every change of readers and cards from now on, the present state first. */
  readonly watch: (
    listener: (event: ReaderEvent) => void,
  ) => TaskEither<CardFault, { readonly close: () => Promise<void> }>;
}

const isSame = (one: Signer, other: Signer): boolean =>
  one.cardNumber === other.cardNumber && equalOctets(one.certificate.der, other.certificate.der);

const anotherCard = cardFault('CARD_REMOVED', { detail: 'another card than the one that was seen' });

const lastCard = (card: ReadyCard, digest: Uint8Array): LastCard => ({
  ...signerOf(card),
  form: card.form,
  digest,
});

/** Nothing of a session that is over is kept. */
const signerOf = ({ certificate, cardNumber, key }: Signer): Signer => ({ certificate, cardNumber, key });

const attributesOf = ({ signingTime, nonce, withCardNumber }: SigningOptions, { cardNumber }: Signer) => ({
  ...(signingTime === undefined ? {} : { signingTime }),
  ...(nonce === undefined ? {} : { nonce }),
  ...(withCardNumber === true && cardNumber !== undefined ? { cardNumber } : {}),
});

const holds = ({ certificate }: ReadyCard, content: Uint8Array, signature: Uint8Array): boolean => {
  try {
    return ownCrypto.holds(certificate.publicKeyInfo, content, signature);
  } catch {
    return false;
  }
};

/**
 * Reads and signs with the card in a reader.
 *
 * `read` and `inspect` ask for no PIN. `sign` and `signRaw` make at most one VERIFY, check what the card signed with its
 * certificate's key, and hand out nothing else. Every session ends with a RESET. Requests at the same time on one reader are
 * answered `CARD_BUSY` but one. What a card said of its tries is known to all readers on one transport.
 *
 * Errors: those of `CardFault`. A card that said that one try is left is asked again only with `allowLastTry`, a locked one
 * too.
 */
export const cardReader = (
  transport: CardTransport,
  { reader, keys = {}, patience = 120_000 }: CardReaderOptions = {},
): PcscCardReader => {
  const tries = triesOf(transport);
  let last: LastCard | undefined;
  const patiently = (): Wanted => ({ patience });
  const shown = <A>(use: (card: CardInHand) => E.Either<CardFault, A>) =>
    withCard(
      transport,
      reader,
      async (card) => use(card),
      () => ({ patience, isAll: true }),
    );
  const inspect = () => shown((card) => contentsOf(card.shown));
  /** `early`: what the card that signed the last time is to prove, worked out while it is asked whether it is that one. */
  const onReadyCard = async <A>(
    { signer }: SigningOptions,
    use: (card: ReadyCard, tries: TriesHere) => Outcome<A>,
    early: (last: LastCard, tries: TriesHere) => Promise<ToProve | undefined> = async () => undefined,
  ): Outcome<A> => {
    let isAnother = false;
    const onCard = async (card: CardInHand, tries: TriesHere): Outcome<A> => {
      ({ isAnother } = card);
      if (isAnother) return E.left(anotherCard);
      const ready = await readyCard(card, keys, last);
      if (E.isLeft(ready)) return ready;
      last = lastCard(ready.right, card.digest);
      return signer === undefined || equalOctets(signer, ready.right.certificate.der)
        ? use(ready.right, tries)
        : E.left(anotherCard);
    };
    const before = last;
    const guessing = (tries: TriesHere): Wanted => {
      if (before === undefined) return { patience };
      const toProve = () => early(before, tries);
      return { patience, guess: { key: before.key, keys, ifShown: before.digest, toProve } };
    };
    const done = await withCard(transport, reader, onCard, guessing)();
    // Nothing was asked of it: now that is done with the card in hand.
    return isAnother ? withCard(transport, reader, onCard, patiently)() : done;
  };

  const sign = (content: Uint8Array, pin: Pin, options: SigningOptions = {}) => {
    const own = ownContent(content);
    const allowLastTry = options.allowLastTry === true;
    const draftFor = (signer: Signer): Signer & Draft => ({
      ...signerOf(signer),
      ...draftOf(
        {
          content: own,
          certificate: signer.certificate.der,
          attributes: attributesOf(options, signer),
          detached: options.detached === true,
          cache: knownCertificates,
          crypto: ownCrypto,
        },
        signer.key,
      ),
    });
    return async () => {
      let begun: (Signer & Draft) | undefined;
      let left = pin;
      const signOn = async (card: ReadyCard, tries: TriesHere): Outcome<Uint8Array> => {
        const draft = begun !== undefined && isSame(begun, card) ? begun : draftFor(card);
        const built = await draft.finish((block) => signedByCard(card, block, left, tries, allowLastTry));
        if (E.isRight(built)) return built;
        return E.left(built.left._tag === 'CardFault' ? built.left : faultOfBuilding(built.left));
      };
      const early = async (before: LastCard, tries: TriesHere): Promise<ToProve | undefined> => {
        begun = draftFor(before);
        const { der, fingerprint } = before.certificate;
        if (options.signer !== undefined && !equalOctets(options.signer, der)) return undefined;
        if (tries.refusal(fingerprint, allowLastTry) !== undefined) return undefined;
        const block = await begun.block;
        const digits = block === undefined ? undefined : pin.consume();
        if (block === undefined || digits === undefined) return undefined;
        // Where it turns out to be another card, that one is asked with it.
        left = singleUsePin(digits);
        const octets = pinOctets(singleUsePin(digits), before.form);
        return E.isLeft(octets) ? undefined : { pin: octets.right, block };
      };
      // What fails comes again in the card's turn, and is told.
      return onReadyCard(options, signOn, (before, tries) => early(before, tries).catch(() => undefined));
    };
  };

  const signRaw: PcscCardReader['signRaw'] = (content, pin, options = {}) => {
    const own = ownContent(content);
    const signOn = async (card: ReadyCard, tries: TriesHere): Outcome<RawSignature> => {
      if (own.length === 0 || couldBeSignedAttributes(own)) {
        return E.left(cardFault('SIGNING_UNSUPPORTED', { detail: 'not content for a bare signature' }));
      }
      const block = paddedDigest(own, card.key.modulus.length);
      const signed = await signedByCard(card, block, pin, tries, options.allowLastTry === true);
      if (E.isLeft(signed)) return signed;
      return holds(card, own, signed.right)
        ? E.right({
            certificate: card.certificate.der.slice(),
            cardNumber: card.cardNumber,
            signature: signed.right,
          })
        : E.left(cardFault('CARD_FAULT', { detail: 'the signature does not hold' }));
    };
    return () => onReadyCard(options, signOn);
  };

  const mayWrite: PcscCardReader['mayWrite'] = () =>
    withCard(transport, reader, async (card) => mayBeWritten(card, keys), patiently);

  const write: PcscCardReader['write'] = (what, pin, options = {}) => {
    const allowLastTry = options.allowLastTry === true;
    return withCard(
      transport,
      reader,
      (card, tries) => writtenByCard(card, { what, pin, keys, tries, allowLastTry }),
      patiently,
    );
  };

  return {
    read: () =>
      shown((card) =>
        E.map(({ cardNumber, certificates }: CardContents) => ({
          cardNumber,
          certificates,
          ...(maySign(card, keys) ? {} : { signs: false as const }),
        }))(contentsOf(card.shown)),
      ),
    inspect,
    sign,
    signRaw,
    mayWrite,
    write,
    readers: () => async () => {
      const listed = await transport.list()();
      if (E.isLeft(listed)) return E.left(faultOfTransport(listed.left));
      tries.listed(listed.right);
      return listed;
    },
    watch: (listener) => async () => {
      const watched = await transport.watch((event) => {
        if (event.type === 'card-removed' || event.type === 'reader-removed')
          tries.inReader(event.reader).isEmpty();
        // What is done to the readers meanwhile is told by nobody.
        if (event.type === 'service-lost') tries.listed([]);
        listener(event);
      })();
      return E.isLeft(watched) ? E.left(faultOfTransport(watched.left)) : watched;
    },
  };
};
