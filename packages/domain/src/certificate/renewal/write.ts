/**
 * The new certificate on its way to the card (MOICA-14): announced before the card is told, confirmed by what is read back.
 *
 * @packageDocumentation
 */
import { decodeCertificate } from '@mandate/certificates';
import * as E from 'fp-ts/lib/Either.js';
import { registerError } from '../../errors.js';
import { fromBase64, toBase64 } from '../../register/bytes.js';
import { derivedId } from '../../register/codec.js';
import { fromCertificateError } from '../../register/identify.js';
import { type Answer, carryOut, renewalOfId, seen } from './carry-out.js';
import type { RenewalContext } from './context.js';
import { beginWrite, readBack } from './decide.js';
import type { Renewal } from './state.js';
import { openHolder, openIssued, type RenewalView } from './view.js';

interface CardNow {
  readonly card: string;
  readonly renewal: string;
  readonly commandId: string;
  /** What the card shows; left out for nothing. */
  readonly certificate?: string;
}

/** No fingerprint: of what is no certificate. */
const unreadable = '';

/**
 * The fingerprint of what a card shows. A certificate of another key is another card's, and says nothing of this one.
 *
 * Errors: `RENEWAL_OTHER_CARD`.
 */
const shownBy = async (
  context: RenewalContext,
  renewal: Renewal,
  shown: string | undefined,
): Answer<string | null> => {
  if (shown === undefined) return E.right(null);
  const read = await decodeCertificate(fromBase64(shown))();
  if (E.isLeft(read)) return E.right(unreadable);
  const holder = await openHolder(context.vault, renewal);
  if (E.isLeft(holder)) return holder;
  const own = await decodeCertificate(fromBase64(holder.right.certificate))();
  if (E.isLeft(own)) return E.left(fromCertificateError(own.left));
  return toBase64(read.right.publicKeyInfo.der) === toBase64(own.right.publicKeyInfo.der)
    ? E.right(read.right.fingerprint)
    : E.left(registerError('RENEWAL_OTHER_CARD'));
};

/** What the card shows now, taken down. */
export const confirmWrite = async (context: RenewalContext, input: CardNow): Answer<RenewalView> => {
  const { card, commandId, renewal: id, certificate } = input;
  const renewal = await renewalOfId(context, input);
  if (E.isLeft(renewal)) return renewal;
  const fingerprint = await shownBy(context, renewal.right, certificate);
  if (E.isLeft(fingerprint)) return fingerprint;
  const read = await carryOut(context, {
    commandId,
    card,
    command: { type: 'ConfirmWrite', ...input },
    decide: (state) => readBack(state, id, fingerprint.right),
  });
  return E.isLeft(read) ? read : seen(context, card, read.right);
};

export interface ToWrite {
  readonly renewal: RenewalView;
  /** DER in base64; `null` where there is nothing to write: the card has it. */
  readonly certificate: string | null;
  /** DER of the one whose place it takes, base64. */
  readonly replaces: string;
}

/**
 * Before the card is told to write. The card shows what it holds first: one that has the new certificate already is
 * confirmed and not written again, and another card is not written at all.
 */
export const announceWrite = async (context: RenewalContext, input: CardNow): Answer<ToWrite> => {
  const { card, commandId, renewal: id } = input;
  const now = await confirmWrite(context, { ...input, commandId: derivedId(commandId, 'read') });
  if (E.isLeft(now)) return now;
  const found = await renewalOfId(context, input);
  if (E.isLeft(found)) return found;
  const holder = await openHolder(context.vault, found.right);
  if (E.isLeft(holder)) return holder;
  const { certificate: replaces } = holder.right;
  if (now.right.step === 'completed') return E.right({ renewal: now.right, certificate: null, replaces });
  const begun = await carryOut(context, {
    // One whose answer was lost was found out above by what the card shows: this is another write.
    commandId: derivedId(commandId, `write ${now.right.writes}`),
    card,
    command: { type: 'BeginWrite', ...input },
    decide: (state) => beginWrite(state, id),
  });
  if (E.isLeft(begun)) return begun;
  const issued = await openIssued(context.vault, begun.right);
  if (E.isLeft(issued)) return issued;
  const view = await seen(context, card, begun.right);
  if (E.isLeft(view)) return view;
  return E.right({ renewal: view.right, certificate: issued.right.certificate, replaces });
};
