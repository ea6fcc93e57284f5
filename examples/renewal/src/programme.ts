/**
 * 內政部自然人憑證展期程式 as a program: a card in a reader on one side, the renewals on the other. The PIN goes to the card.
 *
 * @packageDocumentation
 */
import { randomUUID } from 'node:crypto';
import { cardCertificates } from '@mandate/certificates';
import {
  type CardFault,
  type CardReader,
  cardFault,
  certificateNow,
  type Pin,
  type RegisterError,
  type RenewalOffer,
  type Renewals,
  type RenewalView,
  type Submitted,
} from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

/** Why a step was not done: the card's no, or that of the rules. Both have texts for people. */
export type Refusal = CardFault | RegisterError;
export type Step<A> = Promise<E.Either<Refusal, A>>;

/** What the holder types. */
export interface Holder {
  readonly nationalId: string;
  /** As typed: 「民國79年2月3日」. */
  readonly birthDate: string;
}

/** What the card shows, as it is sent. */
export interface Shown {
  readonly certificate: string;
  readonly cardNumber: string;
}

export interface Programme {
  /** 步驟一: the card, and the renewal of it that waits to be gone on with. A card that cannot be written is refused here. */
  readonly readCard: () => Step<{ readonly shown: Shown; readonly underWay: RenewalView | null }>;
  /** 步驟二 */
  readonly offer: (shown: Shown, holder: Holder) => Step<RenewalOffer>;
  /** 申請展期 */
  readonly apply: (shown: Shown, holder: Holder) => Step<RenewalView>;
  readonly agree: (renewal: RenewalView) => Step<RenewalView>;
  readonly disagree: (renewal: RenewalView) => Step<RenewalView>;
  /** 展期作業需用戶簽章 */
  readonly sign: (renewal: RenewalView, pin: Pin) => Step<RenewalView>;
  readonly send: (renewal: RenewalView) => Step<Submitted>;
  /** 展期新憑證寫入IC卡, and what the card was read to hold then. */
  readonly write: (renewal: RenewalView, pin: Pin) => Step<RenewalView>;
  /** 讀取確認, after a write of which nobody knows what came. */
  readonly check: (renewal: RenewalView) => Step<RenewalView>;
}

const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64');
const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

const unwritable = cardFault('WRITE_UNSUPPORTED', { detail: 'this reader writes no cards' });
const unsigning = cardFault('SIGNING_UNSUPPORTED', { detail: 'this reader makes no bare signatures' });

export const programme = (reader: CardReader, renewals: Renewals): Programme => {
  const asked = ({ card, id }: RenewalView) => ({ card, renewal: id, commandId: randomUUID() });

  const readCard: Programme['readCard'] = async () => {
    const may = await (reader.mayWrite?.() ?? (async () => E.left(unwritable)))();
    if (E.isLeft(may)) return may;
    const view = await reader.read()();
    if (E.isLeft(view)) return view;
    const { signing } = await cardCertificates(view.right.certificates)();
    const { cardNumber } = view.right;
    if (signing === undefined || cardNumber === undefined) {
      return E.left(cardFault('CARD_UNKNOWN', { detail: 'no certificate, or no number' }));
    }
    const shown = { certificate: base64(signing.der), cardNumber };
    const underWay = await renewals.resume(shown)();
    return E.isLeft(underWay) ? underWay : E.right({ shown, underWay: underWay.right });
  };

  /** What the card holds now is taken down. */
  const check: Programme['check'] = async (renewal) => {
    const view = await reader.read()();
    if (E.isLeft(view)) return view;
    const now = await certificateNow(view.right.certificates, renewal.previous);
    return renewals.confirmWrite({ ...asked(renewal), certificate: now === null ? null : base64(now) })();
  };

  return {
    readCard,
    offer: (shown, holder) => renewals.offer({ ...shown, ...holder })(),
    apply: (shown, holder) => renewals.start({ ...shown, ...holder, commandId: randomUUID() })(),
    agree: (renewal) => {
      const { hash, presentedAt } = renewals.presentTerms();
      return renewals.acceptTerms({ ...asked(renewal), hash, presentedAt })();
    },
    disagree: (renewal) => renewals.cancel({ ...asked(renewal), reason: 'termsRefused' })(),
    sign: async (renewal, pin) => {
      const { card, id } = renewal;
      const wanted = await renewals.toSign({ card, renewal: id })();
      if (E.isLeft(wanted)) return wanted;
      if (reader.signRaw === undefined) return E.left(unsigning);
      const signer = octets(wanted.right.certificate);
      const signed = await reader.signRaw(octets(wanted.right.info), pin, { signer })();
      if (E.isLeft(signed)) return signed;
      const { signature, certificate } = signed.right;
      return renewals.sign({
        ...asked(renewal),
        signature: base64(signature),
        certificate: base64(certificate),
      })();
    },
    send: (renewal) => renewals.submit(asked(renewal))(),
    write: async (renewal, pin) => {
      if (reader.write === undefined) return E.left(unwritable);
      const view = await reader.read()();
      if (E.isLeft(view)) return view;
      const now = await certificateNow(view.right.certificates, renewal.previous);
      const certificate = now === null ? null : base64(now);
      const announced = await renewals.announceWrite({ ...asked(renewal), certificate })();
      if (E.isLeft(announced)) return announced;
      const { certificate: toWrite, replaces, renewal: begun } = announced.right;
      if (toWrite === null) return E.right(begun);
      const what = { certificate: octets(toWrite), replaces: octets(replaces) };
      const written = await reader.write(what, pin)();
      // Whatever came of it: what the card holds is what counts, where it can still be read.
      const checked = await check(begun);
      return E.isLeft(written) ? written : checked;
    },
    check,
  };
};
