/** A session that answers from a function, and what it was sent. */
import * as E from 'fp-ts/lib/Either.js';
import { octetsOf } from '../../src/apdu/octets.js';
import type { CardSession } from '../../src/transport/transport.js';

export const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');

export interface Scripted {
  readonly session: CardSession;
  readonly sent: ReadonlyArray<string>;
}

/** Answers in hexadecimal, by the command in hexadecimal and the number of those before. */
export const scripted = (answer: (command: string, at: number) => string): Scripted => {
  const sent: string[] = [];
  return {
    sent,
    session: {
      atr: new Uint8Array(0),
      transmit: (command) => async () => {
        const text = hex(command);
        sent.push(text);
        return E.right(octetsOf(answer(text, sent.length - 1)));
      },
      end: async () => undefined,
    },
  };
};

/** One answer after the other; the last for whatever else is asked. */
export const inTurn = (...answers: ReadonlyArray<string>): Scripted =>
  scripted((_, at) => answers[at] ?? answers.at(-1) ?? '');
