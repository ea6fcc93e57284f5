/** What may go to a card and come from it (ISO/IEC 7816-4, 5.1). */

import type { Either } from 'fp-ts/lib/Either.js';
import * as E from 'fp-ts/lib/Either.js';

import { type TransportFault, transportFault } from './transport.js';

const shortestCommand = 4;
/** Header, extended Lc, 65 535 octets, extended Le. */
const longestCommand = 4 + 3 + 65_535 + 2;

/** The command as octets of our own, which the caller may overwrite from now on. */
export const checkCommand = (command: Uint8Array): Either<TransportFault, Uint8Array> =>
  command instanceof Uint8Array && command.length >= shortestCommand && command.length <= longestCommand
    ? E.right(new Uint8Array(command))
    : E.left(transportFault('TRANSPORT', `a command has ${shortestCommand} to ${longestCommand} octets`));

/** Some layers answer with nothing, and no fault, when the card is pulled out in the middle. */
export const checkAnswer = (answer: unknown): Either<TransportFault, Uint8Array> =>
  answer instanceof Uint8Array && answer.length >= 2
    ? E.right(new Uint8Array(answer))
    : E.left(transportFault('CARD_REMOVED', 'an answer without a status word'));
