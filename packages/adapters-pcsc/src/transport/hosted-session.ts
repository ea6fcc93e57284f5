import type { Either } from 'fp-ts/lib/Either.js';
import * as E from 'fp-ts/lib/Either.js';

import { equalOctets } from '../apdu/octets.js';
import type { Transmitted } from '../process/pcsc-requests.js';
import type { AskPcsc, Deadlines } from './hosted-parts.js';
import { checkAnswer, checkCommand } from './octets.js';
import { transmittedTold } from './told.js';
import { type CardSession, type TransportFault, transportFault } from './transport.js';

export interface Held {
  readonly atr: Uint8Array;
  readonly ask: AskPcsc;
  readonly deadlines: Deadlines;
  /** What came of letting it go. */
  readonly onEnd: (ended: Either<TransportFault, unknown>) => Promise<void>;
}

const ended = transportFault('CLOSED', 'the session has ended');

/** A card that a process holds, as the port shows it. After its first fault a session answers nothing else. */
export const holdCard = ({ atr, ask, deadlines, onEnd }: Held): CardSession => {
  let before: Promise<unknown> = Promise.resolve();
  let broken: TransportFault | undefined;
  let ending: Promise<void> | undefined;

  /** Answers that came before they were asked for. */
  let early: Transmitted['more'] = [];

  const ownAnswer = async (
    command: Uint8Array,
    ahead: ReadonlyArray<Uint8Array> | undefined,
  ): Promise<Either<TransportFault, unknown>> => {
    const [next, ...others] = early;
    early = others;
    if (next !== undefined && equalOctets(next.command, command)) return E.right(next.answer);
    early = [];
    const request = { op: 'transmit', command, ...(ahead === undefined ? {} : { ahead }) } as const;
    const told = await ask(request, deadlines.exchange);
    if (E.isLeft(told)) return told;
    const transmitted = transmittedTold(told.right);
    if (E.isLeft(transmitted)) return transmitted;
    early = transmitted.right.more;
    return E.right(transmitted.right.first);
  };

  const exchange = async (
    command: Uint8Array,
    ahead: ReadonlyArray<Uint8Array> | undefined,
  ): Promise<Either<TransportFault, Uint8Array>> => {
    if (broken !== undefined) return E.left(broken);
    const told = await ownAnswer(command, ahead);
    // There may have been a PIN in it.
    command.fill(0);
    const answer = E.isLeft(told) ? told : checkAnswer(told.right);
    if (E.isLeft(answer)) broken = answer.left;
    return answer;
  };

  return {
    atr,
    transmit: (command, ahead) => () => {
      if (ending !== undefined) return Promise.resolve(E.left(ended));
      const checked = checkCommand(command);
      if (E.isLeft(checked)) return Promise.resolve(checked);
      const answer = before.then(() => exchange(checked.right, ahead));
      before = answer;
      return answer;
    },
    end: () => {
      ending ??= before.then(async () => {
        await onEnd(await ask({ op: 'end' }, deadlines.other));
      });
      return ending;
    },
  };
};
