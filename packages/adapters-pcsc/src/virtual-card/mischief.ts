/** A card in a reader that may misbehave on purpose: pulled out in mid-command, slow, answering rubbish. */
import { createHash } from 'node:crypto';
import type { Purpose, VirtualCard } from './virtual-card.js';

/** When: at the next command of that purpose. `slow` stays; anything else happens once. */
export type Mischief = { readonly during: Purpose | 'any' } & (
  | { /** The card has done its work when it is gone; nobody hears the answer. */ readonly type: 'pull' }
  | { /** No answer ever. */ readonly type: 'hang' }
  | { readonly type: 'slow'; readonly milliseconds: number }
  | { /** Octets that mean nothing, as many. */ readonly type: 'garbage'; readonly octets: number }
  | { /** The true answer, cut to so many octets. */ readonly type: 'truncate'; readonly octets: number }
  | { /** Just this, in hexadecimal. */ readonly type: 'answer'; readonly hex: string }
);

export interface Response {
  readonly after: number;
  readonly result: 'pulled' | 'hanging' | Uint8Array;
}

export interface Misbehaving {
  readonly card: VirtualCard;
  readonly respond: (command: Uint8Array) => Response;
  readonly misbehave: (mischief: Mischief) => void;
  /** Whatever was asked for and has not happened is off. */
  readonly behave: () => void;
}

/** The same for the same command: a test that fails, fails again. */
const garbage = (command: Uint8Array, length: number): Uint8Array => {
  const found = new Uint8Array(length);
  for (let at = 0; at < length; at += 32) {
    const digest = createHash('sha256').update(command).update(String(at)).digest();
    found.set(digest.subarray(0, Math.min(32, length - at)), at);
  }
  return found;
};

export const misbehaving = (card: VirtualCard): Misbehaving => {
  let planned: ReadonlyArray<Mischief> = [];

  const applied = (mischief: Mischief | undefined, command: Uint8Array): Response['result'] => {
    const answer = card.process(command);
    switch (mischief?.type) {
      case 'pull':
        return 'pulled';
      case 'hang':
        return 'hanging';
      case 'garbage':
        return garbage(command, mischief.octets);
      case 'truncate':
        return answer.subarray(0, mischief.octets);
      case 'answer':
        return new Uint8Array(Buffer.from(mischief.hex, 'hex'));
      default:
        return answer;
    }
  };

  return {
    card,
    respond: (command) => {
      const purpose = card.purposeOf(command);
      const now = planned.filter(({ during }) => during === 'any' || during === purpose);
      const slow = now.reduce((sum, one) => sum + (one.type === 'slow' ? one.milliseconds : 0), 0);
      const once = now.find(({ type }) => type !== 'slow');
      planned = planned.filter((one) => one !== once);
      return { after: slow, result: applied(once, command) };
    },
    misbehave: (mischief) => {
      planned = [...planned, mischief];
    },
    behave: () => {
      planned = [];
    },
  };
};
