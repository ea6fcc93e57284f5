/**
 * From the terms to the CA's answer (MOICA-11…13).
 *
 * @packageDocumentation
 */
import {
  certificationRequest,
  decodeCertificate,
  gpkiFacts,
  renewalRequestInfo,
} from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { type RegisterError, registerError } from '../../errors.js';
import type { RenewalAnswer } from '../../ports/certificate-authority.js';
import { fromBase64, toBase64 } from '../../register/bytes.js';
import { derivedId } from '../../register/codec.js';
import { fromCertificateError, toCredential } from '../../register/identify.js';
import type { ReadCard } from './card.js';
import { type Answer, carryOut, renewalOfId, seen } from './carry-out.js';
import type { RenewalContext } from './context.js';
import { signRenewalRequest, submitRenewalRequest, takeIssued, takeRefusal } from './decide.js';
import { readIssued } from './issued.js';
import type { Renewal } from './state.js';
import { openHolder, openRequest, type RenewalView } from './view.js';

interface Which {
  readonly card: string;
  readonly renewal: string;
}

interface Asked extends Which {
  readonly commandId: string;
}

/** The certificate that is extended, as it was read when the renewal began. */
const previousOf = async (
  context: RenewalContext,
  renewal: Renewal,
): Answer<ReadCard & { readonly cardNumber: string }> => {
  const holder = await openHolder(context.vault, renewal);
  if (E.isLeft(holder)) return holder;
  const { certificate: base64, cardNumber } = holder.right;
  const certificate = await decodeCertificate(fromBase64(base64), context.trust.cache)();
  if (E.isLeft(certificate)) return E.left(fromCertificateError(certificate.left));
  const facts = gpkiFacts(certificate.right, context.trust);
  return E.isLeft(facts)
    ? E.left(fromCertificateError(facts.left))
    : E.right({ certificate: certificate.right, facts: facts.right, cardNumber });
};

/** Octets in base64, and whose key shall sign them. */
export interface ToSign {
  readonly info: string;
  /** DER of the certificate of that key, base64. */
  readonly certificate: string;
}

/** 展期作業需用戶簽章: what the card signs (RFC 2986 4.1, RFC 7030 4.2.2). */
export const toSign = async (context: RenewalContext, which: Which): Answer<ToSign> => {
  const renewal = await renewalOfId(context, which);
  if (E.isLeft(renewal)) return renewal;
  if (renewal.right.step !== 'agreed') return E.left(registerError('RENEWAL_OUT_OF_STEP'));
  const previous = await previousOf(context, renewal.right);
  if (E.isLeft(previous)) return previous;
  const { certificate } = previous.right;
  return E.right({ info: toBase64(renewalRequestInfo(certificate)), certificate: toBase64(certificate.der) });
};

/** What the card made of it. */
export const sign = async (
  context: RenewalContext,
  input: Asked & { readonly signature: string; readonly certificate: string },
): Answer<RenewalView> => {
  const { card, commandId, renewal: id } = input;
  const renewal = await renewalOfId(context, input);
  if (E.isLeft(renewal)) return renewal;
  const previous = await previousOf(context, renewal.right);
  if (E.isLeft(previous)) return previous;
  const { certificate } = previous.right;
  if (toBase64(certificate.der) !== input.certificate) return E.left(registerError('RENEWAL_OTHER_CARD'));
  const info = renewalRequestInfo(certificate);
  const request = await certificationRequest(info, fromBase64(input.signature))();
  if (E.isLeft(request)) return E.left(fromCertificateError(request.left));
  const signed = await carryOut(context, {
    commandId,
    card,
    command: { type: 'SignRenewalRequest', ...input },
    decide: (state) => signRenewalRequest(state, id, toBase64(request.right)),
  });
  return E.isLeft(signed) ? signed : seen(context, card, signed.right);
};

export interface Submitted {
  readonly renewal: RenewalView;
  /** The CA has not decided: ask again, not earlier than after so many seconds. `null` where it has. */
  readonly retryAfterSeconds: number | null;
}

const settled = (
  view: E.Either<RegisterError, RenewalView>,
  retryAfterSeconds: number | null = null,
): E.Either<RegisterError, Submitted> =>
  E.map((renewal: RenewalView): Submitted => ({ renewal, retryAfterSeconds }))(view);

const settle = async (
  context: RenewalContext,
  { card, commandId, renewal: id }: Asked,
  previous: ReadCard & { readonly cardNumber: string },
  renewal: Renewal,
  answer: RenewalAnswer,
): Answer<Submitted> => {
  const done = async (after: E.Either<RegisterError, Renewal>): Answer<Submitted> =>
    E.isLeft(after) ? after : settled(await seen(context, card, after.right));
  if (answer._tag === 'Pending') {
    return settled(await seen(context, card, renewal), answer.retryAfterSeconds);
  }
  if (answer._tag === 'Refused') {
    return done(
      await carryOut(context, {
        commandId: derivedId(commandId, 'refused'),
        card,
        command: { type: 'TakeRefusal', card, renewal: id },
        decide: (state) => takeRefusal(state, id),
      }),
    );
  }
  const now = new Date(context.clock.now());
  const asked = { before: previous, until: renewal.until };
  const facts = await readIssued(answer.certificate, asked, context.trust, now);
  if (E.isLeft(facts)) return facts;
  const next = await toCredential(context.vault, facts.right, 'read', previous.cardNumber);
  if (E.isLeft(next)) return next;
  const certificate = toBase64(answer.certificate);
  return done(
    await carryOut(context, {
      commandId: derivedId(commandId, 'issued'),
      card,
      command: { type: 'TakeIssued', card, renewal: id },
      decide: (state) => takeIssued(state, id, next.right, certificate),
    }),
  );
};

/**
 * The request goes to the CA, for the first time or again. That it does is recorded before it does; what comes is recorded when
 * it has come, and is what was asked for.
 */
export const submit = async (context: RenewalContext, input: Asked): Answer<Submitted> => {
  const { card, commandId, renewal: id } = input;
  const submitted = await carryOut(context, {
    commandId,
    card,
    command: { type: 'SubmitRenewalRequest', ...input },
    decide: (state) => submitRenewalRequest(state, id),
  });
  if (E.isLeft(submitted)) return submitted;
  // A retry of a command that was answered.
  if (submitted.right.step !== 'submitted') return settled(await seen(context, card, submitted.right));
  const { vault, authority, pack } = context;
  const previous = await previousOf(context, submitted.right);
  if (E.isLeft(previous)) return previous;
  const request = await openRequest(vault, submitted.right);
  if (E.isLeft(request)) return request;
  const answer = await authority.renew({
    request: fromBase64(request.right.request),
    current: previous.right.certificate.der.slice(),
  })();
  if (E.isLeft(answer)) {
    return E.left(registerError('CA_UNAVAILABLE', { ca: pack.ca, detail: answer.left.detail }));
  }
  return settle(context, input, previous.right, submitted.right, answer.right);
};
