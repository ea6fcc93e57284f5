/** The card that signs and its certificate, chosen before the PIN is touched; then its signature, by the PIN. */
import type { CardFault, Pin, SigningOptions } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';

import { openCard } from './card.js';
import { chooseSigning } from './choose.js';
import type { OpenModule } from './host.js';
import { loginRefusal } from './login.js';
import type { StoredCertificate } from './objects.js';
import type { Pkcs11Options } from './options.js';
import { pinFits, pinLengthFor } from './pin-length.js';
import { removedMeanwhile } from './removal.js';
import { cardFault } from './return-values.js';
import type { Pkcs11Token } from './token.js';

export interface Signer {
  readonly token: Pkcs11Token;
  readonly cardNumber: string | undefined;
  readonly certificate: StoredCertificate;
}

/** The card and its signing certificate, if the flags let it be asked. */
export const openSigner = async (
  module: OpenModule,
  options: Pkcs11Options,
  { allowLastTry, signer }: SigningOptions,
): Promise<E.Either<CardFault, Signer>> => {
  const card = await openCard(module, options);
  if (E.isLeft(card)) return card;
  const { token, cardNumber, certificates } = card.right;
  const certificate = chooseSigning(certificates, options.certificateId);
  if (E.isLeft(certificate)) return certificate;
  if (signer !== undefined && Buffer.compare(signer, certificate.right.der) !== 0)
    return E.left(cardFault('CARD_REMOVED', 'another card than the one that was seen'));
  const refusal = token.loginRequired ? loginRefusal(token.pinState, allowLastTry === true) : undefined;
  return refusal === undefined
    ? E.right({ token, cardNumber, certificate: certificate.right })
    : E.left(refusal);
};

/** The PIN, taken from its holder at the last moment and looked at before any card is. */
const takePin = (
  pin: Pin,
  token: Pkcs11Token,
  { pinLength }: Pkcs11Options,
): E.Either<CardFault, string | undefined> => {
  if (!token.loginRequired) return E.right(undefined);
  const digits = pin.consume();
  if (digits === undefined) return E.left(cardFault('PIN_FORMAT', 'the PIN was used before; not asked'));
  const { min, max } = pinLengthFor(token, pinLength);
  return pinFits(digits, { min, max })
    ? E.right(digits)
    : E.left(cardFault('PIN_FORMAT', `the card takes ${min} to ${max} characters; not asked`));
};

/** RSASSA-PKCS1-v1_5 with SHA-256 over these octets. */
export const signedBy =
  (
    module: OpenModule,
    { token, certificate }: Signer,
    pin: Pin,
    options: Pkcs11Options,
    signing: SigningOptions,
  ) =>
  (data: Uint8Array): TaskEither<CardFault, Uint8Array> =>
  async () => {
    const digits = takePin(pin, token, options);
    if (E.isLeft(digits)) return digits;
    if (digits.right !== undefined) module.shownTo?.(token.slotDescription);
    const signature = await module.ask('sign', {
      slot: token.slot,
      serial: token.serial,
      certificate,
      data,
      ...(digits.right === undefined ? {} : { pin: digits.right }),
      allowLastTry: signing.allowLastTry === true,
    });
    return E.isLeft(signature) ? E.left(await removedMeanwhile(module, token, signature.left)) : signature;
  };
