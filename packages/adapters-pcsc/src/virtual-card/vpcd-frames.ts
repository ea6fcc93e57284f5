/** The protocol of vpcd: every message is its length in two octets, the high one first, and so many octets. */
import { concat } from './octets.js';

export const frame = (message: Uint8Array): Uint8Array =>
  concat(Uint8Array.of((message.length >> 8) & 0xff, message.length & 0xff), message);

/** Takes octets as they come and gives the messages that are whole. What waits is never more than one message. */
export const frames = (): ((octets: Uint8Array) => ReadonlyArray<Uint8Array>) => {
  let waiting = new Uint8Array(0);
  return (octets) => {
    waiting = new Uint8Array(concat(waiting, octets));
    const found: Uint8Array[] = [];
    for (;;) {
      const length = (waiting[0] ?? 0) * 256 + (waiting[1] ?? 0);
      if (waiting.length < 2 || waiting.length < 2 + length) return found;
      found.push(waiting.slice(2, 2 + length));
      waiting = waiting.slice(2 + length);
    }
  };
};

/** Messages of one octet are the reader's own words. */
export const controls = { powerOff: 0, powerOn: 1, reset: 2, atr: 4 } as const;
