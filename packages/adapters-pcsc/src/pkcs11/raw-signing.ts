/** A bare signature by the card, for protocols that ask for one. */
import { createVerify, X509Certificate } from 'node:crypto';
import { couldBeSignedAttributes } from '@mandate/certificates';
import type { CardFault, Pin, RawSignature, SigningOptions } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

import type { OpenModule } from './host.js';
import type { Pkcs11Options } from './options.js';
import { cardFault } from './return-values.js';
import { openSigner, signedBy } from './signer.js';

const holds = (certificate: Uint8Array, content: Uint8Array, signature: Uint8Array): boolean => {
  try {
    const { publicKey } = new X509Certificate(certificate);
    return createVerify('sha256').update(content).verify(publicKey, signature);
  } catch {
    return false;
  }
};

/** A bare signature: what would pass for an answer to a challenge is refused, and what does not hold is not handed out. */
export const signRawOn = async (
  module: OpenModule,
  content: Uint8Array,
  pin: Pin,
  options: Pkcs11Options,
  signing: SigningOptions,
): Promise<E.Either<CardFault, RawSignature>> => {
  if (content.length === 0 || couldBeSignedAttributes(content))
    return E.left(cardFault('SIGNING_UNSUPPORTED', 'content is empty, or could be signed attributes'));
  const signer = await openSigner(module, options, signing);
  if (E.isLeft(signer)) return signer;
  const { certificate, cardNumber } = signer.right;
  const signature = await signedBy(module, signer.right, pin, options, signing)(content)();
  if (E.isLeft(signature)) return signature;
  return holds(certificate.der, content, signature.right)
    ? E.right({ certificate: certificate.der, cardNumber, signature: signature.right })
    : E.left(cardFault('CARD_FAULT', 'not made by the key of the certificate'));
};
