/**
 * A card in hand: found, held alone, its kind known; let go with a RESET whatever happened.
 *
 * @packageDocumentation
 */
import { type CardFault, cardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { faultOfTransport } from '../apdu/exchange.js';
import type { Outcome } from '../drivers/driver.js';
import type { CardTransport } from '../transport/transport.js';
import { type CardInHand, cardInHand, stepsWith, type Wanted } from './card-in-hand.js';
import { type TriesHere, triesOf } from './known-tries.js';

/** The reader that was named, which is not looked for: a connection says as well what it lacks. Or the first that has a card. */
const readerWithCard = async (transport: CardTransport, wanted: string | undefined): Outcome<string> => {
  if (wanted !== undefined) return E.right(wanted);
  const listed = await transport.list()();
  if (E.isLeft(listed)) return E.left(faultOfTransport(listed.left));
  triesOf(transport).listed(listed.right);
  if (listed.right.length === 0) return E.left(cardFault('NO_READER', { detail: '0 readers' }));
  const found = listed.right.find(({ atr }) => atr !== undefined);
  return found === undefined ? E.left(cardFault('NO_CARD')) : E.right(found.reader);
};

const isEmpty = ({ code }: CardFault): boolean =>
  code === 'NO_CARD' || code === 'NO_READER' || code === 'CARD_REMOVED';

/**
 * Does something with the card in a reader, in at most so many milliseconds and one command. Nothing that a card or a transport
 * does makes it throw.
 */
export const withCard =
  <A>(
    transport: CardTransport,
    wanted: string | undefined,
    use: (card: CardInHand, tries: TriesHere) => Outcome<A>,
    how: (tries: TriesHere) => Wanted,
  ): TaskEither<CardFault, A> =>
  async () => {
    try {
      const reader = await readerWithCard(transport, wanted);
      if (E.isLeft(reader)) return reader;
      const tries = triesOf(transport).inReader(reader.right);
      // Nobody may be watching who would tell.
      const told = <B>(outcome: E.Either<CardFault, B>): E.Either<CardFault, B> => {
        if (E.isLeft(outcome) && isEmpty(outcome.left)) tries.isEmpty();
        return outcome;
      };
      const steps = told(await stepsWith(transport, reader.right));
      if (E.isLeft(steps)) return steps;
      try {
        const card = told(await cardInHand(steps.right, how(tries)));
        return E.isLeft(card) ? card : await use(card.right, tries);
      } finally {
        await steps.right.end();
      }
    } catch {
      // A bug, here or in a transport: its message might hold what was under way.
      return E.left(cardFault('CARD_FAULT', { detail: 'unexpected failure' }));
    }
  };
