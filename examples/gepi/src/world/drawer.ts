/**
 * A drawer of test cards and a reader to put them in: what a person at the counter has, without hardware.
 *
 * @packageDocumentation
 */
import type { TestCard, TestPki } from '@mandate/certificates/test-pki';
import type { CardFault, CardReader, CardView, Pin } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Agency, Person } from './cast.js';

/** A test card with its PIN and the tries that are left. */
export interface PinnedCard extends CardReader {
  readonly card: TestCard;
  /** Tries left; a right PIN gives all three back (GEPI-17: three wrong ones lock the card). */
  readonly triesLeft: () => number;
  /** 鎖卡解碼, as the issuing CA does it: all tries again. */
  readonly unlock: () => void;
}

const tries = 3;

/** Puts a PIN on a test card. */
export const pinned = (card: TestCard, pin: string): PinnedCard => {
  let left = tries;
  const view: CardView = {
    cardNumber: card.cardNumber,
    certificates: [card.certificate, card.encryptionCertificate],
  };
  return {
    card,
    triesLeft: () => left,
    unlock: () => {
      left = tries;
    },
    read: () => async () => E.right(view),
    sign:
      (content: Uint8Array, given: Pin): TaskEither<CardFault, Uint8Array> =>
      async () => {
        if (left === 0) return E.left(fault('PIN_LOCKED', 0));
        if (given.consume() !== pin) {
          left -= 1;
          return E.left(fault(left === 0 ? 'PIN_LOCKED' : 'PIN_WRONG', left));
        }
        left = tries;
        return E.right(await card.sign(content, { withCardNumber: true }));
      },
  };
};

const fault = (code: CardFault['code'], triesLeft: number): CardFault => ({
  _tag: 'CardFault',
  code,
  triesLeft,
});

/** Issues an agency's card as its CA would. */
export const agencyCard = async (
  pki: TestPki,
  agency: Agency,
  dates: { readonly notBefore?: Date; readonly notAfter?: Date } = {},
): Promise<PinnedCard> => {
  const card = await pki.issueAgency({
    ca: agency.ca,
    name: agency.name,
    ...(agency.oid === undefined ? {} : { organisationOid: agency.oid }),
    ...(agency.businessNumber === undefined ? {} : { businessNumber: agency.businessNumber }),
    ...dates,
  });
  return pinned(card, agency.pin);
};

/** Issues a person's card as MOICA would. */
export const citizenCard = async (
  pki: TestPki,
  person: Person,
  dates: { readonly notBefore?: Date; readonly notAfter?: Date } = {},
): Promise<PinnedCard> => {
  const card = await pki.issueCitizen({ name: person.name, last4: person.nationalId.slice(-4), ...dates });
  return pinned(card, person.pin);
};
