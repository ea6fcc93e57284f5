/** An answer that is built while the card is still being asked, for the certificate that it will probably show. */
import { buildSignedData, type CertificateError, type SignedDataRequest } from '@mandate/certificates';
import type { CardFault } from '@mandate/domain';
import type { Either } from 'fp-ts/lib/Either.js';
import type { SigningKey } from '../drivers/data.js';
import type { Outcome } from '../drivers/driver.js';
import { paddedDigest } from '../drivers/rsa.js';

/** Given the padded digest, as long as the key. */
type Sign = (block: Uint8Array) => Outcome<Uint8Array>;

export interface Draft {
  /** What the card is to sign, as long as its key; `undefined` where there is nothing to sign. Never fails. */
  readonly block: Promise<Uint8Array | undefined>;
  /** Has it signed, and checked. A draft that is not finished is forgotten. */
  readonly finish: (sign: Sign) => Promise<Either<CertificateError | CardFault, Uint8Array>>;
}

/** Begins at once, as far as that goes without a signature. */
export const draftOf = (
  request: Omit<SignedDataRequest<CardFault>, 'sign'>,
  { modulus }: SigningKey,
): Draft => {
  let tell: (sign: Sign) => void = () => undefined;
  const told = new Promise<Sign>((resolve) => {
    tell = resolve;
  });
  let show: (block?: Uint8Array) => void = () => undefined;
  const shown = new Promise<Uint8Array | undefined>((resolve) => {
    show = resolve;
  });
  const answer = buildSignedData<CardFault>({
    ...request,
    sign: (signed) => {
      const block = paddedDigest(signed, modulus.length);
      show(block);
      return async () => (await told)(block);
    },
  })();
  const isOver = () => show();
  answer.then(isOver, isOver);
  return {
    block: shown,
    finish: (sign) => {
      tell(sign);
      return answer;
    },
  };
};
