/** An NHI card (健保卡) by its contact interface: basic data, which it shows without a PIN (docs/cards.md). */
import { answer, type Command, exactLength, parseCommand, sw } from './apdu.js';
import { big5 } from './big5.js';
import { ascii, concat, fromHex, padded, sameOctets } from './octets.js';
import type { VirtualCard } from './virtual-card.js';

/** Invented: a driver knows an NHI card by asking it. Historical bytes `NHITEST`. */
export const nhiAtr: Uint8Array = fromHex('3B6700004E484954455354');

export const nhiAid: Uint8Array = fromHex('D1580000010000000000000000000011');

/** What is printed on the card. */
export interface NhiOptions {
  /** 12 digits. */
  readonly cardNumber: string;
  /** At most ten characters of Big5. */
  readonly name: string;
  readonly nationalId: string;
  /** ROC calendar, `YYYMMDD`. */
  readonly birthDate: string;
  readonly sex: 'M' | 'F';
  /** ROC calendar, `YYYMMDD`. */
  readonly issuedOn: string;
}

const field = (octets: Uint8Array, length: number): Uint8Array =>
  padded(octets, length, 0).subarray(0, length);

/** The 57 octets of the basic data. */
export const nhiBasicData = (holder: NhiOptions): Uint8Array =>
  concat(
    field(ascii(holder.cardNumber), 12),
    field(big5(holder.name), 20),
    field(ascii(holder.nationalId), 10),
    field(ascii(holder.birthDate), 7),
    field(ascii(holder.sex), 1),
    field(ascii(holder.issuedOn), 7),
  );

export const nhiCard = (holder: NhiOptions): VirtualCard => {
  const basic = nhiBasicData(holder);
  let selected = false;

  const select = ({ p1, p2, data }: Command): number => {
    if (p1 !== 0x04 || p2 !== 0) return sw.wrongParameters;
    if (!sameOctets(data, nhiAid)) return sw.notFound;
    selected = true;
    return sw.ok;
  };

  const getData = ({ p1, p2, le }: Command): Uint8Array => {
    if (!selected) return answer(sw.conditionsNotSatisfied);
    if (p1 !== 0x11 || p2 !== 0) return answer(sw.referenceNotFound);
    return le === undefined || le >= basic.length ? answer(sw.ok, basic) : answer(exactLength(basic.length));
  };

  return {
    kind: 'nhi',
    atr: nhiAtr,
    reset: () => {
      selected = false;
    },
    process: (octets) => {
      const command = parseCommand(octets);
      if (command === undefined) return answer(sw.wrongLength);
      if (command.cla !== 0) return answer(sw.unknownClass);
      if (command.ins === 0xa4) return answer(select(command));
      return command.ins === 0xca ? getData(command) : answer(sw.unknownInstruction);
    },
    purposeOf: () => 'other',
    triesLeft: () => undefined,
  };
};
