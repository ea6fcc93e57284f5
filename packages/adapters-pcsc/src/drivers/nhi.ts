/**
 * The NHI card (健保卡) through its contacts: its basic data, which it shows without a PIN (docs/cards.md). It signs
 * nothing here.
 *
 * @packageDocumentation
 */
import * as E from 'fp-ts/lib/Either.js';
import { dataOf, exchange } from '../apdu/exchange.js';
import { octetsOf } from '../apdu/octets.js';
import type { CardSession } from '../transport/transport.js';
import { type CardDriver, noSigner, type Outcome } from './driver.js';

/** Sixteen octets. */
const aid = octetsOf('D1580000010000000000000000000011');

const selectNhi = async (session: CardSession): Outcome<boolean> => {
  const answered = await exchange(session, { cla: 0, ins: 0xa4, p1: 0x04, p2: 0, data: aid, le: 256 });
  return E.isLeft(answered) ? answered : E.right(['ok', 'warning'].includes(answered.right.status.kind));
};

/** Reads the basic data; the application is selected. */
export const readBasicData = async (session: CardSession): Outcome<Uint8Array> => {
  const answered = await exchange(session, {
    cla: 0,
    ins: 0xca,
    p1: 0x11,
    p2: 0,
    data: Uint8Array.of(0, 0),
  });
  return dataOf(answered, 'basic data');
};

export const nhi: CardDriver = {
  kind: 'NHI',
  probe: selectNhi,
  open: async (session) => {
    const basic = await readBasicData(session);
    if (E.isLeft(basic)) return basic;
    return E.right({
      shown: { kind: 'NHI', cardNumber: undefined, certificates: [], basicData: basic.right },
      signer: noSigner,
    });
  },
};
