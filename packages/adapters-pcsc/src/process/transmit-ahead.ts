import type { LayerCard } from './layer.js';
import type { Transmitted } from './pcsc-requests.js';

/** So much is sent for one question at most: the rest is asked for, and its deadline runs anew. */
const most = 40;
/** Milliseconds after which nothing more is sent unasked: beside a card that slow, a question costs nothing. */
const longEnough = 500;

const isStatus = (answer: Uint8Array, sw1: number): boolean => answer.length >= 2 && answer.at(-2) === sw1;

/** The next command by what the card said: more of its answer, or the next of those that were announced. */
const nextOf = (answer: Uint8Array, announced: Uint8Array[]): Uint8Array | undefined => {
  if (isStatus(answer, 0x61)) return Uint8Array.of(0x00, 0xc0, 0, 0, answer.at(-1) ?? 0);
  return isStatus(answer, 0x90) && answer.at(-1) === 0 ? announced.shift() : undefined;
};

/** Sends a command, and what follows it in any case: each question to this process costs as much as an exchange or more. */
export const transmitAhead = async (
  card: LayerCard,
  command: Uint8Array,
  ahead: ReadonlyArray<Uint8Array> | undefined,
): Promise<Transmitted> => {
  const first = await card.transmit(command);
  const more: Array<Transmitted['more'][number]> = [];
  if (ahead === undefined) return { first, more };
  const until = performance.now() + longEnough;
  const announced = [...ahead];
  let next = nextOf(first, announced);
  while (next !== undefined && more.length < most && performance.now() < until) {
    try {
      const answer = await card.transmit(next);
      more.push({ command: next, answer });
      next = nextOf(answer, announced);
    } catch {
      // Whoever asks for it is told: the card is not there the next time either.
      break;
    }
  }
  return { first, more };
};
