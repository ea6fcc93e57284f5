/**
 * What no answer can be made of, found before anybody is asked for a PIN.
 *
 * @packageDocumentation
 */
import { buildSignedData } from '@mandate/certificates';
import type { Clock } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { retCodes } from '../hipki/codes.js';
import type { SignPackage } from '../hipki/package.js';
import type { SeenCard } from './cards.js';

const asked = 'asked' as const;

const build = (wanted: SignPackage, card: SeenCard | undefined, clock: Clock) => {
  const { content, nonce, withSigningTime, withCardSN } = wanted;
  const cardNumber = card?.view.cardNumber;
  return buildSignedData<typeof asked>({
    content,
    certificate: card?.signing?.der ?? new Uint8Array(0),
    attributes: {
      ...(nonce === undefined ? {} : { nonce }),
      ...(withSigningTime ? { signingTime: new Date(clock.now()) } : {}),
      ...(withCardSN && cardNumber !== undefined ? { cardNumber } : {}),
    },
    // Whoever is asked has nothing more to say against it.
    sign: () => TE.left(asked),
  })();
};

/**
 * The `ret_code` of an answer that cannot be made with this card; `undefined` where its signature alone is missing. Without a
 * card: of one that cannot be made with any.
 */
export const rehearsal = async (
  wanted: SignPackage,
  card: SeenCard | undefined,
  clock: Clock,
): Promise<number | undefined> => {
  // A bare signature is as large as its key.
  if (wanted.signatureType === 'PKCS1') return undefined;
  const built = await build(wanted, card, clock);
  if (E.isRight(built) || built.left === asked) return undefined;
  if (built.left.code === 'SIGNED_DATA_TOO_LARGE') return retCodes.tooBig;
  return card === undefined ? undefined : retCodes.unsupported;
};
