/**
 * The card that the rules are tried on: no real one, but it does on demand what cards and readers do to a transport.
 *
 * @packageDocumentation
 */
import type { ReplayExchange, ReplayTurn } from '../../replay/script.js';
import { hexOf } from '../../replay/script.js';

/** Its answer to reset, in hexadecimal: T=1 and nothing else. */
export const ruleCardAtr = '3b800181';

const ok = [0x90, 0x00];

/** The C-APDUs that it knows. */
export const ruleCommands = {
  /** Answered with `data`. */
  echo: (...data: ReadonlyArray<number>): Uint8Array => Uint8Array.of(0x80, 0x10, 0, 0, data.length, ...data),
  /** Sets what a verified PIN sets on a card: remembered until the next reset. */
  verify: Uint8Array.of(0x80, 0x20, 0, 0),
  /** `9000` where that is set, `63C3` where it is not. */
  state: Uint8Array.of(0x80, 0x21, 0, 0),
  /** The card leaves its reader in the middle of it. */
  leave: Uint8Array.of(0x80, 0x22, 0, 0),
  /** Never answered. */
  hang: Uint8Array.of(0x80, 0x23, 0, 0),
  /** Answered with so many octets that are no status word. */
  short: (length: 0 | 1): Uint8Array => Uint8Array.of(0x80, 0x24, 0, length),
  /** Answered with `length` octets of data. */
  long: (length: number): Uint8Array => Uint8Array.of(0x80, 0x25, length >> 8, length & 0xff),
};

const longAnswer = (length: number): ReadonlyArray<number> =>
  Array.from({ length }, (_, place) => place & 0xff);

const octets = (...parts: ReadonlyArray<number>): ReplayTurn => ({ answer: hexOf(Uint8Array.from(parts)) });

export interface RuleCard {
  readonly reset: () => void;
  readonly process: (command: Uint8Array) => ReplayTurn;
}

export const ruleCard = (): RuleCard => {
  let verified = false;
  const process = (command: Uint8Array): ReplayTurn => {
    const [, instruction = 0, p1 = 0, p2 = 0] = command;
    switch (instruction) {
      case 0x10:
        return octets(...command.slice(5), ...ok);
      case 0x20:
        verified = true;
        return octets(...ok);
      case 0x21:
        return verified ? octets(...ok) : octets(0x63, 0xc3);
      case 0x22:
        return { does: 'pull' };
      case 0x23:
        return { does: 'hang' };
      case 0x24:
        return octets(...ok.slice(0, p2));
      case 0x25:
        return octets(...longAnswer(p1 * 256 + p2), ...ok);
      default:
        return octets(0x6d, 0x00);
    }
  };
  return {
    reset: () => {
      verified = false;
    },
    process,
  };
};

/** What the card says to these commands from reset on, as the session of a script. */
export const ruleSession = (commands: ReadonlyArray<Uint8Array>): ReadonlyArray<ReplayExchange> => {
  const card = ruleCard();
  return commands.map((command) => ({ command: hexOf(command), ...card.process(command) }));
};
