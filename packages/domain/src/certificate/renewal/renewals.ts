/**
 * The renewals of certificates, as a program or a portal's pages hold them.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { RegisterError } from '../../errors.js';
import type { KeyVault } from '../../ports/key-vault.js';
import { personPseudonym } from '../../register/identify.js';
import { offer, resume, start } from './begin.js';
import { type Answer, carryOut, decoded, renewalOfId, seen } from './carry-out.js';
import { type RenewalContext, type RenewalSettings, renewalContext } from './context.js';
import { acceptRenewalTerms, cancelRenewal, type Decision, referRenewal } from './decide.js';
import {
  AskedInput,
  CancelInput,
  CardNowInput,
  HolderInput,
  ShownInput,
  SignatureInput,
  StartInput,
  TermsInput,
  WhichInput,
} from './inputs.js';
import type { RenewalPack } from './pack.js';
import { type Submitted, sign, submit, type ToSign, toSign } from './request.js';
import type { RenewalState } from './state.js';
import { openHolder, type RenewalOffer, type RenewalView } from './view.js';
import { announceWrite, confirmWrite, type ToWrite } from './write.js';

type Asking<A> = (input: unknown) => TaskEither<RegisterError, A>;

/** The terms of a renewal, with the hash that must come back. */
export interface RenewalTerms {
  readonly version: number;
  readonly hash: string;
  readonly title: RenewalPack['terms']['title'];
  readonly text: string;
  readonly english: string;
  /** ISO, UTC. */
  readonly presentedAt: string;
}

/**
 * Each takes what was sent as it came, decodes it strictly and answers a value: nothing throws. A PIN is in none of them: it goes
 * from the keyboard to the card.
 */
export interface Renewals {
  readonly pack: RenewalPack;
  /** 步驟一 `{certificate, cardNumber}`: the renewal of this card that is under way, or `null`. Refuses cards of another kind. */
  readonly resume: Asking<RenewalView | null>;
  /** 步驟二 `{certificate, cardNumber, nationalId, birthDate}`: what a renewal would give; nothing is recorded. */
  readonly offer: Asking<RenewalOffer>;
  /** 申請展期, the same with `commandId`. */
  readonly start: Asking<RenewalView>;
  readonly presentTerms: () => RenewalTerms;
  /** 同意 `{card, renewal, commandId, hash, presentedAt}`. */
  readonly acceptTerms: Asking<RenewalView>;
  /** `{card, renewal}`: what PIN #1 is for. */
  readonly toSign: Asking<ToSign>;
  /** `{card, renewal, commandId, signature, certificate}`, both in base64. */
  readonly sign: Asking<RenewalView>;
  /** `{card, renewal, commandId}`: asks the CA, and again after `CA_UNAVAILABLE` or when it asked to wait. Minutes may pass. */
  readonly submit: Asking<Submitted>;
  /** `{card, renewal, commandId, certificate}`: the write that PIN #2 is for begins; `certificate` is what the card shows. */
  readonly announceWrite: Asking<ToWrite>;
  /** The same, with what the card shows after a write, or whenever that is not known. */
  readonly confirmWrite: Asking<RenewalView>;
  /** `{card, renewal, commandId, reason}`: `cancelled` or `termsRefused`, as long as the CA was not asked. */
  readonly cancel: Asking<RenewalView>;
  /** `{card, renewal, commandId}`: to a counter, once the CA was asked. */
  readonly refer: Asking<RenewalView>;
  /** `{card, renewal}` */
  readonly find: Asking<RenewalView>;
  /**
   * `{card, renewal}`: the holder's pseudonym in another vault, so that a portal with a secret of its own can be asked what it has
   * on record. The ID number itself stays here.
   */
  readonly personIn: (vault: Pick<KeyVault, 'pseudonym'>) => Asking<string>;
}

type Asked = Readonly<Record<'card' | 'renewal' | 'commandId', string>>;

const step =
  <I extends Asked>(
    context: RenewalContext,
    type: string,
    decide: (state: RenewalState, input: I) => Decision,
  ) =>
  async (input: I): Answer<RenewalView> => {
    const { card, commandId } = input;
    const done = await carryOut(context, {
      commandId,
      card,
      command: { type, ...input },
      decide: (state) => decide(state, input),
    });
    return E.isLeft(done) ? done : seen(context, card, done.right);
  };

/** Makes it. */
export const createRenewals = (settings: RenewalSettings): Renewals => {
  const context = renewalContext(settings);
  const { pack, sha256 } = settings;
  const { version, title, text, english } = pack.terms;
  const terms = { version, hash: sha256(text) };
  return {
    pack,
    resume: decoded(ShownInput, (input) => resume(context, input)),
    offer: decoded(HolderInput, (input) => offer(context, input)),
    start: decoded(StartInput, (input) => start(context, input)),
    presentTerms: () => ({ ...terms, title, text, english, presentedAt: context.now() }),
    acceptTerms: decoded(
      TermsInput,
      step(context, 'AcceptRenewalTerms', (state, { renewal, ...shown }) =>
        acceptRenewalTerms(state, renewal, terms, shown, context.now()),
      ),
    ),
    toSign: decoded(WhichInput, (input) => toSign(context, input)),
    sign: decoded(SignatureInput, (input) => sign(context, input)),
    submit: decoded(AskedInput, (input) => submit(context, input)),
    announceWrite: decoded(CardNowInput, (input) => announceWrite(context, input)),
    confirmWrite: decoded(CardNowInput, (input) => confirmWrite(context, input)),
    cancel: decoded(
      CancelInput,
      step(context, 'CancelRenewal', (state, { renewal, reason }) => cancelRenewal(state, renewal, reason)),
    ),
    refer: decoded(
      AskedInput,
      step(context, 'ReferRenewal', (state, { renewal }) => referRenewal(state, renewal)),
    ),
    find: decoded(WhichInput, async (input) => {
      const renewal = await renewalOfId(context, input);
      return E.isLeft(renewal) ? renewal : seen(context, input.card, renewal.right);
    }),
    personIn: (vault) =>
      decoded(WhichInput, async (input) => {
        const renewal = await renewalOfId(context, input);
        if (E.isLeft(renewal)) return renewal;
        const holder = await openHolder(context.vault, renewal.right);
        return E.isLeft(holder) ? holder : personPseudonym(vault, holder.right.nationalId);
      }),
  };
};
