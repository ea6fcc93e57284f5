/** RSA of 2,048 bits on a card whose commands hold 128 octets: in by halves, out by halves. */
import { answer, type Command, sw } from './apdu.js';
import { concat, fromHex, padded } from './octets.js';
import type { CardKey } from './rsa.js';

const half = 128;

type State =
  | { readonly step: 'idle' }
  | { readonly step: 'first'; readonly reference: number; readonly block: Uint8Array }
  | { readonly step: 'done'; readonly result: Uint8Array };

export interface SigningInHalves {
  readonly step: (command: Command) => Uint8Array;
  readonly reset: () => void;
}

export const signingInHalves = (keys: ReadonlyMap<number, CardKey>): SigningInHalves => {
  let state: State = { step: 'idle' };
  const next = (to: State, status: number, data?: Uint8Array): Uint8Array => {
    state = to;
    return answer(status, data);
  };
  const refuse = (status: number) => next({ step: 'idle' }, status);

  const first = ({ p2, data }: Command): Uint8Array => {
    if (!keys.has(p2)) return refuse(sw.referenceNotFound);
    if (data.length !== half) return refuse(sw.wrongLength);
    return next({ step: 'first', reference: p2, block: data.slice() }, sw.ok);
  };

  const second = ({ p2, data }: Command): Uint8Array => {
    if (state.step !== 'first' || state.reference !== p2) return refuse(sw.conditionsNotSatisfied);
    if (data.length !== half) return refuse(sw.wrongLength);
    const result = keys.get(p2)?.power(concat(state.block, data));
    if (result === undefined) return refuse(sw.wrongData);
    return next({ step: 'done', result }, sw.ok, result.subarray(0, half));
  };

  const rest = ({ p1, p2, le }: Command): Uint8Array => {
    if (state.step !== 'done') return refuse(sw.conditionsNotSatisfied);
    if (p1 !== 0 || p2 !== half) return answer(sw.wrongParameters);
    if (le !== half) return answer(0x6c80);
    return next({ step: 'idle' }, sw.ok, state.result.subarray(half));
  };

  return {
    step: (command) => {
      if (command.ins === 0xc1) return rest(command);
      if (command.p1 === 0x82) return first(command);
      return command.p1 === 0x02 ? second(command) : refuse(sw.wrongParameters);
    },
    reset: () => {
      state = { step: 'idle' };
    },
  };
};

/** 32-bit words in reverse order, the least significant first. */
const reversedWords = (octets: Uint8Array): Uint8Array => {
  const words = [];
  for (let at = octets.length - 4; at >= 0; at -= 4) words.push(octets.subarray(at, at + 4));
  return concat(...words);
};

/**
 * The 128 octets of a record of the public key file: the exponent, two records on the lower half of the modulus, then
 * the upper half.
 */
export const publicKeyRecord = (modulus: Uint8Array, offset: number): Uint8Array | undefined => {
  if (offset === 0) return padded(fromHex('00010001'), half, 0);
  const words = reversedWords(modulus);
  if (offset === 2) return words.subarray(0, half);
  return offset === 3 ? words.subarray(half) : undefined;
};
