/** The card that was asked for, with what it shows. */
import { type CardFault, CardNumber } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';

import { chooseToken, holderCertificates, type ReadCertificate } from './choose.js';
import type { OpenModule } from './host.js';
import type { Pkcs11Options } from './options.js';
import { removedMeanwhile } from './removal.js';
import type { Pkcs11Token } from './token.js';

export interface OpenCard {
  readonly token: Pkcs11Token;
  readonly cardNumber: string | undefined;
  readonly certificates: ReadonlyArray<ReadCertificate>;
}

/** The serial number of a token is the card number on cards of the GPKI; other tokens have other numbers. */
const cardNumberOf = ({ serial }: Pkcs11Token): string | undefined =>
  CardNumber.is(serial) ? serial : undefined;

export const openCard = async (
  module: OpenModule,
  options: Pkcs11Options,
): Promise<E.Either<CardFault, OpenCard>> => {
  const list = await module.ask('tokens', undefined);
  if (E.isLeft(list)) return list;
  const token = chooseToken(list.right, options.token ?? {});
  if (E.isLeft(token)) return token;
  const stored = await module.ask('certificates', token.right.slot);
  if (E.isLeft(stored)) return E.left(await removedMeanwhile(module, token.right, stored.left));
  return E.right({
    token: token.right,
    cardNumber: cardNumberOf(token.right),
    certificates: await holderCertificates(stored.right),
  });
};
