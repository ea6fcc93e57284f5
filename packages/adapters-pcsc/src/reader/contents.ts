import type { CardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { CardContents, CardShown } from '../drivers/data.js';
import { nhiBasicData } from '../drivers/nhi-basic-data.js';

/** What a card showed, as values of the domain. */
export const contentsOf = ({ basicData, ...shown }: CardShown): E.Either<CardFault, CardContents> => {
  if (basicData === undefined) return E.right(shown);
  const holder = nhiBasicData(basicData);
  if (E.isLeft(holder)) return holder;
  return E.right({ ...shown, cardNumber: holder.right.cardNumber, holder: holder.right });
};
