/** The CMS answer that a card signs. */
import { buildSignedData, type CertificateError, type SignedDataAttributes } from '@mandate/certificates';
import type { CardFault, Pin, SigningOptions } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

import type { OpenModule } from './host.js';
import type { Pkcs11Options } from './options.js';
import { cardFault } from './return-values.js';
import { openSigner, signedBy } from './signer.js';

const attributesOf = (
  cardNumber: string | undefined,
  { signingTime, nonce, withCardNumber }: SigningOptions,
): SignedDataAttributes => ({
  ...(signingTime === undefined ? {} : { signingTime }),
  ...(nonce === undefined ? {} : { nonce }),
  ...(withCardNumber === true && cardNumber !== undefined ? { cardNumber } : {}),
});

/** A signature that is none is the card's fault; a certificate that may not sign is what it is. */
const faultOf = (error: CertificateError | CardFault): CardFault => {
  if (error._tag === 'CardFault') return error;
  const unsuitable = error.code.startsWith('KEY_') || error.code.startsWith('CERTIFICATE_');
  return cardFault(unsuitable ? 'SIGNING_UNSUPPORTED' : 'CARD_FAULT', `${error.code}: ${error.detail}`);
};

/**
 * Everything that can be refused is refused before the PIN is touched; the signature is verified with the certificate's
 * key before it is handed out.
 */
export const signOn = async (
  module: OpenModule,
  content: Uint8Array,
  pin: Pin,
  options: Pkcs11Options,
  signing: SigningOptions,
): Promise<E.Either<CardFault, Uint8Array>> => {
  const signer = await openSigner(module, options, signing);
  if (E.isLeft(signer)) return signer;
  const answer = await buildSignedData({
    content,
    certificate: signer.right.certificate.der,
    attributes: attributesOf(signer.right.cardNumber, signing),
    detached: signing.detached === true,
    sign: signedBy(module, signer.right, pin, options, signing),
  })();
  return E.isLeft(answer) ? E.left(faultOf(answer.left)) : answer;
};
