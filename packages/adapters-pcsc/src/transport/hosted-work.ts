import type { Either } from 'fp-ts/lib/Either.js';
import type { AskPcsc, Deadlines } from './hosted-parts.js';
import { type CardWork, type TransportFault, transportFault } from './transport.js';

export interface Working {
  /** What came of the connection, which was asked for before. */
  readonly connected: Promise<Either<TransportFault, unknown>>;
  readonly ask: AskPcsc;
  readonly deadlines: Deadlines;
  /** What came of letting the card go. */
  readonly onEnd: (ended: Either<TransportFault, unknown>) => Promise<void>;
}

const ended = transportFault('CLOSED', 'the session has ended');

/**
 * Steps with a card in the process of its reader. None waits for the one before, nor for the connection: where that fails, they
 * find no card.
 */
export const workOn = ({ connected, ask, deadlines, onEnd }: Working): CardWork => {
  let ending: Promise<void> | undefined;
  return {
    ask: (step, isFollowed) => async () => {
      if (ending !== undefined) return { _tag: 'Left', left: ended };
      const answer = ask({ op: 'step', step }, deadlines.exchange, {
        whole: deadlines.step,
        ...(isFollowed ? { isFollowed } : {}),
      });
      const before = await connected;
      return before._tag === 'Left' ? before : answer;
    },
    end: () => {
      ending ??= ask({ op: 'end' }, deadlines.other).then(onEnd);
      return ending;
    },
  };
};
