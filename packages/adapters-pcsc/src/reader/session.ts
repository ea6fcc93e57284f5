/**
 * A card in hand: found, held alone, its kind known; let go with a RESET whatever happened.
 *
 * @packageDocumentation
 */
import { type CardFault, cardFault } from '@mandate/domain';
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import { faultOfTransport } from '../apdu/exchange.js';
import { chooseDriver } from '../drivers/choose.js';
import type { OpenCard, Outcome } from '../drivers/driver.js';
import { type CardSession, type CardTransport, transportFault } from '../transport/transport.js';

/** The reader that was named, which is not looked for: a connection says as well what it lacks. Or the first that has a card. */
const readerWithCard = async (transport: CardTransport, wanted: string | undefined): Outcome<string> => {
  if (wanted !== undefined) return E.right(wanted);
  const listed = await transport.list()();
  if (E.isLeft(listed)) return E.left(faultOfTransport(listed.left));
  if (listed.right.length === 0) return E.left(cardFault('NO_READER', { detail: '0 readers' }));
  const found = listed.right.find(({ atr }) => atr !== undefined);
  return found === undefined ? E.left(cardFault('NO_CARD')) : E.right(found.reader);
};

/** A session that is given up between two commands when its time has passed: each of them may take long, and be many. */
const bounded = (session: CardSession, milliseconds: number): CardSession => {
  const end = performance.now() + milliseconds;
  const over = E.left(transportFault('TIMEOUT', `the card took over ${milliseconds} ms for all of it`));
  return {
    ...session,
    transmit: (command, ahead) =>
      performance.now() > end ? async () => over : session.transmit(command, ahead),
  };
};

/** Does something with the card in a reader, in at most so many milliseconds and one command. Nothing that a card or a transport does makes it throw. */
export const withCard =
  <A>(
    transport: CardTransport,
    wanted: string | undefined,
    patience: number,
    use: (card: OpenCard) => Outcome<A>,
  ): TaskEither<CardFault, A> =>
  async () => {
    try {
      const reader = await readerWithCard(transport, wanted);
      if (E.isLeft(reader)) return reader;
      const connected = await transport.connect(reader.right)();
      if (E.isLeft(connected)) return E.left(faultOfTransport(connected.left));
      const session = bounded(connected.right, patience);
      try {
        const driver = await chooseDriver(session);
        if (E.isLeft(driver)) return driver;
        const card = await driver.right.open(session);
        return E.isLeft(card) ? card : await use(card.right);
      } finally {
        await session.end();
      }
    } catch {
      // A bug, here or in a transport: its message might hold what was under way.
      return E.left(cardFault('CARD_FAULT', { detail: 'unexpected failure' }));
    }
  };
