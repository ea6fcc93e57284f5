/** Data longer than a short command or answer holds: command chaining and GET RESPONSE (ISO/IEC 7816-4 5.3). */
import { answer, type Command, exactLength, sw } from './apdu.js';
import { concat } from './octets.js';

/** Answers in parts of what the host asked for; the rest waits for GET RESPONSE. */
export interface LongAnswers {
  readonly give: (data: Uint8Array, le: number | undefined) => Uint8Array;
  readonly more: (le: number | undefined) => Uint8Array;
  readonly forget: () => void;
}

const none = new Uint8Array(0);

export const longAnswers = (): LongAnswers => {
  let rest = none;
  const give = (data: Uint8Array, le = 256): Uint8Array => {
    const part = data.subarray(0, le);
    rest = data.slice(part.length);
    return rest.length === 0 ? answer(sw.ok, part) : answer(0x6100 | Math.min(rest.length, 255), part);
  };
  return {
    give,
    more: (le = 256) => {
      if (rest.length === 0) return answer(sw.conditionsNotSatisfied);
      // 256 is what 00 says, "whatever there is"; any other number that is too large is told the right one.
      return le !== 256 && le > rest.length ? answer(exactLength(rest.length)) : give(rest, le);
    },
    forget: () => {
      rest = none;
    },
  };
};

/** The most that a chain of commands may bring. */
const chainLimit = 4096;

export interface CommandChains {
  /** The whole command when its last part is there; before that, and where parts do not belong together, the answer. */
  readonly take: (command: Command) => Command | Uint8Array;
  readonly forget: () => void;
}

export const commandChains = (mayChain: (ins: number) => boolean): CommandChains => {
  let open: Command | undefined;
  const continues = ({ ins, p1, p2 }: Command): boolean =>
    open === undefined || (open.ins === ins && open.p1 === p1 && open.p2 === p2);
  const refuse = (status: number): Uint8Array => {
    open = undefined;
    return answer(status);
  };
  return {
    take: (command) => {
      const last = (command.cla & 0x10) === 0;
      if (!last && !mayChain(command.ins)) return refuse(sw.chainingNotSupported);
      if (!continues(command)) return refuse(sw.lastOfChainExpected);
      const whole = { ...command, cla: command.cla & ~0x10, data: concat(open?.data ?? none, command.data) };
      if (whole.data.length > chainLimit) return refuse(sw.wrongLength);
      open = last ? undefined : whole;
      return last ? whole : answer(sw.ok);
    },
    forget: () => {
      open = undefined;
    },
  };
};
